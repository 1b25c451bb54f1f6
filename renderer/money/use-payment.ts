import { useEffect, useState } from 'react'
import type { Payment } from '../../contract/money.ts'
import { balance } from '../../rules/money.ts'
import { api } from '../live/api.ts'
import { intentOf, useMade } from '../live/intents.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import type { Format } from '../ui/formats.ts'
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
  const { charges, balanceMinor: own } = useVisitMoney(visitId)
  const family = useFamilyDue(visitId)
  const busy = useBusy(PAYMENT_KEY)
  const [wantsAll, setForAll] = useState(false)
  const [method, setMethod] = useState<Payment['method']>('cash')
  const [typed, setTyped] = useState<string | null>(null)
  const [given, setGiven] = useState('')
  const offersAll = own > 0 && family.parts.length > 1
  const forAll = offersAll && wantsAll
  const balanceMinor = forAll ? family.totalMinor : own
  // A line that is added or waived meanwhile is another sum. What was paid is not: see `taken`.
  const linesMinor = balance(charges, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sum is what changed
  useEffect(() => setTyped(null), [linesMinor])
  const due = format.plainMoney(Math.max(0, balanceMinor))
  const amount = forAll ? due : (typed ?? due)
  const amountMinor = forAll ? balanceMinor : format.parseMoney(amount)
  const givenMinor = method === 'cash' ? format.parseMoney(given) : undefined
  const givenUnclear = method === 'cash' && given.trim() !== '' && givenMinor === undefined
  const valid = amountMinor !== undefined && amountMinor > 0 && amountMinor <= balanceMinor
  const over = givenMinor !== undefined && amountMinor !== undefined ? givenMinor - amountMinor : 0

  const taken = (payments: Payment[], changeMinor = 0) => {
    const [first] = payments
    if (!first) return
    adopt({ payments })
    setGiven('')
    // M2: pressed once more by mistake, it takes nothing. The rest is asked for, not filled in.
    setTyped('')
    setForAll(false)
    sayTaken(format, first, payments, changeMinor)
    onTaken()
  }
  // The hub took it, and its answer was lost.
  useMade('payments', wantedOf(visitId), (payment) => taken([payment]))
  useMade('payments', familyWanted(visitId), (payment) => taken([payment]), `${familyWanted(visitId)}/${visitId}`)

  const take = async () => {
    if (!valid || givenUnclear || over < 0 || busy) return
    const late = (payments: Payment[]) => taken(payments, over)
    const payments = forAll
      ? await takeForFamily({ visitId, family, method }, late)
      : await takeForOne({ visitId, amountMinor, method }, late)
    if (payments) taken(payments, over)
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
    isEmpty: amount.trim() === '',
    fillDue: () => setTyped(null),
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

const wantedOf = (visitId: string) => `payment.${visitId}`
const familyWanted = (visitId: string) => `payment.family.${visitId}`

function sayTaken(format: Format, first: Payment, payments: readonly Payment[], changeMinor: number) {
  const amount = format.money(payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
  const number = payments.map((payment) => payment.receiptNumber).join(', ')
  const words = { amount, number, change: format.money(changeMinor) }
  toast({
    tone: 'plain',
    text: t(changeMinor > 0 ? 'money.takenChange' : 'money.taken', words),
    action: { label: t('receipt.print'), run: () => void openReceipt(first) },
  })
}

type One = { visitId: string; amountMinor: number; method: Payment['method'] }
type Late = (payments: Payment[]) => void

async function takeForOne(one: One, late: Late): Promise<Payment[] | undefined> {
  const payment = await perform<Payment>({
    key: PAYMENT_KEY,
    wanted: wantedOf(one.visitId),
    late: (made) => late([made]),
    run: (id) => api.payments.take({ body: { id, ...one } }, { context: { intent: id } }),
  })
  return payment && [payment]
}

type ForFamily = { visitId: string; family: FamilyDue; method: Payment['method'] }

/** All or none: what somebody else changed meanwhile on one of the visits takes nothing for any. */
async function takeForFamily({ visitId, family: { parts }, method }: ForFamily, late: Late) {
  const wanted = familyWanted(visitId)
  const visits = parts.map(({ visit, balanceMinor: amountMinor }) => ({
    id: intentOf(`${wanted}/${visit.id}`),
    visitId: visit.id,
    version: visit.version,
    amountMinor,
  }))
  const answer = await perform<{ payments: Payment[] }>({
    key: PAYMENT_KEY,
    wanted,
    late: ({ payments }) => late(payments),
    noun: 'visits',
    sayChange: visitChange,
    run: (key) => api.payments.takeFamily({ body: { method, visits } }, { context: { intent: key } }),
  })
  return answer?.payments
}
