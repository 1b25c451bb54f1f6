import { useTranslation } from 'react-i18next'
import type { Risk } from '../../contract/triage.ts'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './TriageForm.module.css'

/** What this value adds to the score, or the level that it raises by itself. */
export function Points({ risk, parameter }: { risk: Risk; parameter: string }) {
  const { t } = useTranslation()
  const points = risk.score?.subScores.find((sub) => sub.parameter === parameter)?.points
  const finding = risk.findings.find((one) => one.parameter === parameter)
  return (
    <output className={styles.points} data-points={points ?? undefined}>
      {points !== null && points !== undefined && <span>{t('triage.points', { count: points })}</span>}
      {finding && <UrgencyMark urgency={finding.level} bare />}
    </output>
  )
}
