import type { ClinicSettings } from '../contract/clinics.ts'
import type { Visit } from '../contract/visits.ts'
import { instantMs, isoInstant, MINUTE_MS } from './instants.ts'
import { isAbove } from './triage-level.ts'

export type ObservationSettings = Pick<ClinicSettings, 'lookAgainMinutes' | 'firstLookMinutes'>

export type WatchedVisit = Pick<Visit, 'id' | 'status' | 'urgency' | 'arrivedAt' | 'awayUntil'>

export type ObservationDue = {
  dueAt: string
  /** Nobody has looked since the arrival (Q5). */
  first: boolean
  overdue: boolean
  /** T5: overdue from `urgent` up raises an alert; the others are listed. */
  alerts: boolean
}

/** T5: who sits in the waiting room with nobody beside them: also one who was called and has not come, or is on hold. */
const UNWATCHED: readonly Visit['status'][] = ['waiting', 'called', 'on_hold']

/**
 * T5: when a patient must be looked at again. `lookedAt` is the last look, vitals or not; `null` when nobody has looked.
 * Exactly at the time is due, and overdue only after it. `undefined` when nobody needs to: not waiting, away (Q12), or
 * `immediate` after the first look.
 * Throws RangeError when an instant is malformed.
 */
export function observationDue(
  visit: WatchedVisit,
  lookedAt: string | null,
  now: string,
  settings: ObservationSettings,
): ObservationDue | undefined {
  const nowMs = instantMs(now)
  if (!UNWATCHED.includes(visit.status)) return undefined
  if (visit.awayUntil !== null && instantMs(visit.awayUntil) > nowMs) return undefined
  const { lookAgainMinutes, firstLookMinutes } = settings
  // Nobody is looked at again who is taken now (Q7).
  const again = visit.urgency === 'immediate' ? null : lookAgainMinutes[visit.urgency]
  const minutes = lookedAt === null ? Math.min(firstLookMinutes, again ?? firstLookMinutes) : again
  if (minutes === null) return undefined
  const dueMs = instantMs(lookedAt ?? visit.arrivedAt) + minutes * MINUTE_MS
  const overdue = nowMs > dueMs
  return { dueAt: isoInstant(dueMs), first: lookedAt === null, overdue, alerts: overdue && alertsWhenOverdue(visit) }
}

/** T5: the first two of the levels that are looked at again. An `immediate` patient has an alert of their own (T0, L2). */
function alertsWhenOverdue({ urgency }: WatchedVisit): boolean {
  return urgency === 'very_urgent' || urgency === 'urgent'
}

/** T5: by need: those overdue first, the more urgent before the less, then whoever has been due for longer. */
export function compareObservations(
  one: { visit: WatchedVisit; due: ObservationDue },
  other: { visit: WatchedVisit; due: ObservationDue },
): number {
  if (one.due.overdue !== other.due.overdue) return one.due.overdue ? -1 : 1
  if (one.due.overdue && one.visit.urgency !== other.visit.urgency)
    return isAbove(one.visit.urgency, other.visit.urgency) ? -1 : 1
  return instantMs(one.due.dueAt) - instantMs(other.due.dueAt) || (one.visit.id < other.visit.id ? -1 : 1)
}
