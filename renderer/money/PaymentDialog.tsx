import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useVisitName } from '../ui/patient-name.ts'
import { PaymentFields } from './PaymentFields.tsx'
import { usePayment } from './use-payment.ts'
import styles from './VisitMoney.module.css'

/** F9 on any page. Method by the keys Alt+1 to Alt+4 (or 1 to 4 on the methods), what is given, what goes back. */
export function PaymentDialog({ visitId, onClose }: { visitId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  const payment = usePayment(visitId, onClose)
  return (
    <Dialog
      title={t('money.payTitle', { ticket: visit?.ticket })}
      onClose={onClose}
      onSubmit={() => void payment.take()}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!payment.ready} loading={payment.busy}>
            {payment.amountMinor ? t('money.takeVerb', { amount: format.money(payment.amountMinor) }) : t('money.take')}
          </Button>
        </>
      }
    >
      <p className={styles.sum}>
        <span className="clip">{name}</span>
        <span>{format.money(Math.max(0, payment.balanceMinor))}</span>
      </p>
      <PaymentFields payment={payment} focusAmount />
    </Dialog>
  )
}
