import type { Alert, AlertReason, AlertStep, Outcome } from '../../contract/alerts.ts'
import type { Changes, EventType } from '../../contract/feed.ts'
import type { Visit } from '../../contract/visits.ts'
import { askedNext, dueAfter } from '../../rules/alert-climb.ts'
import type { W } from '../db/door.ts'
import { newId } from '../db/new-id.ts'
import type { Scope } from '../db/outbox.ts'
import { fromRows } from '../db/records.ts'
import { rolesPresent } from './present.ts'

type Raised = Pick<Alert, 'id' | 'clinicId' | 'scope' | 'severity' | 'visitId' | 'ticket'> & {
  topic?: Alert['topic']
  note?: Alert['note']
  /** Left out, it begins with the first role that is there. */
  asked?: 'everybody'
}
export type Why = Pick<AlertReason, 'kind'> & Partial<Omit<AlertReason, 'id' | 'kind' | 'version'>>

/** L1, L3: writes an alert with its reason, and announces it to those whom it asks. */
export function raise(w: W, { topic = null, note = null, ...raised }: Raised, why: Why): Alert {
  const raisedById = w.actor.userId
  const nobodyYet = { acknowledgedAt: null, acknowledgedById: null, resolvedAt: null, resolvedById: null }
  // Its raiser knows already: it goes to others.
  const asked = raised.asked ?? askedNext(null, rolesPresent(w.sql, raised.clinicId, raisedById))
  const draft = { ...raised, ...nobodyYet, topic, note, asked, raisedAt: w.now, raisedById, escalatedAt: null }
  const alert = w.insert('alerts', { ...draft, dueAt: dueAfter(w.now, draft, urgencyOf(w, draft)), version: 1 })
  const reason = w.insert('alertReasons', { ...noReason, ...why, id: alert.id, version: 1 })
  keepStep(w, alert, 'raised')
  const scope = { clinicIds: [alert.clinicId] }
  if (alert.scope === 'patient')
    w.record('patient_alert', scopeOf(w, alert), { alerts: [alert], alertReasons: [reason] })
  if (alert.scope === 'clinic') w.record('clinic_alert', scope, { alerts: [alert], alertReasons: [reason] })
  else if (alert.asked === 'everybody') w.record('hospital_alert', scope, { alerts: [alert] })
  return alert
}

const noReason = { dangerSigns: [], topic: null, note: null, score: null, urgency: null, since: null }

/** L3: to the next role; whoever had answered no longer has. */
export function climb(w: W, current: Alert): Alert {
  const asked = askedNext(current.asked, rolesPresent(w.sql, current.clinicId, current.raisedById))
  return askAgain(w, { ...current, asked }, 'escalated')
}

/** L3: answered, and nobody said what became of it. */
export const comeBack = (w: W, current: Alert): Alert => askAgain(w, current, 'came_back')

function askAgain(w: W, current: Alert, step: 'escalated' | 'came_back'): Alert {
  const asks = { ...current, acknowledgedAt: null, acknowledgedById: null, escalatedAt: w.now }
  const dueAt = dueAfter(w.now, asks, urgencyOf(w, asks))
  return keep(w, { ...asks, dueAt }, { step, type: 'alert_escalated' })
}

/**
 * L3: whoever has become `immediate` waits one minute for an answer, counted from when somebody was asked: when that is over
 * already, the alert is due at once. A level that was lowered gives nobody more time.
 */
export function hurryAlerts(w: W, visit: Pick<Visit, 'id' | 'urgency'>): void {
  const rows = w.sql.all`
    select * from alerts where visitId = ${visit.id} and dueAt is not null and acknowledgedAt is null`
  for (const current of fromRows('alerts', rows)) {
    const dueAt = dueAfter(current.escalatedAt ?? current.raisedAt, current, visit.urgency)
    if (dueAt === null || current.dueAt === null || dueAt >= current.dueAt) continue
    const alert = w.update('alerts', { ...current, dueAt, version: current.version + 1 })
    w.record('alert_updated', scopeOf(w, alert), { alerts: [alert] })
  }
}

export function answer(w: W, current: Alert): Alert {
  const answered = { ...current, acknowledgedAt: w.now, acknowledgedById: w.actor.userId }
  const dueAt = dueAfter(w.now, answered, null)
  return keep(w, { ...answered, dueAt }, { step: 'acknowledged', type: 'alert_acknowledged' })
}

/** L3: with its outcome; the hub's own when what it was raised for is over. */
export function close(w: W, current: Alert, said: { outcome: Outcome; note?: string | null }): Alert {
  const { outcome, note = null } = said
  const alertOutcomes = [w.insert('alertOutcomes', { id: current.id, outcome, note, version: 1 })]
  const closed = { ...current, resolvedAt: w.now, resolvedById: w.actor.userId, dueAt: null }
  return keep(w, closed, { step: 'resolved', type: 'alert_resolved', more: { alertOutcomes } })
}

type Kept = { step: AlertStep['step']; type: EventType; more?: Pick<Changes, 'alertOutcomes'> }

function keep(w: W, changed: Alert, { step, type, more = {} }: Kept): Alert {
  const alert = w.update('alerts', { ...changed, version: changed.version + 1 })
  keepStep(w, alert, step)
  w.record(type, scopeOf(w, alert), { alerts: [alert], ...more })
  return alert
}

function keepStep(w: W, { id, asked }: Alert, step: AlertStep['step']): void {
  w.sql.run`insert into alertSteps (id, alertId, step, at, actorId, asked)
    values (${newId()}, ${id}, ${step}, ${w.now}, ${w.actor.userId}, ${asked})`
}

/**
 * Whom an alert concerns: those who care for patients, who watches over this one, every screen that it has reached, and who
 * raised it: they want to know that somebody comes.
 */
export function scopeOf(w: W, { clinicId, visitId, scope, asked, raisedById }: Alert): Scope {
  const patientId = visitId ? (w.sql.find('visits', visitId)?.patientId ?? null) : null
  const reach = asked !== 'everybody' ? null : scope === 'clinic' ? 'clinic' : 'hub'
  return { clinicIds: [clinicId], patientIds: [patientId], userIds: raisedById ? [raisedById] : [], reach }
}

function urgencyOf(w: W, { visitId }: Pick<Alert, 'visitId'>) {
  return visitId ? (w.sql.find('visits', visitId)?.urgency ?? null) : null
}
