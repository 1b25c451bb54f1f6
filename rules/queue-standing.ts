import type { ClinicSettings } from '../contract/clinics.ts'
import type { Urgency, Visit } from '../contract/visits.ts'
import { instantMs, MINUTE_MS } from './instants.ts'
import { isUrgentOrAbove } from './transitions.ts'

/** What the order of a queue depends on: a visit's own columns. */
export type QueueVisit = Pick<
  Visit,
  | 'id'
  | 'ticket'
  | 'status'
  | 'urgency'
  | 'triaged'
  | 'arrivedAt'
  | 'queuedAt'
  | 'dueAt'
  | 'nearFront'
  | 'notHere'
  | 'skippedUntil'
  | 'skippedCalls'
  | 'awayUntil'
>

export type QueueSettings = Pick<
  ClinicSettings,
  'lateGraceMinutes' | 'maxWaitMinutes' | 'firstLookMinutes' | 'notHereLimit' | 'accumulation' | 'appointmentsInARow'
>

/**
 * `lastCalledWereAppointments`: how many on-time appointments were called in a row just now (`appointmentsCalledInARow`).
 * `unpaid`: ids of the visits with the M2 mark (`isUnpaidMark`); they are not callable.
 */
export type QueueContext = {
  now: string
  settings: QueueSettings
  lastCalledWereAppointments: number
  unpaid?: ReadonlySet<string>
}

/** Q5: the ground on which a visit has its place, in the order of precedence; appointments and walk-ins interleave. */
export type Ground =
  | 'immediate'
  | 'very_urgent'
  | 'past_maximum'
  | 'urgent'
  | 'returned'
  | 'appointment'
  | 'walk_in'
  | 'not_due'

export type Obstacle = 'away' | 'skipped' | 'unpaid'

/** One visit with all its times as numbers, so that sorting compares numbers only. Milliseconds since the epoch. */
export type Standing<V> = {
  visit: V
  level: Urgency
  ground: Ground
  obstacle: Obstacle | undefined
  arrivedMs: number
  queuedMs: number
  dueMs: number | undefined
  /** How long after its slot the patient came; past the grace it is a walk-in. */
  lateMs: number
  /** From when the wait counts: its slot for an appointment whose patient came early, else its place's own clock. */
  clockMs: number
  /** Whether the slot gives the place: an appointment on time, below `urgent`, not returned. */
  bySlot: boolean
  /** Walk-ins' accumulated priority, in thousandths of a minute-rate times milliseconds: whole, so exact. */
  priority: number
  /** What `priority` grows by in a millisecond. */
  growth: number
}

/** Q5: where one visit stands at `nowMs`. Throws RangeError when one of its instants is malformed. */
export function standingOf<V extends QueueVisit>(visit: V, nowMs: number, context: QueueContext): Standing<V> {
  const { settings } = context
  const level = levelOf(visit)
  const arrivedMs = instantMs(visit.arrivedAt)
  const queuedMs = instantMs(visit.queuedAt)
  const dueMs = visit.dueAt === null ? undefined : instantMs(visit.dueAt)
  const lateMs = dueMs === undefined ? 0 : Math.max(0, arrivedMs - dueMs)
  const onTime = dueMs !== undefined && lateMs <= settings.lateGraceMinutes * MINUTE_MS
  const bySlot = onTime && !isUrgentOrAbove(level) && !visit.nearFront
  const clockMs = bySlot ? Math.max(queuedMs, dueMs) : queuedMs
  const growth = nowMs >= queuedMs ? growthOf(level, settings) : 0
  const ground = groundOf({ level, pastMaximum: nowMs >= maximumAt(clockMs, settings), visit, bySlot, dueMs, nowMs })
  return {
    visit,
    level,
    ground,
    obstacle: obstacleOf(visit, level, nowMs, context),
    arrivedMs,
    queuedMs,
    dueMs,
    lateMs,
    clockMs,
    bySlot,
    priority: growth * (nowMs - queuedMs),
    growth,
  }
}

/** Q5: the instant from which one is past the maximum wait. */
export function maximumAt(clockMs: number, settings: QueueSettings): number {
  return clockMs + settings.maxWaitMinutes * MINUTE_MS
}

/** Q7: whether a visit is on the *missed* list: not there as often as the clinic allows. */
export function isMissed(visit: Pick<Visit, 'notHere'>, settings: Pick<ClinicSettings, 'notHereLimit'>): boolean {
  return visit.notHere >= Math.max(1, settings.notHereLimit)
}

// Q5: untriaged counts as `standard`; reception may have raised it, nobody can have lowered it.
function levelOf(visit: QueueVisit): Urgency {
  return !visit.triaged && visit.urgency === 'non_urgent' ? 'standard' : visit.urgency
}

function growthOf(level: Urgency, settings: QueueSettings): number {
  const rate = level === 'non_urgent' ? settings.accumulation.non_urgent : settings.accumulation.standard
  return Math.round(rate * 1000)
}

function groundOf(at: {
  level: Urgency
  pastMaximum: boolean
  visit: QueueVisit
  bySlot: boolean
  dueMs: number | undefined
  nowMs: number
}): Ground {
  if (at.level === 'immediate' || at.level === 'very_urgent') return at.level
  if (at.pastMaximum) return 'past_maximum'
  if (at.level === 'urgent') return 'urgent'
  if (at.visit.nearFront) return 'returned'
  if (!at.bySlot || at.dueMs === undefined) return 'walk_in'
  return at.dueMs <= at.nowMs ? 'appointment' : 'not_due'
}

function obstacleOf(visit: QueueVisit, level: Urgency, nowMs: number, context: QueueContext): Obstacle | undefined {
  if (visit.awayUntil !== null && instantMs(visit.awayUntil) > nowMs) return 'away'
  if (visit.skippedUntil !== null && visit.skippedCalls > 0 && instantMs(visit.skippedUntil) > nowMs) return 'skipped'
  // M2: never from `urgent` up.
  if (context.unpaid?.has(visit.id) && !isUrgentOrAbove(level)) return 'unpaid'
  return undefined
}
