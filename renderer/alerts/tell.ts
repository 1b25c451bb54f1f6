import type { Alert } from '../../contract/alerts.ts'
import type { NotificationLevel } from '../../contract/notifications.ts'
import { navigate } from '../frame/router.ts'
import { chime } from '../live/chime.ts'
import { useSession } from '../live/session.ts'
import { findRecord } from '../live/store.ts'
import { announce } from '../ui/announcer.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { asksMe, howToTell } from './alert-state.ts'
import { titleOf } from './words.ts'

const told = new Set<string>()

/**
 * L4: makes an alert heard that asks this person: critical always, the others as they have chosen. What a screen says of a
 * critical one is the banner's business. One commit may bring it in two events: it is told once.
 */
export function tellAlert(alert: Alert): void {
  const { user, phase } = useSession.getState()
  const version = `${alert.id}.${alert.version}`
  if (!user || told.has(version) || alert.raisedById === user.id || !asksMe(alert, user)) return
  told.add(version)
  const text = alert.ticket ? t('alert.announced', { ticket: alert.ticket }) : titleOf(alert)
  const level = levelOf(alert, user.id)
  if (level === 'silent') return
  if (alert.severity === 'critical') announce(text, 'assertive')
  else
    toast({
      tone: 'plain',
      subject: 'alert',
      text,
      ...(phase === 'signed_in' ? { action: { label: t('notification.open'), run: () => navigate('/alerts') } } : {}),
    })
  if (level === 'sound') chime()
}

function levelOf({ id, severity }: Alert, userId: string): NotificationLevel {
  const chosen = findRecord('notificationPreferences', userId)?.alertLevels
  return howToTell(severity, findRecord('alertReasons', id)?.kind, chosen)
}
