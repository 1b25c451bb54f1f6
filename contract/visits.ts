import * as z from 'zod'
import { day, id, instant, version } from './values.ts'

export const visitStatus = z.enum([
  'waiting',
  'in_triage',
  'called',
  'in_consultation',
  'on_hold',
  'awaiting_payment',
  'completed',
  'left',
  'cancelled',
  'no_show',
])
export type VisitStatus = z.infer<typeof visitStatus>

/** T1, most urgent first. */
export const urgency = z.enum(['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent'])
export type Urgency = z.infer<typeof urgency>

/** One stay of a patient in a clinic, from check-in on. Operational: nothing clinical is in it. */
export const visit = z.strictObject({
  id,
  clinicId: id,
  day,
  /** Q3: `A014`. */
  ticket: z.string(),
  patientId: id.nullable(),
  /** T0: words for somebody nobody knows yet: "Unknown, male, about 40". */
  label: z.string().nullable(),
  doctorId: id.nullable(),
  poolId: id.nullable(),
  serviceId: id.nullable(),
  appointmentId: id.nullable(),
  /** Q2: further appointments of this day, its next stops. */
  nextAppointmentIds: z.array(id),
  status: visitStatus,
  urgency,
  triaged: z.boolean(),
  /** T5: when somebody last looked, with vital signs or without; `null`: nobody since the arrival. */
  lookedAt: instant.nullable(),
  /** Q4: when the patient came; the order uses it. */
  arrivedAt: instant,
  arrivedCorrected: z.boolean(),
  enteredAt: instant,
  /** Since when it has its present status. */
  statusAt: instant,
  /** The clock that its place counts from: the arrival, but an own one after a hold (Q1). */
  queuedAt: instant,
  /** The start of its appointment. */
  dueAt: instant.nullable(),
  /** Q1, Q8: back from a hold, or returned after having been missed. */
  nearFront: z.boolean(),
  /** Q7: parked for an `immediate` patient. */
  parked: z.boolean(),
  calledAt: instant.nullable(),
  /** How often it was called or recalled. */
  calls: z.int(),
  /** Q7: how often the patient was not there; skipped until then, or until so many calls. */
  notHere: z.int(),
  skippedUntil: instant.nullable(),
  skippedCalls: z.int(),
  /** Q12: away until. */
  awayUntil: instant.nullable(),
  roomId: id.nullable(),
  /** Q7: was called out of order. */
  outOfOrder: z.boolean(),
  /** Q12: checked in together. */
  familyId: id.nullable(),
  consultationStartedAt: instant.nullable(),
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
  /** P4: ended in a merge, and this visit goes on with what hung on it. */
  mergedIntoId: id.nullable(),
  lookedForBy: id.nullable(),
  /** Q1: left owing, why and who let it. */
  owesReason: z.string().nullable(),
  owesById: id.nullable(),
  version,
})
export type Visit = z.infer<typeof visit>

/** Q1: one step of a visit's history. */
export const visitStep = z.strictObject({
  id,
  visitId: id,
  step: z.string(),
  from: visitStatus.nullable(),
  to: visitStatus,
  at: instant,
  actorId: id.nullable(),
  /** Of a step of care it is clinical, and null to whoever may not know. */
  reason: z.string().nullable(),
  undone: z.boolean(),
})
export type VisitStep = z.infer<typeof visitStep>

/** T0: danger signs in our own words. Clinical: they travel in `alertReasons`, never with the visit. */
export const dangerSign = z.enum([
  'unconscious_or_fitting',
  'cannot_breathe',
  'heavy_bleeding',
  'chest_pain',
  'sudden_weakness',
  'pregnant_bleeding_or_fits',
  'limp_infant',
])
export type DangerSign = z.infer<typeof dangerSign>
