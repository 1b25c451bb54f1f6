import * as z from 'zod'
import { BOARD_MESSAGE_MOST } from './board-message.ts'
import { route } from './route.ts'
import { id, instant, language, line, timeZone, version } from './values.ts'

/** What reception says on the waiting-room screens of a clinic. */
export const board = z.strictObject({
  /** The clinic's: each has one, from its first message on. */
  id,
  clinicId: id,
  message: z.string().nullable(),
  /** From then on it is not shown any more: the end of the clinic day, or a time that was chosen. */
  messageUntil: instant.nullable(),
  version,
})
export type Board = z.infer<typeof board>

/** A ticket that was called. No name, no urgency: ticket and room are all that the room is told (S4). */
export const boardCall = z.strictObject({
  ticket: z.string(),
  /** The public label; `null` when the call named no room. */
  room: z.string().nullable(),
  /** Another instant is another call: it is announced again. */
  calledAt: instant,
})
export type BoardCall = z.infer<typeof boardCall>

/** Who is next with a doctor, or out of a pool. */
export const boardLine = z.strictObject({
  kind: z.enum(['doctor', 'pool']),
  name: z.string(),
  /** Tickets, first to come first. */
  next: z.array(z.string()),
  /** How many more wait after them. */
  more: z.int(),
})
export type BoardLine = z.infer<typeof boardLine>

/** The hub's clock, how fast it runs, and which page it serves: another one is loaded anew. */
export const boardBeat = z.strictObject({ page: z.string(), at: instant, rate: z.number() })
export type BoardBeat = z.infer<typeof boardBeat>

/** All that a waiting-room screen shows. */
export const boardState = z.strictObject({
  clinic: z.strictObject({ name: z.string(), timeZone, language }),
  /** Newest first. */
  calls: z.array(boardCall),
  lines: z.array(boardLine),
  message: z.string().nullable(),
})
export type BoardState = z.infer<typeof boardState>

export const boardFrame = z.strictObject({ ...boardBeat.shape, state: boardState })
export type BoardFrame = z.infer<typeof boardFrame>

/** Which clinic a screen shows, the first by default, and whose lines: all, or those of some doctors and their pools. */
export const boardQuery = z.strictObject({
  clinic: id.optional(),
  doctors: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(id).max(50))
    .optional(),
  /** Read by the page itself. */
  language: language.optional(),
})
export type BoardQuery = z.infer<typeof boardQuery>

export const boards = {
  get: route({
    method: 'GET',
    path: '/boards/{id}',
    summary: 'Where the waiting-room screen of a clinic is opened from a television',
    permission: 'board.setMessage',
    audit: null,
    input: { params: { id } },
    /** Empty while the hub is not on the network. */
    output: z.strictObject({ addresses: z.array(z.string()) }),
    errors: ['not_found'],
  }),
  setMessage: route({
    method: 'PUT',
    path: '/boards/{id}/message',
    summary: 'What the waiting-room screens say at the bottom, until the end of the day or a time; or nothing',
    permission: 'board.setMessage',
    audit: 'board.setMessage',
    input: {
      params: { id },
      body: {
        /** `0` when there was none yet. */
        version: z.union([z.literal(0), version]),
        message: line(BOARD_MESSAGE_MOST).nullable(),
        /** Today's end, when it is not said. */
        until: instant.nullable().default(null),
      },
    },
    output: board,
    errors: ['not_found', 'stale_version'],
  }),
}
