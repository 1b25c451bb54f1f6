import type { ClinicalRecord, EarlierConsultation } from '../../contract/consultations.ts'
import type { Order } from '../../contract/orders.ts'
import type { Person } from '../auth/person.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

/** At a glance: the newest of each, and every order that still waits. */
const NEWEST = 100

/** What the person's own clinics have written of a patient, newest first. */
export function recordOfPatient(sql: SqlReader, patientId: string, { clinicIds }: Person): ClinicalRecord {
  const mine = JSON.stringify(clinicIds)
  return {
    consultations: fromRows(
      'consultations',
      sql.all`select * from consultations where patientId = ${patientId}
        and clinicId in (select value from json_each(${mine})) order by day desc, id desc limit ${NEWEST}`,
    ),
    prescriptions: fromRows(
      'prescriptions',
      sql.all`select * from prescriptions where patientId = ${patientId}
        and clinicId in (select value from json_each(${mine})) order by prescribedAt desc, id desc limit ${NEWEST}`,
    ),
    orders: fromRows(
      'orders',
      sql.all`select * from orders where patientId = ${patientId}
        and clinicId in (select value from json_each(${mine}))
        order by doneAt is not null, orderedAt desc, id desc limit ${NEWEST}`,
    ),
    attachments: fromRows(
      'attachments',
      sql.all`select * from attachments where patientId = ${patientId}
        and clinicId in (select value from json_each(${mine})) order by addedAt desc, id desc limit ${NEWEST}`,
    ),
  }
}

export function recordOfVisit(sql: SqlReader, visitId: string): ClinicalRecord {
  return {
    consultations: fromRows('consultations', sql.all`select * from consultations where id = ${visitId}`),
    prescriptions: fromRows('prescriptions', sql.all`select * from prescriptions where visitId = ${visitId}`),
    orders: fromRows('orders', sql.all`select * from orders where visitId = ${visitId}`),
    attachments: fromRows('attachments', sql.all`select * from attachments where visitId = ${visitId}`),
  }
}

export function earlierVersions(sql: SqlReader, visitId: string): EarlierConsultation[] {
  const rows = sql.all<Omit<EarlierConsultation, 'diagnoses'> & { diagnoses: string }>`
    select version, reason, notes, diagnoses, savedAt, savedById from consultationVersions
    where consultationId = ${visitId} order by version desc`
  return rows.map((row) => ({ ...row, diagnoses: JSON.parse(row.diagnoses) as EarlierConsultation['diagnoses'] }))
}

/** What a doctor still waits for, of any day, and what nobody else would: it has no doctor, or one who is gone (Q1). */
export function awaitedOrders(sql: SqlReader, doctorId: string, clinicId: string): Order[] {
  const rows = sql.all`
    select o.* from orders o left join doctors d on d.id = o.doctorId left join users u on u.id = d.userId
    where o.clinicId = ${clinicId} and o.doneAt is null and o.withdrawnAt is null
      and (o.doctorId = ${doctorId} or d.active is not 1 or u.active is not 1)`
  return fromRows('orders', rows)
}

export function openOrdersOf(sql: SqlReader, doctorId: string): Order[] {
  const rows = sql.all`select * from orders where doctorId = ${doctorId} and doneAt is null and withdrawnAt is null`
  return fromRows('orders', rows)
}
