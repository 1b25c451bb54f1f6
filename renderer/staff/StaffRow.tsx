import { Menu } from '@mantine/core'
import { IconChevronDown, IconDoor } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doctor } from '../../contract/doctors.ts'
import { useDoctorRoom } from '../doctors/use-room.ts'
import { useToday } from '../live/clinic.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { StaffStatusWord } from '../ui/StaffStatusWord.tsx'
import { useHere } from '../ui/use-here.ts'
import { sitIn } from './commands.ts'
import styles from './Staff.module.css'
import type { StaffLine } from './staff-list.ts'

/** One of the staff: what they say of themselves, and for a doctor the room and the load. */
export const StaffRow = memo(function StaffRow({
  line: { name, userId, roles, doctor, waiting, longestSince, present },
}: {
  line: StaffLine
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const status = useRecord('staff', userId)
  const online = useRecord('presence', userId)?.online ?? false
  // Only a doctor's status is set by signing in; the others are there while they are connected.
  const signedIn = !doctor && online && status?.status === 'off_duty'
  const since = status && status.status !== 'off_duty' ? t('staffList.since', { time: format.time(status.since) }) : ''
  return (
    <li className={styles.row}>
      <span className={styles.line}>
        <span className={`${styles.name} clip`}>{name}</span>
        {signedIn ? (
          <span className="soft">{t('staffList.signedIn')}</span>
        ) : userId ? (
          <StaffStatusWord userId={userId} expectedAt={doctor?.expectedAt ?? null} />
        ) : (
          <span className="soft">{t('staffList.noSignIn')}</span>
        )}
      </span>
      <span className={styles.line}>
        {doctor ? (
          <>
            <Load waiting={waiting} longestSince={longestSince} present={present} />
            <RoomChoice doctor={doctor} />
          </>
        ) : (
          <span className="soft">{inARow([...roles.map((role) => t(`role.${role}`)), since])}</span>
        )}
      </span>
    </li>
  )
})

type Loaded = Pick<StaffLine, 'waiting' | 'longestSince' | 'present'>

function Load({ waiting, longestSince, present }: Loaded) {
  const { t } = useTranslation()
  const now = useMinute()
  const words = [
    present &&
      t(`staffList.${present.status === 'called' ? 'called' : 'with'}`, {
        ticket: present.ticket,
        minutes: minutesSince(present.statusAt, now),
      }),
    longestSince
      ? t('staffList.waiting', { count: waiting, minutes: minutesSince(longestSince, now) })
      : t('staffList.nobody'),
  ]
  return <span className={`${styles.load} soft`}>{inARow(words)}</span>
}

/** S2: for today; calls go there. */
function RoomChoice({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation()
  const room = useDoctorRoom(doctor)
  const today = useToday()
  const rooms = useHere('rooms')
  const mayUse = useMay('doctor.useRoom')
  const label = room?.name ?? t('staffList.noRoom')
  if (!mayUse) return <span className="soft">{label}</span>
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button
          type="button"
          className={styles.room}
          aria-label={t('staffList.roomOf', { name: doctor.displayName, room: label })}
        >
          <IconDoor size={14} stroke={1.75} aria-hidden />
          <span className="clip">{label}</span>
          <IconChevronDown size={12} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('staffList.roomToday')}</Menu.Label>
        {rooms.map((each) => (
          <Menu.Item
            key={each.id}
            onClick={() => void sitIn(doctor, each.id)}
            rightSection={each.id === room?.id ? <span aria-hidden="true">✓</span> : undefined}
            aria-current={each.id === room?.id || undefined}
          >
            {each.name}
          </Menu.Item>
        ))}
        {doctor.roomToday?.day === today && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void sitIn(doctor, null)}>{t('staffList.usualRoom')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
