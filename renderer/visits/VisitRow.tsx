import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import type { QueueEntry } from '../../rules/queue-order.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useRecord } from '../live/store.ts'
import { useFormat } from '../ui/format.ts'
import type { Format } from '../ui/formats.ts'
import { Glow } from '../ui/Glow.tsx'
import { t } from '../ui/i18n.ts'
import { useVisitName } from '../ui/patient-name.ts'
import { Ticket } from '../ui/Ticket.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import { useEntry } from './queue-board.ts'
import styles from './VisitRow.module.css'
import { waitsSince } from './visit-words.ts'
import { WhyButton } from './WhyButton.tsx'

type Props = { visitId: string; isNext: boolean; part: 'present' | 'line' | 'aside' }

/** One who waits, is called or stands aside. Redraws when that visit does, and each minute. */
export const VisitRow = memo(function VisitRow({ visitId, isNext, part }: Props) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  if (!visit) return null
  return (
    <div className={styles.row}>
      <Glow id={visitId} />
      <span className={styles.next} title={isNext ? t('queue.next') : undefined}>
        {isNext && (
          <>
            <span className="turned" aria-hidden="true">
              ▸
            </span>
            <span className="unseen">{t('queue.next')}</span>
          </>
        )}
      </span>
      <span className={styles.ticket}>
        <Ticket code={visit.ticket} />
      </span>
      <span className={`${styles.name} clip`}>{name}</span>
      <RowMark visit={visit} part={part} />
      {part === 'line' && <WhyButton visitId={visitId} />}
      <span className={styles.level}>
        <UrgencyMark urgency={visit.urgency} />
      </span>
      <Minutes since={part === 'line' ? waitsSince(visit) : visit.statusAt} />
    </div>
  )
})

function Minutes({ since }: { since: string }) {
  const { t } = useTranslation()
  const now = useMinute()
  return <span className={styles.minutes}>{t('queue.minutes', { count: minutesSince(since, now) })}</span>
}

function RowMark({ visit, part }: { visit: Visit; part: Props['part'] }) {
  const format = useFormat()
  const entry = useEntry(visit.id)
  const mark = markOf(visit, part, entry, format)
  if (!mark) return null
  return (
    <span className={styles.mark} data-tone={mark.tone} title={mark.text}>
      {mark.text}
    </span>
  )
}

type Mark = { text: string; tone?: 'warn' | 'here' }

/** The one thing about a visit that its row has room for; what keeps it from being called comes first. */
function markOf(
  visit: Visit,
  part: Props['part'],
  entry: QueueEntry<Visit> | undefined,
  format: Format,
): Mark | undefined {
  if (part === 'present') return { text: t(`visit.status.${visit.status}`), tone: 'here' }
  const codes = new Set(entry?.reasons.map((reason) => reason.code))
  // The visit may be a moment ahead of the order that its reasons come from.
  const away = entry?.reasons.find((reason) => reason.code === 'away_until')
  if (codes.has('unpaid')) return { text: t('visit.mark.unpaid'), tone: 'warn' }
  if (away) return { text: t('visit.mark.away', { time: format.time(away.at) }) }
  if (codes.has('skipped_until')) return { text: t('visit.mark.notHere', { count: visit.notHere }), tone: 'warn' }
  if (codes.has('first_look_due')) return { text: t('visit.mark.firstLook'), tone: 'warn' }
  if (visit.parked) return { text: t('visit.mark.parked') }
  if (visit.nearFront) return { text: t('visit.mark.returned') }
  if (visit.status === 'in_triage') return { text: t('visit.status.in_triage') }
  if (visit.dueAt && part === 'line') return { text: format.time(visit.dueAt) }
  return undefined
}
