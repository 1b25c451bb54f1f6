import type { AppointmentStatus } from '../../contract/appointments.ts'
import type { Clinic } from '../../contract/clinics.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { Visit, VisitStatus } from '../../contract/visits.ts'
import { dayBounds } from '../../rules/clinic-day.ts'
import { canBecome } from '../../rules/transitions.ts'
import { hurryAlerts } from '../alerts/step.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import { followStatus } from '../consultations/commands.ts'
import type { W } from '../db/door.ts'
import { newId } from '../db/new-id.ts'
import type { Scope } from '../db/outbox.ts'
import type { SqlReader } from '../db/sql.ts'
import { followVisitWithNews } from '../notifications/about-visits.ts'

/** The visit that a command is about, in the version that its sender saw (Q10). */
export function visitFor(w: W<Person>, id: string, version: number): Visit {
  return getOwnVersion(w, 'visits', id, version)
}

type About = {
  /** What the history calls it. */
  step: string
  reason?: string | null | undefined
  /** What undo puts back (Q9): everything that the step changed, as it was. Left out when it cannot be undone. */
  before?: Before | undefined
}

/**
 * What a step changed, as it was. `visit` is null for a check-in: there was none. `chargeId` is the line that came with a
 * second appointment, `payments` how many there were when a consultation was finished.
 */
export type Before = {
  visit: Visit | null
  appointment?: { id: string; status: AppointmentStatus }
  chargeId?: string | undefined
  payments?: number
}

/**
 * What an appointment was before this visit, or one that has joined it since (P4), took it along: `booked` when nothing
 * was kept.
 */
export function statusBeforeArrival(sql: SqlReader, visitId: string, appointmentId: string): AppointmentStatus {
  const rows = sql.all<{ before: string }>`
    select before from visitSteps where before is not null and visitId in (select ${visitId} union all
      select id from visits where mergedIntoId = ${visitId}
      and patientId = (select patientId from visits where id = ${visitId})) order by at, id`
  const kept = rows.map((row) => JSON.parse(row.before) as Before)
  return kept.find(({ appointment }) => appointment?.id === appointmentId)?.appointment?.status ?? 'booked'
}

/** T5: whom a nurse or a doctor was with has been looked at. */
const BESIDE: readonly VisitStatus[] = ['in_triage', 'in_consultation']

/** Changes a visit and keeps who, when and why (Q1). The caller announces it. */
export function stepVisit(w: W, current: Visit, change: Partial<Visit>, about: About): Visit {
  const statusAt = change.status && change.status !== current.status ? w.now : current.statusAt
  const looked = change.status && change.status !== current.status && BESIDE.includes(current.status)
  const seen = looked ? { lookedAt: w.now } : {}
  const next = w.update('visits', { ...current, statusAt, ...seen, ...change, version: current.version + 1 })
  keepStep(w, next, current.status, about)
  if (next.urgency !== current.urgency) hurryAlerts(w, next)
  return next
}

export function keepStep(w: W, visit: Visit, from: VisitStatus | null, { step, reason = null, before }: About): void {
  w.sql.run`insert into visitSteps (id, visitId, step, "from", "to", at, actorId, reason, undone, before)
    values (${newId()}, ${visit.id}, ${step}, ${from}, ${visit.status}, ${w.now}, ${w.actor.userId}, ${reason}, 0,
      ${before ? JSON.stringify(before) : null})`
}

/** @throws Refusal `illegal_transition` (Q1) */
export function demandTransition(visit: Visit, to: VisitStatus): void {
  if (!canBecome(visit.status, to)) throw new Refusal('illegal_transition', { from: visit.status, to })
}

/** Whom visits concern: their clinic, their doctors, and for those in a pool every doctor who draws from it. */
export function scopeOf(w: W, ...visits: readonly (Visit | null)[]): Scope {
  const there = visits.filter((visit) => visit !== null)
  const pools = there.flatMap((visit) => (visit.poolId ? (w.sql.find('pools', visit.poolId)?.doctorIds ?? []) : []))
  return {
    clinicIds: [...new Set(there.map((visit) => visit.clinicId))],
    doctorIds: [...there.map((visit) => visit.doctorId), ...pools],
  }
}

/** Announces a change of the queue; with a new status under both of its names. */
export function announce(w: W, before: Visit | null, visit: Visit, more: Changes = {}): void {
  const scope = scopeOf(w, visit, before)
  const changes = { ...more, visits: [visit, ...(more.visits ?? [])] }
  w.record('queue_updated', scope, changes)
  if (before && before.status !== visit.status) w.record('visit_status_changed', scope, { visits: [visit] })
  if (before && before.status !== visit.status) followStatus(w, visit)
  if (before) followVisitWithNews(w, before, visit)
}

/** Q4: an arrival may be corrected, within the clinic day of its visit. */
export function demandArrival(w: W, clinic: Clinic, day: string, arrivedAt: string): void {
  const { from } = dayBounds(day, clinic.timeZone, clinic.settings.dayTurnover)
  const wrong =
    arrivedAt > w.now ? 'must not be in the future' : arrivedAt < from ? 'must be within this clinic day' : undefined
  if (wrong) throw new Refusal('bad_input', { fields: [{ field: 'arrivedAt', message: wrong }] })
}
