import type { Nouns } from '../../contract/feed.ts'
import type { W } from '../db/door.ts'
import { fromRows } from '../db/records.ts'
import { announceClinical, byClinic } from './step.ts'

/**
 * Q9, P4: whatever was written of these visits is about the patient that they are now about. Told to whom it concerns;
 * the same after a merge, its undoing, and a visit that was somebody else's.
 */
export function followPatient(w: W, visitIds: readonly string[]): void {
  const { sql } = w
  const ids = JSON.stringify(visitIds)
  const consultations = moved(
    w,
    'consultations',
    sql.all`select c.* from json_each(${ids}) i join visits v on v.id = i.value join consultations c on c.id = v.id
      where c.patientId is not v.patientId`,
  )
  const prescriptions = moved(
    w,
    'prescriptions',
    sql.all`select p.* from json_each(${ids}) i join visits v on v.id = i.value
      join prescriptions p on p.visitId = v.id where p.patientId is not v.patientId`,
  )
  const orders = moved(
    w,
    'orders',
    sql.all`select o.* from json_each(${ids}) i join visits v on v.id = i.value
      join orders o on o.visitId = v.id where o.patientId is not v.patientId`,
  )
  const attachments = moved(
    w,
    'attachments',
    sql.all`select a.* from json_each(${ids}) i join visits v on v.id = i.value
      join attachments a on a.visitId = v.id where a.patientId is not v.patientId`,
  )
  const followUps = moved(
    w,
    'followUps',
    sql.all`select f.* from json_each(${ids}) i join visits v on v.id = i.value
      join followUps f on f.visitId = v.id where f.patientId is not v.patientId`,
  )
  const triageRecords = moved(
    w,
    'triageRecords',
    sql.all`select t.* from json_each(${ids}) i join visits v on v.id = i.value
      join triageRecords t on t.visitId = v.id where t.patientId is not v.patientId`,
  )
  announceClinical(w, 'consultation_updated', { consultations, prescriptions, orders, attachments, triageRecords })
  for (const [clinicId, own] of byClinic({ followUps })) w.record('follow_up_updated', { clinicIds: [clinicId] }, own)
}

type OfAVisit = 'consultations' | 'prescriptions' | 'orders' | 'attachments' | 'followUps' | 'triageRecords'

/** Records of a visit, made those of its patient. */
function moved<N extends OfAVisit>(w: W, noun: N, rows: unknown[]): Nouns[N][] {
  return fromRows(noun, rows).map((record) => {
    const visitId = 'visitId' in record ? record.visitId : record.id
    const patientId = w.sql.find('visits', visitId)?.patientId ?? null
    return w.update(noun, { ...record, patientId, version: record.version + 1 })
  })
}
