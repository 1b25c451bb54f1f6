import type { Payment } from '../../contract/money.ts'
import type { Visit } from '../../contract/visits.ts'
import { useLive } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { moneyOf } from './money-of-visit.ts'

/** F9: what is due, by one method or in parts. */
export async function takePayment(visitId: string) {
  if (moneyOf(useLive.getState().nouns, visitId).balanceMinor <= 0) {
    return toast({ tone: 'plain', text: t('money.nothingDue') })
  }
  const { PaymentDialog } = await import('./PaymentDialog.tsx')
  openDialog((close) => <PaymentDialog visitId={visitId} onClose={close} />)
}

export async function refundPayment(payment: Payment, mostMinor: number, visit: Visit) {
  const { RefundDialog } = await import('./RefundDialog.tsx')
  openDialog((close) => <RefundDialog payment={payment} mostMinor={mostMinor} visit={visit} onClose={close} />)
}
