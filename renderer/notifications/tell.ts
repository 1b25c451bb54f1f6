import type { Notification } from '../../contract/notifications.ts'
import { currentClinic } from '../live/clinic.ts'
import { useSession } from '../live/session.ts'
import { findRecord } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { ringOnce } from './chimes.ts'
import { openNotification } from './commands.ts'
import { wordsOf } from './words.ts'

/** L4: as its person has chosen for that kind. It is at the bell already, whatever they chose. */
export function tell(notification: Notification) {
  const { id, kind, userId, readAt } = notification
  const level = findRecord('notificationPreferences', userId)?.levels[kind] ?? 'pop_up'
  if (readAt || level === 'silent') return
  const clinic = currentClinic()
  const { title, name } = wordsOf(
    notification,
    formatsFor(currentLanguage(), clinic?.timeZone ?? 'UTC', clinic?.currency ?? 'USD'),
  )
  const hereNow = useSession.getState().phase === 'signed_in'
  toast({
    tone: 'plain',
    // One of a kind at a time: an undo that somebody is about to press must not be pushed away.
    subject: `notification.${kind}`,
    text: name && hereNow ? `${title} · ${name}` : title,
    ...(hereNow ? { action: { label: t('notification.open'), run: () => openNotification(notification) } } : {}),
  })
  if (level === 'sound') void ringOnce(id, kind)
  if (document.hidden) showOnDesktop(notification, title)
}

/** Where the window is hidden. Without a name: whoever passes by can read it. Two windows of a person show it once. */
function showOnDesktop(notification: Notification, title: string) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const shown = new Notification(title, { tag: notification.id, body: t('notification.app'), silent: true })
  shown.addEventListener('click', () => {
    window.focus()
    shown.close()
    if (useSession.getState().phase === 'signed_in') openNotification(notification)
  })
}
