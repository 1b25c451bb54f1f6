import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../contract/money.ts'
import type { Visit } from '../../contract/visits.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { openAddLine, readVisit } from '../money/commands.tsx'
import { PaymentFields } from '../money/PaymentFields.tsx'
import { METHODS, usePayment } from '../money/use-payment.ts'
import { VisitMoney } from '../money/VisitMoney.tsx'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { useHotkey } from '../ui/hotkeys.ts'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { setStatus } from '../visits/commands.tsx'
import { StatusLine } from '../visits/StatusLine.tsx'
import styles from './CashDeskView.module.css'

/** One visit at the desk; one of another day is fetched with its money. */
export function VisitToPay({ visitId }: { visitId: string }) {
  const visit = useRecord('visits', visitId)
  if (visit) return <AtDesk visit={visit} />
  return <Fetched visitId={visitId} />
}

function Fetched({ visitId }: { visitId: string }) {
  const read = useRef(() => readVisit(visitId))
  const { failed, again } = useRead(read.current)
  return failed ? <FailedState text={failed} onRetry={again} /> : <SkeletonRows />
}

function AtDesk({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
  const mayCharge = useMay('money.charge')
  return (
    <>
      <PatientBanner patient={patient} label={visit.label} />
      <div className={styles.scroll}>
        <div className={styles.block}>
          <StatusLine visit={visit} />
        </div>
        <div className={styles.block}>
          <header className={styles.blockHead}>
            <h2>{t('money.title')}</h2>
            {mayCharge && visit.status !== 'cancelled' && (
              <ActionButton size="compact-xs" run={() => openAddLine(visit.id)}>
                {t('money.addLine')}
              </ActionButton>
            )}
          </header>
          <VisitMoney visit={visit} lineActions />
        </div>
      </div>
      <Till visit={visit} />
    </>
  )
}

/** The till, always in the same place: what is due, how it is paid, and the one button. */
function Till({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayTake = useMay('money.take')
  const amountRef = useRef<HTMLInputElement>(null)
  const givenRef = useRef<HTMLInputElement>(null)
  const takeRef = useRef<HTMLButtonElement>(null)
  const payment = usePayment(visit.id, focusList)
  const { balanceMinor, method, setMethod, ready, busy, amountMinor } = payment
  const due = balanceMinor > 0
  const wanted = useRef(false)
  // By the keyboard alone: the method's key, then what is given or the one button.
  const next = () => (payment.isEmpty ? amountRef : method === 'cash' ? givenRef : takeRef).current?.focus()
  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    next()
  })
  const pick = (picked: Payment['method']) => {
    wanted.current = true
    setMethod(picked)
    if (picked === method) next()
  }
  const askAmount = () => {
    if (payment.isEmpty) payment.fillDue()
    amountRef.current?.focus()
  }
  useHotkey('1', () => pick(METHODS[0]), { enabled: due && mayTake })
  useHotkey('2', () => pick(METHODS[1]), { enabled: due && mayTake })
  useHotkey('3', () => pick(METHODS[2]), { enabled: due && mayTake })
  useHotkey('4', () => pick(METHODS[3]), { enabled: due && mayTake })
  useHotkey('F9', askAmount, { enabled: due && mayTake })
  if (!mayTake) return null
  const send = (event: FormEvent) => {
    event.preventDefault()
    void payment.take()
  }
  if (!due) return <Settled visit={visit} />
  return (
    <form className={styles.till} onSubmit={send} noValidate aria-label={t('cashDesk.till')}>
      <p className={styles.due}>
        <span>{t('money.due')}</span>
        <strong>{format.money(balanceMinor)}</strong>
      </p>
      <PaymentFields payment={payment} amountRef={amountRef} givenRef={givenRef} />
      <div className={styles.tillFoot}>
        {visit.status === 'awaiting_payment' && (
          <ActionButton size="sm" run={() => setStatus(visit.id, 'completed')}>
            {t('cashDesk.owes')}
          </ActionButton>
        )}
        <Button ref={takeRef} type="submit" variant="filled" disabled={!ready} loading={busy}>
          {amountMinor ? t('money.takeVerb', { amount: format.money(amountMinor) }) : t('money.take')}
        </Button>
      </div>
    </form>
  )
}

function Settled({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  return (
    <div className={styles.till}>
      {visit.status === 'awaiting_payment' ? (
        <div className={styles.tillFoot}>
          <ActionButton size="sm" next run={() => setStatus(visit.id, 'completed')}>
            {t('visit.action.settle')}
          </ActionButton>
        </div>
      ) : (
        <EmptyState title={t('cashDesk.settled')} />
      )}
    </div>
  )
}

/** After a payment the arrow keys walk the list again. */
function focusList() {
  setTimeout(() => document.querySelector<HTMLElement>('main [role="grid"]')?.focus())
}
