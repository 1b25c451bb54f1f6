import type { Doctor, Leave, Schedule, WorkSession } from '../../contract/doctors.ts'
import { Refusal } from '../../contract/errors.ts'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import { demandOrder, freeLetter } from '../clinics/commands.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord, getVersion } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { notifyHours } from '../notifications/commands.ts'
import { tellOpenOrders } from '../orders/commands.ts'
import { askToPhone, withdrawPhoneCalls } from '../phone-calls/commands.ts'
import { openVisits, today } from '../visits/queries.ts'

type NewDoctor = Omit<Doctor, 'ticketLetter' | 'roomToday' | 'expectedAt' | 'version'>

export function addDoctor(w: W<Person>, fields: NewDoctor): Doctor {
  demandClinic(w.actor, fields.clinicId)
  demandNew(w.sql, 'doctors', fields.id)
  demandParts(w.sql, fields)
  const ticketLetter = freeLetter(w.sql, fields.clinicId)
  const doctor = w.insert('doctors', { ...fields, ticketLetter, roomToday: null, expectedAt: null, version: 1 })
  const schedule = w.insert('schedules', { id: doctor.id, doctorId: doctor.id, sessions: [], version: 1 })
  w.record('doctor_updated', scopeOf(doctor), { doctors: [doctor], schedules: [schedule] })
  return doctor
}

export function updateDoctor(
  w: W<Person>,
  id: string,
  change: Omit<Doctor, 'id' | 'clinicId' | 'ticketLetter' | 'roomToday' | 'expectedAt'>,
): Doctor {
  const current = getOwnVersion(w, 'doctors', id, change.version)
  demandParts(w.sql, { ...current, ...change })
  if (current.active && !change.active) demandNobodyWaits(w, current)
  const doctor = saveDoctor(w, { ...current, ...change, version: current.version + 1 })
  if (doctor.active !== current.active || doctor.userId !== current.userId) tellOpenOrders(w, id)
  return doctor
}

/** Q12: announces when a late doctor is expected; `null` when they are here. */
export function expectDoctor(
  w: W<Person>,
  id: string,
  { version, expectedAt }: Pick<Doctor, 'version' | 'expectedAt'>,
): Doctor {
  const current = getOwnVersion(w, 'doctors', id, version)
  return saveDoctor(w, { ...current, expectedAt, version: version + 1 })
}

/** Q12: who is here is not expected any more. */
export function doctorIsHere(w: W, doctor: Doctor): void {
  if (doctor.expectedAt) saveDoctor(w, { ...doctor, expectedAt: null, version: doctor.version + 1 })
}

export function setSchedule(w: W<Person>, doctorId: string, version: number, sessions: WorkSession[]): Schedule {
  const doctor = getRecord(w.sql, 'doctors', doctorId)
  demandClinic(w.actor, doctor.clinicId)
  const current = getVersion(w.sql, 'schedules', doctorId, version)
  demandSessions(sessions)
  const schedule = w.update('schedules', { ...current, sessions, version: version + 1 })
  w.record('schedule_updated', scopeOf(doctor), { schedules: [schedule] })
  notifyHours(w, doctor, 'schedule_changed')
  return schedule
}

/** Enters leave; answers whom to phone: the patients booked within it, whom a person then moves. */
export function takeLeave(w: W<Person>, fields: Omit<Leave, 'version'>): { leave: Leave; phoneCalls: PhoneCall[] } {
  const taken = takeLeaveQuietly(w, fields)
  const { doctorId, from, to } = fields
  notifyHours(w, getRecord(w.sql, 'doctors', doctorId), 'leave_entered', { from, to })
  return taken
}

/** The same as part of a rebooking, which says so itself (S3). */
export function takeLeaveQuietly(
  w: W<Person>,
  fields: Omit<Leave, 'version'>,
): { leave: Leave; phoneCalls: PhoneCall[] } {
  const doctor = getRecord(w.sql, 'doctors', fields.doctorId)
  demandClinic(w.actor, doctor.clinicId)
  demandNew(w.sql, 'leaves', fields.id)
  demandOrder(fields.from, fields.to)
  const leave = w.insert('leaves', { ...fields, version: 1 })
  const touched = w.sql.all`
    select * from appointments where doctorId = ${doctor.id} and startsAt < ${fields.to} and endsAt > ${fields.from}
    and status in ('booked', 'confirmed') order by startsAt`
  w.record('schedule_updated', scopeOf(doctor), { leaves: [leave] })
  const phoneCalls = askToPhone(w, fromRows('appointments', touched), { why: 'leave', causeId: leave.id })
  return { leave, phoneCalls }
}

/** Leave is taken back by ending it where it begins: nothing is deleted. */
export function cancelLeave(w: W<Person>, doctorId: string, leaveId: string): void {
  const { from, to } = getRecord(w.sql, 'leaves', leaveId)
  cancelLeaveQuietly(w, doctorId, leaveId)
  notifyHours(w, getRecord(w.sql, 'doctors', doctorId), 'leave_withdrawn', { from, to })
}

/** The same as part of a rebooking that is taken back, which says so itself (S3). */
export function cancelLeaveQuietly(w: W<Person>, doctorId: string, leaveId: string): void {
  const doctor = getRecord(w.sql, 'doctors', doctorId)
  demandClinic(w.actor, doctor.clinicId)
  const current = getRecord(w.sql, 'leaves', leaveId)
  if (current.doctorId !== doctorId) throw new Refusal('not_found', { noun: 'leaves' })
  const leave = w.update('leaves', { ...current, to: current.from, version: current.version + 1 })
  w.record('schedule_updated', scopeOf(doctor), { leaves: [leave] })
  withdrawPhoneCalls(w, [leaveId])
}

/** The caller has made the next version. */
export function saveDoctor(w: W, next: Doctor): Doctor {
  const doctor = w.update('doctors', next)
  w.record('doctor_updated', scopeOf(doctor), { doctors: [doctor] })
  return doctor
}

function scopeOf(doctor: Doctor) {
  return { clinicIds: [doctor.clinicId], doctorIds: [doctor.id] }
}

function demandParts(
  sql: SqlReader,
  { id, clinicId, userId, roomId }: Omit<NewDoctor, 'displayName' | 'specialty' | 'active'>,
): void {
  if (roomId && getRecord(sql, 'rooms', roomId).clinicId !== clinicId) throw new Refusal('not_found', { noun: 'rooms' })
  if (!userId) return
  getRecord(sql, 'users', userId)
  if (sql.get`select 1 from doctors where userId = ${userId} and id <> ${id}`)
    throw new Refusal('in_use', { by: 'doctor' })
}

/** Those of today: what was left open on another day blocks nobody (Q2). */
function demandNobodyWaits({ sql, now }: W, doctor: Doctor): void {
  const day = today(getRecord(sql, 'clinics', doctor.clinicId), now)
  const waiting = openVisits(sql, doctor.clinicId, day).some((visit) => visit.doctorId === doctor.id)
  if (waiting) throw new Refusal('in_use', { by: 'open_visits' })
}

function demandSessions(sessions: WorkSession[]): void {
  sessions.forEach((session, index) => {
    const wrong = (field: string, message: string) =>
      new Refusal('bad_input', { fields: [{ field: `sessions.${index}.${field}`, message }] })
    if (session.endsAt <= session.startsAt) throw wrong('endsAt', 'must be after the start')
    const overlapping = sessions.some(
      (other, at) =>
        at < index &&
        other.weekday === session.weekday &&
        other.startsAt < session.endsAt &&
        session.startsAt < other.endsAt,
    )
    if (overlapping) throw wrong('startsAt', 'must not overlap another session of that day')
  })
}
