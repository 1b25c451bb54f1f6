import type { Visit } from '../../contract/visits.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { balance } from '../../rules/money.ts'
import { getRecord } from '../db/get.ts'
import { paged } from '../db/paging.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

export function chargesOf(sql: SqlReader, visitId: string) {
  return fromRows('charges', sql.all`select * from charges where visitId = ${visitId} order by createdAt, id`)
}

export function paymentsOf(sql: SqlReader, visitId: string) {
  return fromRows('payments', sql.all`select * from payments where visitId = ${visitId} order by receiptNumber`)
}

/** M2: lines minus payments plus refunds, always derived. */
export function balanceOf(sql: SqlReader, visitId: string): number {
  return balance(chargesOf(sql, visitId), paymentsOf(sql, visitId))
}

/** Q2: what the patient of a visit still owes that clinic from others, in minor units of its currency. */
export function debtOf(sql: SqlReader, { id: present, clinicId, patientId }: Visit): number {
  if (patientId === null || !hasOtherVisits(sql, patientId, present)) return 0
  // Somebody who has come for years is at the desk, and six wait behind: only what is not paid for is added up.
  const owing = sql.all<{ id: string }>`
    select id from visits where patientId = ${patientId} and clinicId = ${clinicId} and id <> ${present}
    and exists (select 1 from owingVisits where visitId = visits.id)`
  return owing.reduce((sum, { id }) => sum + Math.max(0, balanceOf(sql, id)), 0)
}

type Filter = {
  clinicId: string
  date?: string | undefined
  visitId?: string | undefined
  limit: number
  cursor?: string | undefined
}

export function listPayments(sql: SqlReader, filter: Filter, now: string) {
  const { clinicId, visitId, limit, cursor = '0' } = filter
  const clinic = getRecord(sql, 'clinics', clinicId)
  const day = filter.date ?? clinicDay(now, clinic.timeZone, clinic.settings.dayTurnover)
  const after = Number(cursor) || 0
  const rows = visitId
    ? sql.all`select * from payments where visitId = ${visitId} and clinicId = ${clinicId} and receiptNumber > ${after}
        order by receiptNumber limit ${limit + 1}`
    : sql.all`select * from payments where clinicId = ${clinicId} and day = ${day} and receiptNumber > ${after}
        order by receiptNumber limit ${limit + 1}`
  return paged(fromRows('payments', rows), limit, (payment) => String(payment.receiptNumber))
}

/** Most who come are here for the first time: one look spares the rest. */
function hasOtherVisits(sql: SqlReader, patientId: string, exceptVisitId: string): boolean {
  return sql.get`select 1 from visits where patientId = ${patientId} and id <> ${exceptVisitId} limit 1` !== undefined
}

/** M4: the day of the last consultation with this doctor that was paid for and not free. */
export function lastPaidConsultation(
  sql: SqlReader,
  {
    patientId,
    doctorId,
    exceptVisitId,
    since,
  }: { patientId: string; doctorId: string; exceptVisitId: string; since: () => string },
): string | null {
  if (!hasOtherVisits(sql, patientId, exceptVisitId)) return null
  const lines = sql.all<{ visitId: string; day: string }>`
    select c.visitId, v.day from visits v join charges c on c.visitId = v.id join services s on s.id = c.serviceId
    where v.patientId = ${patientId} and v.day >= ${since()} and v.status = 'completed' and c.doctorId = ${doctorId} and s.isConsultation = 1
    and c.reversedAt is null and c.waivedMinor < c.amountMinor order by v.day desc limit 20`
  const paid = lines.find(({ visitId }) => balanceOf(sql, visitId) <= 0 && paymentsOf(sql, visitId).length > 0)
  return paid?.day ?? null
}
