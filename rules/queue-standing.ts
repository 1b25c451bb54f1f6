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
  | 'lookedAt'
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

/** What of a visit's standing does not change with time. Milliseconds since the epoch, so that sorting compares numbers. */
export type Placed<V> = {
  visit: V
  level: Urgency
  arrivedMs: number
  queuedMs: number
  dueMs: number | undefined
  /** How long after its slot the patient came; past the grace it is a walk-in. */
  lateMs: number
  /** From when the wait counts: its slot for an appointment whose patient came early, else its place's own clock. */
  clockMs: number
  /** When it is past the maximum wait. */
  maximumMs: number
  /** Whether the slot gives the place: an appointment on time, below `urgent`, not returned. */
  bySlot: boolean
  /** What the priority grows by in a millisecond, once it waits. */
  rate: number
  awayMs: number
  skippedMs: number
  unpaid: boolean
}

/** Where one visit stands at an instant. */
export type Standing<V> = Placed<V> & {
  ground: Ground
  obstacle: Obstacle | undefined
  /** Walk-ins' accumulated priority, in thousandths of a minute-rate times milliseconds: whole, so exact. */
  priority: number
  /** What `priority` grows by in a millisecond. */
  growth: number
}

/** Q5: where one visit stands at `nowMs`. Throws RangeError when one of its instants is malformed. */
export function standingOf<V extends QueueVisit>(visit: V, nowMs: number, context: QueueContext): Standing<V> {
  return standingAt(placeOf(visit, timesOf(visit), context), nowMs)
}

/** A visit's instants as numbers. */
export type QueueTimes = Pick<Placed<unknown>, 'arrivedMs' | 'queuedMs' | 'dueMs' | 'awayMs' | 'skippedMs'>

/** Throws RangeError when one of them is malformed. */
export function timesOf(visit: QueueVisit): QueueTimes {
  return {
    arrivedMs: instantMs(visit.arrivedAt),
    queuedMs: instantMs(visit.queuedAt),
    dueMs: visit.dueAt === null ? undefined : instantMs(visit.dueAt),
    awayMs: visit.awayUntil === null ? Number.NEGATIVE_INFINITY : instantMs(visit.awayUntil),
    skippedMs:
      visit.skippedUntil === null || visit.skippedCalls <= 0 ? Number.NEGATIVE_INFINITY : instantMs(visit.skippedUntil),
  }
}

/** Q5: what gives a visit its place, whatever the time; its instants are `times`, not the visit's own. */
export function placeOf<V extends QueueVisit>(
  visit: V,
  times: QueueTimes,
  { settings, unpaid }: Pick<QueueContext, 'settings' | 'unpaid'>,
): Placed<V> {
  const { arrivedMs, queuedMs, dueMs } = times
  const level = levelOf(visit)
  const lateMs = dueMs === undefined ? 0 : Math.max(0, arrivedMs - dueMs)
  const onTime = dueMs !== undefined && lateMs <= settings.lateGraceMinutes * MINUTE_MS
  const bySlot = onTime && !isUrgentOrAbove(level) && !visit.nearFront
  const clockMs = bySlot ? Math.max(queuedMs, dueMs) : queuedMs
  return {
    ...times,
    visit,
    level,
    lateMs,
    clockMs,
    bySlot,
    maximumMs: maximumAt(clockMs, settings),
    rate: rateOf(level, settings),
    // M2: never from `urgent` up.
    unpaid: unpaid?.has(visit.id) === true && !isUrgentOrAbove(level),
  }
}

/** Q5: where a placed visit stands at `nowMs`. */
export function standingAt<V extends QueueVisit>(placed: Placed<V>, nowMs: number): Standing<V> {
  return moveOn({ ...placed, ground: 'walk_in', obstacle: undefined, priority: 0, growth: 0 }, nowMs)
}

/** The same standing, changed to what it is at another time: for who asks a thousand times a second. */
export function moveOn<V extends QueueVisit>(standing: Standing<V>, nowMs: number): Standing<V> {
  standing.ground = groundOf(standing, nowMs)
  standing.obstacle = obstacleOf(standing, nowMs)
  standing.growth = nowMs >= standing.queuedMs ? standing.rate : 0
  standing.priority = standing.growth * (nowMs - standing.queuedMs)
  return standing
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

function rateOf(level: Urgency, settings: QueueSettings): number {
  const rate = level === 'non_urgent' ? settings.accumulation.non_urgent : settings.accumulation.standard
  return Math.round(rate * 1000)
}

function groundOf(at: Placed<QueueVisit>, nowMs: number): Ground {
  if (at.level === 'immediate' || at.level === 'very_urgent') return at.level
  if (nowMs >= at.maximumMs) return 'past_maximum'
  if (at.level === 'urgent') return 'urgent'
  if (at.visit.nearFront) return 'returned'
  if (!at.bySlot || at.dueMs === undefined) return 'walk_in'
  return at.dueMs <= nowMs ? 'appointment' : 'not_due'
}

function obstacleOf({ awayMs, skippedMs, unpaid }: Placed<QueueVisit>, nowMs: number): Obstacle | undefined {
  if (awayMs > nowMs) return 'away'
  if (skippedMs > nowMs) return 'skipped'
  return unpaid ? 'unpaid' : undefined
}
