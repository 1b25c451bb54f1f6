import * as z from 'zod'
import { MOVE_WISHES } from './public-words.ts'
import { route } from './route.ts'
import { day, id, instant, line, note, version } from './values.ts'

export const appointmentStatus = z.enum(['booked', 'confirmed', 'checked_in', 'fulfilled', 'cancelled', 'no_show'])
export type AppointmentStatus = z.infer<typeof appointmentStatus>

export const appointment = z.strictObject({
  id,
  clinicId: id,
  doctorId: id,
  patientId: id,
  serviceId: id,
  day,
  startsAt: instant,
  endsAt: instant,
  status: appointmentStatus,
  /** A3: on purpose, with a reason and a visible mark. */
  overbooked: z.boolean(),
  overbookReason: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** S5: its patient asks to move it, and when they would rather come. */
  moveAsked: z.enum(MOVE_WISHES).nullable(),
  note: z.string(),
  bookedById: id,
  /** A5: how often it was moved; the history is in the audit. */
  moves: z.int(),
  version,
})
export type Appointment = z.infer<typeof appointment>

const overbook = {
  /** A3, A6: book although the slot is full, outside the schedule, or the patient is elsewhere; why. */
  overbookReason: line(200).optional(),
}

export const appointments = {
  list: route({
    method: 'GET',
    path: '/appointments',
    summary: 'The appointments of a day',
    permission: 'appointment.read',
    audit: null,
    input: {
      query: {
        clinicId: id,
        date: day.optional(),
        doctorId: id.optional(),
        patientId: id.optional(),
        status: appointmentStatus.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(200),
        cursor: z.string().max(200).optional(),
      },
    },
    output: z.strictObject({ items: z.array(appointment), cursor: z.string().nullable() }),
  }),
  get: route({
    method: 'GET',
    path: '/appointments/{id}',
    summary: 'One appointment',
    permission: 'appointment.read',
    audit: null,
    input: { params: { id } },
    output: appointment,
    errors: ['not_found'],
  }),
  availableSlots: route({
    method: 'GET',
    path: '/appointments/available-slots',
    summary: 'Free slots of a doctor on a day, cut to the length of a service',
    permission: 'appointment.read',
    audit: null,
    input: { query: { doctorId: id, date: day, serviceId: id } },
    output: z.strictObject({
      items: z.array(z.strictObject({ startsAt: instant, endsAt: instant, free: z.int() })),
    }),
    errors: ['not_found'],
  }),
  book: route({
    method: 'POST',
    path: '/appointments',
    summary: 'Book a slot',
    permission: 'appointment.book',
    audit: 'appointment.book',
    input: {
      body: {
        id,
        doctorId: id,
        patientId: id,
        serviceId: id,
        startsAt: instant,
        note: note(300).default(''),
        ...overbook,
      },
    },
    output: appointment,
    errors: ['not_found', 'slot_taken', 'outside_schedule', 'patient_busy', 'already_exists', 'forbidden'],
  }),
  change: route({
    method: 'PUT',
    path: '/appointments/{id}',
    summary: 'Move, confirm or annotate an appointment; mark one that did not come',
    permission: 'appointment.book',
    audit: 'appointment.change',
    input: {
      params: { id },
      body: {
        version,
        doctorId: id.optional(),
        serviceId: id.optional(),
        startsAt: instant.optional(),
        status: z.enum(['booked', 'confirmed', 'no_show']).optional(),
        note: note(300).optional(),
        /** S5: the wish to move it is answered, without moving it. */
        moveAnswered: z.literal(true).optional(),
        ...overbook,
      },
    },
    output: appointment,
    errors: [
      'not_found',
      'stale_version',
      'slot_taken',
      'outside_schedule',
      'patient_busy',
      'illegal_transition',
      'forbidden',
    ],
  }),
  cancel: route({
    method: 'DELETE',
    path: '/appointments/{id}',
    summary: 'Cancel an appointment, with a reason',
    permission: 'appointment.book',
    audit: 'appointment.cancel',
    input: { params: { id }, body: { version, reason: line(200) } },
    output: appointment,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
}
