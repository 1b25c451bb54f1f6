import { Menu } from '@mantine/core'
import { IconChevronDown, IconLock, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { chooseClinic, useClinic, useClinicChoice, useToday } from '../live/clinic.ts'
import { useMinute } from '../live/clock.ts'
import { lock } from '../live/session.ts'
import { NotificationBell } from '../notifications/NotificationBell.tsx'
import { useFormat } from '../ui/format.ts'
import { openEmergency } from '../visits/open-dialogs.tsx'
import { AlertBell } from './AlertBell.tsx'
import { ConnectionPill } from './ConnectionPill.tsx'
import styles from './Frame.module.css'
import { openPalette } from './open-palette.tsx'
import { PersonMenu } from './PersonMenu.tsx'

export function Header() {
  const { t } = useTranslation()
  return (
    <header className={styles.header}>
      <ClinicSwitch />
      <DateAndTime />
      <button type="button" className={styles.search} onClick={openPalette} aria-keyshortcuts="Control+K">
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span className="clip">{t('frame.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <button
        type="button"
        className={`${styles.button} ${styles.emergency}`}
        onClick={openEmergency}
        aria-keyshortcuts="F2"
      >
        {t('emergency.short')} <kbd>F2</kbd>
      </button>
      <ConnectionPill />
      <AlertBell />
      <NotificationBell />
      <PersonMenu />
      <button type="button" className={styles.button} onClick={lock} title="Ctrl L" aria-keyshortcuts="Control+L">
        <IconLock size={16} stroke={1.75} aria-hidden /> {t('frame.lock')}
      </button>
    </header>
  )
}

function ClinicSwitch() {
  const { t } = useTranslation()
  const clinic = useClinic()
  const { clinics, clinicId } = useClinicChoice()
  const name = clinic?.name ?? clinics.find((each) => each.id === clinicId)?.name ?? ''
  if (clinics.length < 2) return <span className={`${styles.clinic} clip`}>{name}</span>
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={`${styles.button} ${styles.clinic}`}
          aria-label={t('frame.changeClinic', { name })}
        >
          <span className="clip">{name}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {clinics.map((each) => (
          <Menu.Item
            key={each.id}
            onClick={() => chooseClinic(each.id)}
            aria-current={each.id === clinicId || undefined}
          >
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** U5: the clinic's own day and time, by the hub's clock. */
function DateAndTime() {
  const format = useFormat()
  const today = useToday()
  const minute = useMinute()
  return (
    <time className={styles.clock}>
      <span>{today ? format.dayWithWeekday(format.dayOfInstant(minute)) : ''}</span>{' '}
      <strong>{today ? format.time(minute) : ''}</strong>
    </time>
  )
}
