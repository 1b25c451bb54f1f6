import { IconUrgent } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { useDoctorRoom } from '../doctors/use-room.ts'
import { useSecond } from '../live/clock.ts'
import { useRecord, useRecords } from '../live/store.ts'
import styles from './AlertBanner.module.css'
import { acknowledge, openAlerts } from './acknowledge.ts'

/** L3: on every page, also a locked one; a ticket and a place, never a name or why. `locked`: nothing can be pressed. */
export function AlertBanner({ locked = false }: { locked?: boolean }) {
  const alerts = useRecords('alerts')
  const open = useMemo(() => openAlerts(alerts), [alerts])
  if (open.length === 0) return null
  return (
    <div className={styles.banner} role="alert">
      {open.map((alert, index) => (
        <AlertLine key={alert.id} alert={alert} first={index === 0} locked={locked} />
      ))}
    </div>
  )
}

const AlertLine = memo(function AlertLine({ alert, first, locked }: { alert: Alert; first: boolean; locked: boolean }) {
  const { t } = useTranslation()
  const visit = useRecord('visits', alert.visitId)
  const doctor = useRecord('doctors', visit?.doctorId)
  const doctorRoom = useDoctorRoom(doctor)
  const room = useRecord('rooms', visit?.roomId) ?? doctorRoom
  const place = room?.publicLabel ?? t('alert.reception')
  return (
    <p className={styles.line}>
      <IconUrgent size={20} stroke={1.75} aria-hidden />
      <strong>{t('alert.help', { ticket: alert.ticket, place })}</strong>
      <Running since={alert.raisedAt} />
      {!locked && (
        <button type="button" className={styles.answer} onClick={() => void acknowledge(alert.id)}>
          {t('alert.coming')} {first && <kbd>Alt A</kbd>}
        </button>
      )}
    </p>
  )
})

function Running({ since }: { since: string }) {
  const seconds = Math.max(0, Math.floor((useSecond() - Date.parse(since)) / 1000))
  const minutes = Math.floor(seconds / 60)
  return (
    <span className={styles.clock} aria-hidden="true">
      {minutes}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}
