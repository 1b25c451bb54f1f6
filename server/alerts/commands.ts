import type { Alert, NoticeTopic, PatientTopic, SaidOutcome } from '../../contract/alerts.ts'
import { noticeTopic, patientTopic } from '../../contract/alerts.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Severity } from '../../contract/severity.ts'
import type { TriageRecord } from '../../contract/triage.ts'
import type { DangerSign, Visit } from '../../contract/visits.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, demandVersion, getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRows } from '../db/records.ts'
import { maySee } from './queries.ts'
import { answer, climb, close, raise, scopeOf } from './step.ts'

/** What an alert about a visit says of it. */
export const aboutVisit = ({ clinicId, id: visitId, ticket }: Pick<Visit, 'clinicId' | 'id' | 'ticket'>) =>
  ({ clinicId, scope: 'patient', visitId, ticket }) as const

/** T0: a critical alert, on every screen at once: ticket and place. Why, only to those who care for patients. */
export function raiseEmergency(w: W<Person>, visit: Visit, dangerSigns: DangerSign[]): Alert {
  const alert = { id: newId(), ...aboutVisit(visit), severity: 'critical', asked: 'everybody' } as const
  return raise(w, alert, { kind: 'emergency', dangerSigns, urgency: visit.urgency })
}

/**
 * L2: a score past a threshold, in the commit of its vitals; the caller knows that the episode has not raised it yet. What it
 * raised so far is replaced by the graver one.
 */
export function raiseRiskAlert(
  w: W,
  visit: Visit,
  of: { severity: Severity; record: Pick<TriageRecord, 'risk'> },
): Alert {
  const rows = w.sql.all`select a.* from alerts a join alertReasons r on r.id = a.id
    where a.visitId = ${visit.id} and a.resolvedAt is null and r.kind = 'risk_score'`
  for (const earlier of fromRows('alerts', rows)) close(w, earlier, { outcome: 'replaced' })
  const score = of.record.risk.score?.atLeast ?? null
  const alert = { id: newId(), ...aboutVisit(visit), severity: of.severity }
  return raise(w, alert, { kind: 'risk_score', score, urgency: visit.urgency })
}

/** P4: what was raised for a visit that ended in a merge is about the one that goes on, and says its ticket. */
export function moveAlerts(w: W, from: Visit, to: Visit): { before: Alert; after: Alert }[] {
  return fromRows('alerts', w.sql.all`select * from alerts where visitId = ${from.id}`).map((before) => ({
    before,
    after: moved(w, before, to),
  }))
}

export function returnAlert(w: W, before: Alert, fromVisitId: string): Alert[] {
  const current = getRecord(w.sql, 'alerts', before.id)
  return current.visitId === fromVisitId ? [moved(w, current, { id: before.visitId, ticket: before.ticket })] : []
}

/** Told here and not with the rest of a merge: who is asked hears of it (L3), and nobody else. */
function moved(w: W, before: Alert, to: { id: string | null; ticket: string | null }): Alert {
  const alert = w.update('alerts', { ...before, visitId: to.id, ticket: to.ticket, version: before.version + 1 })
  w.record('alert_updated', scopeOf(w, alert), { alerts: [alert] })
  return alert
}

export type ByHand = Pick<Alert, 'id' | 'clinicId' | 'scope' | 'visitId'> & {
  severity: Severity
  topic: PatientTopic | NoticeTopic
  note: string
}

/** L1: by a person. What is typed of a patient goes to those who care for them; the rest is whole to all staff. */
export function raiseByHand(w: W<Person>, { topic, note: typed, ...asked }: ByHand): Alert {
  const { id, clinicId, scope, visitId, severity } = asked
  w.audit({ noun: 'alerts', recordId: id })
  demandClinic(w.actor, clinicId)
  demandNew(w.sql, 'alerts', id)
  const note = typed === '' ? null : typed
  if (scope === 'patient') {
    const visit = demandVisit(w, clinicId, visitId)
    const why = { kind: 'by_hand', topic: among(patientTopic, topic), note, urgency: visit.urgency } as const
    return raise(w, { id, severity, ...aboutVisit(visit) }, why)
  }
  if (visitId !== null) throw badInput('visitId', 'is for an alert about a patient')
  const notice = { id, clinicId, scope, severity, visitId: null, ticket: null, asked: 'everybody' } as const
  return raise(w, { ...notice, topic: among(noticeTopic, topic), note }, { kind: 'by_hand' })
}

function demandVisit(w: W<Person>, clinicId: string, visitId: string | null): Visit {
  if (visitId === null) throw badInput('visitId', 'must name the visit')
  const visit = getRecord(w.sql, 'visits', visitId)
  if (visit.clinicId !== clinicId) throw new Refusal('not_found', { noun: 'visits' })
  if (['completed', 'cancelled'].includes(visit.status))
    throw new Refusal('illegal_transition', { from: visit.status, to: 'alert' })
  return visit
}

function among<Topic extends string>(topics: { options: readonly Topic[] }, topic: string): Topic {
  const found = topics.options.find((one) => one === topic)
  if (!found) throw badInput('topic', `must be one of ${topics.options.join(', ')}`)
  return found
}

const badInput = (field: string, message: string) => new Refusal('bad_input', { fields: [{ field, message }] })

/** Somebody is coming. L3: to a critical one somebody else than who raised it. */
export function acknowledge(w: W<Person>, id: string, version: number): Alert {
  const current = openVersion(w, id, version, 'acknowledged')
  if (current.acknowledgedAt) throw new Refusal('illegal_transition', { from: 'acknowledged', to: 'acknowledged' })
  if (current.severity === 'critical' && current.raisedById === w.actor.userId) throw new Refusal('own_alert')
  return answer(w, current)
}

/** L3: a person asks the next role as well, also when somebody is there already and needs more help. */
export function escalate(w: W<Person>, id: string, version: number): Alert {
  const current = openVersion(w, id, version, 'escalated')
  if (current.asked === 'everybody') throw new Refusal('illegal_transition', { from: 'everybody', to: 'escalated' })
  return climb(w, current)
}

type Said = { version: number; outcome: SaidOutcome; note: string }

/** L3: what became of it. Of a patient clinicians say it; who raised one by mistake may take it back. */
export function resolve(w: W<Person>, id: string, { version, outcome, note }: Said): Alert {
  const current = openVersion(w, id, version, 'resolved')
  const ownMistake = outcome === 'false_alarm' && current.raisedById === w.actor.userId
  if (current.scope === 'patient' && !w.actor.clinical && !ownMistake) throw new Refusal('forbidden')
  return close(w, current, { outcome, note: note === '' ? null : note })
}

/** Q10. What is hospital-wide concerns all staff, whatever clinic it came from. */
function openVersion(w: W<Person>, id: string, version: number, to: string): Alert {
  w.audit({ noun: 'alerts', recordId: id })
  const current = getRecord(w.sql, 'alerts', id)
  if (current.scope !== 'hospital') demandClinic(w.actor, current.clinicId)
  // L3: before it has come to their screen, it is not theirs to answer; a refusal carries the record.
  if (!maySee(w.actor, current)) throw new Refusal('not_found', { noun: 'alerts' })
  demandVersion(current, version)
  if (current.resolvedAt) throw new Refusal('illegal_transition', { from: 'resolved', to })
  return current
}
