import type { Urgency } from '../contract/visits.ts'
import { daysBetween } from './clinic-day.ts'
import { isUrgentOrAbove } from './transitions.ts'

/** `payer` left out is the patient. */
export type ChargeAmounts = {
  amountMinor: number
  waivedMinor: number
  reversedAt: string | null
  payer?: 'patient' | 'insurer' | 'employer' | 'free'
}
export type PaymentAmounts = { kind: 'payment' | 'refund'; amountMinor: number; reversedAt?: string | null }

/**
 * What a line asks of the patient: its price less waiver or discount, nothing once reversed, nothing when somebody else
 * pays it or it is free (M1, M2). Minor units.
 * Throws RangeError for what is not a whole, non-negative amount, and for a waiver above the price.
 */
export function lineDue(charge: ChargeAmounts): number {
  const amount = minorUnits(charge.amountMinor)
  const waived = minorUnits(charge.waivedMinor)
  if (waived > amount) throw new RangeError(`Waived ${waived} of ${amount}`)
  const othersPay = charge.payer !== undefined && charge.payer !== 'patient'
  return charge.reversedAt !== null || othersPay ? 0 : amount - waived
}

/**
 * M2: lines minus payments plus refunds, always derived. Minor units of one currency; below zero is the patient's
 * credit. Reversed lines and payments count nothing. Throws RangeError for amounts that are not whole.
 */
export function balance(charges: readonly ChargeAmounts[], payments: readonly PaymentAmounts[]): number {
  const due = charges.reduce((sum, charge) => sum + lineDue(charge), 0)
  return wholeNumber(payments.reduce((sum, payment) => sum - paidBy(payment), due))
}

function paidBy(payment: PaymentAmounts): number {
  const amount = minorUnits(payment.amountMinor)
  if (payment.reversedAt) return 0
  return payment.kind === 'payment' ? amount : -amount
}

/**
 * M2: how much of a payment can still be given back. Minor units, never below zero; nothing of a refund.
 * Throws RangeError for amounts that are not whole.
 */
export function refundable(payment: PaymentAmounts, refundsOfIt: readonly PaymentAmounts[]): number {
  const paid = Math.max(0, paidBy(payment))
  return Math.max(
    0,
    refundsOfIt.reduce((left, refund) => left + Math.min(0, paidBy(refund)), paid),
  )
}

/** M2: the "unpaid" mark, with which a visit is not called. Never from `urgent` up. */
export function isUnpaidMark(visit: { payBefore: boolean; balanceMinor: number; urgency: Urgency }): boolean {
  return visit.payBefore && wholeNumber(visit.balanceMinor) > 0 && !isUrgentOrAbove(visit.urgency)
}

/**
 * M4: whether a visit on `day` is free, coming within `freeRevisitDays` days (that day included) of the last fully paid
 * consultation with the same doctor. A free one does not renew it, so the caller passes the last *paid* one.
 * With 0 days there are no free revisits, not even on the same day.
 */
export function isFreeRevisit(visit: {
  lastPaidConsultationDay: string | null
  day: string
  freeRevisitDays: number
}): boolean {
  if (visit.lastPaidConsultationDay === null || visit.freeRevisitDays <= 0) return false
  const days = daysBetween(visit.lastPaidConsultationDay, visit.day)
  return days >= 0 && days <= visit.freeRevisitDays
}

function minorUnits(amount: number): number {
  if (wholeNumber(amount) < 0) throw new RangeError(`Negative amount: ${amount}`)
  return amount
}

function wholeNumber(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Not a whole number of minor units: ${amount}`)
  return amount
}
