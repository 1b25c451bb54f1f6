import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../contract/rooms.ts'
import { useClinicId } from '../live/clinic.ts'
import { useRecords } from '../live/store.ts'
import styles from './BedsOfRoom.module.css'
import { openBed } from './commands.tsx'

/** The beds of a room, each to be opened, and a further one. */
export function BedsOfRoom({ room, inactive }: { room: Room; inactive: boolean }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const beds = Object.values(useRecords('beds'))
    .filter((bed) => bed.clinicId === clinicId && bed.roomId === room.id && (inactive || bed.active))
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }))
  return (
    <span className={styles.beds}>
      {beds.map((bed) => (
        <button
          key={bed.id}
          type="button"
          className={styles.bed}
          data-gone={bed.active ? undefined : true}
          onClick={() => void openBed(bed)}
        >
          {bed.label}
          {bed.status === 'out_of_service' && <span className="soft"> · {t('beds.status.out_of_service')}</span>}
          {!bed.active && <span> · {t('common.inactive')}</span>}
        </button>
      ))}
      {room.active && (
        <button
          type="button"
          className={styles.add}
          aria-label={t('beds.addTo', { room: room.name })}
          title={t('beds.add')}
          onClick={() => void openBed(undefined, room.id)}
        >
          <IconPlus size={14} stroke={1.75} aria-hidden />
        </button>
      )}
    </span>
  )
}
