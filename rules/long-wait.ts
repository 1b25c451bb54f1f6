import type { ClinicSettings } from '../contract/clinics.ts'
import type { Visit } from '../contract/visits.ts'
import { instantMs, MINUTE_MS } from './instants.ts'

type Waiting = Pick<Visit, 'status' | 'urgency' | 'queuedAt' | 'awayUntil'>

/**
 * Whether an urgent patient has waited for too long: exactly at the time is not too long yet. Away is not waiting (Q12).
 * Nobody does at `immediate`, who has an alert already (T0, L2), nor below `urgent`: for them the queue has its own
 * maximum (Q5).
 */
export function waitsTooLong(
  { status, urgency, queuedAt, awayUntil }: Waiting,
  now: string,
  { longWaitMinutes }: Pick<ClinicSettings, 'longWaitMinutes'>,
): boolean {
  if (urgency !== 'very_urgent' && urgency !== 'urgent') return false
  if (status !== 'waiting' && status !== 'in_triage') return false
  if (awayUntil !== null && instantMs(awayUntil) > instantMs(now)) return false
  return instantMs(now) > instantMs(queuedAt) + longWaitMinutes[urgency] * MINUTE_MS
}
