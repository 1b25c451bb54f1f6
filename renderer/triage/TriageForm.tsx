import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Risk } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { useBusy } from '../live/perform.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { recordKey, recordTriage } from './commands.tsx'
import { faultsOf, isEmpty, type TriageDraft, vitalsOf } from './fields.ts'
import { LevelChoice } from './LevelChoice.tsx'
import { openTriage, useTaken } from './open-triage.ts'
import { Questions } from './Questions.tsx'
import { RiskPanel } from './RiskPanel.tsx'
import styles from './TriageForm.module.css'
import { type Asked, isLowering, pregnancyOf, proposedLevel } from './use-risk.ts'
import { ExtraFields, VitalFields } from './VitalFields.tsx'

export type FormParts = {
  visit: Visit
  draft: TriageDraft
  change: (part: Partial<TriageDraft>) => void
  asked: Asked
  risk: Risk
}

type Props = FormParts & {
  missing: readonly { id: string; version: string }[]
  begin: boolean
  onBegun: () => void
  onKept: () => void
}

/** T2: the numbers in the order in which a nurse takes them; Enter goes on to the next, and from the last to Save. */
export function TriageForm({ missing, begin, onBegun, onKept, ...parts }: Props) {
  const { visit, draft, change, asked, risk } = parts
  const { t } = useTranslation()
  const busy = useBusy(recordKey(visit.id))
  const [notice, setNotice] = useState<'changed' | 'needsReason' | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const taken = useTaken(visit)
  // Also where the form was not there yet when the key was pressed: its rule packs are asked for.
  useEffect(() => {
    if (!begin) return
    form.current?.querySelector<HTMLElement>('[data-first-vital]')?.focus()
    onBegun()
  }, [begin, onBegun])
  const level = draft.level ?? proposedLevel(visit, risk.level)
  const lowering = isLowering(visit, risk.level, level)
  const faults = faultsOf(draft)
  const decided = draft.spo2Scale === 1 || draft.scaleDecidedById !== null
  const ready = !isEmpty(draft) && faults.length === 0 && decided && (!lowering || draft.loweredReason.trim() !== '')
  const save = async () => {
    if (!ready || busy) return
    const { spo2Scale, scaleDecidedById } = draft
    const look = {
      vitals: vitalsOf(draft),
      scaleDecidedById: spo2Scale === 2 ? scaleDecidedById : null,
      ageBand: asked.age ? draft.ageBand : null,
      pregnancy: pregnancyOf(asked, draft),
      level,
      loweredReason: lowering ? draft.loweredReason.trim() : null,
    }
    const on = { changed: () => setNotice('changed'), needsReason: () => setNotice('needsReason') }
    if (!(await recordTriage(visit, look, on))) return
    setNotice(null)
    onKept()
    document.querySelector<HTMLElement>('main [role="grid"]')?.focus()
  }
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={t('triage.form')}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => goOn(event, form.current)}
      // P5: whoever begins to type opens what was taken before.
      onChange={() => void openTriage(visit)}
      noValidate
    >
      <div className={styles.fields}>
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
          <ActionButton size="sm" next disabled={!ready || busy} run={save}>
            {t('triage.save')}
          </ActionButton>
          <span className="soft small">{t('triage.neverChanged')}</span>
        </div>
      </div>
    </form>
  )
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
