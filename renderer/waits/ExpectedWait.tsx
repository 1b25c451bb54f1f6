import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { useRecord } from '../live/store.ts'
import styles from './Waits.module.css'
import { waitWords } from './wait-words.ts'

/** Q11: how long one who waits may still wait. Nothing for who is not in the line, or gets no estimate. */
export function ExpectedWait({ visit }: { visit: Visit }) {
  useTranslation()
  const wait = useRecord('waits', visit.id)
  const words = waitWords(visit, wait)
  if (!words) return null
  return (
    <span className={styles.wait} data-delayed={wait?.delayed || undefined}>
      {words}
    </span>
  )
}
