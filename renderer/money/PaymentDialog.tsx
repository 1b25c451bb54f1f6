import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../contract/money.ts'
import { api, newId } from '../live/api.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt, useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useVisitName } from '../ui/patient-name.ts'
import { toast } from '../ui/toasts.ts'
import { useVisitMoney } from './money-of-visit.ts'
import styles from './VisitMoney.module.css'

const METHODS = ['cash', 'card', 'mobile', 'transfer'] as const satisfies readonly Payment['method'][]
const KEY = 'payment.take'

/** Method by the keys Alt+1 to Alt+4 (or 1 to 4 on the methods), what is given, what goes back. */
export function PaymentDialog({ visitId, onClose }: { visitId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  const { balanceMinor } = useVisitMoney(visitId)
  const busy = useBusy(KEY)
  const [method, setMethod] = useState<Payment['method']>('cash')
  const [amount, setAmount] = useState(() => format.plainMoney(Math.max(0, balanceMinor)))
  const [given, setGiven] = useState('')
  const [intent, setIntent] = useState(newId)
  const amountMinor = format.parseMoney(amount)
  const givenMinor = format.parseMoney(given)
  const valid = amountMinor !== undefined && amountMinor > 0 && amountMinor <= balanceMinor
  const short = method === 'cash' && givenMinor !== undefined && amountMinor !== undefined && givenMinor < amountMinor
  const changeMinor =
    method === 'cash' && givenMinor !== undefined && amountMinor !== undefined ? givenMinor - amountMinor : 0

  const send = async () => {
    if (!valid || short) return
    const payment = await perform(
      {
        key: KEY,
        run: (id) => api.payments.take({ body: { id, visitId, amountMinor, method } }, { context: { intent: id } }),
      },
      intent,
    )
    if (!payment) return setIntent(newId())
    adopt({ payments: [payment] })
    toast({
      tone: 'plain',
      text: t('money.taken', { amount: format.money(amountMinor), number: payment.receiptNumber }),
    })
    onClose()
  }
  const pickByKey = (event: KeyboardEvent) => {
    const onMethods = event.target instanceof HTMLElement && event.target.role === 'radio'
    const picked = METHODS[Number(event.key) - 1]
    if (!picked || !(event.altKey || onMethods)) return
    event.preventDefault()
    setMethod(picked)
  }
  return (
    <Dialog
      title={t('money.payTitle', { ticket: visit?.ticket })}
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!valid || short} loading={busy}>
            {amountMinor ? t('money.takeVerb', { amount: format.money(amountMinor) }) : t('money.take')}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Alt+1 to Alt+4 work wherever the focus is in here */}
      <div onKeyDown={pickByKey} className={styles.fields}>
        <p className={styles.sum}>
          <span className="clip">{name}</span>
          <span>{format.money(Math.max(0, balanceMinor))}</span>
        </p>
        <div className={styles.methods} role="radiogroup" aria-label={t('money.methodLabel')}>
          {METHODS.map((each, index) => (
            // biome-ignore lint/a11y/useSemanticElements: four large buttons with their key, not a column of radios
            <button
              key={each}
              type="button"
              role="radio"
              aria-checked={method === each}
              className={styles.method}
              onClick={() => setMethod(each)}
            >
              <kbd>{index + 1}</kbd> {t(`money.method.${each}`)}
            </button>
          ))}
        </div>
        <TextInput
          label={t('money.amount')}
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          error={valid || balanceMinor <= 0 ? undefined : t('money.amountWrong', { most: format.money(balanceMinor) })}
          data-autofocus
        />
        {method === 'cash' && (
          <TextInput
            label={t('money.given')}
            inputMode="decimal"
            value={given}
            onChange={(event) => setGiven(event.currentTarget.value)}
            error={short ? t('money.givenShort') : undefined}
          />
        )}
        {changeMinor > 0 && (
          <p className={styles.sum} role="status">
            <span>{t('money.change')}</span>
            <span>{format.money(changeMinor)}</span>
          </p>
        )}
      </div>
    </Dialog>
  )
}
