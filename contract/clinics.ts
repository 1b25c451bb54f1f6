import * as z from 'zod'
import { phoneCall } from './phone-calls.ts'
import { route, whole } from './route.ts'
import { currency, day, id, instant, language, line, note, timeZone, version, wallTime } from './values.ts'

const minutes = z
  .int()
  .min(0)
  .max(24 * 60)

/** Until somebody has to look, or has waited for too long: never at once, and never longer than a day. */
const byLevel = z
  .int()
  .min(1)
  .max(24 * 60)

/** The clinic's own choices; the numbers of the domain rules are the defaults. */
export const clinicSettings = z.strictObject({
  /** Q2: the clinic day turns over at this time. */
  dayTurnover: wallTime.default('04:00'),
  /** M2: pay before the consultation. */
  payBefore: z.boolean().default(false),
  /** A1: bookings per slot. */
  slotCapacity: z.int().min(1).max(20).default(1),
  /** Q5: an appointment later than this counts as a walk-in. */
  lateGraceMinutes: minutes.default(15),
  /** Q5: past this wait a patient goes before `urgent`. */
  maxWaitMinutes: minutes.default(120),
  /** Q5: on-time appointments in a row while a walk-in waits. */
  appointmentsInARow: z.int().min(1).max(20).default(2),
  /** Q5: an untriaged patient is looked at within this. */
  firstLookMinutes: minutes.default(10),
  /** T5: after so long whoever waits is looked at again. Nobody is at `immediate`: they are taken now (Q7). */
  lookAgainMinutes: z
    .strictObject({ very_urgent: byLevel, urgent: byLevel, standard: byLevel, non_urgent: byLevel })
    .default({ very_urgent: 15, urgent: 30, standard: 60, non_urgent: 120 }),
  /** L2: after so long the wait of an urgent patient raises an alert; below, the queue has its own maximum (Q5). */
  longWaitMinutes: z.strictObject({ very_urgent: byLevel, urgent: byLevel }).default({ very_urgent: 30, urgent: 60 }),
  /** Q7: how long a patient who was not there is skipped. */
  notHereSkipMinutes: minutes.default(5),
  /** Q7: after so many times not there, the missed list. */
  notHereLimit: z.int().min(1).max(10).default(2),
  /** M4: a revisit within so many days of a fully paid one is free. */
  freeRevisitDays: z.int().min(0).max(365).default(7),
  /** Q5: points per minute waited. */
  accumulation: z
    .strictObject({ standard: z.number().min(0).max(100), non_urgent: z.number().min(0).max(100) })
    .default({ standard: 1.5, non_urgent: 1 }),
  /** Idle minutes after which a shared screen locks. */
  lockMinutes: z.int().min(1).max(240).default(10),
})
export type ClinicSettings = z.infer<typeof clinicSettings>

export const clinic = z.strictObject({
  id,
  name: z.string(),
  timeZone,
  currency,
  language,
  address: z.string(),
  phone: z.string(),
  settings: clinicSettings,
  version,
})
export type Clinic = z.infer<typeof clinic>

/** A day or more on which the clinic is closed (A1). */
export const closure = z.strictObject({
  id,
  clinicId: id,
  from: day,
  to: day,
  reason: z.string(),
  /** Was entered by mistake; kept, and counts for nothing. */
  withdrawn: z.boolean(),
  version,
})
export type Closure = z.infer<typeof closure>

/** Visits that share a line: a doctor's own, or a pool that several doctors draw from (Q4). */
export const pool = z.strictObject({
  id,
  clinicId: id,
  name: z.string(),
  ticketLetter: z.string(),
  doctorIds: z.array(id),
  active: z.boolean(),
  version,
})
export type Pool = z.infer<typeof pool>

const clinicFields = {
  name: line(120),
  timeZone,
  currency,
  language,
  address: note(300).default(''),
  phone: note(60).default(''),
  settings: clinicSettings.default(clinicSettings.parse({})),
}
const poolFields = { name: line(80), doctorIds: z.array(id).max(100), active: z.boolean().default(true) }

export const clinics = {
  list: route({
    method: 'GET',
    path: '/clinics',
    summary: 'The clinics of this hub',
    permission: 'clinic.read',
    audit: null,
    input: {},
    output: z.strictObject({ items: z.array(clinic) }),
  }),
  create: route({
    method: 'POST',
    path: '/clinics',
    summary: 'Open a further clinic',
    permission: 'clinic.manage',
    audit: 'clinic.create',
    input: { body: { id, ...clinicFields } },
    output: clinic,
    errors: ['already_exists'],
  }),
  get: route({
    method: 'GET',
    path: '/clinics/{id}',
    summary: 'One clinic',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: clinic,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/clinics/{id}',
    summary: 'Change a clinic and its settings',
    permission: 'clinic.manage',
    audit: 'clinic.update',
    input: {
      params: { id },
      body: { version, ...whole(clinicFields), settings: z.strictObject(whole(clinicSettings.shape)) },
    },
    output: clinic,
    errors: ['not_found', 'stale_version'],
  }),
  closures: route({
    method: 'GET',
    path: '/clinics/{id}/closures',
    summary: 'Days on which the clinic is closed',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: z.strictObject({ items: z.array(closure) }),
    errors: ['not_found'],
  }),
  close: route({
    method: 'POST',
    path: '/clinics/{id}/closures',
    summary: 'Close the clinic for some days; patients booked on them are answered, to be phoned',
    permission: 'schedule.manage',
    audit: 'clinic.close',
    input: { params: { id }, body: { id, from: day, to: day, reason: line(120) } },
    output: z.strictObject({ closure, phoneCalls: z.array(phoneCall) }),
    errors: ['not_found', 'already_exists'],
  }),
  withdrawClosure: route({
    method: 'DELETE',
    path: '/clinics/{id}/closures/{closureId}',
    summary: 'Take back a closure',
    permission: 'schedule.manage',
    audit: 'clinic.withdrawClosure',
    input: { params: { id, closureId: id } },
    output: closure,
    errors: ['not_found'],
  }),
}

export const pools = {
  list: route({
    method: 'GET',
    path: '/pools',
    summary: 'Queues that several doctors draw from',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(pool) }),
  }),
  create: route({
    method: 'POST',
    path: '/pools',
    summary: 'Add a pool',
    permission: 'clinic.manage',
    audit: 'pool.create',
    input: { body: { id, clinicId: id, ...poolFields } },
    output: pool,
    errors: ['not_found', 'already_exists', 'in_use'],
  }),
  update: route({
    method: 'PUT',
    path: '/pools/{id}',
    summary: 'Change a pool',
    permission: 'clinic.manage',
    audit: 'pool.update',
    input: { params: { id }, body: { version, ...whole(poolFields) } },
    output: pool,
    errors: ['not_found', 'stale_version', 'in_use'],
  }),
}

/** When a snapshot was read, and where on the feed that is. */
export const snapshotAt = { feed: z.string(), seq: z.int(), at: instant }
