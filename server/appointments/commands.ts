import type { Appointment } from '../../contract/appointments.ts'
import type { Clinic } from '../../contract/clinics.ts'
import { Refusal } from '../../contract/errors.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { cellsOf, nearestFree, type Slot } from '../../rules/slots.ts'
import { appointmentCanBecome } from '../../rules/transitions.ts'
import { demand, demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'
import { reopenFollowUps } from '../follow-ups/commands.ts'
import { notifyOfAppointment, notifyOfMove } from '../notifications/about-appointments.ts'
import { knowPatient, livingRecord } from '../patients/commands.ts'
import { slotsOf } from './slots.ts'

type Booking = Pick<Appointment, 'id' | 'doctorId' | 'patientId' | 'serviceId' | 'startsAt' | 'note'>
type Place = Pick<Appointment, 'id' | 'doctorId' | 'patientId' | 'serviceId' | 'startsAt'>

/** Why an appointment is over the capacity when its patient came although it had been given away; the pages word it. */
const TURNED_UP = 'turned_up'

/** A1-A3, A6 */
export function book(
  w: W<Person>,
  { overbookReason, ...booking }: Booking & { overbookReason?: string | undefined },
): Appointment {
  demandNew(w.sql, 'appointments', booking.id)
  const patientId = livingRecord(w.sql, booking.patientId).id
  demandInUse(w.sql, booking)
  const placed = place(w, { ...booking, patientId }, overbookReason)
  const appointment = w.insert('appointments', {
    ...booking,
    ...placed,
    patientId,
    status: 'booked',
    cancelReason: null,
    moveAsked: null,
    bookedById: w.actor.userId,
    moves: 0,
    version: 1,
  })
  demandSeat(w, appointment)
  knowPatient(w, patientId, appointment.clinicId)
  announce(w, 'appointment_created', appointment)
  notifyOfAppointment(w, 'appointment_created', appointment)
  return appointment
}

type Change = Partial<Pick<Appointment, 'doctorId' | 'serviceId' | 'startsAt' | 'note'>> & {
  version: number
  moveAnswered?: true | undefined
  status?: 'booked' | 'confirmed' | 'no_show' | undefined
  overbookReason?: string | undefined
}

/** Moves, confirms or annotates. A5: where it was before a move stays in the audit. */
export function change(w: W<Person>, id: string, request: Change): Appointment {
  const before = getOwnVersion(w, 'appointments', id, request.version)
  const after = changeQuietly(w, before, request)
  notifyOfMove(w, before, after)
  return after
}

/** The same, for one of many: whoever moves them all says so once (S3). */
export function changeQuietly(
  w: W<Person>,
  current: Appointment,
  { version, overbookReason, status, moveAnswered, ...fields }: Change,
): Appointment {
  const { id } = current
  const wanted = { ...current, ...given(fields) }
  const moved =
    wanted.startsAt !== current.startsAt ||
    wanted.doctorId !== current.doctorId ||
    wanted.serviceId !== current.serviceId
  if (moved) demandStep(current, 'booked', ['booked', 'confirmed'])
  if (status && status !== current.status && !(status === 'booked' && current.status === 'confirmed'))
    if (!appointmentCanBecome(current.status, status) || current.status === 'checked_in')
      throw new Refusal('illegal_transition', { from: current.status, to: status })
  if (moved) release(w, id)
  demandInUse(w.sql, {
    doctorId: wanted.doctorId === current.doctorId ? undefined : wanted.doctorId,
    serviceId: wanted.serviceId === current.serviceId ? undefined : wanted.serviceId,
  })
  const placed = moved ? place(w, wanted, overbookReason) : {}
  if (status === 'no_show') release(w, id)
  const next = w.update('appointments', {
    ...wanted,
    ...placed,
    status: status ?? current.status,
    moves: current.moves + Number(moved),
    // S5: moved is what its patient has asked for.
    ...(moved || moveAnswered ? { moveAsked: null } : {}),
    version: version + 1,
  })
  if (moved) {
    if (next.status !== 'no_show') demandSeat(w, next)
    knowPatient(w, next.patientId, next.clinicId)
    w.audit({ detail: { fromDoctor: current.doctorId, fromStart: current.startsAt, toStart: next.startsAt } })
  }
  announce(w, 'appointment_updated', next, current)
  return next
}

export function cancel(
  w: W<Person>,
  id: string,
  { version, reason }: { version: number; reason: string },
): Appointment {
  const current = getOwnVersion(w, 'appointments', id, version)
  demandStep(current, 'cancelled', ['booked', 'confirmed'])
  release(w, id)
  const next = w.update('appointments', {
    ...current,
    status: 'cancelled',
    cancelReason: reason,
    moveAsked: null,
    version: version + 1,
  })
  announce(w, 'appointment_cancelled', next)
  reopenFollowUps(w, id)
  notifyOfAppointment(w, 'appointment_cancelled', next)
  return next
}

/**
 * Q12: an appointment as it was before it was moved along with others; the move gave it `version`.
 *
 * @throws Refusal `nothing_to_undo` when it has changed since, or its old time is taken
 */
export function putBack(w: W<Person>, before: Appointment, version: number): Appointment {
  const current = getRecord(w.sql, 'appointments', before.id)
  if (current.version !== version) throw new Refusal('nothing_to_undo')
  release(w, current.id)
  const next = w.update('appointments', { ...before, version: version + 1 })
  if (!claim(w, next)) throw new Refusal('nothing_to_undo')
  announce(w, 'appointment_updated', next, current)
  return next
}

/** A5: an appointment goes along with its visit; the caller announces it. */
export function follow(w: W, current: Appointment, status: Appointment['status']): Appointment {
  if (current.status === status) return current
  if (!appointmentCanBecome(current.status, status))
    throw new Refusal('illegal_transition', { from: current.status, to: status })
  return w.update('appointments', { ...current, ...keepSeat(w, current, status), status, version: current.version + 1 })
}

/** Whoever does not come frees the slot. One who turns up all the same is taken in, with a mark when it has gone (A3). */
function keepSeat(w: W, current: Appointment, status: Appointment['status']): Partial<Appointment> {
  const comes = (of: Appointment['status']) => of !== 'cancelled' && of !== 'no_show'
  if (comes(current.status) && !comes(status)) {
    release(w, current.id)
    reopenFollowUps(w, current.id)
  }
  if (comes(current.status) || !comes(status) || claim(w, current)) return {}
  return { overbooked: true, overbookReason: TURNED_UP }
}

/** Where an appointment comes to lie, or the refusal with what is free instead. */
function place(w: W<Person>, wanted: Place, overbookReason: string | undefined) {
  const doctor = getRecord(w.sql, 'doctors', wanted.doctorId)
  demandClinic(w.actor, doctor.clinicId)
  const clinic = getRecord(w.sql, 'clinics', doctor.clinicId)
  const service = getRecord(w.sql, 'services', wanted.serviceId)
  if (service.clinicId !== clinic.id) throw new Refusal('not_found', { noun: 'services' })
  const startsAt = wholeCell(wanted.startsAt)
  const endsAt = new Date(Date.parse(startsAt) + service.minutes * 60_000).toISOString()
  const day = clinicDay(startsAt, clinic.timeZone, clinic.settings.dayTurnover)
  const slots = slotsOf(w.sql, { doctor, clinic, day, minutes: service.minutes, now: w.now, except: wanted.id })
  const problem = obstacle(w.sql, { ...wanted, startsAt, endsAt, clinic, slots })
  if (problem && overbookReason === undefined) throw problem
  if (problem) demand(w.actor, 'appointment.overbook') // A3
  const reason = problem ? (overbookReason ?? null) : null
  return { clinicId: clinic.id, day, startsAt, endsAt, overbooked: problem !== undefined, overbookReason: reason }
}

/** Nothing is booked, also not on purpose (A3), with a doctor who has left or for a service that is no longer given. */
function demandInUse(
  sql: SqlReader,
  { doctorId, serviceId }: { doctorId?: string | undefined; serviceId?: string | undefined },
): void {
  if (doctorId && !getRecord(sql, 'doctors', doctorId).active) throw new Refusal('not_found', { noun: 'doctors' })
  if (serviceId && !getRecord(sql, 'services', serviceId).active) throw new Refusal('not_found', { noun: 'services' })
}

function obstacle(
  sql: SqlReader,
  { id, doctorId, patientId, startsAt, endsAt, slots }: Place & { endsAt: string; clinic: Clinic; slots: Slot[] },
): Refusal | undefined {
  const nearest = nearestFree(slots, startsAt, 3).map((slot) => ({ startsAt: slot.startsAt, endsAt: slot.endsAt }))
  const slot = slots.find((one) => one.startsAt === startsAt)
  const there = sql.get<{ byName: string }>`
    select u.displayName as byName from appointments a join users u on u.id = a.bookedById
    where a.doctorId = ${doctorId} and a.startsAt < ${endsAt} and a.endsAt > ${startsAt} and a.id <> ${id}
    and a.status not in ('cancelled', 'no_show') order by a.startsAt limit 1`
  if (slot?.free === 0 || (!slot && there)) return new Refusal('slot_taken', { byName: there?.byName ?? '', nearest })
  if (!slot) return new Refusal('outside_schedule', { nearest })
  // A6
  const elsewhere = sql.get<{ id: string }>`
    select id from appointments where patientId = ${patientId} and startsAt < ${endsAt} and endsAt > ${startsAt}
    and id <> ${id} and status in ('booked', 'confirmed', 'checked_in') limit 1`
  return elsewhere ? new Refusal('patient_busy', { appointmentId: elsewhere.id }) : undefined
}

/**
 * A2: takes the slot in the database, where a second booking of the same seat cannot be written. `false`, and nothing
 * taken, when it is full.
 */
function claim(w: W, { id, doctorId, clinicId, startsAt, endsAt, overbooked }: Appointment): boolean {
  if (overbooked) return true
  const { slotCapacity } = getRecord(w.sql, 'clinics', clinicId).settings
  const cells = cellsOf(startsAt, endsAt).map((at) => ({ at, seat: freeSeat(w.sql, doctorId, at, slotCapacity) }))
  if (cells.some(({ seat }) => seat === undefined)) return false
  for (const { at, seat = 0 } of cells)
    w.sql.run`insert into bookedCells (doctorId, at, seat, appointmentId) values (${doctorId}, ${at}, ${seat}, ${id})`
  return true
}

function freeSeat(sql: SqlReader, doctorId: string, at: string, capacity: number): number | undefined {
  const rows = sql.all<{ seat: number }>`select seat from bookedCells where doctorId = ${doctorId} and at = ${at}`
  const taken = new Set(rows.map((row) => row.seat))
  return Array.from({ length: capacity }, (_, index) => index).find((index) => !taken.has(index))
}

function demandSeat(w: W, appointment: Appointment): void {
  if (!claim(w, appointment)) throw new Refusal('slot_taken', { byName: '', nearest: [] })
}

export function release(w: W, id: string): void {
  w.sql.run`delete from bookedCells where appointmentId = ${id}`
}

export function announce(
  w: W,
  type: 'appointment_created' | 'appointment_updated' | 'appointment_cancelled',
  appointment: Appointment,
  before: Appointment = appointment,
): void {
  const patient = getRecord(w.sql, 'patients', appointment.patientId)
  const scope = {
    clinicIds: [...new Set([appointment.clinicId, before.clinicId])],
    doctorIds: [appointment.doctorId, before.doctorId],
  }
  w.record(type, scope, { appointments: [appointment], patients: [patient] })
}

function demandStep(current: Appointment, to: Appointment['status'], from: Appointment['status'][]): void {
  if (!from.includes(current.status)) throw new Refusal('illegal_transition', { from: current.status, to })
}

function wholeCell(startsAt: string): string {
  if (Date.parse(startsAt) % 300_000 === 0) return startsAt
  throw new Refusal('bad_input', { fields: [{ field: 'startsAt', message: 'must be a whole five minutes' }] })
}

/** Only the fields that were given: a spread would put `undefined` over what is there. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
