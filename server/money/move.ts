import type { Charge, Payment } from '../../contract/money.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { NOT_SEEN } from '../visits/settle.ts'
import { chargesOf, paymentsOf } from './queries.ts'

type Moved = { noun: 'charges'; before: Charge; after: Charge } | { noun: 'payments'; before: Payment; after: Payment }

/** P4: every line and payment of a visit, reversed ones and refunds too, becomes another's: nothing is lost or counted twice. */
export function moveMoney(w: W, fromVisitId: string, toVisitId: string): Moved[] {
  const charges = chargesOf(w.sql, fromVisitId).map((before) => ({
    noun: 'charges' as const,
    before,
    after: moveCharge(w, before, toVisitId),
  }))
  const payments = paymentsOf(w.sql, fromVisitId).map((before) => ({
    noun: 'payments' as const,
    before,
    after: movePayment(w, before, toVisitId),
  }))
  return [...charges, ...payments]
}

/**
 * A line goes back as it is now: what was waived or reversed since stays so. What was taken back because nobody was seen
 * is due again with a visit that is open again.
 */
export function returnCharge(w: W, before: Charge, fromVisitId: string, reopened: boolean): Charge[] {
  const current = getRecord(w.sql, 'charges', before.id)
  if (current.visitId !== fromVisitId) return []
  const dueAgain = reopened && before.reversedAt === null && current.reverseReason === NOT_SEEN
  return [moveCharge(w, dueAgain ? { ...current, reversedAt: null, reverseReason: null } : current, before.visitId)]
}

/** A payment goes back with what was refunded of it since. What was taken later stays where it was taken. */
export function returnPayment(w: W, before: Payment, fromVisitId: string): Payment[] {
  const current = getRecord(w.sql, 'payments', before.id)
  if (current.visitId !== fromVisitId || before.visitId === null) return []
  const { visitId } = before
  const refunds = fromRows('payments', w.sql.all`select * from payments where refundOfId = ${current.id}`)
  return [current, ...refunds.filter((refund) => refund.visitId === fromVisitId)].map((payment) =>
    movePayment(w, payment, visitId),
  )
}

const moveCharge = (w: W, charge: Charge, visitId: string): Charge =>
  w.update('charges', { ...charge, visitId, version: charge.version + 1 })

const movePayment = (w: W, payment: Payment, visitId: string): Payment =>
  w.update('payments', { ...payment, visitId, version: payment.version + 1 })
