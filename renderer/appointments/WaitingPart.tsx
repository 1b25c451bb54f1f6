import { Checkbox, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { useVisitName } from '../ui/patient-name.ts'
import { Ticket } from '../ui/Ticket.tsx'
import { useChoices } from '../ui/use-here.ts'
import { type Destination, destinationKey } from '../visits/DestinationChoice.tsx'
import styles from './DoctorGoneDialog.module.css'

type Props = {
  visits: readonly Visit[]
  doctorId: string
  to: Destination
  onTo: (to: Destination) => void
  staying: ReadonlySet<string>
  onStay: (visitId: string, stays: boolean) => void
}

/** Q9, Q12: who waits goes to another doctor or pool, with their waiting time; one by one they can be left out. */
export function WaitingPart({ visits, doctorId, to, onTo, staying, onStay }: Props) {
  const { t } = useTranslation()
  const doctors = useChoices('doctors').filter(({ value }) => value !== doctorId)
  const pools = useChoices('pools')
  const data = [
    ...doctors.map(({ value, label }) => ({ value: `doctor-${value}`, label })),
    ...pools.map(({ value, label }) => ({ value: `pool-${value}`, label: t('queue.pool', { name: label }) })),
  ]
  const choose = (key: string | null) => {
    const id = key?.slice(key.indexOf('-') + 1) ?? null
    onTo({ doctorId: key?.startsWith('doctor-') ? id : null, poolId: key?.startsWith('pool-') ? id : null })
  }
  return (
    <section className={styles.waiting} aria-label={t('gone.waiting')}>
      <div className={styles.waitingHead}>
        <h3>{t('gone.waitingCount', { count: visits.length })}</h3>
        <Select
          size="xs"
          className={styles.destination}
          aria-label={t('gone.waitingTo')}
          placeholder={t('gone.waitingStay')}
          data={data}
          value={destinationKey(to) || null}
          onChange={choose}
          clearable
        />
      </div>
      <div className={styles.visits}>
        {visits.map((visit) => (
          <WaitingOne
            key={visit.id}
            visit={visit}
            goes={destinationKey(to) !== '' && !staying.has(visit.id)}
            fixed={destinationKey(to) === ''}
            onGo={(goes) => onStay(visit.id, !goes)}
          />
        ))}
      </div>
    </section>
  )
}

type OneProps = { visit: Visit; goes: boolean; fixed: boolean; onGo: (goes: boolean) => void }

function WaitingOne({ visit, goes, fixed, onGo }: OneProps) {
  const { t } = useTranslation()
  const name = useVisitName(visit)
  return (
    <Checkbox
      size="xs"
      checked={goes}
      disabled={fixed}
      onChange={(event) => onGo(event.currentTarget.checked)}
      label={
        <>
          <Ticket code={visit.ticket} /> {name}{' '}
          {visit.status !== 'waiting' && <span className="soft">{t(`visit.status.${visit.status}`)}</span>}
        </>
      }
    />
  )
}
