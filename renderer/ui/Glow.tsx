import { useGlow } from '../live/notice.ts'
import styles from './Glow.module.css'

/** A row that somebody else changed glows once, softly. Its parent must be positioned. */
export function Glow({ id }: { id: string }) {
  const times = useGlow(id)
  return times > 0 ? <span key={times} className={styles.glow} aria-hidden="true" /> : null
}
