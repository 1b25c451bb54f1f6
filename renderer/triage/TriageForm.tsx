import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Risk } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { hubNowIso, useMinute } from '../live/clock.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { isEmpty, type TriageDraft } from './fields.ts'
import { LevelChoice } from './LevelChoice.tsx'
import { useOpenOnceTyped, useTaken } from './open-triage.ts'
import { Questions } from './Questions.tsx'
import { RiskPanel } from './RiskPanel.tsx'
import styles from './TriageForm.module.css'
import type { Asked } from './use-risk.ts'
import { useSaving } from './use-saving.ts'
import { ExtraFields, VitalFields } from './VitalFields.tsx'
import { whenTaken } from './when-taken.ts'

export type FormParts = {
  visit: Visit
  draft: TriageDraft
  change: (part: Partial<TriageDraft>) => void
  asked: Asked
  risk: Risk
}

type Props = FormParts & {
  clear: () => void
  /** Since when it stands there, once that is long ago. */
  typedAt: string | null
  missing: readonly { id: string; version: string }[]
  begin: boolean
  onBegun: () => void
}

/** T2: the numbers in the order in which a nurse takes them; Enter goes on to the next, and from the last to Save. */
export function TriageForm({ missing, begin, onBegun, clear, typedAt, ...parts }: Props) {
  const { visit, draft, change, risk } = parts
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const taken = useTaken(visit)
  const onTyped = useOpenOnceTyped(visit)
  const { ready, save, level, lowering, notice, settled } = useSaving({ ...parts, clear, typedAt })
  useFocusFirst(form, begin, onBegun)
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={t('triage.form')}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => goOn(event, form.current)}
      onChange={onTyped}
      noValidate
    >
      <div className={styles.fields}>
        {typedAt && <TypedAt {...{ typedAt, change, clear, settled }} />}
        <VitalFields {...parts} taken={taken} />
        <Questions {...parts} />
        <ExtraFields {...parts} taken={taken} />
      </div>
      <div className={styles.outcome}>
        <RiskPanel risk={risk} missing={missing} empty={isEmpty(draft)} />
        <LevelChoice level={level} lowering={lowering} {...{ visit, draft, change, risk }} />
        {notice && (
          <p className={styles.notice} role="alert">
            {t(`triage.${notice}`)}
          </p>
        )}
        <div className={styles.save} data-step>
          <ActionButton size="sm" next disabled={!ready} run={save}>
            {t('triage.save')}
          </ActionButton>
          <span className="soft small">{t('triage.neverChanged')}</span>
        </div>
      </div>
    </form>
  )
}

type TypedAtProps = { typedAt: string; change: FormParts['change']; clear: () => void; settled: () => void }

/** T2: numbers of an hour ago are never taken for fresh ones. */
function TypedAt({ typedAt, change, clear, settled }: TypedAtProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const time = whenTaken({ takenAt: typedAt }, useMinute(), format)
  const settle = (act: () => void) => () => {
    act()
    settled()
  }
  return (
    <div className={styles.notice} role="status">
      <div className={styles.save}>
        <span>{t('triage.typedAt', { time })}</span>
        <ActionButton run={settle(clear)}>{t('triage.clearTyped')}</ActionButton>
        <ActionButton run={settle(() => change({ freshAt: hubNowIso() }))}>{t('triage.takenNow')}</ActionButton>
      </div>
    </div>
  )
}

/** Also where the form was not there yet when the key was pressed: its rule packs are asked for. */
function useFocusFirst(form: RefObject<HTMLFormElement | null>, begin: boolean, onBegun: () => void) {
  useEffect(() => {
    if (!begin) return
    form.current?.querySelector<HTMLElement>('[data-first-vital]')?.focus()
    onBegun()
  }, [form, begin, onBegun])
}

/** Enter: on to the next field; a button is pressed by it. */
function goOn(event: KeyboardEvent, form: HTMLFormElement | null): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || !form) return
  event.preventDefault()
  focusAfter(event.target, form)
}

export function focusAfter(here: HTMLElement, form: HTMLElement): void {
  const steps = [...form.querySelectorAll<HTMLElement>('[data-step]')]
  const at = steps.findIndex((step) => step.contains(here))
  const next = steps.slice(at + 1).find((step) => step.querySelector('input, button:not(:disabled)'))
  const target = next?.querySelector<HTMLElement>('input:checked') ?? next?.querySelector<HTMLElement>('input, button')
  target?.focus()
}
