import { instantMs, isoInstant } from './instants.ts'
import { arrange, standingsOf } from './queue-order.ts'
import { maximumAt, type QueueContext, type QueueSettings, type QueueVisit, type Standing } from './queue-standing.ts'

/**
 * The earliest instant after `context.now` at which `orderQueue` may answer another order by the passing of time alone,
 * so that a screen knows when to sort again; `null` when time alone changes nothing any more. It may be early, never late.
 * Minutes inside the reasons, and the `first_look_due` mark, do pass in between. Throws RangeError when an instant is
 * malformed.
 */
export function nextOrderChange(visits: readonly QueueVisit[], context: QueueContext): string | null {
  const nowMs = instantMs(context.now)
  const { callable, held } = standingsOf(visits, nowMs, context)
  let earliest = Number.POSITIVE_INFINITY
  const consider = (ms: number) => {
    if (ms > nowMs && ms < earliest) earliest = ms
  }
  for (const standings of [callable, held]) {
    for (const standing of standings) turningPoints(standing, context.settings).forEach(consider)
    const walkIns = arrange(standings, 0, context.settings)
      .map((each) => each.standing)
      .filter((standing) => standing.ground === 'walk_in')
    // Of all pairs, one of neighbours is the first to change places.
    walkIns.forEach((ahead, index) => {
      const behind = walkIns[index + 1]
      if (behind) consider(overtakesAt(behind, ahead, nowMs))
    })
  }
  return earliest === Number.POSITIVE_INFINITY ? null : isoInstant(earliest)
}

/** The instants at which one visit's ground, obstacle or growth changes. */
function turningPoints(standing: Standing<QueueVisit>, settings: QueueSettings): number[] {
  const { visit } = standing
  const points = [standing.queuedMs, maximumAt(standing.clockMs, settings)]
  if (standing.bySlot && standing.dueMs !== undefined) points.push(standing.dueMs)
  if (visit.awayUntil !== null) points.push(instantMs(visit.awayUntil))
  if (visit.skippedUntil !== null && visit.skippedCalls > 0) points.push(instantMs(visit.skippedUntil))
  return points
}

/**
 * The first millisecond at which `behind` has the higher priority. At a tie `ahead` is still first: one with the faster
 * growth and the longer wait as well would not be behind.
 */
function overtakesAt(behind: Standing<QueueVisit>, ahead: Standing<QueueVisit>, nowMs: number): number {
  const gain = behind.growth - ahead.growth
  if (gain <= 0) return Number.POSITIVE_INFINITY
  return nowMs + Math.ceil((ahead.priority - behind.priority + 1) / gain)
}
