import { create } from 'zustand'
import type { FeedEvent, Frame } from '../../contract/feed.ts'
import { announce } from '../ui/announcer.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { chime } from './chime.ts'
import { useSession } from './session.ts'
import { findRecord } from './store.ts'

// What people notice of an event that somebody else caused. What happened is in the store already.

/** How often a record was touched by somebody else; a row that shows one glows when its number rises. */
export const useTouched = create<Record<string, number>>(() => ({}))

export const useGlow = (id: string | undefined): number => useTouched((touched) => (id ? (touched[id] ?? 0) : 0))

export function noticeFrame(frame: Frame) {
  const { user } = useSession.getState()
  for (const event of frame.events) {
    if (event.type === 'patient_alert' || event.type === 'hospital_alert') noticeAlert(event)
    if (!user || event.actorId === user.id) continue
    glow(event)
    if (event.type === 'new_checkin' && user.doctorId) noticeArrival(event, user.doctorId)
  }
}

function glow({ changes }: FeedEvent) {
  const ids = [...(changes.visits ?? []), ...(changes.appointments ?? [])].map((record) => record.id)
  if (ids.length === 0) return
  useTouched.setState((touched) => Object.fromEntries(ids.map((id) => [id, (touched[id] ?? 0) + 1])))
}

function noticeArrival({ changes }: FeedEvent, doctorId: string) {
  for (const visit of changes.visits ?? []) {
    const mine = visit.doctorId === doctorId || findRecord('pools', visit.poolId)?.doctorIds.includes(doctorId)
    if (!mine || visit.version > 1) continue
    toast({ tone: 'plain', text: t('notice.checkedIn', { ticket: visit.ticket }) })
  }
}

// L3: what a screen says of an alert is the banner's business; here it is made heard.
function noticeAlert({ changes }: FeedEvent) {
  for (const alert of changes.alerts ?? []) {
    if (alert.acknowledgedAt) continue
    announce(t('alert.announced', { ticket: alert.ticket }), 'assertive')
    chime()
  }
}
