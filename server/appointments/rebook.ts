import type { Appointment } from '../../contract/appointments.ts'
import type { Doctor } from '../../contract/doctors.ts'
import { type ErrorData, Refusal } from '../../contract/errors.ts'
import type { Rebooking } from '../../contract/rebookings.ts'
import type { Visit } from '../../contract/visits.ts'
import { dayBounds } from '../../rules/clinic-day.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandVersion, getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { cancelLeaveQuietly, expectDoctor, takeLeaveQuietly } from '../doctors/commands.ts'
import { notifyOfRebooking } from '../notifications/about-appointments.ts'
import { askToPhone, withdrawPhoneCalls } from '../phone-calls/commands.ts'
import { transferQuietly } from '../visits/move.ts'
import { today } from '../visits/queries.ts'
import { undo } from '../visits/undo.ts'
import { changeQuietly, putBack } from './commands.ts'

type Move = { appointmentId: string; version: number; doctorId: string; startsAt: string }
type Transfer = { visitId: string; version: number; doctorId: string | null; poolId: string | null }
type Request = { id: string; doctorId: string; moves: Move[]; transfers: Transfer[] }

/** What undo needs: each appointment as it was, and in which version all was left. */
type Kept = {
  appointments: { before: Appointment; version: number }[]
  visits: { id: string; version: number }[]
  leaveId: string | null
  expectedAt: string | null
}

/**
 * Q12: the doctor is gone for today. Appointments and waiting visits go where reception has said, all or none; nobody is
 * booked into the rest of the day any more; and who is not here is to be phoned, also whoever found no place.
 *
 * @throws Refusal `not_rebooked`, which names the first that could not be moved and why
 */
export function rebook(w: W<Person>, { id, doctorId, moves, transfers }: Request): Rebooking {
  const doctor = getRecord(w.sql, 'doctors', doctorId)
  demandClinic(w.actor, doctor.clinicId)
  if (w.sql.get`select 1 from rebookings where id = ${id}`) throw new Refusal('already_exists', { field: 'id' })
  const before = moves.map((move) => getRecord(w.sql, 'appointments', move.appointmentId))
  const appointments = moves.map((move) => moveOne(w, doctor, move))
  const visits = transfers.map((one) => transferOne(w, doctor, one))
  const moved = askToPhone(w, before, { why: 'doctor_gone', causeId: id })
  const left = leaveToday(w, doctor)
  if (doctor.expectedAt) expectDoctor(w, doctorId, { version: doctor.version, expectedAt: null })
  const kept: Kept = {
    appointments: before.map((one, index) => ({ before: one, version: appointments[index]?.version ?? 0 })),
    visits: visits.map(({ id, version }) => ({ id, version })),
    leaveId: left?.leave.id ?? null,
    expectedAt: doctor.expectedAt,
  }
  w.sql.run`insert into rebookings (id, clinicId, doctorId, at, actorId, kept, undoneAt)
    values (${id}, ${doctor.clinicId}, ${doctorId}, ${w.now}, ${w.actor.userId}, ${JSON.stringify(kept)}, null)`
  const trace = JSON.stringify(moves.map(traceOf(before)))
  w.audit({ noun: 'doctors', recordId: doctorId, detail: { rebooking: id, moves: trace } })
  notifyOfRebooking(w, { doctorId, appointments, visits })
  return { id, appointments, visits, phoneCalls: [...moved, ...(left?.phoneCalls ?? [])] }
}

/** A5: where each was stays in the audit. */
const traceOf = (before: readonly Appointment[]) => (move: Move, index: number) => ({
  appointment: move.appointmentId,
  fromStart: before[index]?.startsAt,
  toDoctor: move.doctorId,
  toStart: move.startsAt,
})

function moveOne(w: W<Person>, doctor: Doctor, { appointmentId, ...move }: Move): Appointment {
  const current = getRecord(w.sql, 'appointments', appointmentId)
  if (current.doctorId !== doctor.id) throw notRebooked({ appointmentId }, 'changed')
  // Who had confirmed another time has not confirmed this one.
  const status = current.status === 'confirmed' && current.startsAt !== move.startsAt ? 'booked' : undefined
  return naming({ appointmentId }, () => {
    demandVersion(current, move.version)
    return changeQuietly(w, current, { ...move, status })
  })
}

/** Q9: keeps the waiting time; one who is called waits again, one who is with the doctor is not moved from here. */
export function transferOne(w: W<Person>, doctor: Doctor, { visitId, ...to }: Transfer): Visit {
  const current = getRecord(w.sql, 'visits', visitId)
  const movable = ['waiting', 'in_triage', 'called'].includes(current.status)
  if (current.doctorId !== doctor.id || !movable) throw notRebooked({ visitId }, 'changed')
  return naming({ visitId }, () => transferQuietly(w, visitId, { ...to, reason: DOCTOR_GONE }))
}

/** What the history of a visit says; the pages word it. */
const DOCTOR_GONE = 'doctor_gone'

type About = { appointmentId: string } | { visitId: string }
type Why = ErrorData<'not_rebooked'>['why']

/** All or none: what refuses one refuses the whole, and says whom. */
function naming<T>(about: About, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const why = WHY[error.code as keyof typeof WHY]
    if (!why) throw error
    throw notRebooked(about, why, error.code === 'slot_taken' ? (error.data as { byName: string }).byName : '')
  }
}

const WHY = {
  slot_taken: 'slot_taken',
  outside_schedule: 'outside_schedule',
  patient_busy: 'patient_busy',
  stale_version: 'changed',
  illegal_transition: 'changed',
} as const satisfies Record<string, Why>

function notRebooked(about: About, why: Why, byName = ''): Refusal<'not_rebooked'> {
  return new Refusal('not_rebooked', { appointmentId: null, visitId: null, ...about, why, byName })
}

/** Until the turnover; `undefined` when the doctor has that leave already. */
function leaveToday(w: W<Person>, doctor: Doctor) {
  const clinic = getRecord(w.sql, 'clinics', doctor.clinicId)
  const { to } = dayBounds(today(clinic, w.now), clinic.timeZone, clinic.settings.dayTurnover)
  const there = w.sql.get`select 1 from leaves where doctorId = ${doctor.id} and "from" <= ${w.now} and "to" >= ${to}`
  if (there) return undefined
  return takeLeaveQuietly(w, { id: newId(), doctorId: doctor.id, from: w.now, to, reason: '' })
}

/**
 * U4: takes a rebooking back whole: every appointment and visit where it was, and the doctor's day free again.
 *
 * @throws Refusal `nothing_to_undo` when something of it has changed since, or somebody was told already
 */
export function undoRebook(w: W<Person>, id: string): Rebooking {
  const row = w.sql.get<{ clinicId: string; doctorId: string; kept: string; undoneAt: string | null }>`
    select clinicId, doctorId, kept, undoneAt from rebookings where id = ${id}`
  if (!row) throw new Refusal('not_found', { noun: 'rebookings' })
  demandClinic(w.actor, row.clinicId)
  const kept = JSON.parse(row.kept) as Kept
  const causeIds = [id, ...(kept.leaveId ? [kept.leaveId] : [])]
  if (row.undoneAt || somebodyWasTold(w, causeIds)) throw new Refusal('nothing_to_undo')
  const moved = whereTheyAre(w, kept)
  if (kept.leaveId) cancelLeaveQuietly(w, row.doctorId, kept.leaveId)
  const appointments = kept.appointments.map(({ before, version }) => putBack(w, before, version))
  const visits = kept.visits.map((visit) => {
    if (getRecord(w.sql, 'visits', visit.id).version !== visit.version) throw new Refusal('nothing_to_undo')
    return undo(w, visit.id, visit.version)
  })
  const phoneCalls = withdrawPhoneCalls(w, causeIds)
  const doctor = getRecord(w.sql, 'doctors', row.doctorId)
  if (kept.expectedAt && !doctor.expectedAt)
    expectDoctor(w, doctor.id, { version: doctor.version, expectedAt: kept.expectedAt })
  w.sql.run`update rebookings set undoneAt = ${w.now} where id = ${id}`
  w.audit({ noun: 'doctors', recordId: row.doctorId, detail: { rebooking: id } })
  notifyOfRebooking(w, { doctorId: row.doctorId, ...moved, undone: true })
  return { id, appointments, visits, phoneCalls }
}

function whereTheyAre(w: W, { appointments, visits }: Kept) {
  return {
    appointments: appointments.map(({ before }) => getRecord(w.sql, 'appointments', before.id)),
    visits: visits.map(({ id }) => getRecord(w.sql, 'visits', id)),
  }
}

function somebodyWasTold(w: W, causeIds: string[]): boolean {
  return Boolean(w.sql.get`
    select 1 from phoneCalls where causeId in (select value from json_each(${JSON.stringify(causeIds)}))
    and toldAt is not null`)
}
