import { ActionIcon } from '@mantine/core'
import { IconPrinter, IconReceiptRefund } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../contract/money.ts'
import { refundable } from '../../rules/money.ts'
import { Link } from '../frame/Link.tsx'
import { api } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { adopt, useRecord, useRecords } from '../live/store.ts'
import { useListed } from '../live/use-listed.ts'
import { openReceipt, refundPayment } from '../money/commands.tsx'
import { METHODS } from '../money/use-payment.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { Pane } from '../ui/Pane.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './CashDeskView.module.css'

/** What came in and went back today, newest first, with the totals by method. */
export function ReceiptsPane() {
  const { t } = useTranslation()
  const { payments, loading, failed, again } = useReceipts()
  return (
    <Pane title={t('receipt.today')} aside={payments.length > 0 ? payments.length : undefined}>
      <div className={styles.receipts}>
        {failed ? (
          <FailedState text={failed} onRetry={again} />
        ) : loading ? (
          <SkeletonRows />
        ) : payments.length === 0 ? (
          <EmptyState title={t('receipt.none')} />
        ) : (
          <>
            <Totals payments={payments} />
            <ul className={styles.receiptList}>
              {payments.map((payment) => (
                <Receipt key={payment.id} payment={payment} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Pane>
  )
}

/** The feed keeps it true; what was paid today for other days' visits is read besides. */
function useReceipts() {
  const clinicId = useClinicId()
  const today = useToday()
  const records = useRecords('payments')
  const read = useCallback(
    async (signal: AbortSignal) => {
      if (!today) return false
      let cursor: string | null | undefined
      do {
        const query = { clinicId, date: today, limit: 500, ...(cursor ? { cursor } : {}) }
        const page = await api.payments.list({ query }, { signal })
        adopt({ payments: page.items })
        cursor = page.cursor
      } while (cursor)
      return true
    },
    [clinicId, today],
  )
  const payments = useMemo(
    () =>
      Object.values(records)
        .filter((payment) => payment.clinicId === clinicId && payment.day === today)
        .sort((a, b) => b.receiptNumber - a.receiptNumber),
    [records, clinicId, today],
  )
  const { data, failed, again } = useListed('payments', read, payments)
  return { payments, loading: !data && payments.length === 0, failed: payments.length === 0 ? failed : null, again }
}

const signed = ({ kind, amountMinor }: Payment) => (kind === 'payment' ? amountMinor : -amountMinor)

function Totals({ payments }: { payments: readonly Payment[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const sum = (list: readonly Payment[]) => list.reduce((total, payment) => total + signed(payment), 0)
  return (
    <dl className={styles.totals}>
      {METHODS.map((method) => {
        const own = payments.filter((payment) => payment.method === method)
        if (own.length === 0) return null
        return (
          <div key={method}>
            <dt>{t(`money.method.${method}`)}</dt>
            <dd>{format.money(sum(own))}</dd>
          </div>
        )
      })}
      <div className={styles.total}>
        <dt>{t('receipt.total')}</dt>
        <dd>{format.money(sum(payments))}</dd>
      </div>
    </dl>
  )
}

function Receipt({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayRefund = useMay('money.refund')
  const visit = useRecord('visits', payment.visitId)
  const name = useVisitName(visit)
  const payments = useRecords('payments')
  const refunds = Object.values(payments).filter((other) => other.refundOfId === payment.id)
  const left = refundable(payment, refunds)
  const refund = payment.kind === 'refund'
  return (
    <li className={styles.receipt}>
      <span className={styles.receiptNumber}>{payment.receiptNumber}</span>
      <span className={styles.who}>
        {visit ? (
          <Link to={`/cash-desk/${visit.id}`} className={`${sheet.open} clip`}>
            {visit.ticket} {name}
          </Link>
        ) : (
          <span className="soft">{t('receipt.otherDay')}</span>
        )}
        <span className="soft small">
          {inARow([
            format.time(payment.at),
            t(`money.method.${payment.method}`),
            refund && t('receipt.refund'),
            payment.reason,
          ])}
        </span>
      </span>
      <span className={styles.amount} data-refund={refund || undefined}>
        {refund ? format.signedMoney(-payment.amountMinor) : format.money(payment.amountMinor)}
      </span>
      <span className={styles.receiptActions}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('receipt.printOf', { number: payment.receiptNumber })}
          title={t('receipt.printOf', { number: payment.receiptNumber })}
          onClick={() => void openReceipt(payment)}
        >
          <IconPrinter size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('receipt.refundOf', { number: payment.receiptNumber })}
          title={t('receipt.refundOf', { number: payment.receiptNumber })}
          disabled={!mayRefund || left <= 0}
          onClick={() => void refundPayment(payment, left, name)}
        >
          <IconReceiptRefund size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </span>
    </li>
  )
}
