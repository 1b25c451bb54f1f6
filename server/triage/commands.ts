import { Refusal } from '../../contract/errors.ts'
import type { Severity } from '../../contract/severity.ts'
import type { AgeBand, Pregnancy, Risk, RiskSubject, TriageRecord, Vitals } from '../../contract/triage.ts'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { assessRisk } from '../../rules/risk.ts'
import { ageMonthsAt } from '../../rules/risk-age.ts'
import { alertToRaise, raisedInEpisode } from '../../rules/risk-alert.ts'
import { isOpen } from '../../rules/transitions.ts'
import { levelObstacle, raisedLevel } from '../../rules/triage-level.ts'
import { raiseRiskAlert } from '../alerts/commands.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import type { SqlReader } from '../db/sql.ts'
import { packsInForce } from '../rule-packs/queries.ts'
import { announce, stepVisit, visitFor } from '../visits/step.ts'
import { demandDecider } from './decider.ts'
import { takenInVisit } from './queries.ts'

type Taken = { vitals: Vitals; scaleDecidedById: string | null; ageBand: AgeBand | null; pregnancy: Pregnancy }
type Look = Taken & {
  id: string
  version: number
  level: Urgency
  loweredReason: string | null
  takenAt: string | null
}
type Triaged = { visit: Visit; record: TriageRecord; alertRaised: Severity | null }

/** T1, T2: keeps what was taken and the level that the nurse gives. It is never changed: a correction is another. */
export function recordTriage(w: W<Person>, visitId: string, request: Look): Triaged {
  const visit = visitFor(w, visitId, request.version)
  demandOpen(visit)
  demandNew(w.sql, 'triageRecords', request.id)
  if (request.takenAt !== null) demandInOrder(w, visit, request.takenAt)
  const takenAt = request.takenAt ?? w.now
  const { subject, risk } = assess(w, visit, request)
  const { level } = request
  const choice = { present: visit.urgency, triaged: visit.triaged, asked: risk.level, chosen: level }
  const obstacle = levelObstacle(choice, { isClinician: w.actor.clinical, reason: request.loweredReason })
  if (obstacle === 'needs_clinician') throw new Refusal('forbidden')
  if (obstacle === 'needs_reason') throw new Refusal('reason_required', { field: 'loweredReason' })
  const loweredReason = levelObstacle(choice, { isClinician: true, reason: null }) ? request.loweredReason : null
  // Whoever was taken in for triage is back in the line, in the place and with the clock that they had (Q1).
  const status = visit.status === 'in_triage' ? ('waiting' as const) : visit.status
  const change: Partial<Visit> = { status, urgency: level, triaged: true, lookedAt: latest(visit.lookedAt, takenAt) }
  return keep(w, visit, change, { ...request, ...subject, takenAt, risk, level, loweredReason })
}

/** T2: typed a while ago and kept now; another set that was taken meanwhile is never followed by an older one. */
function demandInOrder(w: W, visit: Visit, takenAt: string): void {
  const last = takenInVisit(w.sql, visit).at(-1)?.takenAt ?? visit.arrivedAt
  if (takenAt <= w.now && takenAt >= last && takenAt >= visit.arrivedAt) return
  const message = 'must be after the patient came and after the last set was taken, and not to come'
  throw new Refusal('bad_input', { fields: [{ field: 'takenAt', message }] })
}

const latest = (before: string | null, at: string): string => (before !== null && before > at ? before : at)

/** T5: a look counts, vital signs or not. */
export function look(w: W<Person>, visitId: string, version: number): Visit {
  const visit = visitFor(w, visitId, version)
  demandOpen(visit)
  const next = stepVisit(w, visit, { lookedAt: w.now }, { step: 'look' })
  announce(w, visit, next)
  return next
}

/** As `recordTriage` where nobody chooses: the rules raise the level, or leave it as it is. */
export function recordPrediction(w: W<Person>, visitId: string, request: Taken & { clinicId: string }): Triaged {
  const visit = getRecord(w.sql, 'visits', visitId)
  w.audit({ noun: 'visits', recordId: visitId })
  demandClinic(w.actor, visit.clinicId)
  if (visit.clinicId !== request.clinicId)
    throw new Refusal('bad_input', { fields: [{ field: 'clinicId', message: 'must be the clinic of the visit' }] })
  demandOpen(visit)
  const { subject, risk } = assess(w, visit, request)
  const level = raisedLevel(visit.urgency, risk.level)
  const record = { ...request, ...subject, id: newId(), takenAt: w.now, risk, level, loweredReason: null }
  return keep(w, visit, { urgency: level, lookedAt: w.now }, record)
}

function demandOpen({ status }: Visit): void {
  if (!isOpen(status)) throw new Refusal('illegal_transition', { from: status, to: 'in_triage' })
}

/** T3: the age and the sex are the patient's own; a band counts only while the age is not known. */
function assess(w: W<Person>, visit: Visit, taken: Taken): { subject: RiskSubject; risk: Risk } {
  demandDecider(w, visit.clinicId, taken)
  const patient = visit.patientId ? getRecord(w.sql, 'patients', visit.patientId) : null
  const ageMonths = patient ? ageMonthsAt(patient, visit.day) : null
  const ageBand = ageMonths === null ? taken.ageBand : null
  const subject = { ageMonths, ageBand, sex: patient?.sex ?? 'not_known', pregnancy: taken.pregnancy }
  return { subject, risk: assessRisk(taken.vitals, subject, packsInForce(w.sql, visit.clinicId)) }
}

type Kept = Taken &
  Pick<TriageRecord, 'id' | 'takenAt' | 'ageMonths' | 'ageBand' | 'pregnancy' | 'risk' | 'level' | 'loweredReason'>

/** The record, the level, the place in the line and the alert, in one commit (T1, T5, L2). */
function keep(w: W<Person>, before: Visit, change: Partial<Visit>, kept: Kept): Triaged {
  const earlier = takenInVisit(w.sql, before)
  const visit = stepVisit(w, before, change, { step: 'triaged', reason: kept.loweredReason })
  const { id, takenAt, vitals, scaleDecidedById, ageMonths, ageBand, pregnancy, risk, level, loweredReason } = kept
  const record = w.insert('triageRecords', {
    ...{ id, clinicId: visit.clinicId, visitId: visit.id, patientId: visit.patientId },
    ...{ takenAt, takenById: w.actor.userId, ...vitals },
    scaleDecidedById: vitals.spo2Scale === 2 ? scaleDecidedById : null,
    ...{ ageMonths, ageBand, pregnancy, risk, level, loweredReason, version: 1 },
  })
  announce(w, before, visit)
  const scope = { clinicIds: [visit.clinicId], patientIds: [visit.patientId] }
  w.record('triage_updated', scope, { visits: [visit], triageRecords: [record] })
  if (isNews(risk, earlier.at(-1)?.risk)) w.record('risk_updated', scope, { triageRecords: [record] })
  const alertRaised = alertToRaise(risk, raisedInEpisode(earlier.map((one) => one.risk)))
  if (alertRaised) raiseRiskAlert(w, visit, { severity: alertRaised, record })
  return { visit, record, alertRaised }
}

/** Whether the score, the level or the alert is another than the last time. */
function isNews(risk: Risk, last: Risk | undefined): boolean {
  const told = (one: Risk | undefined) => JSON.stringify([one?.score?.atLeast, one?.level, one?.review, one?.alert])
  return told(risk) !== told(last)
}

/** Only works it out: for whom there is no visit. */
export function predict(
  { sql, person }: { sql: SqlReader; person: Person },
  clinicId: string,
  vitals: Vitals,
  subject: RiskSubject,
): Risk {
  demandClinic(person, clinicId)
  return assessRisk(vitals, subject, packsInForce(sql, getRecord(sql, 'clinics', clinicId).id))
}
