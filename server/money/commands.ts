import { Refusal } from '../../contract/errors.ts'
import type { Charge, Payment } from '../../contract/money.ts'
import type { Visit } from '../../contract/visits.ts'
import { addDays, clinicDay } from '../../rules/clinic-day.ts'
import { isFreeRevisit, refundable } from '../../rules/money.ts'
import { demand, demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRows } from '../db/records.ts'
import { settleIfPaid } from '../visits/settle.ts'
import { balanceOf, lastPaidConsultation } from './queries.ts'

/** Why a line of M4 costs nothing; the pages word it. */
export const FREE_REVISIT = 'free_revisit'

/** M1: check-in adds the service's line; M4: a revisit soon after a paid consultation is free. The caller announces it. */
export function chargeService(w: W<Person>, visit: Visit): Charge | undefined {
  if (!visit.serviceId) return undefined
  const service = getRecord(w.sql, 'services', visit.serviceId)
  const { settings, currency } = getRecord(w.sql, 'clinics', visit.clinicId)
  const free =
    service.isConsultation &&
    visit.patientId !== null &&
    visit.doctorId !== null &&
    isFreeRevisit({
      lastPaidConsultationDay: lastPaidConsultation(w.sql, {
        patientId: visit.patientId,
        doctorId: visit.doctorId,
        exceptVisitId: visit.id,
        since: () => addDays(visit.day, -settings.freeRevisitDays),
      }),
      day: visit.day,
      freeRevisitDays: settings.freeRevisitDays,
    })
  return w.insert('charges', {
    ...emptyLine(w, visit, currency),
    id: newId(),
    serviceId: service.id,
    description: service.name,
    amountMinor: service.priceMinor,
    waivedMinor: free ? service.priceMinor : 0,
    waiverReason: free ? FREE_REVISIT : null,
  })
}

type NewLine = Pick<Charge, 'id' | 'serviceId' | 'description' | 'payer' | 'payerName'> & {
  amountMinor?: number | undefined
}

export function addCharge(w: W<Person>, visitId: string, line: NewLine): Charge {
  const visit = getRecord(w.sql, 'visits', visitId)
  demandClinic(w.actor, visit.clinicId)
  if (visit.status === 'cancelled') throw new Refusal('illegal_transition', { from: visit.status, to: 'charged' })
  demandNew(w.sql, 'charges', line.id)
  const { currency } = getRecord(w.sql, 'clinics', visit.clinicId)
  const service = line.serviceId ? getRecord(w.sql, 'services', line.serviceId) : undefined
  if (service && service.clinicId !== visit.clinicId) throw new Refusal('not_found', { noun: 'services' })
  const description = line.description || service?.name
  const amountMinor = line.amountMinor ?? service?.priceMinor
  if (!description) throw new Refusal('reason_required', { field: 'description' })
  if (amountMinor === undefined) throw new Refusal('reason_required', { field: 'amountMinor' })
  const fields = { ...emptyLine(w, visit, currency), ...line, ...freeCategory(w, line), description, amountMinor }
  const charge = w.insert('charges', fields)
  announce(w, visit, charge)
  return charge
}

type LineChange = {
  version: number
  waivedMinor?: number | undefined
  payer?: Charge['payer'] | undefined
  payerName?: string | undefined
  reverse?: true | undefined
  reason?: string | undefined
}

/** M1, M2: a waiver, another payer, or a reversal; nothing is deleted. */
export function updateCharge(w: W<Person>, id: string, change: LineChange): Charge {
  const current = getOwnVersion(w, 'charges', id, change.version)
  if (current.reversedAt) throw new Refusal('illegal_transition', { from: 'reversed', to: 'changed' })
  const charge = w.update('charges', {
    ...current,
    ...waiver(w, current, change),
    ...reversal(w, change),
    ...otherPayer(w, current, change),
    version: current.version + 1,
  })
  announce(w, getRecord(w.sql, 'visits', charge.visitId), charge)
  settleIfPaid(w, charge.visitId)
  return charge
}

function waiver(w: W<Person>, current: Charge, { waivedMinor, reason }: LineChange): Partial<Charge> {
  if (waivedMinor === undefined) return {}
  demand(w.actor, 'money.waive')
  if (waivedMinor > current.amountMinor)
    throw new Refusal('bad_input', { fields: [{ field: 'waivedMinor', message: 'must not be more than the line' }] })
  if (waivedMinor > 0 && !reason) throw new Refusal('reason_required', { field: 'reason' })
  return { waivedMinor, waiverReason: reason ?? null, waivedById: w.actor.userId }
}

function otherPayer(w: W<Person>, current: Charge, change: LineChange): Partial<Charge> {
  if (change.payer === undefined && change.payerName === undefined) return {}
  const payer = change.payer ?? current.payer
  const payerName = change.payerName ?? current.payerName
  return { payer, payerName, ...freeCategory(w, { payer, payerName }) }
}

/** M1, M2: what nobody pays is let off like a waiver: by who may, who is kept, and for a reason, which is the category. */
function freeCategory(w: W<Person>, { payer, payerName }: Pick<Charge, 'payer' | 'payerName'>): Partial<Charge> {
  if (payer !== 'free') return {}
  demand(w.actor, 'money.waive')
  if (!payerName) throw new Refusal('reason_required', { field: 'payerName' })
  return { waivedById: w.actor.userId }
}

function reversal(w: W<Person>, { reverse, reason }: LineChange): Partial<Charge> {
  if (!reverse) return {}
  if (!reason) throw new Refusal('reason_required', { field: 'reason' })
  return { reversedAt: w.now, reverseReason: reason }
}

type NewPayment = Pick<Payment, 'id' | 'visitId' | 'appointmentId' | 'amountMinor' | 'method'>

/** M2: for a visit never more than is due; a deposit for an appointment moves to its visit at check-in. */
export function takePayment(w: W<Person>, fields: NewPayment): Payment {
  demandNew(w.sql, 'payments', fields.id)
  const visit = fields.visitId ? getRecord(w.sql, 'visits', fields.visitId) : undefined
  const appointment =
    fields.appointmentId && !visit ? getRecord(w.sql, 'appointments', fields.appointmentId) : undefined
  const about = visit ?? appointment
  if (!about)
    throw new Refusal('bad_input', { fields: [{ field: 'visitId', message: 'or appointmentId must be given' }] })
  demandClinic(w.actor, about.clinicId)
  // Once its patient is here, money is for the visit.
  if (appointment && appointment.status !== 'booked' && appointment.status !== 'confirmed')
    throw new Refusal('illegal_transition', { from: appointment.status, to: 'deposit' })
  if (visit) {
    const due = balanceOf(w.sql, visit.id)
    if (fields.amountMinor > due) throw new Refusal('balance_due', { balanceMinor: due })
  }
  const payment = insertPayment(w, about.clinicId, {
    ...fields,
    visitId: visit?.id ?? null,
    appointmentId: appointment?.id ?? null,
    kind: 'payment',
    refundOfId: null,
    reason: null,
  })
  const scope = { clinicIds: [about.clinicId], doctorIds: [about.doctorId] }
  w.record('payment_processed', scope, { payments: [payment] })
  if (visit) settleIfPaid(w, visit.id)
  return payment
}

/** M2: never more than is left of that payment. */
export function refund(
  w: W<Person>,
  paymentId: string,
  fields: { id: string; amountMinor: number; reason: string },
): Payment {
  demandNew(w.sql, 'payments', fields.id)
  const paid = getRecord(w.sql, 'payments', paymentId)
  demandClinic(w.actor, paid.clinicId)
  if (paid.kind !== 'payment') throw new Refusal('illegal_transition', { from: 'refund', to: 'refund' })
  const earlier = fromRows('payments', w.sql.all`select * from payments where refundOfId = ${paymentId}`)
  const refundableMinor = refundable(paid, earlier)
  if (fields.amountMinor > refundableMinor) throw new Refusal('more_than_paid', { refundableMinor })
  const { visitId, appointmentId, method } = paid
  const payment = insertPayment(w, paid.clinicId, {
    ...fields,
    visitId,
    appointmentId,
    method,
    kind: 'refund',
    refundOfId: paymentId,
  })
  const visit = visitId ? getRecord(w.sql, 'visits', visitId) : undefined
  w.record(
    'payment_refunded',
    { clinicIds: [paid.clinicId], doctorIds: [visit?.doctorId ?? null] },
    { payments: [payment] },
  )
  return payment
}

/** A deposit finds its visit. */
export function moveDeposits(
  w: W<Person>,
  from: { appointmentId: string; visitId: string | null },
  to: { visitId: string | null },
): Payment[] {
  if (!w.sql.get`select 1 from payments where appointmentId = ${from.appointmentId}`) return []
  const rows = w.sql.all`select * from payments where appointmentId = ${from.appointmentId}`
  return fromRows('payments', rows)
    .filter((payment) => payment.visitId === from.visitId)
    .map((payment) => w.update('payments', { ...payment, visitId: to.visitId, version: payment.version + 1 }))
}

type PaymentFields = Omit<Payment, 'clinicId' | 'currency' | 'receiptNumber' | 'day' | 'at' | 'byId' | 'version'>

function insertPayment(w: W<Person>, clinicId: string, fields: PaymentFields): Payment {
  const clinic = getRecord(w.sql, 'clinics', clinicId)
  const row = w.sql.get<{ next: number }>`
    select coalesce(max(receiptNumber), 0) + 1 as next from payments where clinicId = ${clinicId}` // M3
  return w.insert('payments', {
    ...fields,
    clinicId,
    currency: clinic.currency,
    receiptNumber: row?.next ?? 1,
    day: clinicDay(w.now, clinic.timeZone, clinic.settings.dayTurnover),
    at: w.now,
    byId: w.actor.userId,
    version: 1,
  })
}

function emptyLine(w: W<Person>, visit: Visit, currency: string) {
  return {
    visitId: visit.id,
    clinicId: visit.clinicId,
    doctorId: visit.doctorId,
    currency,
    waivedMinor: 0,
    waiverReason: null,
    waivedById: null,
    payer: 'patient',
    payerName: '',
    createdAt: w.now,
    createdById: w.actor.userId,
    reversedAt: null,
    reverseReason: null,
    version: 1,
  } as const
}

function announce(w: W<Person>, visit: Visit, charge: Charge): void {
  w.record('charge_updated', { clinicIds: [visit.clinicId], doctorIds: [visit.doctorId] }, { charges: [charge] })
}
