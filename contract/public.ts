// What crosses the public listener (design 1): ticket codes and ready-made words, never a name, a number or a diagnosis.
import * as z from 'zod'
import { CANCEL_REASONS, MOVE_WISHES, RATING_WORDS, SLIP_STATES, TICKET_STATES } from './public-words.ts'
import { day, instant, language } from './values.ts'

/** A visit's or an appointment's id with the hub's proof of it, in base64url. */
export const publicToken = z.string().regex(/^[\w-]{43}$/)

/** S5: one to five stars and ready-made words; nothing is typed. */
export const ratingGiven = z.strictObject({
  stars: z.int().min(1).max(5),
  words: z.array(z.enum(RATING_WORDS)).max(RATING_WORDS.length).default([]),
})
export type RatingGiven = z.infer<typeof ratingGiven>

const publicClinic = z.strictObject({ name: z.string(), language, timeZone: z.string() })

/** Q11: minutes, rounded to five. */
export const waitRange = z.strictObject({ from: z.int(), to: z.int() })

/** What a ticket's page shows, and all that it is ever told (S5). */
export const ticketState = z.strictObject({
  clinic: publicClinic,
  /** `null` when the day is over: then it says nothing about the visit. */
  ticket: z.string().nullable(),
  state: z.enum(TICKET_STATES),
  /** How many are called before; `null` when that cannot be said. */
  position: z.int().nullable(),
  expectedWait: waitRange.nullable(),
  /** Q11: the doctor takes longer than usual, or is late. */
  delayed: z.boolean(),
  /** The public label of the room. */
  calledTo: z.string().nullable(),
  /** How often it was called: a new number is a new call. */
  calls: z.int(),
  /** Q12: until when the patient is away. */
  awayUntil: instant.nullable(),
  mayRate: z.boolean(),
  rated: z.boolean(),
})
export type TicketState = z.infer<typeof ticketState>

/** What an appointment slip's page shows. */
export const slipState = z.strictObject({
  clinic: publicClinic,
  state: z.enum(SLIP_STATES),
  /** `null` when it is over. */
  startsAt: instant.nullable(),
  day: day.nullable(),
  /** Only where the clinic has allowed it. */
  doctor: z.string().nullable(),
  service: z.string().nullable(),
  /** It has been moved since it was booked. */
  moved: z.boolean(),
  /** Q12: the doctor is late, and expected then. */
  doctorLateUntil: instant.nullable(),
  moveAsked: z.enum(MOVE_WISHES).nullable(),
  cancelledByPatient: z.boolean(),
  mayChange: z.boolean(),
  /** The page of its ticket, once its patient has come. */
  ticketPath: z.string().nullable(),
  mayRate: z.boolean(),
  rated: z.boolean(),
})
export type SlipState = z.infer<typeof slipState>

export const slipCancel = z.strictObject({ reason: z.enum(CANCEL_REASONS) })
export const slipMove = z.strictObject({ wish: z.enum(MOVE_WISHES) })
export const nothing = z.strictObject({})

/** Answers of the namespace `/track`. */
export type Refused =
  | { ok: false; code: 'not_found' | 'bad_input' | 'internal' }
  | { ok: false; code: 'too_many'; seconds: number }
export type Tracked<T> = { ok: true; state: T } | Refused

/** What a patient's page asks on its socket. */
export type TrackRequests = {
  join_queue: (asked: { token: string }, answer: (ack: Tracked<TicketState>) => void) => void
  leave_queue: (asked: { token: string }, answer: (ack: { ok: true } | Refused) => void) => void
  join_slip: (asked: { token: string }, answer: (ack: Tracked<SlipState>) => void) => void
  leave_slip: (asked: { token: string }, answer: (ack: { ok: true } | Refused) => void) => void
}

/** What it hears: about its own ticket or slip alone. */
export type TrackWords = {
  queue_updated: (state: TicketState) => void
  slip_updated: (state: SlipState) => void
}
