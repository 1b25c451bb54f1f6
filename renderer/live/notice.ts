import { create } from 'zustand'
import type { Me } from '../../contract/auth.ts'
import type { EventType, FeedEvent, Frame } from '../../contract/feed.ts'
import { isUrgentOrAbove } from '../../rules/transitions.ts'
import { tellAlert } from '../alerts/tell.ts'
import { tell } from '../notifications/tell.ts'
import { t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import { toast } from '../ui/toasts.ts'
import { useSession } from './session.ts'
import { type LiveState, recordIn } from './store.ts'

// What people notice of an event that somebody else caused. What happened is in the store already.

/** How often a record was touched by somebody else; a row that shows one glows when its number rises. */
export const useTouched = create<Record<string, number>>(() => ({}))

export const useGlow = (id: string | undefined): number => useTouched((touched) => (id ? (touched[id] ?? 0) : 0))

/** An alert that is new to somebody: raised, climbed or come back. */
const ALERTING: readonly EventType[] = ['patient_alert', 'clinic_alert', 'hospital_alert', 'alert_escalated']

export function noticeFrame(frame: Frame, before: LiveState) {
  const { user } = useSession.getState()
  for (const event of frame.events) {
    if (ALERTING.includes(event.type)) for (const alert of event.changes.alerts ?? []) tellAlert(alert)
    if (event.type === 'new_notification') for (const one of event.changes.notifications ?? []) tell(one)
    if (!user || event.actorId === user.id) continue
    glow(event)
    if (event.type === 'queue_updated') noticeVisits(event, before, user)
  }
}

function glow({ changes }: FeedEvent) {
  const ids = [...(changes.visits ?? []), ...(changes.appointments ?? []), ...(changes.beds ?? [])].map(
    (record) => record.id,
  )
  if (ids.length === 0) return
  useTouched.setState((touched) => Object.fromEntries(ids.map((id) => [id, (touched[id] ?? 0) + 1])))
}

function noticeVisits({ changes }: FeedEvent, before: LiveState, user: Me) {
  for (const visit of changes.visits ?? []) {
    const was = recordIn(before, 'visits', visit.id)
    if (!was) continue
    // Q9: the doctor is told that somebody else sits there.
    if (was.patientId && was.patientId !== visit.patientId && visit.doctorId && visit.doctorId === user.doctorId)
      toast({ tone: 'problem', text: t('notice.reassigned', { ticket: visit.ticket, name: visitName(visit) }) })
    // Q8: from urgent up, who is not there may have collapsed.
    const missing = visit.notHere > was.notHere || (visit.status === 'no_show' && was.status !== 'no_show')
    if (missing && isUrgentOrAbove(visit.urgency) && user.roles.includes('nurse'))
      toast({ tone: 'problem', text: t('notice.urgentMissing', { ticket: visit.ticket }) })
  }
}
