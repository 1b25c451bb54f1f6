import type { Alert, AlertKind, AlertReason } from '../../contract/alerts.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { Severity } from '../../contract/severity.ts'
import type { Visit } from '../../contract/visits.ts'
import { tooLongFrom, waitsTooLong } from '../../rules/long-wait.ts'
import { observationDue } from '../../rules/observation-due.ts'
import { endsEpisode } from '../../rules/risk-alert.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRow } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { openVisits, today } from '../visits/queries.ts'
import { aboutVisit } from './commands.ts'
import { rolesPresent } from './present.ts'
import { climb, close, comeBack, raise } from './step.ts'

/** What the hub goes on with by its clock: an alert, or a visit for which the rules raise one. */
export type Due = { noun: 'alerts' | 'visits'; id: string }
/** Hears of what could not be looked at, or gone on with: the others go on without it. */
export type Failed = (about: { noun: Due['noun'] | 'clinics'; id: string }, error: unknown) => void

/** L3, T5: what of it is due now; read before anything is written, so that a quiet hub writes nothing. */
export function dueNow(sql: SqlReader, now: string, failed: Failed): Due[] {
  return [...openAlertIds(sql).filter(isAlertDue), ...clinicIds(sql).flatMap(visitsDue)].map(
    ({ noun, id }): Due => ({ noun, id }),
  )

  function isAlertDue(about: Due): boolean {
    return tried(about, () => actFor(sql, getRecord(sql, 'alerts', about.id), now) !== null) ?? false
  }

  function visitsDue(about: { noun: 'clinics'; id: string }): Due[] {
    const clinic = tried(about, () => getRecord(sql, 'clinics', about.id))
    const visits = clinic && tried(about, () => openVisits(sql, clinic.id, today(clinic, now)))
    if (!clinic || !visits) return []
    const due = visits.map((visit) => ({ noun: 'visits' as const, id: visit.id, visit }))
    return due.filter((one) => tried(one, () => raisedByTime(sql, one.visit, clinic, now).length > 0))
  }

  function tried<T>({ noun, id }: Parameters<Failed>[0], read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      failed({ noun, id }, error)
      return undefined
    }
  }
}

/** The hub's own command, of one alert or one visit: whatever is due of it at this instant, also when that is nothing. */
export function goOnWith(w: W, { noun, id }: Due): void {
  if (noun === 'visits') raiseDue(w, getRecord(w.sql, 'visits', id))
  else actOn(w, getRecord(w.sql, 'alerts', id))
}

function actOn(w: W, alert: Alert): void {
  const act = actFor(w.sql, alert, w.now)
  if (act === 'close') close(w, alert, { outcome: 'over' })
  else if (act === 'come_back') comeBack(w, alert)
  else if (act === 'climb') climb(w, alert)
}

/** T5, L3: what the hub does with an alert now; `null`: nothing yet. */
function actFor(sql: SqlReader, alert: Alert, now: string): 'close' | 'come_back' | 'climb' | null {
  if (alert.resolvedAt !== null) return null
  if (alert.visitId !== null && isOver(sql, alert, getRecord(sql, 'alertReasons', alert.id), now)) return 'close'
  if (alert.dueAt === null) return null
  if (alert.acknowledgedAt !== null) return alert.dueAt <= now ? 'come_back' : null
  return alert.dueAt <= now || nobodyIsThere(sql, alert) ? 'climb' : null
}

/** L3: the last of those whom it asks has signed out since: nobody is left to answer in time. */
function nobodyIsThere(sql: SqlReader, { asked, clinicId, raisedById }: Alert): boolean {
  return asked !== 'everybody' && !rolesPresent(sql, clinicId, raisedById).has(asked)
}

function raiseDue(w: W, visit: Visit): void {
  const clinic = getRecord(w.sql, 'clinics', visit.clinicId)
  for (const { kind, since } of raisedByTime(w.sql, visit, clinic, w.now)) {
    const alert = { id: newId(), ...aboutVisit(visit), severity: 'warning' as Severity }
    raise(w, alert, { kind, since, urgency: visit.urgency })
  }
}

/** `from`: the instant from which the rule holds by the clinic's present minutes and the visit's present level. */
type ByTime = { kind: Extract<AlertKind, 'observation_overdue' | 'long_wait'>; since: string; from: string }

/**
 * Once an episode: since the same moment it is the same one, whatever became of its alert. But one that the hub ended because
 * the minutes became longer, or the level lower, was raised before its time, and is raised when that has come.
 */
function raisedByTime(sql: SqlReader, visit: Visit, clinic: Clinic, now: string): ByTime[] {
  const raised = ({ kind, since, from }: ByTime) => sql.get`
    select 1 from alerts a join alertReasons r on r.id = a.id left join alertOutcomes o on o.id = a.id
    where a.visitId = ${visit.id} and r.kind = ${kind} and r.since = ${since}
      and (a.raisedAt > ${from} or o.outcome is not 'over')`
  return reasonsOf(visit, clinic, now).filter((reason) => !raised(reason))
}

function reasonsOf(visit: Visit, { settings }: Clinic, now: string): ByTime[] {
  const look = observationDue(visit, visit.lookedAt, now, settings)
  const from = waitsTooLong(visit, now, settings) ? tooLongFrom(visit, settings) : undefined
  return [
    ...(look?.alerts ? [{ kind: 'observation_overdue' as const, since: look.dueAt, from: look.dueAt }] : []),
    ...(from ? [{ kind: 'long_wait' as const, since: visit.queuedAt, from }] : []),
  ]
}

/** Those of which something may be due. By clinic, for the index of what is open. */
function openAlertIds(sql: SqlReader): Due[] {
  const rows = sql.all<{ id: string }>`
    select a.id from clinics c cross join alerts a on a.clinicId = c.id
    where a.resolvedAt is null and (a.visitId is not null or a.dueAt is not null) order by a.dueAt, a.id`
  return rows.map(({ id }) => ({ noun: 'alerts', id }))
}

const clinicIds = (sql: SqlReader) =>
  sql.all<{ id: string }>`select id from clinics`.map(({ id }) => ({ noun: 'clinics' as const, id }))

/**
 * T5: what a rule raised is over with its reason; everything is when the patient has been seen to the end, and with its
 * clinic day when they went without.
 */
function isOver(sql: SqlReader, alert: Alert, { kind, since }: AlertReason, now: string): boolean {
  const visit = getRecord(sql, 'visits', alert.visitId ?? '')
  if (visit.status === 'completed' || visit.status === 'cancelled') return true
  const clinic = getRecord(sql, 'clinics', alert.clinicId)
  const past = visit.day < today(clinic, now)
  if (past && !isOpen(visit.status)) return true
  if (kind === 'risk_score') return isWell(sql, visit, alert.raisedAt)
  if (kind !== 'observation_overdue' && kind !== 'long_wait') return false
  return past || !reasonsOf(visit, clinic, now).some((one) => one.kind === kind && one.since === since)
}

/** L2: the last vitals since are below every threshold. */
function isWell(sql: SqlReader, visit: Visit, since: string): boolean {
  const row = sql.get`
    select * from triageRecords where visitId = ${visit.id} and takenAt > ${since} order by takenAt desc, id desc limit 1`
  return row !== undefined && endsEpisode(fromRow('triageRecords', row).risk)
}
