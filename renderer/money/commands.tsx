import type { Charge, Payment } from '../../contract/money.ts'
import { api, newId } from '../live/api.ts'
import { type Command, failureText, perform } from '../live/perform.ts'
import { HubAway, Refused } from '../live/refused.ts'
import { save } from '../live/save.ts'
import { adopt, findRecord, useLive } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { printOnce } from '../ui/print-now.ts'
import { askReason } from '../ui/questions.tsx'
import { toast } from '../ui/toasts.ts'
import { moneyOf } from './money-of-visit.ts'

export const CHARGE_KEY = 'charge.save'

/** F9: what is due, by one method or in parts. */
export async function takePayment(visitId: string) {
  if (moneyOf(useLive.getState().nouns, visitId).balanceMinor <= 0) {
    return toast({ tone: 'plain', text: t('money.nothingDue') })
  }
  const { PaymentDialog } = await import('./PaymentDialog.tsx')
  openDialog((close) => <PaymentDialog visitId={visitId} onClose={close} />)
}

export async function refundPayment(payment: Payment, mostMinor: number, name: string) {
  const { RefundDialog } = await import('./RefundDialog.tsx')
  openDialog((close) => <RefundDialog payment={payment} mostMinor={mostMinor} name={name} onClose={close} />)
}

export async function openAddLine(visitId: string) {
  const { AddLineDialog } = await import('./AddLineDialog.tsx')
  openDialog((close) => <AddLineDialog visitId={visitId} onClose={close} />)
}

export async function openWaive(charge: Charge) {
  const { WaiveDialog } = await import('./WaiveDialog.tsx')
  openDialog((close) => <WaiveDialog charge={charge} onClose={close} />)
}

export async function openPayer(charge: Charge) {
  const { PayerDialog } = await import('./PayerDialog.tsx')
  openDialog((close) => <PayerDialog charge={charge} onClose={close} />)
}

type NewLine = { serviceId: string | null; description: string; amountMinor?: number }

/** The key of a line that is being added. */
export const lineWanted = (visitId: string) => `line.${visitId}`

/** `added` as soon as it is known to be there. */
export async function addLine(visitId: string, line: NewLine, added: () => void, on: Command<Charge>['on'] = {}) {
  const show = (charge: Charge) => {
    sayAdded(charge)
    added()
  }
  const charge = await perform({
    key: CHARGE_KEY,
    wanted: lineWanted(visitId),
    late: show,
    on,
    run: (id) => api.charges.add({ params: { id: visitId }, body: { id, ...line } }, { context: { intent: id } }),
  })
  if (charge) show(charge)
}

export function sayAdded(charge: Charge) {
  adopt({ charges: [charge] })
  toast({
    tone: 'plain',
    subject: charge.id,
    text: t('money.lineAdded', { what: charge.description }),
    undo: () => void reverse(charge, t('money.addedByMistake')),
  })
}

type LineChange = Partial<Pick<Charge, 'waivedMinor' | 'payer' | 'payerName'>> & { reason?: string }

/** A waiver or discount, or who pays; either leads back. */
export function changeLine(before: Charge, change: LineChange, on: Command<Charge>['on'] = {}) {
  return save<Charge>({
    noun: 'charges',
    key: CHARGE_KEY,
    on,
    run: (intent) => putLine(before, change, intent),
    done: (charge) => t('money.lineChanged', { what: charge.description }),
    undo: (after) => putLine(after, wayBack(before, change), newId()),
  })
}

/** Only what was changed is put back; a waiver that was there needs its reason again. */
function wayBack(before: Charge, change: LineChange): LineChange {
  const { waivedMinor, payer, payerName, waiverReason } = before
  return {
    ...('waivedMinor' in change
      ? { waivedMinor, ...(waivedMinor > 0 && waiverReason ? { reason: waiverReason } : {}) }
      : {}),
    ...('payer' in change ? { payer, payerName } : {}),
  }
}

const putLine = ({ id, version }: Charge, change: LineChange, intent: string) =>
  api.charges.update({ params: { id }, body: { version, ...change } }, { context: { intent } })

/** M2: nothing is deleted; a mistake is reversed, with a reason, and stays in sight. */
export async function reverseLine(charge: Charge, name: string) {
  const reason = await askReason({
    title: t('money.reverseTitle', { what: charge.description }),
    about: name,
    text: t('money.reverseText'),
    verb: t('money.reverseVerb'),
    danger: true,
    usual: [t('money.addedByMistake'), t('money.notDone')],
  })
  if (reason) await reverse(charge, reason)
}

async function reverse(charge: Charge, reason: string) {
  const current = findRecord('charges', charge.id) ?? charge
  await save<Charge>({
    noun: 'charges',
    key: CHARGE_KEY,
    run: (intent) =>
      api.charges.update(
        { params: { id: current.id }, body: { version: current.version, reverse: true, reason } },
        { context: { intent } },
      ),
    done: (after) => t('money.lineReversed', { what: after.description }),
  })
}

/** The receipt on paper. A visit of another day is fetched with its lines first. */
export const openReceipt = (payment: Payment) => printOnce(() => makeReceipt(payment))

async function makeReceipt(payment: Payment) {
  try {
    if (payment.visitId && !findRecord('visits', payment.visitId)) await readVisit(payment.visitId)
    const { printReceipt } = await import('./print-receipt.ts')
    printReceipt(payment)
  } catch (error) {
    if (!(error instanceof Refused || error instanceof HubAway)) throw error
    toast({ tone: 'problem', text: failureText(error) })
  }
}

/** A visit that the snapshot of today lacks, with its money and its patient. */
export async function readVisit(visitId: string) {
  const [{ visit }, { charges, payments }] = await Promise.all([
    api.visits.get({ params: { id: visitId } }),
    api.charges.list({ params: { id: visitId } }),
  ])
  const patients = visit.patientId ? [await api.patients.get({ params: { id: visit.patientId } })] : []
  adopt({ visits: [visit], charges, payments, patients })
}
