import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { bedName, useBedOf } from '../beds/bed-of.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useRecord } from '../live/store.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { StatusWord } from '../ui/StatusWord.tsx'
import { Ticket } from '../ui/Ticket.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import { ExpectedWait } from '../waits/ExpectedWait.tsx'
import { useFamilyTickets } from './family.ts'
import styles from './StatusLine.module.css'
import { reasonWords, waitsSince } from './visit-words.ts'

/** Where a visit stands: ticket, status, with whom, how urgent, since when. */
export function StatusLine({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useMinute()
  const doctor = useRecord('doctors', visit.doctorId)
  const pool = useRecord('pools', visit.poolId)
  const room = useRecord('rooms', visit.roomId)
  const service = useRecord('services', visit.serviceId)
  const family = useFamilyTickets(visit)
  const joined = useRecord('visits', visit.mergedIntoId)
  const who = doctor?.displayName ?? pool?.name
  const endReason = visit.endReason ?? visit.owesReason
  const bed = useBedOf(visit.id)
  const facts = [
    who,
    visit.status === 'called' || visit.status === 'in_consultation' ? room?.name : undefined,
    bed ? bedName(bed) : undefined,
    service?.name,
    visit.dueAt ? t('visit.booked', { time: format.time(visit.dueAt) }) : undefined,
    t('visit.arrived', { time: format.time(visit.arrivedAt), count: minutesSince(visit.arrivedAt, now) }),
    visit.awayUntil ? t('visit.mark.away', { time: format.time(visit.awayUntil) }) : undefined,
    family ? t('visit.family.with', { tickets: family }) : undefined,
    joined ? t('visit.joined', { ticket: joined.ticket }) : endReason ? reasonWords(endReason) : undefined,
  ]
  return (
    <div className={styles.status}>
      <Ticket code={visit.ticket} large />
      <div className={styles.words}>
        <p className={styles.first}>
          <StatusWord status={visit.status} />
          <span className="soft">{t('queue.minutes', { count: minutesSince(waitsSince(visit), now) })}</span>
          <UrgencyMark urgency={visit.urgency} />
          <ExpectedWait visit={visit} />
          {visit.outOfOrder && <span className={styles.mark}>{t('visit.mark.outOfOrder')}</span>}
          {visit.arrivedCorrected && <span className={styles.mark}>{t('visit.mark.corrected')}</span>}
        </p>
        <p className="soft">{inARow(facts)}</p>
      </div>
    </div>
  )
}
