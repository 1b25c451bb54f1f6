import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from '../frame/Link.tsx'
import { navigate, useSubPath } from '../frame/router.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { inARow } from '../ui/direction.ts'
import sheet from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { StaffStatusWord } from '../ui/StaffStatusWord.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useHere } from '../ui/use-here.ts'
import { openDoctor } from './commands.tsx'
import styles from './DoctorsTab.module.css'
import { ExpectedPart } from './ExpectedPart.tsx'
import { LeavesPart } from './LeavesPart.tsx'
import { SchedulePart } from './SchedulePart.tsx'

const BASE = '/administration/doctors'

/** The doctors, and of one of them the hours, the leave, and when a late one is expected. */
export function DoctorsTab() {
  const { t } = useTranslation()
  const [id] = useSubPath(BASE)
  const [inactive, setInactive] = useState(false)
  const mayManage = useMay('clinic.manage')
  const doctors = useHere('doctors', inactive)
  const chosen = doctors.find((doctor) => doctor.id === id) ?? doctors[0]
  const add = () => openDoctor(undefined, (doctor) => navigate(`${BASE}/${doctor.id}`))
  return (
    <div className={styles.tab}>
      <section className={styles.list} aria-label={t('administration.tab.doctors')}>
        <header className={styles.listHead}>
          <h2>{t('administration.tab.doctors')}</h2>
          {mayManage && (
            <ActionButton next={doctors.length === 0} run={add}>
              {t('doctor.add')}
            </ActionButton>
          )}
        </header>
        <nav className={styles.names} aria-label={t('administration.tab.doctors')}>
          {doctors.map((doctor) => (
            <Link
              key={doctor.id}
              to={`${BASE}/${doctor.id}`}
              className={styles.name}
              aria-current={doctor.id === chosen?.id ? 'true' : undefined}
              data-gone={doctor.active ? undefined : true}
            >
              <span className="clip">{doctor.displayName}</span>
              <span className="soft">{doctor.ticketLetter}</span>
            </Link>
          ))}
        </nav>
        <footer className={styles.listFoot}>
          <Checkbox
            label={t('common.showInactive')}
            checked={inactive}
            onChange={(event) => setInactive(event.currentTarget.checked)}
          />
        </footer>
      </section>
      {chosen ? (
        <OneDoctor key={chosen.id} doctorId={chosen.id} />
      ) : (
        <EmptyState title={t('doctor.empty')} hint={t('doctor.emptyHint')} />
      )}
    </div>
  )
}

function OneDoctor({ doctorId }: { doctorId: string }) {
  const { t } = useTranslation()
  const mayManage = useMay('clinic.manage')
  const doctor = useRecord('doctors', doctorId)
  const room = useRecord('rooms', doctor?.roomId)
  const user = useRecord('users', doctor?.userId)
  const schedule = useRecord('schedules', doctorId)
  if (!doctor) return null
  const facts = [
    doctor.specialty,
    room?.name,
    t('doctor.tickets', { letter: doctor.ticketLetter }),
    user ? t('doctor.signsInAs', { username: user.username }) : t('doctor.noUser'),
    !doctor.active && t('common.inactive'),
  ]
  return (
    <Sheet
      title={doctor.displayName}
      hint={inARow(facts)}
      actions={
        <>
          <StaffStatusWord userId={doctor.userId} expectedAt={doctor.expectedAt} />
          {mayManage && (
            <Button size="xs" onClick={() => void openDoctor(doctor)}>
              {t('common.edit')}
            </Button>
          )}
        </>
      }
    >
      {schedule && <SchedulePart key={schedule.id} schedule={schedule} />}
      <div className={sheet.part}>
        <ExpectedPart doctor={doctor} />
      </div>
      <LeavesPart doctor={doctor} />
    </Sheet>
  )
}
