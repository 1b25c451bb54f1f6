import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BedsOfRoom } from '../beds/BedsOfRoom.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useHere } from '../ui/use-here.ts'
import { openRoom } from './commands.tsx'

export function RoomsTab() {
  const { t } = useTranslation()
  const [inactive, setInactive] = useState(false)
  const rooms = useHere('rooms', inactive)
  return (
    <Sheet
      title={t('administration.tab.rooms')}
      hint={t('room.hint')}
      actions={
        <>
          <Checkbox
            label={t('common.showInactive')}
            checked={inactive}
            onChange={(event) => setInactive(event.currentTarget.checked)}
          />
          <ActionButton next={rooms.length === 0} run={() => openRoom()}>
            {t('room.add')}
          </ActionButton>
        </>
      }
    >
      {rooms.length === 0 ? (
        <EmptyState title={t('room.empty')} hint={t('room.emptyHint')} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('room.name')}</th>
              <th scope="col">{t('room.publicLabel')}</th>
              <th scope="col">{t('beds.column')}</th>
              <th scope="col" className={styles.fit}>
                {t('common.state')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rooms.map((room) => (
              <tr key={room.id} data-gone={room.active ? undefined : true}>
                <th scope="row">
                  <button type="button" className={styles.open} onClick={() => void openRoom(room)}>
                    {room.name}
                  </button>
                </th>
                <td>{room.publicLabel}</td>
                <td>
                  <BedsOfRoom room={room} inactive={inactive} />
                </td>
                <td className={styles.fit}>{t(room.active ? 'common.active' : 'common.inactive')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  )
}
