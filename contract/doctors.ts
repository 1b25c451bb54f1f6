import * as z from 'zod'
import { phoneCall } from './phone-calls.ts'
import { route, whole } from './route.ts'
import { day, id, instant, line, note, version, wallTime } from './values.ts'

export const doctor = z.strictObject({
  id,
  clinicId: id,
  userId: id.nullable(),
  displayName: z.string(),
  specialty: z.string(),
  /** Q3: the letter of the tickets of this doctor's own queue. */
  ticketLetter: z.string(),
  /** The usual room. */
  roomId: id.nullable(),
  /** S2: another room, for one clinic day. */
  roomToday: z.strictObject({ day, roomId: id }).nullable(),
  /** Q12: a late start or return that reception has announced. */
  expectedAt: instant.nullable(),
  active: z.boolean(),
  version,
})
export type Doctor = z.infer<typeof doctor>

/** Sessions begin and end on the five minutes in which bookings are counted. */
const fiveMinutes = wallTime.regex(/[05]$/, 'must be a whole five minutes')

/** One session of the weekly schedule (A1): Monday is 1. */
export const workSession = z.strictObject({
  weekday: z.int().min(1).max(7),
  startsAt: fiveMinutes,
  endsAt: fiveMinutes,
  roomId: id.nullable(),
})
export type WorkSession = z.infer<typeof workSession>

export const schedule = z.strictObject({
  /** The doctor's id: each has one schedule. */
  id,
  doctorId: id,
  sessions: z.array(workSession),
  version,
})
export type Schedule = z.infer<typeof schedule>

export const leave = z.strictObject({
  id,
  doctorId: id,
  from: instant,
  to: instant,
  reason: z.string(),
  version,
})
export type Leave = z.infer<typeof leave>

const doctorFields = {
  displayName: line(120),
  specialty: note(80).default(''),
  userId: id.nullable().default(null),
  roomId: id.nullable().default(null),
  active: z.boolean().default(true),
}

export const doctors = {
  list: route({
    method: 'GET',
    path: '/doctors',
    summary: 'The doctors of a clinic',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(doctor) }),
  }),
  create: route({
    method: 'POST',
    path: '/doctors',
    summary: 'Add a doctor; the ticket letter is given',
    permission: 'clinic.manage',
    audit: 'doctor.create',
    input: { body: { id, clinicId: id, ...doctorFields } },
    output: doctor,
    errors: ['not_found', 'already_exists', 'in_use'],
  }),
  get: route({
    method: 'GET',
    path: '/doctors/{id}',
    summary: 'One doctor',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: doctor,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/doctors/{id}',
    summary: 'Change a doctor',
    permission: 'clinic.manage',
    audit: 'doctor.update',
    input: { params: { id }, body: { version, ...whole(doctorFields) } },
    output: doctor,
    errors: ['not_found', 'stale_version', 'in_use'],
  }),
  expect: route({
    method: 'POST',
    path: '/doctors/{id}/expected',
    summary: 'Announce when a late or absent doctor is expected, or that they are here again',
    permission: 'schedule.manage',
    audit: 'doctor.expect',
    input: { params: { id }, body: { version, expectedAt: instant.nullable() } },
    output: doctor,
    errors: ['not_found', 'stale_version'],
  }),
  useRoom: route({
    method: 'PUT',
    path: '/doctors/{id}/room',
    summary: 'Say in which room a doctor is today; `null` for the usual one. Calls that are out go there too',
    permission: 'doctor.useRoom',
    audit: 'doctor.useRoom',
    input: { params: { id }, body: { version, roomId: id.nullable() } },
    output: doctor,
    errors: ['not_found', 'stale_version'],
  }),
  getSchedule: route({
    method: 'GET',
    path: '/doctors/{id}/schedule',
    summary: 'The weekly schedule and the leave to come',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: z.strictObject({ schedule, leaves: z.array(leave) }),
    errors: ['not_found'],
  }),
  setSchedule: route({
    method: 'PUT',
    path: '/doctors/{id}/schedule',
    summary: 'Replace the weekly schedule; it changes what can be booked, not what is booked',
    permission: 'schedule.manage',
    audit: 'doctor.setSchedule',
    input: { params: { id }, body: { version, sessions: z.array(workSession).max(50) } },
    output: schedule,
    errors: ['not_found', 'stale_version'],
  }),
  takeLeave: route({
    method: 'POST',
    path: '/doctors/{id}/leave',
    summary: 'Enter leave; the patients booked within it are answered, to be phoned',
    permission: 'schedule.manage',
    audit: 'doctor.takeLeave',
    input: { params: { id }, body: { id, from: instant, to: instant, reason: note(120).default('') } },
    output: z.strictObject({ leave, phoneCalls: z.array(phoneCall) }),
    errors: ['not_found', 'already_exists'],
  }),
  cancelLeave: route({
    method: 'DELETE',
    path: '/doctors/{id}/leave/{leaveId}',
    summary: 'Take back leave',
    permission: 'schedule.manage',
    audit: 'doctor.cancelLeave',
    input: { params: { id, leaveId: id } },
    output: z.strictObject({}),
    errors: ['not_found'],
  }),
}
