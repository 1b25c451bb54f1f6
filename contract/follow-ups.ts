import * as z from 'zod'
import { route } from './route.ts'
import { day, id, instant, version } from './values.ts'

/** Said to reception, so never why in a doctor's sense. */
export const followUpReason = z.enum(['check_up', 'talk', 'paperwork', 'other'])

/** "Back in 7 days": whom reception recalls, to which doctor and by when. Not clinical. */
export const followUp = z.strictObject({
  id,
  clinicId: id,
  visitId: id,
  patientId: id.nullable(),
  doctorId: id.nullable(),
  byDay: day,
  reason: followUpReason,
  status: z.enum(['open', 'booked', 'declined']),
  appointmentId: id.nullable(),
  madeAt: instant,
  madeById: id,
  decidedAt: instant.nullable(),
  decidedById: id.nullable(),
  /** The doctor took it back. */
  withdrawn: z.boolean(),
  version,
})
export type FollowUp = z.infer<typeof followUp>

export const followUps = {
  list: route({
    method: 'GET',
    path: '/follow-ups',
    summary: 'Reception’s recall list: who is to come back and has no time yet, by day',
    permission: 'appointment.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(followUp) }),
    errors: ['not_found'],
  }),
  make: route({
    method: 'POST',
    path: '/follow-ups',
    summary: 'The patient of a visit is to come back by a day',
    permission: 'followUp.make',
    audit: 'followUp.make',
    input: { body: { id, visitId: id, byDay: day, reason: followUpReason.default('check_up') } },
    output: followUp,
    errors: ['already_exists', 'not_found'],
  }),
  decide: route({
    method: 'PUT',
    path: '/follow-ups/{id}',
    summary: 'What came of a recall: booked (with the appointment), declined, or open again',
    permission: 'followUp.decide',
    audit: 'followUp.decide',
    input: {
      params: { id },
      body: { version, status: followUp.shape.status, appointmentId: id.nullable().default(null) },
    },
    output: followUp,
    errors: ['not_found', 'stale_version'],
  }),
  withdraw: route({
    method: 'PUT',
    path: '/follow-ups/{id}/withdrawn',
    summary: 'Take a recall back, or put it on the list again',
    permission: 'followUp.make',
    audit: 'followUp.withdraw',
    input: { params: { id }, body: { version, withdrawn: z.boolean() } },
    output: followUp,
    errors: ['not_found', 'stale_version'],
  }),
}
