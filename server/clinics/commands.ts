import type { Clinic, Closure, Pool } from '../../contract/clinics.ts'
import { Refusal } from '../../contract/errors.ts'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { nextFreeLetter } from '../../rules/ticket.ts'
import { demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord, getVersion } from '../db/get.ts'
import { fromRow, fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { askToPhone, withdrawPhoneCalls } from '../phone-calls/commands.ts'

/** Opens a further clinic; whoever opens it works in it. */
export function openClinic(w: W<Person>, fields: Omit<Clinic, 'version'>): Clinic {
  demandNew(w.sql, 'clinics', fields.id)
  const clinic = w.insert('clinics', { ...fields, version: 1 })
  const row = w.sql.get`select * from users where id = ${w.actor.userId}`
  const user = fromRow('users', row)
  const opener = w.update('users', { ...user, clinicIds: [...user.clinicIds, clinic.id], version: user.version + 1 })
  // Nobody else works there yet, and the opener's windows follow another clinic.
  w.record('clinic_updated', { clinicIds: [clinic.id], userIds: [opener.id] }, { clinics: [clinic] })
  w.record('user_updated', { clinicIds: opener.clinicIds }, { users: [opener] })
  return clinic
}

export function updateClinic(w: W<Person>, id: string, { version, ...fields }: Omit<Clinic, 'id'>): Clinic {
  demandClinic(w.actor, id)
  const current = getVersion(w.sql, 'clinics', id, version)
  const clinic = w.update('clinics', { ...current, ...fields, version: version + 1 })
  w.record('clinic_updated', { clinicIds: [id] }, { clinics: [clinic] })
  return clinic
}

/** Closes the clinic for some days; answers whom to phone: the patients booked on them, whom a person then moves. */
export function closeClinic(
  w: W<Person>,
  fields: Omit<Closure, 'version' | 'withdrawn'>,
): { closure: Closure; phoneCalls: PhoneCall[] } {
  demandClinic(w.actor, fields.clinicId)
  getRecord(w.sql, 'clinics', fields.clinicId)
  demandNew(w.sql, 'closures', fields.id)
  demandOrder(fields.from, fields.to)
  const closure = w.insert('closures', { ...fields, withdrawn: false, version: 1 })
  const touched = w.sql.all`
    select * from appointments where clinicId = ${fields.clinicId} and day between ${fields.from} and ${fields.to}
    and status in ('booked', 'confirmed') order by startsAt`
  w.record('schedule_updated', { clinicIds: [fields.clinicId] }, { closures: [closure] })
  const phoneCalls = askToPhone(w, fromRows('appointments', touched), { why: 'closure', causeId: closure.id })
  return { closure, phoneCalls }
}

/** A closure that was a mistake; nothing is deleted. */
export function withdrawClosure(w: W<Person>, clinicId: string, closureId: string): Closure {
  demandClinic(w.actor, clinicId)
  const current = getRecord(w.sql, 'closures', closureId)
  if (current.clinicId !== clinicId) throw new Refusal('not_found', { noun: 'closures' })
  if (current.withdrawn) return current
  const closure = w.update('closures', { ...current, withdrawn: true, version: current.version + 1 })
  w.record('schedule_updated', { clinicIds: [clinicId] }, { closures: [closure] })
  withdrawPhoneCalls(w, [closureId])
  return closure
}

/** @throws Refusal `bad_input` when a span ends before it begins. */
export function demandOrder(from: string, to: string): void {
  if (to < from)
    throw new Refusal('bad_input', { fields: [{ field: 'to', message: 'must not be before its beginning' }] })
}

type NewPool = Omit<Pool, 'version' | 'ticketLetter'>

export function addPool(w: W<Person>, fields: NewPool): Pool {
  demandClinic(w.actor, fields.clinicId)
  demandNew(w.sql, 'pools', fields.id)
  demandDoctors(w.sql, fields)
  const ticketLetter = freeLetter(w.sql, fields.clinicId)
  const pool = w.insert('pools', { ...fields, ticketLetter, version: 1 })
  w.record('clinic_updated', { clinicIds: [pool.clinicId] }, { pools: [pool] })
  return pool
}

export function updatePool(w: W<Person>, id: string, change: Omit<Pool, 'id' | 'clinicId' | 'ticketLetter'>): Pool {
  const current = getOwnVersion(w, 'pools', id, change.version)
  demandDoctors(w.sql, { ...current, ...change })
  const pool = w.update('pools', { ...current, ...change, version: current.version + 1 })
  w.record('clinic_updated', { clinicIds: [pool.clinicId] }, { pools: [pool] })
  return pool
}

function demandDoctors(sql: SqlReader, { clinicId, doctorIds }: { clinicId: string; doctorIds: string[] }): void {
  for (const id of doctorIds)
    if (getRecord(sql, 'doctors', id).clinicId !== clinicId) throw new Refusal('not_found', { noun: 'doctors' })
}

/**
 * Q3: a letter per queue, doctors' and pools' alike.
 *
 * @throws Refusal `in_use` when the clinic has used every letter
 */
export function freeLetter(sql: SqlReader, clinicId: string): string {
  const used = sql.all<{ ticketLetter: string }>`
    select ticketLetter from doctors where clinicId = ${clinicId}
    union select ticketLetter from pools where clinicId = ${clinicId}`
  const letter = nextFreeLetter(used.map((row) => row.ticketLetter))
  if (letter === undefined) throw new Refusal('in_use', { by: 'every_ticket_letter' })
  return letter
}
