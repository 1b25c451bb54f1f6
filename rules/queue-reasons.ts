import type { Urgency } from '../contract/visits.ts'
import { MINUTE_MS } from './instants.ts'
import type { QueueSettings, QueueVisit, Standing } from './queue-standing.ts'

/** Q6: why a visit has its place, as codes that are worded in the reader's language. Minutes are whole, `at` an instant. */
export type Reason =
  | { code: 'level'; urgency: Urgency }
  | { code: 'past_maximum_wait'; minutes: number }
  | { code: 'appointment_due'; at: string }
  | { code: 'waiting'; minutes: number }
  | { code: 'walk_in_turn' }
  | { code: 'returned' }
  | { code: 'late_for_appointment'; minutes: number }
  | { code: 'not_due'; at: string }
  | { code: 'untriaged' }
  | { code: 'first_look_due' }
  | { code: 'away_until'; at: string }
  | { code: 'skipped_until'; at: string }
  | { code: 'unpaid' }

/** A standing with its place among appointments and walk-ins: `itsTurn` when it goes before a due appointment. */
export type Arranged<V> = { standing: Standing<V>; itsTurn: boolean }

/** Q6: the reasons of one visit's place, most important first: what holds it back, its ground, its marks. */
export function reasonsOf<V extends QueueVisit>(
  { standing, itsTurn }: Arranged<V>,
  nowMs: number,
  settings: QueueSettings,
): Reason[] {
  const reasons = [...obstacleReasons(standing), ...groundReasons(standing, itsTurn, nowMs)]
  const { triaged, lookedAt, status } = standing.visit
  if (triaged) return reasons
  reasons.push({ code: 'untriaged' })
  const lookDue = nowMs >= standing.arrivedMs + settings.firstLookMinutes * MINUTE_MS
  // T5: a look counts, whether or not anybody decided on the level.
  if (lookDue && lookedAt === null && status === 'waiting') reasons.push({ code: 'first_look_due' })
  return reasons
}

function obstacleReasons<V extends QueueVisit>({ obstacle, visit }: Standing<V>): Reason[] {
  if (obstacle === 'away') return [{ code: 'away_until', at: visit.awayUntil ?? '' }]
  if (obstacle === 'skipped') return [{ code: 'skipped_until', at: visit.skippedUntil ?? '' }]
  return obstacle === 'unpaid' ? [{ code: 'unpaid' }] : []
}

function groundReasons<V extends QueueVisit>(standing: Standing<V>, itsTurn: boolean, nowMs: number): Reason[] {
  const waiting: Reason = { code: 'waiting', minutes: wholeMinutes(nowMs - standing.queuedMs) }
  const level: Reason = { code: 'level', urgency: standing.level }
  const at = standing.visit.dueAt ?? ''
  switch (standing.ground) {
    case 'immediate':
    case 'very_urgent':
    case 'urgent':
      return [level, waiting]
    case 'past_maximum':
      return [{ code: 'past_maximum_wait', minutes: wholeMinutes(nowMs - standing.clockMs) }, level]
    case 'returned':
      return [{ code: 'returned' }, waiting]
    case 'appointment':
      return [{ code: 'appointment_due', at }, waiting]
    case 'not_due':
      return [{ code: 'not_due', at }, waiting]
    case 'walk_in':
      return walkInReasons(standing, itsTurn, [waiting, level])
  }
}

function walkInReasons<V>(standing: Standing<V>, itsTurn: boolean, own: Reason[]): Reason[] {
  const turn: Reason[] = itsTurn ? [{ code: 'walk_in_turn' }] : []
  const minutes = wholeMinutes(standing.lateMs)
  return standing.lateMs > 0 ? [...turn, { code: 'late_for_appointment', minutes }, ...own] : [...turn, ...own]
}

function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / MINUTE_MS))
}
