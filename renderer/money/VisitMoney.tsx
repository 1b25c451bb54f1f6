import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Charge, Payment } from '../../contract/money.ts'
import type { Visit } from '../../contract/visits.ts'
import { lineDue, refundable } from '../../rules/money.ts'
import { useMay } from '../live/permission.ts'
import { useFormat } from '../ui/format.ts'
import { visitName } from '../ui/patient-name.ts'
import { reasonWords } from '../visits/visit-words.ts'
import { openReceipt, refundPayment } from './commands.tsx'
import { LineMenu } from './LineMenu.tsx'
import { useVisitMoney } from './money-of-visit.ts'
import styles from './VisitMoney.module.css'

/** The lines of a visit, what was paid, and what is left. `lineActions`: what can be done with each stands beside it. */
export function VisitMoney({ visit, lineActions = false }: { visit: Visit; lineActions?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { charges, payments, balanceMinor } = useVisitMoney(visit.id)
  if (charges.length === 0 && payments.length === 0) return <p className="soft">{t('money.nothing')}</p>
  return (
    <table className={styles.table}>
      <tbody>
        {charges.map((charge) => (
          <ChargeRow key={charge.id} charge={charge} actions={lineActions} />
        ))}
        {payments.map((payment) => (
          <PaymentRow key={payment.id} payment={payment} payments={payments} visit={visit} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t(balanceMinor < 0 ? 'money.credit' : 'money.due')}</th>
          <td className={styles.amount}>{format.money(Math.abs(balanceMinor))}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  )
}

function ChargeRow({ charge, actions }: { charge: Charge; actions: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const notes = [
    charge.payer === 'patient' ? '' : t(`money.payer.${charge.payer}`, { name: charge.payerName }),
    charge.waivedMinor > 0
      ? t('money.waived', { amount: format.money(charge.waivedMinor), reason: reasonWords(charge.waiverReason ?? '') })
      : '',
    charge.reversedAt ? t('money.reversed', { reason: reasonWords(charge.reverseReason ?? '') }) : '',
  ].filter(Boolean)
  return (
    <tr data-gone={charge.reversedAt ? true : undefined}>
      <td>
        {charge.description}
        {notes.map((note) => (
          <div key={note} className="soft small">
            {note}
          </div>
        ))}
      </td>
      <td className={styles.amount}>{format.money(charge.reversedAt ? charge.amountMinor : lineDue(charge))}</td>
      <td className={styles.action}>{actions && <LineMenu charge={charge} />}</td>
    </tr>
  )
}

function PaymentRow({ payment, payments, visit }: { payment: Payment; payments: readonly Payment[]; visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayRefund = useMay('money.refund')
  const refunds = payments.filter((other) => other.refundOfId === payment.id)
  const left = refundable(payment, refunds)
  const words = {
    method: t(`money.method.${payment.method}`),
    time: format.time(payment.at),
    number: payment.receiptNumber,
  }
  return (
    <tr>
      <td>
        {t(`money.kind.${payment.kind}`, words)}
        {payment.reason && <div className="soft small">{payment.reason}</div>}
      </td>
      <td className={styles.amount}>
        {format.signedMoney(payment.kind === 'payment' ? -payment.amountMinor : payment.amountMinor)}
      </td>
      <td className={styles.action}>
        <Button size="compact-xs" mie="xs" onClick={() => void openReceipt(payment)}>
          {t('receipt.print')}
          <span className="unseen"> {payment.receiptNumber}</span>
        </Button>
        {mayRefund && payment.kind === 'payment' && left > 0 && (
          <Button size="compact-xs" onClick={() => refundPayment(payment, left, visitName(visit))}>
            {t('money.refund')}
          </Button>
        )}
      </td>
    </tr>
  )
}
