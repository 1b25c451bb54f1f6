import type { Alert, SaidOutcome } from '../../contract/alerts.ts'
import { navigate } from '../frame/router.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { adopt, findRecord, useLive } from '../live/store.ts'
import { showVisit } from '../today/selection.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { callsForMe, mayAnswer } from './alert-state.ts'
import { RaiseDialog } from './RaiseDialog.tsx'
import { ResolveDialog } from './ResolveDialog.tsx'
import { titleOf } from './words.ts'

/** L3: I am coming. */
export async function acknowledge(alertId: string): Promise<void> {
  const alert = findRecord('alerts', alertId)
  if (!alert || alert.acknowledgedAt || alert.resolvedAt) return
  if (!mayAnswer(alert, useSession.getState().user)) return toast({ tone: 'problem', text: t('refusal.own_alert') })
  const answered = await perform({
    key: `alert.acknowledge.${alertId}`,
    noun: 'alerts',
    sayChange: () => t('alert.answeredByOther', { what: titleOf(alert) }),
    run: (intent) =>
      api.alerts.acknowledge({ params: { id: alertId }, body: { version: alert.version } }, { context: { intent } }),
  })
  if (answered) say(answered, t('alert.answered', { what: titleOf(answered) }))
}

/** Alt+A: the one that has waited for longest of those that can't wait. */
export async function acknowledgeFirst(): Promise<void> {
  const { user } = useSession.getState()
  const [first] = callsForMe(useLive.getState().nouns.alerts, user).filter((alert) => mayAnswer(alert, user))
  if (first) await acknowledge(first.id)
}

/** L3: the next role as well. */
export async function escalate(alert: Alert): Promise<void> {
  const { id, version } = alert
  const climbed = await perform({
    key: `alert.escalate.${id}`,
    noun: 'alerts',
    run: (intent) => api.alerts.escalate({ params: { id }, body: { version } }, { context: { intent } }),
  })
  if (climbed) say(climbed, t(`alert.escalatedTo.${climbed.asked}`))
}

export const RESOLVE_KEY = 'alert.resolve'

/** L3: what became of it; whether it was kept. */
export async function resolve(alert: Alert, said: { outcome: SaidOutcome; note: string }): Promise<boolean> {
  const { id, version } = findRecord('alerts', alert.id) ?? alert
  const resolved = await perform({
    key: RESOLVE_KEY,
    noun: 'alerts',
    run: (intent) => api.alerts.resolve({ params: { id }, body: { version, ...said } }, { context: { intent } }),
  })
  if (resolved) say(resolved, t('alert.resolved', { what: titleOf(resolved) }))
  return resolved !== undefined
}

export const RAISE_KEY = 'alert.raise'
type Raised = Omit<Parameters<typeof api.alerts.raise>[0]['body'], 'id'>

export async function raise(body: Raised): Promise<boolean> {
  const alert = await perform({
    key: RAISE_KEY,
    wanted: RAISE_KEY,
    run: (intent) => api.alerts.raise({ body: { id: intent, ...body } }, { context: { intent } }),
  })
  if (alert) say(alert, t('alert.raised', { what: titleOf(alert) }))
  return alert !== undefined
}

function say(alert: Alert, text: string): void {
  adopt({ alerts: [alert] })
  toast({ tone: 'plain', subject: `alert.${alert.id}`, text })
}

export const openRaise = (visitId: string | null = null) =>
  openDialog((close) => <RaiseDialog visitId={visitId} onClose={close} />)

export const openResolve = (alert: Alert) => openDialog((close) => <ResolveDialog alert={alert} onClose={close} />)

/** The visit that it is about, on the page of today. */
export function showAlert({ visitId }: Alert): void {
  if (!visitId || !findRecord('visits', visitId)) return
  showVisit(visitId)
  navigate('/today')
}
