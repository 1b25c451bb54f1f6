import type { ClinicSettings } from '../contract/clinics.ts'
import type { Visit } from '../contract/visits.ts'
import { instantMs, isoInstant, MINUTE_MS } from './instants.ts'

type Waiting = Pick<Visit, 'status' | 'urgency' | 'queuedAt' | 'awayUntil'>

type LongWait = Pick<ClinicSettings, 'longWaitMinutes'>

/**
 * From when on an urgent patient waits for too long; `undefined` at levels that have no such time: nobody waits at
 * `immediate`, who has an alert already (T0, L2), and below `urgent` the queue has its own maximum (Q5).
 */
export function tooLongFrom({ urgency, queuedAt }: Waiting, { longWaitMinutes }: LongWait): string | undefined {
  if (urgency !== 'very_urgent' && urgency !== 'urgent') return undefined
  return isoInstant(instantMs(queuedAt) + longWaitMinutes[urgency] * MINUTE_MS)
}

/** Whether they do now: exactly at the time is not too long yet. Away is not waiting (Q12). */
export function waitsTooLong(visit: Waiting, now: string, settings: LongWait): boolean {
  const { status, awayUntil } = visit
  if (status !== 'waiting' && status !== 'in_triage') return false
  if (awayUntil !== null && instantMs(awayUntil) > instantMs(now)) return false
  const from = tooLongFrom(visit, settings)
  return from !== undefined && instantMs(now) > instantMs(from)
}
