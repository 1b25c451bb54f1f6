import { useTranslation } from 'react-i18next'
import styles from './OnlineMark.module.css'

type State = 'online' | 'offline' | 'revoked'

/** A shape, a word and a colour: filled is there, a ring is not, a bar is cut off. */
export function OnlineMark({ state }: { state: State }) {
  const { t } = useTranslation()
  return (
    <span className={styles.mark} data-state={state}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      {t(`device.${state}`)}
    </span>
  )
}

const SHAPES = {
  online: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  offline: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />,
  revoked: <path d="M1 6H11" fill="none" stroke="currentColor" strokeWidth="2" />,
} as const satisfies Record<State, React.ReactNode>
