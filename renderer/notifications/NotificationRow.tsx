import {
  type Icon,
  IconArrowsExchange,
  IconBeach,
  IconCalendarCog,
  IconCalendarEvent,
  IconCalendarPlus,
  IconCalendarX,
  IconCash,
  IconDoorExit,
  IconUserCheck,
} from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notification, NotificationKind } from '../../contract/notifications.ts'
import { useRecord } from '../live/store.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import styles from './Notifications.module.css'
import { wordsOf } from './words.ts'

const ICONS: Readonly<Record<NotificationKind, Icon>> = {
  appointment_created: IconCalendarPlus,
  appointment_moved: IconCalendarEvent,
  appointment_cancelled: IconCalendarX,
  appointments_rebooked: IconArrowsExchange,
  check_in: IconUserCheck,
  transfer: IconArrowsExchange,
  schedule_changed: IconCalendarCog,
  leave_entered: IconBeach,
  leave_withdrawn: IconBeach,
  payment_due: IconCash,
  doctor_left: IconDoorExit,
}

type Props = { notification: Notification; onOpen: (notification: Notification) => void }

/** A press opens it; the arrow keys and Enter of the list do the same. */
export const NotificationRow = memo(function NotificationRow({ notification, onOpen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  // The name comes with the patient, who may come later.
  useRecord('patients', notification.parameters.patientId)
  const { title, name, more } = wordsOf(notification, format)
  const KindIcon = ICONS[notification.kind]
  const unread = notification.readAt === null
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.row}
      data-unread={unread || undefined}
      onClick={() => onOpen(notification)}
    >
      <KindIcon size={18} stroke={1.6} aria-hidden />
      <span className={styles.words}>
        <span className={`${styles.title} clip`}>{title}</span>
        <span className="soft clip">{inARow([name, more])}</span>
      </span>
      <time className="soft">{format.time(notification.at)}</time>
      <i className={styles.dot} aria-hidden="true" />
      {unread && <span className="unseen">{t('notification.isUnread')}</span>}
    </button>
  )
})
