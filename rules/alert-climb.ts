import { type Alert, type Asked, asked } from '../contract/alerts.ts'
import type { Urgency } from '../contract/visits.ts'
import { instantMs, isoInstant, MINUTE_MS } from './instants.ts'

/** L3: how long somebody has to answer, by the level of the patient. */
const ANSWER_MINUTES = { immediate: 1, other: 2 } as const
/** L3: answered and without an outcome for so long, it comes back. */
const COMES_BACK_MINUTES = 10

/** A role that can be asked; everybody always can. */
export type AskedRole = Exclude<Asked, 'everybody'>

/** L3: who is asked next, after these or at first: a role with nobody signed in is skipped at once. */
export function askedNext(after: Asked | null, present: ReadonlySet<AskedRole>): Asked {
  const later = asked.options.slice(after === null ? 0 : asked.options.indexOf(after) + 1)
  return later.find((one) => one === 'everybody' || present.has(one)) ?? 'everybody'
}

/** What decides when the hub goes on with an alert. */
export type Climbing = Pick<Alert, 'severity' | 'asked' | 'acknowledgedAt' | 'resolvedAt'>

/**
 * L3: when the hub goes on with an alert that got where it is at `since`: an unanswered critical one climbs until every
 * screen says it, an answered one comes back. `null` when it does not.
 * Throws RangeError when `since` is no instant.
 */
export function dueAfter(since: string, { severity, ...alert }: Climbing, urgency: Urgency | null): string | null {
  if (severity !== 'critical' || alert.resolvedAt !== null) return null
  const minutes = (count: number) => isoInstant(instantMs(since) + count * MINUTE_MS)
  if (alert.acknowledgedAt !== null) return minutes(COMES_BACK_MINUTES)
  if (alert.asked === 'everybody') return null
  return minutes(urgency === 'immediate' ? ANSWER_MINUTES.immediate : ANSWER_MINUTES.other)
}
