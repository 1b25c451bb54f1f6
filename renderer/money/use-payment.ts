import { useEffect, useState } from 'react'
import type { Payment } from '../../contract/money.ts'
import { api, newId } from '../live/api.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { useVisitMoney } from './money-of-visit.ts'

export const METHODS = ['cash', 'card', 'mobile', 'transfer'] as const satisfies readonly Payment['method'][]

export const PAYMENT_KEY = 'payment.take'

/** One payment as it is typed: how, how much, what was given, what goes back. */
export function usePayment(visitId: string, onTaken: (payment: Payment) => void) {
  const format = useFormat()
  const { balanceMinor } = useVisitMoney(visitId)
  const busy = useBusy(PAYMENT_KEY)
  const due = format.plainMoney(Math.max(0, balanceMinor))
  const [method, setMethod] = useState<Payment['method']>('cash')
  const [typed, setTyped] = useState<string | null>(null)
  const [given, setGiven] = useState('')
  const [intent, setIntent] = useState(newId)
  // A line that is added or waived meanwhile is another sum.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sum is what changed
  useEffect(() => setTyped(null), [balanceMinor])
  const amount = typed ?? due
  const amountMinor = format.parseMoney(amount)
  const givenMinor = method === 'cash' ? format.parseMoney(given) : undefined
  const valid = amountMinor !== undefined && amountMinor > 0 && amountMinor <= balanceMinor
  const over = givenMinor !== undefined && amountMinor !== undefined ? givenMinor - amountMinor : 0

  const take = async () => {
    if (!valid || over < 0 || busy) return
    const payment = await perform(
      {
        key: PAYMENT_KEY,
        run: (id) => api.payments.take({ body: { id, visitId, amountMinor, method } }, { context: { intent: id } }),
      },
      intent,
    )
    setIntent(newId())
    if (!payment) return
    adopt({ payments: [payment] })
    setGiven('')
    toast({
      tone: 'plain',
      text:
        over > 0
          ? t('money.takenChange', {
              amount: format.money(amountMinor),
              number: payment.receiptNumber,
              change: format.money(over),
            })
          : t('money.taken', { amount: format.money(amountMinor), number: payment.receiptNumber }),
    })
    onTaken(payment)
  }
  return {
    balanceMinor,
    method,
    setMethod,
    amount,
    setAmount: setTyped,
    amountMinor,
    given,
    setGiven,
    valid,
    short: over < 0,
    changeMinor: Math.max(0, over),
    ready: valid && over >= 0,
    busy,
    take,
  }
}

export type PaymentDraft = ReturnType<typeof usePayment>
