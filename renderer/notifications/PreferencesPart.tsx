import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NotificationKind, NotificationLevel } from '../../contract/notifications.ts'
import { useBusy } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { SkeletonRows } from '../ui/states.tsx'
import { AlertPreferences } from './AlertPreferences.tsx'
import { playChime } from './chimes.ts'
import { chooseLevel } from './commands.ts'
import styles from './Notifications.module.css'

const OF_A_DOCTOR: readonly NotificationKind[] = [
  'check_in',
  'transfer',
  'appointment_created',
  'appointment_moved',
  'appointment_cancelled',
  'appointments_rebooked',
  'schedule_changed',
  'leave_entered',
  'leave_withdrawn',
]
const OF_RECEPTION: readonly NotificationKind[] = ['doctor_left']
const OF_THE_TILL: readonly NotificationKind[] = ['payment_due']
const LEVELS: readonly NotificationLevel[] = ['sound', 'pop_up', 'silent']

/** How I am told, kind by kind; kept for the person, on every computer. */
export function PreferencesPart() {
  const { t } = useTranslation()
  const user = useSession((session) => session.user)
  const preferences = useRecord('notificationPreferences', user?.id)
  const busy = useBusy('notification.preferences')
  if (!user || !preferences) return <SkeletonRows rows={4} />
  const receives = user.roles.some((role) => role === 'receptionist' || role === 'administrator')
  const takesMoney = user.roles.some(
    (role) => role === 'cashier' || role === 'receptionist' || role === 'administrator',
  )
  const kinds = [
    ...(user.doctorId ? OF_A_DOCTOR : []),
    ...(receives ? OF_RECEPTION : []),
    ...(takesMoney ? OF_THE_TILL : []),
  ]
  const choose = (kind: NotificationKind, value: string) => {
    const level = LEVELS.find((each) => each === value)
    if (!level) return
    // What was chosen is heard at once; it is also the gesture that lets the page make a sound.
    if (level === 'sound') void playChime(kind)
    void chooseLevel(user.id, kind, level)
  }
  return (
    <>
      {kinds.length === 0 && <p className="soft">{t('notification.noKinds')}</p>}
      <div className={styles.kinds} aria-busy={busy}>
        {kinds.map((kind) => (
          <div key={kind} className={styles.kind}>
            <span id={`kind-${kind}`}>{t(`notification.kind.${kind}`)}</span>
            <SegmentedControl
              size="xs"
              aria-labelledby={`kind-${kind}`}
              value={preferences.levels[kind]}
              onChange={(value) => choose(kind, value)}
              data={LEVELS.map((level) => ({ value: level, label: t(`notification.level.${level}`) }))}
            />
          </div>
        ))}
      </div>
      <AlertPreferences user={user} levels={preferences.alertLevels} />
      <OnDesktop />
    </>
  )
}

/** The browser asks the person only after a press, and remembers the answer for this computer. */
function OnDesktop() {
  const { t } = useTranslation()
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))
  return (
    <div className={styles.desktop}>
      <p className="soft">{t(`notification.desktop.${permission}`)}</p>
      {permission === 'default' && (
        <Button size="xs" onClick={() => void Notification.requestPermission().then(setPermission)}>
          {t('notification.desktop.ask')}
        </Button>
      )}
    </div>
  )
}
