import { useEffect, useState } from 'react'
import type { Payment } from '../../contract/money.ts'
import { api, newId } from '../live/api.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { visitChange } from '../visits/visit-words.ts'
import { openReceipt } from './commands.tsx'
import { type FamilyDue, useFamilyDue } from './family-due.ts'
import { useVisitMoney } from './money-of-visit.ts'

export const METHODS = ['cash', 'card', 'mobile', 'transfer'] as const satisfies readonly Payment['method'][]

export const PAYMENT_KEY = 'payment.take'

/** One payment as it is typed: how, how much, what was given, what goes back; for one visit, or a family's (Q12). */
export function usePayment(visitId: string, onTaken: () => void) {
  const format = useFormat()
  const own = useVisitMoney(visitId).balanceMinor
  const family = useFamilyDue(visitId)
  const busy = useBusy(PAYMENT_KEY)
  const [wantsAll, setForAll] = useState(false)
  const [method, setMethod] = useState<Payment['method']>('cash')
  const [typed, setTyped] = useState<string | null>(null)
  const [given, setGiven] = useState('')
  const [intent, setIntent] = useState(newId)
  const offersAll = own > 0 && family.parts.length > 1
  const forAll = offersAll && wantsAll
  const balanceMinor = forAll ? family.totalMinor : own
  // A line that is added or waived meanwhile is another sum.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sum is what changed
  useEffect(() => setTyped(null), [balanceMinor])
  const due = format.plainMoney(Math.max(0, balanceMinor))
  const amount = forAll ? due : (typed ?? due)
  const amountMinor = forAll ? balanceMinor : format.parseMoney(amount)
  const givenMinor = method === 'cash' ? format.parseMoney(given) : undefined
  const givenUnclear = method === 'cash' && given.trim() !== '' && givenMinor === undefined
  const valid = amountMinor !== undefined && amountMinor > 0 && amountMinor <= balanceMinor
  const over = givenMinor !== undefined && amountMinor !== undefined ? givenMinor - amountMinor : 0

  const take = async () => {
    if (!valid || givenUnclear || over < 0 || busy) return
    const payments = forAll
      ? await takeForFamily(family, method, intent)
      : await takeForOne({ visitId, amountMinor, method }, intent)
    setIntent(newId())
    const [first] = payments ?? []
    if (!payments || !first) return
    adopt({ payments })
    setGiven('')
    const numbers = payments.map((payment) => payment.receiptNumber).join(', ')
    const words = { amount: format.money(amountMinor), number: numbers, change: format.money(over) }
    toast({
      tone: 'plain',
      text: t(over > 0 ? 'money.takenChange' : 'money.taken', words),
      ...(forAll ? { action: { label: t('receipt.print'), run: () => void openReceipt(first) } } : {}),
    })
    onTaken()
  }
  return {
    balanceMinor,
    family: offersAll ? family : null,
    forAll,
    setForAll,
    method,
    setMethod,
    amount,
    setAmount: setTyped,
    amountMinor,
    given,
    setGiven,
    valid,
    givenUnclear,
    short: over < 0,
    changeMinor: Math.max(0, over),
    ready: valid && !givenUnclear && over >= 0,
    busy,
    take,
  }
}

export type PaymentDraft = ReturnType<typeof usePayment>

type One = { visitId: string; amountMinor: number; method: Payment['method'] }

async function takeForOne(one: One, intent: string): Promise<Payment[] | undefined> {
  const payment = await perform(
    {
      key: PAYMENT_KEY,
      run: (id) => api.payments.take({ body: { id, ...one } }, { context: { intent: id } }),
    },
    intent,
  )
  return payment && [payment]
}

/** All or none: what somebody else changed meanwhile on one of the visits takes nothing for any. */
async function takeForFamily({ parts }: FamilyDue, method: Payment['method'], intent: string) {
  const visits = parts.map(({ visit: { id: visitId, version }, balanceMinor: amountMinor }) => ({
    id: newId(),
    visitId,
    version,
    amountMinor,
  }))
  const answer = await perform(
    {
      key: PAYMENT_KEY,
      noun: 'visits',
      sayChange: visitChange,
      run: (key) => api.payments.takeFamily({ body: { method, visits } }, { context: { intent: key } }),
    },
    intent,
  )
  return answer?.payments
}
