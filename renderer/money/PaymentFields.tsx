import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { type KeyboardEvent, type Ref, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { problemWords } from '../ui/problem-words.ts'
import { amountWrong } from './amount-wrong.ts'
import { METHODS, type PaymentDraft } from './use-payment.ts'
import styles from './VisitMoney.module.css'

type Props = {
  payment: PaymentDraft
  amountRef?: Ref<HTMLInputElement>
  givenRef?: Ref<HTMLInputElement>
  /** The amount has the focus when it opens. */
  focusAmount?: boolean
}

/** How it is paid, how much, what was given and what goes back. */
export function PaymentFields({ payment, amountRef, givenRef, focusAmount }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { balanceMinor, method, setMethod, valid, short, changeMinor } = payment
  const own = useRef<HTMLInputElement>(null)
  const amountField = useMergedRef(own, amountRef)
  const fillDue = () => {
    payment.fillDue()
    own.current?.focus()
  }
  const pickByKey = (event: KeyboardEvent) => {
    const onMethods = event.target instanceof HTMLElement && event.target.role === 'radio'
    const picked = METHODS[Number(event.key) - 1]
    if (!picked || !(event.altKey || onMethods)) return
    event.preventDefault()
    event.stopPropagation()
    setMethod(picked)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Alt+1 to Alt+4 work wherever the focus is in here
    <div onKeyDown={pickByKey} className={styles.fields}>
      {payment.family && (
        <Checkbox
          label={t('money.family', {
            number: payment.family.parts.length,
            tickets: payment.family.parts.map(({ visit }) => visit.ticket).join(', '),
            amount: format.money(payment.family.totalMinor),
          })}
          checked={payment.forAll}
          onChange={(event) => payment.setForAll(event.currentTarget.checked)}
        />
      )}
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
      <div className={styles.amounts}>
        <TextInput
          ref={amountField}
          label={t('money.amount')}
          inputMode="decimal"
          value={payment.amount}
          readOnly={payment.forAll}
          onChange={(event) => payment.setAmount(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          rightSection={
            payment.isEmpty && (
              <Button size="compact-xs" aria-label={t('money.allDue')} onClick={fillDue}>
                {t('money.all')}
              </Button>
            )
          }
          rightSectionWidth={56}
          error={
            valid || payment.isEmpty || balanceMinor <= 0
              ? undefined
              : amountWrong(payment.amountMinor, balanceMinor, format)
          }
          autoComplete="off"
          data-autofocus={focusAmount || undefined}
        />
        {method === 'cash' && (
          <TextInput
            ref={givenRef}
            label={t('money.given')}
            inputMode="decimal"
            value={payment.given}
            onChange={(event) => payment.setGiven(event.currentTarget.value)}
            error={payment.givenUnclear ? problemWords('must be an amount') : short ? t('money.givenShort') : undefined}
            autoComplete="off"
          />
        )}
      </div>
      {changeMinor > 0 && (
        <p className={styles.sum} role="status">
          <span>{t('money.change')}</span>
          <span>{format.money(changeMinor)}</span>
        </p>
      )}
    </div>
  )
}
