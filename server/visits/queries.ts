import type { Clinic } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Visit, VisitStatus, VisitStep } from '../../contract/visits.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { isUnpaidMark } from '../../rules/money.ts'
import { appointmentsCalledInARow, orderQueue } from '../../rules/queue-order.ts'
import type { Person } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { paged } from '../db/paging.ts'
import { fromRow, fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { balanceOf } from '../money/queries.ts'

export function today(clinic: Clinic, now: string): string {
  return clinicDay(now, clinic.timeZone, clinic.settings.dayTurnover)
}

/** The open visits of a clinic day. The condition repeats the index's own, or SQLite would not use it. */
export function openVisits(sql: SqlReader, clinicId: string, day: string): Visit[] {
  return fromRows(
    'visits',
    sql.all`select * from visits where clinicId = ${clinicId} and day = ${day}
      and status not in ('completed', 'left', 'cancelled', 'no_show')`,
  )
}

export function findOpenVisit(sql: SqlReader, clinicId: string, patientId: string, day: string): Visit | undefined {
  const row = sql.get`select * from visits where clinicId = ${clinicId} and patientId = ${patientId} and day = ${day}
    and status not in ('completed', 'left', 'cancelled', 'no_show')`
  return row ? fromRow('visits', row) : undefined
}

/** Whether a doctor draws this visit: their own, one of their pools, or one that has neither (an emergency). */
export function drawnBy(visit: Visit, doctorId: string, poolIds: ReadonlySet<string>): boolean {
  if (visit.doctorId !== null) return visit.doctorId === doctorId
  return visit.poolId === null || poolIds.has(visit.poolId)
}

export function poolsOf(sql: SqlReader, doctor: Doctor): Set<string> {
  const rows = sql.all<{ id: string }>`
    select pools.id from pools, json_each(pools.doctorIds) as d
    where pools.clinicId = ${doctor.clinicId} and pools.active = 1 and d.value = ${doctor.id}`
  return new Set(rows.map((row) => row.id))
}

/** M2: the visits that carry the "unpaid" mark; none where patients pay after. */
export function unpaidOf(sql: SqlReader, clinic: Clinic, visits: readonly Visit[]): Set<string> {
  const { payBefore } = clinic.settings
  if (!payBefore) return new Set()
  const unpaid = visits.filter(({ id, urgency }) =>
    isUnpaidMark({ payBefore, urgency, balanceMinor: balanceOf(sql, id) }),
  )
  return new Set(unpaid.map((visit) => visit.id))
}

export function isUnpaid(sql: SqlReader, clinic: Clinic, visit: Visit): boolean {
  return unpaidOf(sql, clinic, [visit]).size > 0
}

/** The line of one doctor, in the order of Q5. */
export function lineOf(sql: SqlReader, doctor: Doctor, now: string) {
  const clinic = getRecord(sql, 'clinics', doctor.clinicId)
  const day = today(clinic, now)
  const pools = poolsOf(sql, doctor)
  const drawn = openVisits(sql, clinic.id, day).filter((visit) => drawnBy(visit, doctor.id, pools))
  const line = orderQueue(drawn, {
    now,
    settings: clinic.settings,
    lastCalledWereAppointments: appointmentsInARow(sql, clinic, doctor.id, day),
    unpaid: unpaidOf(sql, clinic, drawn),
  })
  return { ...line, drawn }
}

/** Q5: how many on-time appointments this doctor has called since the last walk-in. */
export function appointmentsInARow(sql: SqlReader, clinic: Clinic, doctorId: string, day: string): number {
  const calls = fromRows(
    'visits',
    sql.all`select * from visits where doctorId = ${doctorId} and day = ${day} and calledAt is not null
      order by calledAt desc limit 10`,
  )
  return appointmentsCalledInARow(calls, clinic.settings)
}

/** The live line of a clinic (every open visit of today) or of a doctor. */
export function queueState(sql: SqlReader, of: { clinicId: string } | { doctorId: string }, now: string) {
  if ('doctorId' in of) {
    const { order, missed, drawn } = lineOf(sql, getRecord(sql, 'doctors', of.doctorId), now)
    return { visits: drawn, ...worded(order, missed) }
  }
  const clinic = getRecord(sql, 'clinics', of.clinicId)
  const visits = openVisits(sql, clinic.id, today(clinic, now))
  const unpaid = unpaidOf(sql, clinic, visits)
  const { order, missed } = orderQueue(visits, {
    now,
    settings: clinic.settings,
    lastCalledWereAppointments: 0,
    unpaid,
  })
  return { visits, ...worded(order, missed) }
}

type Line = ReturnType<typeof orderQueue<Visit>>

function worded(order: Line['order'], missed: Line['missed']) {
  return {
    order: order.map(({ visit, place, callable, reasons }) => ({ visitId: visit.id, place, callable, reasons })),
    missed: missed.map((visit) => visit.id),
  }
}

type Filter = {
  clinicId: string
  date?: string | undefined
  patientId?: string | undefined
  status?: VisitStatus | undefined
  leftOpen?: boolean | undefined
  limit: number
  cursor?: string | undefined
}

export function listVisits(sql: SqlReader, filter: Filter, now: string) {
  const { clinicId, patientId = null, status = null, limit, cursor = '~' } = filter
  const clinic = getRecord(sql, 'clinics', clinicId)
  const day = filter.date ?? today(clinic, now)
  const rows = filter.leftOpen
    ? sql.all`select * from visits where clinicId = ${clinicId} and day < ${day}
        and status not in ('completed', 'left', 'cancelled', 'no_show') and enteredAt || id < ${cursor}
        order by enteredAt desc, id desc limit ${limit + 1}`
    : patientId !== null && filter.date === undefined
      ? sql.all`select * from visits where patientId = ${patientId} and clinicId = ${clinicId}
          and (${status} is null or status = ${status}) and enteredAt || id < ${cursor}
          order by enteredAt desc, id desc limit ${limit + 1}`
      : sql.all`select * from visits where clinicId = ${clinicId} and day = ${day}
          and (${patientId} is null or patientId = ${patientId}) and (${status} is null or status = ${status})
          and enteredAt || id < ${cursor} order by enteredAt desc, id desc limit ${limit + 1}`
  return paged(fromRows('visits', rows), limit, (visit) => visit.enteredAt + visit.id)
}

/** Steps of care: what is typed as their reason speaks of the patient's state (T1), so it is clinical (design 6). */
const STEPS_OF_CARE: readonly string[] = [
  ...['triage', 'triaged', 'triage_ended', 'update'],
  ...['start', 'reopen', 'hold', 'park', 'back_from_hold', 'finish', 'to_cash_desk'],
]

/** What happened to a visit, in order; why a clinician did something, only to those who may know. */
export function stepsOf(sql: SqlReader, visitId: string, { clinical }: Pick<Person, 'clinical'>): VisitStep[] {
  return sql.all<Omit<VisitStep, 'undone'> & { undone: number }>`
      select id, visitId, step, "from", "to", at, actorId, reason, undone from visitSteps
      where visitId = ${visitId} order by at, id`.map((row) => ({
    ...row,
    reason: clinical || !STEPS_OF_CARE.includes(row.step) ? row.reason : null,
    undone: row.undone === 1,
  }))
}

/** Whose line is asked for; of both the doctor's. @throws Refusal `bad_input` when it is nobody's */
export function askedFor(query: { clinicId?: string | undefined; doctorId?: string | undefined }) {
  if (query.doctorId) return { doctorId: query.doctorId }
  if (query.clinicId) return { clinicId: query.clinicId }
  throw new Refusal('bad_input', { fields: [{ field: 'clinicId', message: 'or doctorId must be given' }] })
}
