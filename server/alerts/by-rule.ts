import type { Alert, AlertKind, AlertReason } from '../../contract/alerts.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { Severity } from '../../contract/severity.ts'
import type { Visit } from '../../contract/visits.ts'
import { waitsTooLong } from '../../rules/long-wait.ts'
import { LOOK_AGAIN_MINUTES, observationDue } from '../../rules/observation-due.ts'
import { endsEpisode } from '../../rules/risk-alert.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRow, fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { openVisits, today } from '../visits/queries.ts'
import { aboutVisit } from './commands.ts'
import { climb, close, comeBack, raise } from './step.ts'

type Explained = { alert: Alert; reason: AlertReason }

function ofVisit(sql: SqlReader, visitId: string, kind: AlertKind): Explained[] {
  const alerts = fromRows('alerts', sql.all`select * from alerts where visitId = ${visitId} order by raisedAt, id`)
  return alerts
    .map((alert) => ({ alert, reason: getRecord(sql, 'alertReasons', alert.id) }))
    .filter(({ reason }) => reason.kind === kind)
}

/** What the hub has to do by its clock: the alerts that go on, what the rules raise, what is over. */
type ToDo = { climbing: Alert[]; raising: { visit: Visit; kind: TimedKind; since: string }[]; over: Alert[] }
type TimedKind = Extract<AlertKind, 'observation_overdue' | 'long_wait'>

/** L3, T5: what of it is due now; read before anything is written, so that a quiet hub writes nothing. */
export function toDoNow(sql: SqlReader, now: string): ToDo {
  const climbing = fromRows(
    'alerts',
    sql.all`select * from alerts where dueAt is not null and dueAt <= ${now} order by dueAt, id`,
  )
  const clinics = fromRows('clinics', sql.all`select * from clinics`)
  const over = openPatientAlerts(sql).filter(({ alert, reason }) => isOver(sql, alert, reason, now))
  return {
    climbing: climbing.filter(({ id }) => !over.some(({ alert }) => alert.id === id)),
    raising: clinics.flatMap((clinic) => raisedByTime(sql, clinic, now)),
    over: over.map(({ alert }) => alert),
  }
}

export const isIdle = ({ climbing, raising, over }: ToDo): boolean =>
  climbing.length + raising.length + over.length === 0

/** The hub's own command: all that is due at this instant. */
export function goOn(w: W): void {
  const { climbing, raising, over } = toDoNow(w.sql, w.now)
  for (const alert of over) close(w, alert, { outcome: 'over' })
  for (const alert of climbing) {
    if (alert.acknowledgedAt) comeBack(w, alert)
    else climb(w, alert)
  }
  for (const { visit, kind, since } of raising) {
    const alert = { id: newId(), ...aboutVisit(visit), severity: 'warning' as Severity }
    raise(w, alert, { kind, since, urgency: visit.urgency })
  }
}

/** Once an episode: since the same moment it is the same one, whatever became of its alert. */
function raisedByTime(sql: SqlReader, clinic: Clinic, now: string): ToDo['raising'] {
  const day = today(clinic, now)
  const due = openVisits(sql, clinic.id, day).flatMap((visit) =>
    reasonsOf(visit, clinic, now).map(({ kind, since }) => ({ visit, kind, since })),
  )
  return due.filter(
    ({ visit, kind, since }) => !ofVisit(sql, visit.id, kind).some(({ reason }) => reason.since === since),
  )
}

function reasonsOf(visit: Visit, { settings }: Clinic, now: string): { kind: TimedKind; since: string }[] {
  const { firstLookMinutes } = settings
  const look = observationDue(visit, visit.lookedAt, now, { lookAgainMinutes: LOOK_AGAIN_MINUTES, firstLookMinutes })
  return [
    ...(look?.alerts ? [{ kind: 'observation_overdue' as const, since: look.dueAt }] : []),
    ...(waitsTooLong(visit, now) ? [{ kind: 'long_wait' as const, since: visit.queuedAt }] : []),
  ]
}

function openPatientAlerts(sql: SqlReader): Explained[] {
  const alerts = fromRows(
    'alerts',
    sql.all`select a.* from clinics c cross join alerts a on a.clinicId = c.id
      where a.resolvedAt is null and a.visitId is not null`,
  )
  return alerts.map((alert) => ({ alert, reason: getRecord(sql, 'alertReasons', alert.id) }))
}

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
