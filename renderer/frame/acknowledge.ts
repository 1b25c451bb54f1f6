import type { Alert } from '../../contract/alerts.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord, useLive } from '../live/store.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'

/** L3: I am coming. */
export async function acknowledge(alertId: string) {
  const alert = findRecord('alerts', alertId)
  if (!alert || alert.acknowledgedAt) return
  const answered = await perform({
    key: `alert.acknowledge.${alertId}`,
    noun: 'alerts',
    sayChange: () => t('alert.answeredByOther', { ticket: alert.ticket }),
    run: (intent) =>
      api.alerts.acknowledge({ params: { id: alertId }, body: { version: alert.version } }, { context: { intent } }),
  })
  if (!answered) return
  adopt({ alerts: [answered] })
  toast({ tone: 'plain', text: t('alert.answered', { ticket: alert.ticket }) })
}

/** The unanswered, longest first. */
export const openAlerts = (alerts: Readonly<Record<string, Alert>>): Alert[] =>
  Object.values(alerts)
    .filter((alert) => alert.acknowledgedAt === null)
    .sort((a, b) => a.raisedAt.localeCompare(b.raisedAt))

export async function acknowledgeFirst() {
  const [first] = openAlerts(useLive.getState().nouns.alerts)
  if (first) await acknowledge(first.id)
}
