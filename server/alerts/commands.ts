import type { Alert } from '../../contract/alerts.ts'
import { Refusal } from '../../contract/errors.ts'
import type { DangerSign, Visit } from '../../contract/visits.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { newId } from '../db/new-id.ts'

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

/** Somebody is coming. */
export function acknowledge(w: W<Person>, id: string, version: number): Alert {
  const current = getOwnVersion(w, 'alerts', id, version)
  if (current.acknowledgedAt) throw new Refusal('illegal_transition', { from: 'acknowledged', to: 'acknowledged' })
  const { userId: acknowledgedById } = w.actor
  const alert = w.update('alerts', { ...current, acknowledgedAt: w.now, acknowledgedById, version: version + 1 })
  w.record('alert_acknowledged', { clinicIds: [alert.clinicId] }, { alerts: [alert] })
  return alert
}
