import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BedsOfRoom } from '../beds/BedsOfRoom.tsx'
import { RecordsSheet } from '../ui/RecordsSheet.tsx'
import { useHere } from '../ui/use-here.ts'
import { openRoom } from './commands.tsx'

export function RoomsTab() {
  const { t } = useTranslation()
  const [inactive, setInactive] = useState(false)
  const rooms = useHere('rooms', inactive)
  return (
    <RecordsSheet
      title={t('administration.tab.rooms')}
      hint={t('room.hint')}
      inactive={{ shown: inactive, show: setInactive }}
      add={{ label: t('room.add'), run: () => openRoom(), next: rooms.length === 0 }}
      records={rooms}
      name={{ label: t('room.name'), of: (room) => room.name }}
      open={openRoom}
      columns={[
        { label: t('room.publicLabel'), of: (room) => room.publicLabel, sortBy: (room) => room.publicLabel },
        { label: t('beds.column'), of: (room) => <BedsOfRoom room={room} inactive={inactive} /> },
      ]}
      empty={{ title: t('room.empty'), hint: t('room.emptyHint') }}
    />
  )
}
