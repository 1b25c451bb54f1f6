import { useTranslation } from 'react-i18next'
import type { TriageRecord } from '../../contract/triage.ts'
import { useFormat } from '../ui/format.ts'
import styles from './TriageForm.module.css'

const MOST = 8
const [WIDTH, HEIGHT] = [48, 16]

type Props = {
  taken: readonly TriageRecord[]
  of: (record: TriageRecord) => number | null
  show: (value: number) => string
}

/** The last value beside the field, and a small line of those before it. */
export function Spark({ taken, of, show }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const known = taken.flatMap((record) => {
    const value = of(record)
    return value === null ? [] : [{ value, at: record.takenAt }]
  })
  const last = known.at(-1)
  if (!last) return <span className={styles.last} />
  const values = known.slice(-MOST).map(({ value }) => value)
  return (
    <span className={styles.last} title={t('triage.lastAt', { at: format.dateAndTime(last.at) })}>
      {values.length > 1 && (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
          <polyline points={pointsOf(values)} fill="none" stroke="currentColor" strokeWidth="1.500" />
        </svg>
      )}
      <span className="unseen">{t('triage.before')} </span>
      {show(last.value)}
    </span>
  )
}

function pointsOf(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const y = (value: number) =>
    most === least ? HEIGHT / 2 : HEIGHT - 2 - ((value - least) / (most - least)) * (HEIGHT - 4)
  const x = (index: number) => 1 + (index / (values.length - 1)) * (WIDTH - 2)
  return values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
}
