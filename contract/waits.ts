import * as z from 'zod'
import { route } from './route.ts'
import { day, id, instant, version } from './values.ts'

/**
 * Q11: how long a visit still waits, half of the time at most `p50Minutes` and four times of five at most `p80Minutes`;
 * both in steps of five, and null for one who gets no estimate (any more): `immediate`, or nobody on duty.
 */
const range = {
  p50Minutes: z.int().min(0).nullable(),
  p80Minutes: z.int().min(0).nullable(),
  /** The present consultation runs longer than 95 of 100: the range says little. */
  delayed: z.boolean(),
}

/** What a doctor's day comes to at this pace. */
const outlook = {
  /** When the last patient goes out; null when there is nobody to see. */
  endsAt: instant.nullable(),
  /** How many are called only after the scheduled end. */
  unseen: z.int().min(0),
}

/** The expected wait of one visit; its id is the visit's. */
export const wait = z.strictObject({ id, clinicId: id, day, ...range, version })
export type Wait = z.infer<typeof wait>

/** A doctor's session forecast; its id is the doctor's. */
export const forecast = z.strictObject({ id, clinicId: id, day, ...outlook, version })
export type Forecast = z.infer<typeof forecast>

export const waits = {
  list: route({
    method: 'GET',
    path: '/waits',
    summary: 'How long everybody still waits, and what each doctor’s day comes to at this pace',
    permission: 'visit.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({
      at: instant,
      visits: z.array(z.strictObject({ visitId: id, ...range })),
      doctors: z.array(z.strictObject({ doctorId: id, ...outlook })),
    }),
    errors: ['not_found'],
  }),
}
