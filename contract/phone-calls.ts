import * as z from 'zod'
import { appointment } from './appointments.ts'
import { route } from './route.ts'
import { day, id, instant, version } from './values.ts'

/** Q12: a patient who has to be told that an appointment is not as they know it. The new time is the appointment's own. */
export const phoneCall = z.strictObject({
  id,
  clinicId: id,
  appointmentId: id,
  /** The clinic day on which it came on the list. */
  day,
  why: z.enum(['doctor_gone', 'leave', 'closure']),
  /** The rebooking, leave or closure that it came from. */
  causeId: id,
  /** With whom and when the patient believes to come. */
  doctorId: id,
  startsAt: instant,
  /** The cause was taken back before anybody phoned. */
  withdrawn: z.boolean(),
  toldAt: instant.nullable(),
  toldById: id.nullable(),
  version,
})
export type PhoneCall = z.infer<typeof phoneCall>

export const phoneCalls = {
  list: route({
    method: 'GET',
    path: '/phone-calls',
    summary: 'Whom to phone about a moved or endangered appointment: who is not told yet, and who was told today',
    permission: 'appointment.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(phoneCall), appointments: z.array(appointment) }),
    errors: ['not_found'],
  }),
  tell: route({
    method: 'PUT',
    path: '/phone-calls/{id}',
    summary: 'Tick a patient as told, or take the tick back',
    permission: 'appointment.rebook',
    audit: 'phoneCall.tell',
    input: { params: { id }, body: { version, told: z.boolean() } },
    output: phoneCall,
    errors: ['not_found', 'stale_version'],
  }),
}
