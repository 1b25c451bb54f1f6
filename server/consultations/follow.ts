import type { W } from '../db/door.ts'
import { fromRows } from '../db/records.ts'
import { announceClinical, byClinic } from './step.ts'

/**
 * Q9, P4: whatever was written of these visits is about the patient that they are now about. Told to whom it concerns;
 * the same after a merge, its undoing, and a visit that was somebody else's.
 */
export function followPatient(w: W, visitIds: readonly string[]): void {
  const ids = JSON.stringify(visitIds)
  const consultations = fromRows(
    'consultations',
    w.sql.all`select c.* from json_each(${ids}) i join visits v on v.id = i.value join consultations c on c.id = v.id
      where c.patientId is not v.patientId`,
  ).map((record) => w.update('consultations', { ...record, ...newPatient(w, record.id, record) }))
  const prescriptions = fromRows(
    'prescriptions',
    w.sql.all`select p.* from json_each(${ids}) i join visits v on v.id = i.value
      join prescriptions p on p.visitId = v.id where p.patientId is not v.patientId`,
  ).map((record) => w.update('prescriptions', { ...record, ...newPatient(w, record.visitId, record) }))
  const orders = fromRows(
    'orders',
    w.sql.all`select o.* from json_each(${ids}) i join visits v on v.id = i.value
      join orders o on o.visitId = v.id where o.patientId is not v.patientId`,
  ).map((record) => w.update('orders', { ...record, ...newPatient(w, record.visitId, record) }))
  const attachments = fromRows(
    'attachments',
    w.sql.all`select a.* from json_each(${ids}) i join visits v on v.id = i.value
      join attachments a on a.visitId = v.id where a.patientId is not v.patientId`,
  ).map((record) => w.update('attachments', { ...record, ...newPatient(w, record.visitId, record) }))
  const followUps = fromRows(
    'followUps',
    w.sql.all`select f.* from json_each(${ids}) i join visits v on v.id = i.value
      join followUps f on f.visitId = v.id where f.patientId is not v.patientId`,
  ).map((record) => w.update('followUps', { ...record, ...newPatient(w, record.visitId, record) }))
  const triageRecords = fromRows(
    'triageRecords',
    w.sql.all`select t.* from json_each(${ids}) i join visits v on v.id = i.value
      join triageRecords t on t.visitId = v.id where t.patientId is not v.patientId`,
  ).map((record) => w.update('triageRecords', { ...record, ...newPatient(w, record.visitId, record) }))
  const clinical = { consultations, prescriptions, orders, attachments, triageRecords }
  announceClinical(w, 'consultation_updated', clinical)
  for (const [clinicId, own] of byClinic({ followUps })) w.record('follow_up_updated', { clinicIds: [clinicId] }, own)
}

function newPatient(w: W, visitId: string, { version }: { version: number }) {
  return { patientId: w.sql.find('visits', visitId)?.patientId ?? null, version: version + 1 }
}
