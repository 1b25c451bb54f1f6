import type { Clinic } from '../../contract/clinics.ts'
import type { VisitStatus } from '../../contract/visits.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { lengthsOf, RECENT } from '../../rules/consultation-lengths.ts'
import type { Stay } from '../../rules/consultation-pace.ts'
import { instantMs } from '../../rules/instants.ts'
import type { Custom } from '../../rules/wait-question.ts'
import type { SqlReader } from '../db/sql.ts'

/** One step of a visit that has been with a doctor. */
type Step = { visitId: string; arrivedAt: string; beganAt: string; to: VisitStatus; at: string }

export type PastVisit = {
  stays: Stay[]
  /** How long each of its holds was. */
  holdsMs: number[]
  /** Since when the last stay or hold lasts that is not over. */
  insideMs: number | undefined
  heldMs: number | undefined
}

/** Q11: the lengths of a doctor's last consultations of one visit type, newest first, without what they were on hold. */
export function recentLengths(sql: SqlReader, doctorId: string, serviceId: string | null): number[] {
  const steps = sql.all<Step>`
    select s.visitId, past.arrivedAt, past.consultationStartedAt as beganAt, s."to", s.at
    from (select id, arrivedAt, consultationStartedAt from visits
      where doctorId = ${doctorId} and serviceId is ${serviceId} and consultationStartedAt is not null
      and status in ('awaiting_payment', 'completed') order by consultationStartedAt desc limit ${RECENT}) past
    join visitSteps s on s.visitId = past.id where s.undone = 0
    order by past.consultationStartedAt desc, s.visitId, s.at, s.id`
  return pastVisits(steps).flatMap(([, { stays }]) => {
    const ms = stays.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
    return ms > 0 ? [ms] : []
  })
}

/** How many of a doctor's last visits tell how they follow each other. */
const FOLLOWING = 60

/** A doctor's last visits, newest call first. */
export function lastVisits(sql: SqlReader, doctorId: string): PastVisit[] {
  const steps = sql.all<Step>`
    select s.visitId, past.arrivedAt, past.consultationStartedAt as beganAt, s."to", s.at
    from (select id, day, arrivedAt, calledAt, consultationStartedAt from visits
      where doctorId = ${doctorId} and calledAt is not null order by day desc, calledAt desc limit ${FOLLOWING}) past
    join visitSteps s on s.visitId = past.id where s.undone = 0 and past.consultationStartedAt is not null
    order by past.day desc, past.calledAt desc, s.visitId, s.at, s.id`
  return pastVisits(steps).map(([, past]) => past)
}

/** What visits that are still open have had of their consultation already. */
export function visitsSoFar(sql: SqlReader, visitIds: readonly string[]): Map<string, PastVisit> {
  const steps = sql.all<Step>`
    select s.visitId, past.arrivedAt, past.consultationStartedAt as beganAt, s."to", s.at
    from json_each(${JSON.stringify(visitIds)}) i join visits past on past.id = i.value
    join visitSteps s on s.visitId = past.id where s.undone = 0 and past.consultationStartedAt is not null
    order by s.visitId, s.at, s.id`
  return new Map(pastVisits(steps))
}

function pastVisits(steps: readonly Step[]): [string, PastVisit][] {
  return [...Map.groupBy(steps, (step) => step.visitId)].map(([id, own]) => [id, pastVisitOf(own)])
}

/** Reads a visit's steps, oldest first. Before its consultation began, it may have been with somebody else. */
function pastVisitOf(steps: readonly Step[]): PastVisit {
  const past: PastVisit = { stays: [], holdsMs: [], insideMs: undefined, heldMs: undefined }
  const first = steps[0]
  const beganMs = instantMs(first?.beganAt ?? '')
  let waitingMs = instantMs(first?.arrivedAt ?? '')
  let calledMs: number | undefined
  let before: VisitStatus | undefined
  for (const { to, at } of steps) {
    const ms = instantMs(at)
    if (past.insideMs !== undefined && to !== 'in_consultation') {
      if (past.insideMs >= beganMs) past.stays.push({ waitingMs, calledMs, fromMs: past.insideMs, toMs: ms })
      past.insideMs = undefined
      calledMs = undefined
    }
    if (past.heldMs !== undefined && to !== 'on_hold') {
      past.holdsMs.push(ms - past.heldMs)
      past.heldMs = undefined
    }
    if (to === 'waiting' && before !== undefined && before !== 'in_triage' && before !== 'waiting') {
      // One who was not there when called has waited on.
      if (before !== 'called') waitingMs = ms
      calledMs = undefined
    }
    if (to === 'called' && before !== 'called') calledMs = ms
    if (to === 'in_consultation') past.insideMs ??= ms
    if (to === 'on_hold') past.heldMs ??= ms
    before = to
  }
  return past
}

const CUSTOM_DAYS = 14
/** What is taken to be usual until a clinic has shown what is usual there. */
const USUAL = { missed: 0.1, lateMinutes: 5, holdMinutes: 20 } as const
/** So many observations are asked for before a share is believed. */
const BELIEVED = 20

/** What this clinic has seen in the last two weeks. */
export function customOf(sql: SqlReader, clinic: Clinic, day: string): Omit<Custom, 'holds'> {
  const since = addDays(day, -CUSTOM_DAYS)
  const arrivals = sql.all<{ arrivedAt: string; dueAt: string }>`
    select arrivedAt, dueAt from visits where clinicId = ${clinic.id} and day >= ${since} and day < ${day}
    and dueAt is not null order by day desc limit 200`
  const booked = sql.get<{ missed: number; kept: number }>`
    select sum(status = 'no_show') as missed, sum(status in ('fulfilled', 'checked_in')) as kept from appointments
    where clinicId = ${clinic.id} and day >= ${since} and day < ${day}`
  const seen = sql.get<{ visits: number; raised: number; days: number }>`
    select count(*) as visits, sum(urgency in ('very_urgent', 'urgent')) as raised, count(distinct day) as days
    from visits where clinicId = ${clinic.id} and day >= ${since} and day < ${day}`
  const urgent = sql.all<Custom['urgent'][number]>`
    select urgency, doctorId, poolId, serviceId from visits where clinicId = ${clinic.id} and day >= ${since}
    and day < ${day} and urgency = 'immediate' order by day desc limit 20`
  const lateMs = arrivals.map(({ arrivedAt, dueAt }) => instantMs(arrivedAt) - instantMs(dueAt))
  const [missed, kept] = [booked?.missed ?? 0, booked?.kept ?? 0]
  const visits = seen?.visits ?? 0
  return {
    missed: (missed + USUAL.missed * BELIEVED) / (missed + kept + BELIEVED),
    offsets: lengthsOf(lateMs, USUAL.lateMinutes, 200),
    raised: (seen?.raised ?? 0) / (visits + BELIEVED),
    urgentPerHour: urgent.length / (Math.max(1, seen?.days ?? 0) * OPEN_HOURS),
    urgent,
  }
}

/** A clinic's day, roughly: emergencies are rare enough. */
const OPEN_HOURS = 8

export function holdsOf(past: readonly PastVisit[]) {
  return lengthsOf(
    past.flatMap((visit) => visit.holdsMs),
    USUAL.holdMinutes,
  )
}
