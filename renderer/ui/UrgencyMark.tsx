import { useTranslation } from 'react-i18next'
import type { Urgency } from '../../contract/visits.ts'
import styles from './UrgencyMark.module.css'

/** U3: shape, word and colour; it can be read in greyscale. `bare` leaves the word to those who can't see the shape. */
export function UrgencyMark({ urgency, bare = false }: { urgency: Urgency; bare?: boolean }) {
  const { t } = useTranslation()
  const word = t(`urgency.${urgency}`)
  return (
    <span className={styles.mark} data-urgency={urgency} title={bare ? word : undefined}>
      <svg viewBox="0 0 12 12" className={styles.shape} aria-hidden="true">
        {SHAPES[urgency]}
      </svg>
      <span className={bare ? 'unseen' : styles.word}>{word}</span>
    </span>
  )
}

const SHAPES = {
  immediate: <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />,
  very_urgent: <path d="M6 0.5 12 11.500H0Z" fill="currentColor" />,
  urgent: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  standard: <rect x="1.500" y="1.500" width="9" height="9" rx="1" fill="currentColor" />,
  non_urgent: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />,
} as const satisfies Record<Urgency, React.ReactNode>
