import { useTranslation } from 'react-i18next'
import type { CheckStep } from '../../contract/network-check.ts'
import styles from './ConnectionDoctor.module.css'

type Outcome = CheckStep['outcome']

/** U3's way: shape, word and colour; it can be read in greyscale. */
export function OutcomeMark({ outcome, word }: { outcome: Outcome; word?: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles.mark} data-outcome={outcome}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[outcome]}
      </svg>
      {word ?? t(`doctorCheck.outcome.${outcome}`)}
    </span>
  )
}

const SHAPES = {
  passed: <path d="M2 8.5 6.5 13 14 4" fill="none" stroke="currentColor" strokeWidth="2.500" />,
  failed: <path d="M3 3 13 13M13 3 3 13" fill="none" stroke="currentColor" strokeWidth="2.500" />,
  warned: <path d="M8 1.500 15.500 14.500H0.500Z" fill="currentColor" />,
  skipped: <path d="M3 8H13" fill="none" stroke="currentColor" strokeWidth="2.500" />,
} as const satisfies Record<Outcome, React.ReactNode>
