import type { Urgency, Visit } from '../contract/visits.ts'
import { instantMs, MINUTE_MS } from './instants.ts'

/**
 * After how many minutes the wait of an urgent patient is said aloud. None for `immediate`, who has an alert already (T0,
 * L2), nor below `urgent`: for them the queue has its own maximum (Q5).
 */
export const LONG_WAIT_MINUTES = {
  immediate: null,
  very_urgent: 30,
  urgent: 60,
  standard: null,
  non_urgent: null,
} as const satisfies Record<Urgency, number | null>

type Waiting = Pick<Visit, 'status' | 'urgency' | 'queuedAt' | 'awayUntil'>

/** Whether an urgent patient has waited for too long: exactly at the time is not too long yet. Away is not waiting (Q12). */
export function waitsTooLong({ status, urgency, queuedAt, awayUntil }: Waiting, now: string): boolean {
  const minutes = LONG_WAIT_MINUTES[urgency]
  if (minutes === null || (status !== 'waiting' && status !== 'in_triage')) return false
  if (awayUntil !== null && instantMs(awayUntil) > instantMs(now)) return false
  return instantMs(now) > instantMs(queuedAt) + minutes * MINUTE_MS
}
