import { useMemo } from 'react'
import type { Charge, Payment } from '../../contract/money.ts'
import { balance } from '../../rules/money.ts'
import { type Records, useRecords } from '../live/store.ts'

export type VisitMoney = { charges: readonly Charge[]; payments: readonly Payment[]; balanceMinor: number }

/** M2: always derived from the lines. Minor units; below zero is the patient's credit. */
export function moneyOf(nouns: Pick<Records, 'charges' | 'payments'>, visitId: string): VisitMoney {
  const charges = Object.values(nouns.charges).filter((charge) => charge.visitId === visitId)
  const payments = Object.values(nouns.payments).filter((payment) => payment.visitId === visitId)
  charges.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
  payments.sort((a, b) => a.at.localeCompare(b.at))
  return { charges, payments, balanceMinor: balance(charges, payments) }
}

export function useVisitMoney(visitId: string): VisitMoney {
  const charges = useRecords('charges')
  const payments = useRecords('payments')
  return useMemo(() => moneyOf({ charges, payments }, visitId), [charges, payments, visitId])
}
