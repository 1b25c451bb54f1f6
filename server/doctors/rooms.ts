import type { Doctor } from '../../contract/doctors.ts'
import { Refusal } from '../../contract/errors.ts'
import { roomOfDoctor } from '../../rules/doctor-room.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'
import { openVisits, today } from '../visits/queries.ts'
import { announce } from '../visits/step.ts'
import { saveDoctor } from './commands.ts'

/** S2: where a doctor sits now, which a call names. */
export function roomNow(sql: SqlReader, doctor: Doctor, now: string): string | null {
  const clinic = getRecord(sql, 'clinics', doctor.clinicId)
  const sessions = sql.find('schedules', doctor.id)?.sessions ?? []
  return roomOfDoctor(doctor, sessions, { now, day: today(clinic, now), timeZone: clinic.timeZone })
}

/** S2: another room for today, `null` for the usual one. Whoever is called there and not inside yet comes to the new one. */
export function useRoom(
  w: W<Person>,
  id: string,
  { version, roomId }: { version: number; roomId: string | null },
): Doctor {
  const current = getOwnVersion(w, 'doctors', id, version)
  const clinic = getRecord(w.sql, 'clinics', current.clinicId)
  const day = today(clinic, w.now)
  if (roomId) demandRoom(w, current.clinicId, roomId)
  const was = roomNow(w.sql, current, w.now)
  const doctor = saveDoctor(w, { ...current, roomToday: roomId ? { day, roomId } : null, version: version + 1 })
  const is = roomNow(w.sql, doctor, w.now)
  const called = openVisits(w.sql, clinic.id, day).filter(
    (visit) => visit.doctorId === id && visit.status === 'called' && visit.roomId === was && was !== is,
  )
  for (const visit of called)
    announce(w, visit, w.update('visits', { ...visit, roomId: is, version: visit.version + 1 }))
  return doctor
}

function demandRoom(w: W, clinicId: string, roomId: string): void {
  const room = getRecord(w.sql, 'rooms', roomId)
  if (room.clinicId !== clinicId || !room.active) throw new Refusal('not_found', { noun: 'rooms' })
}
