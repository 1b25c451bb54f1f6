import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason } from '../../rules/queue-reasons.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useRecord } from '../live/store.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { Glow } from '../ui/Glow.tsx'
import type { GridItem } from '../ui/GridList.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { Ticket } from '../ui/Ticket.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import { reasonText } from '../visits/visit-words.ts'
import styles from './MyQueueView.module.css'
import type { MyLine } from './my-line.ts'

type Section = 'present' | 'next' | 'onHold' | 'missed'

export type LineItem = GridItem &
  (
    | { kind: 'section'; section: Section; count: number }
    | { kind: 'visit'; tall: boolean; callable: boolean; reasons: readonly Reason[] }
  )

const ROW = 36
const TALL_ROW = 64
const HEADING = 36

/** The doctor's line as one list; who is there has room for the state, and the one who is next for why. */
export function lineItems(line: MyLine): LineItem[] {
  const next = line.order.find((entry) => entry.callable)
  return [
    ...section(
      'present',
      line.present.map((visit) => row(visit.id, true)),
    ),
    ...section(
      'next',
      line.order.map((entry) => row(entry.visit.id, entry === next, entry.callable, entry.reasons)),
    ),
    ...section(
      'onHold',
      line.onHold.map((visit) => row(visit.id)),
    ),
    ...section(
      'missed',
      line.missed.map((visit) => row(visit.id)),
    ),
  ]
}

function section(name: Section, rows: LineItem[]): LineItem[] {
  if (rows.length === 0) return []
  return [{ key: name, kind: 'section', heading: true, height: HEADING, section: name, count: rows.length }, ...rows]
}

function row(visitId: string, tall = false, callable = true, reasons: readonly Reason[] = []): LineItem {
  return { key: visitId, kind: 'visit', height: tall ? TALL_ROW : ROW, tall, callable, reasons }
}

export function renderLineItem(item: LineItem) {
  if (item.kind === 'section') return <SectionName section={item.section} count={item.count} />
  return <LineRow visitId={item.key} tall={item.tall} callable={item.callable} reasons={item.reasons} />
}

function SectionName({ section: name, count }: { section: Section; count: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles.section}>
      <span>{t(`myQueue.section.${name}`)}</span>
      <span className="soft">{count}</span>
    </div>
  )
}

type RowProps = { visitId: string; tall: boolean; callable: boolean; reasons: readonly Reason[] }

const LineRow = memo(function LineRow({ visitId, tall, callable, reasons }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useMinute()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  if (!visit) return null
  const waits = visit.status === 'waiting' || visit.status === 'in_triage'
  // The level is on the row already.
  const told = reasons.filter((reason) => reason.code !== 'level' && reason.code !== 'untriaged')
  const why = inARow(told.map((reason) => reasonText(reason, format)))
  return (
    <div className={styles.cell}>
      <Glow id={visitId} />
      <div className={styles.line}>
        <span className={styles.ticket}>
          <Ticket code={visit.ticket} />
        </span>
        <span className={`${styles.name} clip ${callable ? '' : styles.held}`}>{name}</span>
        <span className={styles.level}>
          <UrgencyMark urgency={visit.urgency} />
        </span>
        <span className={styles.minutes}>
          {t('queue.minutes', { count: minutesSince(waits ? visit.arrivedAt : visit.statusAt, now) })}
        </span>
      </div>
      {tall && waits && (
        <p className={`${styles.why} clip`} title={why}>
          {why}
        </p>
      )}
      {tall && !waits && <p className={styles.status}>{t(`visit.status.${visit.status}`)}</p>}
    </div>
  )
})
