import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Risk } from '../../contract/triage.ts'
import { type Urgency, urgency, type Visit } from '../../contract/visits.ts'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import type { TriageDraft } from './fields.ts'
import { PlainChoice } from './PlainChoice.tsx'
import styles from './TriageForm.module.css'

type Props = {
  visit: Visit
  draft: TriageDraft
  change: (part: Partial<TriageDraft>) => void
  risk: Risk
  level: Urgency
  lowering: boolean
}

/** T1: proposed with why; higher at once, lower with a reason. */
export function LevelChoice({ visit, draft, change, risk, level, lowering }: Props) {
  const { t } = useTranslation()
  const why = risk.level
    ? t('triage.proposedByRules', { level: t(`urgency.${risk.level}`) })
    : t('triage.proposedAsIs', { level: t(`urgency.${visit.urgency}`) })
  return (
    <section className={styles.level} aria-label={t('triage.level')}>
      <PlainChoice<Urgency>
        label={t('triage.level')}
        options={urgency.options.map((value) => ({ value, word: <UrgencyMark urgency={value} /> }))}
        value={level}
        onChange={(value) => change({ level: value })}
      />
      <p className="soft small">{why}</p>
      {lowering && (
        <TextInput
          size="xs"
          required
          label={t('triage.loweredReason')}
          maxLength={200}
          value={draft.loweredReason}
          onChange={(event) => change({ loweredReason: event.currentTarget.value })}
        />
      )}
    </section>
  )
}
