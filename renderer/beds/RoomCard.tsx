import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doctor } from '../../contract/doctors.ts'
import type { Visit } from '../../contract/visits.ts'
import { useOnLeave } from '../doctors/use-on-leave.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useVisitName } from '../ui/patient-name.ts'
import { StaffStatusWord } from '../ui/StaffStatusWord.tsx'
import { Ticket } from '../ui/Ticket.tsx'
import { BedTile } from './BedTile.tsx'
import type { RoomOnPlan } from './plan.ts'
import styles from './RoomsAndBedsView.module.css'

type Props = { place: RoomOnPlan; focusedBed: string | undefined }

/** A room: whose it is today, who is called there or inside, and its beds. */
export function RoomCard({ place: { room, doctors, visits, beds }, focusedBed }: Props) {
  const { t } = useTranslation()
  const quiet = doctors.length === 0 && visits.length === 0 && beds.length === 0
  return (
    <section className={styles.card} aria-label={room.name}>
      <header className={styles.cardHead}>
        <h3 className="clip">{room.name}</h3>
        {room.publicLabel !== room.name && <span className="soft">{room.publicLabel}</span>}
      </header>
      {doctors.map((doctor) => (
        <DoctorThere key={doctor.id} doctor={doctor} />
      ))}
      {visits.map((visit) => (
        <PatientThere key={visit.id} visit={visit} />
      ))}
      {doctors.length > 0 && visits.length === 0 && <p className={styles.nobody}>{t('beds.nobodyInside')}</p>}
      {quiet && <p className={styles.nobody}>{t('beds.quietRoom')}</p>}
      {beds.length > 0 && (
        <div className={styles.beds}>
          {beds.map((bed) => (
            <BedTile key={bed.id} bed={bed} focusable={bed.id === focusedBed} />
          ))}
        </div>
      )}
    </section>
  )
}

const DoctorThere = memo(function DoctorThere({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation()
  const onLeave = useOnLeave(doctor.id)
  return (
    <p className={styles.doctor}>
      <span className="clip">{doctor.displayName}</span>
      {onLeave ? (
        <span className="soft">{t('queue.onLeave')}</span>
      ) : (
        <StaffStatusWord userId={doctor.userId} expectedAt={doctor.expectedAt} />
      )}
    </p>
  )
})

const PatientThere = memo(function PatientThere({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const now = useMinute()
  const name = useVisitName(visit)
  return (
    <p className={styles.patient}>
      <Ticket code={visit.ticket} />
      <span className={`${styles.grow} clip`}>{name}</span>
      <span className="soft">{t(`visit.status.${visit.status}`)}</span>
      <span className={styles.minutes}>{t('queue.minutes', { count: minutesSince(visit.statusAt, now) })}</span>
    </p>
  )
})
