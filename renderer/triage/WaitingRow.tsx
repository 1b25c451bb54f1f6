import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObservationDue } from '../../rules/observation-due.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useRecord } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import { Glow } from '../ui/Glow.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { Ticket } from '../ui/Ticket.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './TriageView.module.css'

/** One who waits: how urgent, and since when or from when on somebody must look (T5). */
export const WaitingRow = memo(function WaitingRow(props: { visitId: string; due: ObservationDue | undefined }) {
  const { visitId, due } = props
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  if (!visit) return null
  return (
    <div className={styles.row}>
      <Glow id={visitId} />
      <span className={styles.ticket}>
        <Ticket code={visit.ticket} />
      </span>
      <span className={`${styles.name} clip`}>{name}</span>
      {due && <Due due={due} />}
      <span className={styles.level}>
        <UrgencyMark urgency={visit.urgency} />
      </span>
    </div>
  )
})

function Due({ due: { dueAt, overdue, alerts } }: { due: ObservationDue }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useMinute()
  const words = overdue
    ? t('triage.overdueFor', { count: minutesSince(dueAt, now) })
    : t('triage.dueAt', { time: format.time(dueAt) })
  return (
    <span className={styles.due} data-tone={alerts ? 'alert' : overdue ? 'warn' : undefined}>
      {words}
    </span>
  )
}
