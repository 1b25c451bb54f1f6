import type { Alert } from '../../contract/alerts.ts'
import { Refusal } from '../../contract/errors.ts'
import type { DangerSign, Visit } from '../../contract/visits.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRows } from '../db/records.ts'

/** T0: a critical alert. Every screen hears ticket and place; why, only those who care for patients. */
export function raiseEmergency(w: W<Person>, visit: Visit, dangerSigns: DangerSign[]): Alert {
  const alert = w.insert('alerts', {
    id: newId(),
    clinicId: visit.clinicId,
    kind: 'emergency',
    severity: 'critical',
    visitId: visit.id,
    ticket: visit.ticket,
    raisedAt: w.now,
    raisedById: w.actor.userId,
    acknowledgedAt: null,
    acknowledgedById: null,
    version: 1,
  })
  const reason = w.insert('alertReasons', { id: alert.id, dangerSigns, version: 1 })
  const scope = { clinicIds: [visit.clinicId] }
  w.record('hospital_alert', scope, { alerts: [alert] })
  w.record('patient_alert', { ...scope, patientIds: [visit.patientId] }, { alerts: [alert], alertReasons: [reason] })
  return alert
}

/** P4: what was raised for a visit that ended in a merge is about the one that goes on, and says its ticket. */
export function moveAlerts(w: W, from: Visit, to: Visit): { before: Alert; after: Alert }[] {
  return fromRows('alerts', w.sql.all`select * from alerts where visitId = ${from.id}`).map((before) => ({
    before,
    after: aboutVisit(w, before, to),
  }))
}

export function returnAlert(w: W, before: Alert, fromVisitId: string): Alert[] {
  const current = getRecord(w.sql, 'alerts', before.id)
  return current.visitId === fromVisitId ? [aboutVisit(w, current, { id: before.visitId, ticket: before.ticket })] : []
}

const aboutVisit = (w: W, alert: Alert, { id: visitId, ticket }: Pick<Visit, 'id' | 'ticket'>): Alert =>
  w.update('alerts', { ...alert, visitId, ticket, version: alert.version + 1 })

/** Somebody is coming. */
export function acknowledge(w: W<Person>, id: string, version: number): Alert {
  const current = getOwnVersion(w, 'alerts', id, version)
  if (current.acknowledgedAt) throw new Refusal('illegal_transition', { from: 'acknowledged', to: 'acknowledged' })
  const { userId: acknowledgedById } = w.actor
  const alert = w.update('alerts', { ...current, acknowledgedAt: w.now, acknowledgedById, version: version + 1 })
  w.record('alert_acknowledged', { clinicIds: [alert.clinicId] }, { alerts: [alert] })
  return alert
}
