import type { Clinic } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import type { StaffStatus } from '../../contract/users.ts'
import type { Visit } from '../../contract/visits.ts'
import { dayBounds } from '../../rules/clinic-day.ts'
import { type Lengths, lengthsOf } from '../../rules/consultation-lengths.ts'
import { paceOf } from '../../rules/consultation-pace.ts'
import { instantMs } from '../../rules/instants.ts'
import { type Duty, dutyOf, type SpanMs, without } from '../../rules/on-duty.ts'
import { sessionsOn } from '../../rules/slots.ts'
import type { Custom, PresentVisit, WaitDoctor, WaitQuestion } from '../../rules/wait-question.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { appointmentsInARow, openVisits, poolsOf } from '../visits/queries.ts'
import { holdsOf, lastVisits, type PastVisit, recentLengths, visitsSoFar } from './history.ts'

/** Without a service, or with one whose length nobody has said. */
const USUAL_MINUTES = 15
const USUAL_PAUSE_MINUTES = 1
/** Pauses tell of breaks only when there are enough of them. */
const PAUSES = 40

type At = { clinic: Clinic; day: string; now: string; custom: Omit<Custom, 'holds'> }

/** Q11: all that the expected waits of one clinic are made of, as it is now. */
export function waitQuestion(sql: SqlReader, { clinic, day, now, custom }: At): WaitQuestion {
  const nowMs = instantMs(now)
  const doctors = fromRows('doctors', sql.all`select * from doctors where clinicId = ${clinic.id} and active = 1`)
  const past = new Map(doctors.map((doctor) => [doctor.id, lastVisits(sql, doctor.id)]))
  const inside = visitsInside(sql, clinic.id, day)
  const onDuty = doctors.flatMap((doctor) => {
    const present = presentWith(inside, doctor)
    const stays = past.get(doctor.id) ?? []
    const of = { clinic, day, nowMs, doctor, present, stays }
    const duty = doctorDuty(sql, of)
    return duty ? [{ ...of, duty }] : []
  })
  // Where nobody is there to see them, however many wait or are to come need not be read.
  const somebody = onDuty.length > 0
  const open = somebody ? openVisits(sql, clinic.id, day) : []
  const soFar = visitsSoFar(
    sql,
    open.flatMap((visit) => (visit.consultationStartedAt ? [visit.id] : [])),
  )
  const toCome = somebody ? yetToCome(sql, clinic.id, day) : []
  const minutes = serviceMinutes(sql, clinic.id)
  return {
    nowMs,
    settings: clinic.settings,
    doctors: onDuty.map((of) => waitDoctor(sql, { ...of, soFar, minutes })),
    waiting: open.filter((visit) => visit.status === 'waiting' || visit.status === 'in_triage'),
    hadMs: new Map([...soFar].map(([id, visit]) => [id, hadMs(visit, nowMs)])),
    toCome: toCome.map(({ startsAt, ...appointment }) => ({ ...appointment, dueMs: instantMs(startsAt) })),
    onHold: open.flatMap((visit) => {
      if (visit.status !== 'on_hold') return []
      const own = soFar.get(visit.id)
      const heldMs = nowMs - (own?.heldMs ?? instantMs(visit.statusAt))
      return [{ visit, heldMs, elapsedMs: own ? hadMs(own, nowMs) : 0 }]
    }),
    custom: { ...custom, holds: holdsOf([...past.values()].flat()) },
  }
}

function yetToCome(sql: SqlReader, clinicId: string, day: string) {
  return sql.all<{ id: string; doctorId: string; serviceId: string; startsAt: string }>`
    select id, doctorId, serviceId, startsAt from appointments
    where clinicId = ${clinicId} and day = ${day} and status in ('booked', 'confirmed')`
}

/** What somebody has had of their consultation, holds left out. */
function hadMs({ stays, insideMs }: PastVisit, nowMs: number): number {
  const over = stays.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  return over + (insideMs === undefined ? 0 : Math.max(0, nowMs - insideMs))
}

/** Called or in consultation now. The condition is the index's own, or SQLite would not use it. */
function visitsInside(sql: SqlReader, clinicId: string, day: string): Visit[] {
  return fromRows(
    'visits',
    sql.all`select * from visits where clinicId = ${clinicId} and day = ${day} and status in ('called', 'in_consultation')`,
  )
}

/** Who is with a doctor: the one in consultation first, then those who are called. */
function presentWith(open: readonly Visit[], { id }: Doctor): Visit[] {
  const own = open.filter((visit) => visit.doctorId === id)
  return [
    ...own.filter((visit) => visit.status === 'in_consultation'),
    ...own.filter((visit) => visit.status === 'called'),
  ]
}

type OfDoctor = {
  clinic: Clinic
  day: string
  nowMs: number
  doctor: Doctor
  present: readonly Visit[]
  stays: readonly PastVisit[]
}

function doctorDuty(sql: SqlReader, { clinic, day, nowMs, doctor, present, stays }: OfDoctor): Duty | undefined {
  const bounds = dayBounds(day, clinic.timeZone, clinic.settings.dayTurnover)
  const fromMs = instantMs(bounds.from)
  const status = doctor.userId ? sql.find('staff', doctor.userId) : undefined
  const expectedMs = doctor.expectedAt === null ? null : instantMs(doctor.expectedAt)
  const today = stays.flatMap((visit) => visit.stays).filter((stay) => stay.fromMs >= fromMs)
  const began = present.flatMap((visit) =>
    visit.consultationStartedAt ? [instantMs(visit.consultationStartedAt)] : [],
  )
  const last = Math.max(...today.map((stay) => stay.fromMs), ...began)
  return dutyOf(
    {
      sessions: workingHours(sql, clinic, day, doctor.id),
      status: status ? statusOf(status) : null,
      statusSinceMs: status ? instantMs(status.since) : fromMs,
      // Q12: what was announced for another day is over.
      expectedMs: expectedMs !== null && expectedMs >= fromMs ? expectedMs : null,
      withPatient: present.length > 0,
      lastBeganMs: Number.isFinite(last) ? last : null,
    },
    nowMs,
  )
}

const statusOf = ({ status }: StaffStatus): StaffStatus['status'] => status

/** A1: a doctor's sessions of a clinic day, without leave and closures. */
function workingHours(sql: SqlReader, { id, timeZone, settings }: Clinic, day: string, doctorId: string): SpanMs[] {
  const { from, to } = dayBounds(day, timeZone, settings.dayTurnover)
  const sessions = sql.find('schedules', doctorId)?.sessions ?? []
  const leaves = sql.all<{ from: string; to: string }>`
    select "from", "to" from leaves where doctorId = ${doctorId} and "to" > ${from} and "from" < ${to}`
  const closed = sql.get`
    select 1 from closures where clinicId = ${id} and withdrawn = 0 and "to" >= ${day} and "from" <= ${day}`
  if (closed) return []
  return without(
    sessionsOn({ day, timeZone, turnover: settings.dayTurnover, sessions }),
    leaves.map((leave) => ({ from: instantMs(leave.from), to: instantMs(leave.to) })),
  )
}

type Pace = OfDoctor & { soFar: ReadonlyMap<string, PastVisit>; duty: Duty; minutes: ReadonlyMap<string, number> }

function waitDoctor(sql: SqlReader, of: Pace): WaitDoctor {
  const { clinic, day, nowMs, doctor, present, soFar, stays, duty, minutes } = of
  const over = stays.flatMap((visit) => visit.stays)
  const { pausesMs, walksMs } = paceOf(over)
  const known = new Map<string | null, Lengths>()
  const lastOut = Math.max(...over.map((stay) => stay.toMs))
  return {
    id: doctor.id,
    poolIds: poolsOf(sql, doctor),
    duty,
    row: appointmentsInARow(sql, clinic, doctor.id, day),
    present: present.map((visit) => presentVisit(visit, soFar.get(visit.id), nowMs)),
    freeSinceMs: Number.isFinite(lastOut) ? lastOut : null,
    lengths: (serviceId) => {
      const configured = (serviceId && minutes.get(serviceId)) || USUAL_MINUTES
      const lengths = known.get(serviceId) ?? lengthsOf(recentLengths(sql, doctor.id, serviceId), configured)
      known.set(serviceId, lengths)
      return lengths
    },
    pauses: lengthsOf(pausesMs.toReversed(), USUAL_PAUSE_MINUTES, PAUSES),
    walks: lengthsOf(walksMs.toReversed(), USUAL_PAUSE_MINUTES),
  }
}

function presentVisit(visit: Visit, soFar: PastVisit | undefined, nowMs: number): PresentVisit {
  const { id, serviceId, status } = visit
  const began = instantMs(visit.consultationStartedAt ?? visit.statusAt)
  const elapsedMs = soFar ? hadMs(soFar, nowMs) : Math.max(0, nowMs - began)
  return { id, serviceId, elapsedMs: status === 'in_consultation' ? elapsedMs : undefined }
}

function serviceMinutes(sql: SqlReader, clinicId: string): Map<string, number> {
  const rows = sql.all<{ id: string; minutes: number }>`select id, minutes from services where clinicId = ${clinicId}`
  return new Map(rows.map((row) => [row.id, row.minutes]))
}
