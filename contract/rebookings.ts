import * as z from 'zod'
import { appointment } from './appointments.ts'
import { phoneCall } from './phone-calls.ts'
import { route } from './route.ts'
import { day, id, instant, version } from './values.ts'
import { visit } from './visits.ts'

/** Q12: where each of a gone doctor's appointments could go, and what else is free. */
const proposal = z.strictObject({
  rows: z.array(
    z.strictObject({
      appointmentId: id,
      /** `null`: no place. */
      slot: z.strictObject({ startsAt: instant, endsAt: instant }).nullable(),
    }),
  ),
  /** The free slots, cut to the length of each service among the rows. */
  slots: z.array(
    z.strictObject({
      serviceId: id,
      items: z.array(z.strictObject({ startsAt: instant, endsAt: instant, free: z.int() })),
    }),
  ),
})
export type RebookingProposal = z.infer<typeof proposal>

const move = z.strictObject({ appointmentId: id, version, doctorId: id, startsAt: instant })
export const transfer = z.strictObject({ visitId: id, version, doctorId: id.nullable(), poolId: id.nullable() })

/** What one who is gone leaves behind, moved as a whole. */
export const rebooking = z.strictObject({
  id,
  appointments: z.array(appointment),
  visits: z.array(visit),
  phoneCalls: z.array(phoneCall),
})
export type Rebooking = z.infer<typeof rebooking>

export const rebookings = {
  propose: route({
    method: 'GET',
    path: '/rebookings/proposal',
    summary: 'Free places for what is left of a doctor’s day, in the same order and never earlier on the clock',
    permission: 'appointment.rebook',
    audit: null,
    input: {
      query: {
        doctorId: id,
        /** Who takes over; for the next days it may be the same doctor. */
        toDoctorId: id,
        on: z.enum(['today', 'next_days']),
        /** For the next days: the first one to look at; otherwise tomorrow. */
        from: day.optional(),
      },
    },
    output: proposal,
    errors: ['not_found'],
  }),
  rebook: route({
    method: 'POST',
    path: '/rebookings',
    summary:
      'The doctor is gone for today: moves appointments and waiting visits, all or none, and blocks the rest of the day',
    permission: 'appointment.rebook',
    audit: 'appointment.rebook',
    input: { body: { id, doctorId: id, moves: z.array(move).max(200), transfers: z.array(transfer).max(200) } },
    output: rebooking,
    errors: ['not_found', 'already_exists', 'not_rebooked'],
  }),
  undo: route({
    method: 'POST',
    path: '/rebookings/{id}/undo',
    summary: 'Take a rebooking back whole, while nothing of it has changed and nobody was told',
    permission: 'appointment.rebook',
    audit: 'appointment.undoRebook',
    input: { params: { id } },
    output: rebooking,
    errors: ['not_found', 'nothing_to_undo'],
  }),
}
