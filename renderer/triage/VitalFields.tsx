import { TextInput } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { consciousness, type MeasuredVital, oxygen, type TriageRecord } from '../../contract/triage.ts'
import { faultsOf, isUnread, shown, typedValue, withText } from './fields.ts'
import { LetterChoice } from './LetterChoice.tsx'
import { Points } from './Points.tsx'
import { ScaleChoice } from './ScaleChoice.tsx'
import { Spark } from './Spark.tsx'
import styles from './TriageForm.module.css'
import type { FormParts } from './TriageForm.tsx'

type Props = FormParts & { taken: readonly TriageRecord[] }

/** The seven of NEWS2 and the lower pressure, in the order in which they are taken. */
export function VitalFields(props: Props) {
  const { t } = useTranslation()
  const { draft, change } = props
  return (
    <fieldset className={styles.group}>
      <legend>{t('triage.vitals')}</legend>
      <Measured {...props} vital="respiration" first />
      <Measured {...props} vital="spo2" />
      <ScaleChoice {...props} />
      <Chosen {...props} vital="oxygen">
        <LetterChoice
          label={t('triage.vital.oxygen')}
          options={oxygen.options.map((value) => ({
            value,
            word: t(`triage.oxygen.${value}`),
            letter: value[0] ?? '',
          }))}
          value={draft.oxygen}
          onChange={(value) => change({ oxygen: value })}
        />
      </Chosen>
      {draft.oxygen === 'oxygen' && <Measured {...props} vital="oxygenTenths" />}
      <Measured {...props} vital="systolic" />
      <Measured {...props} vital="diastolic" />
      <Measured {...props} vital="pulse" />
      <Chosen {...props} vital="consciousness">
        <LetterChoice
          label={t('triage.vital.consciousness')}
          options={consciousness.options.map((value) => ({
            value,
            word: t(`triage.consciousness.${value}`),
            letter: value.toLowerCase(),
          }))}
          value={draft.consciousness}
          onChange={(value) => change({ consciousness: value })}
        />
      </Chosen>
      <Measured {...props} vital="temperatureTenths" />
    </fieldset>
  )
}

/** What no score asks for; Tab reaches it, Enter passes it by. */
export function ExtraFields(props: Props) {
  const { t } = useTranslation()
  return (
    <fieldset className={styles.group}>
      <legend>{t('triage.more')}</legend>
      {(['pain', 'glucoseTenths', 'weightGrams', 'heightMillimetres'] as const).map((vital) => (
        <Measured key={vital} {...props} vital={vital} beside />
      ))}
    </fieldset>
  )
}

type MeasuredProps = Props & { vital: MeasuredVital; first?: boolean; beside?: boolean }

function Measured({ vital, draft, change, risk, taken, first = false, beside = false }: MeasuredProps) {
  const { t } = useTranslation()
  const id = useId()
  const [typing, setTyping] = useState(false)
  const text = draft.texts[vital] ?? ''
  // Half a number is no fault yet.
  const own = typing ? null : typedValue(vital, text).fault
  const swapped = vital === 'diastolic' && !typing && faultsOf(draft).some((one) => one.vital === vital && !one.from)
  const fault = own ? t(isUnread(text) ? 'triage.unread' : 'triage.between', own) : swapped ? t('triage.swapped') : null
  return (
    <div className={styles.field} data-step={beside ? undefined : true}>
      <label htmlFor={id}>{t(`triage.vital.${vital}`)}</label>
      <div className={styles.control}>
        <TextInput
          id={id}
          size="xs"
          classNames={{ root: styles.number ?? '', input: styles.digits ?? '' }}
          inputMode="decimal"
          autoComplete="off"
          maxLength={6}
          data-first-vital={first || undefined}
          value={text}
          error={fault}
          onChange={(event) => change({ texts: withText(draft.texts, vital, event.currentTarget.value) })}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
        />
        <span className={styles.unit}>{t(`triage.unit.${vital}`)}</span>
      </div>
      <Points risk={risk} parameter={vital} />
      <Spark taken={taken} of={(record) => record[vital]} show={(value) => shown(vital, value)} />
    </div>
  )
}

function Chosen({ vital, risk, taken, children }: Props & { vital: 'oxygen' | 'consciousness'; children: ReactNode }) {
  const { t } = useTranslation()
  const last = taken.findLast((record) => record[vital] !== null)
  return (
    <div className={styles.field} data-step>
      <span>{t(`triage.vital.${vital}`)}</span>
      {children}
      <Points risk={risk} parameter={vital} />
      <span className={styles.last}>
        {last &&
          (vital === 'oxygen'
            ? t(`triage.oxygen.${last.oxygen ?? 'air'}`)
            : t(`triage.consciousness.${last.consciousness ?? 'A'}`))}
      </span>
    </div>
  )
}
