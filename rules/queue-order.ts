import type { Visit } from '../contract/visits.ts'
import { instantMs } from './instants.ts'
import { type Arranged, type Reason, reasonsOf } from './queue-reasons.ts'
import {
  type Ground,
  isMissed,
  type QueueContext,
  type QueueSettings,
  type QueueVisit,
  type Standing,
  standingOf,
} from './queue-standing.ts'

export type QueueEntry<V extends QueueVisit = QueueVisit> = {
  visit: V
  /** 1 for the first; those that can't be called now have the last places. */
  place: number
  callable: boolean
  reasons: Reason[]
}

export type OrderedQueue<V extends QueueVisit = QueueVisit> = { order: QueueEntry<V>[]; missed: V[] }

/**
 * Q5: a doctor's queue in the order in which it is called. The caller chooses the visits: the doctor's own and those
 * of the pools the doctor draws from. Statuses other than `waiting` and `in_triage` are left out; the *missed* (Q7)
 * are given apart, longest first. Those away, skipped or unpaid follow the callable ones, in the same order among
 * themselves. An appointment not yet due is callable: nobody waits for an idle doctor. An arrival in the future (a
 * clock that was wrong) counts as one of this moment. The order is total: it does not depend on the order of `visits`.
 * Throws RangeError when an instant is malformed.
 */
export function orderQueue<V extends QueueVisit>(visits: readonly V[], context: QueueContext): OrderedQueue<V> {
  const nowMs = instantMs(context.now)
  const { callable, held, missed } = standingsOf(visits, nowMs, context)
  const arranged = [
    ...arrange(callable, context.lastCalledWereAppointments, context.settings),
    ...arrange(held, 0, context.settings),
  ]
  return {
    order: arranged.map((each, index) => ({
      visit: each.standing.visit,
      place: index + 1,
      callable: each.standing.obstacle === undefined,
      reasons: reasonsOf(each, nowMs, context.settings),
    })),
    missed: missed.sort(compareWaiting).map((standing) => standing.visit),
  }
}

/** Q7: whom `call-next` calls: the first that can be called; `undefined` when there is none. */
export function nextToCall<V extends QueueVisit>(entries: readonly QueueEntry<V>[]): QueueEntry<V> | undefined {
  return entries.find((entry) => entry.callable)
}

/** Q7: whether calling this visit keeps to the order; if not, it needs a reason and is marked. */
export function isFirst(entries: readonly QueueEntry[], visitId: string): boolean {
  return nextToCall(entries)?.visit.id === visitId
}

/** Q6: why this visit has its place, most important first, from the same computation that ordered. Nothing clinical. */
export function whyNext(entry: QueueEntry): Reason[] {
  return entry.reasons
}

/**
 * Q5: how many on-time appointments were called since the last walk-in, for `QueueContext.lastCalledWereAppointments`.
 * `called` are the doctor's calls of the day, newest first; the last few will do. Those called for their level, for the
 * maximum wait or as returned neither count nor break the row: a walk-in is not made to wait longer by an emergency.
 */
export function appointmentsCalledInARow(
  called: readonly (QueueVisit & Pick<Visit, 'calledAt'>)[],
  settings: QueueSettings,
): number {
  let row = 0
  for (const visit of called) {
    if (visit.calledAt === null) continue
    const context = { now: visit.calledAt, settings, lastCalledWereAppointments: 0 }
    const { ground } = standingOf(visit, instantMs(visit.calledAt), context)
    if (ground === 'walk_in') return row
    if (ground === 'appointment' || ground === 'not_due') row += 1
  }
  return row
}

/** The waiting visits as standings: those that can be called, those held back now, and the missed. */
export function standingsOf<V extends QueueVisit>(visits: readonly V[], nowMs: number, context: QueueContext) {
  const callable: Standing<V>[] = []
  const held: Standing<V>[] = []
  const missed: Standing<V>[] = []
  for (const visit of visits) {
    if (visit.status !== 'waiting' && visit.status !== 'in_triage') continue
    const standing = standingOf(visit, nowMs, context)
    if (isMissed(visit, context.settings)) missed.push(standing)
    else if (standing.obstacle === undefined) callable.push(standing)
    else held.push(standing)
  }
  return { callable, held, missed }
}

/** Q5: standings in their order. `row` is the number of appointments called in a row before the first of them. */
export function arrange<V extends QueueVisit>(
  standings: Standing<V>[],
  row: number,
  settings: QueueSettings,
): Arranged<V>[] {
  const sorted = standings.sort(compareStandings)
  const of = (...grounds: Ground[]) => sorted.filter((standing) => grounds.includes(standing.ground))
  const plain = (list: Standing<V>[]) => list.map((standing) => ({ standing, itsTurn: false }))
  return [
    ...plain(of('immediate', 'very_urgent', 'past_maximum', 'urgent', 'returned')),
    ...interleave(of('appointment'), of('walk_in'), row, settings.appointmentsInARow),
    ...plain(of('not_due')),
  ]
}

/**
 * Q5, Q7: the first of those who can be called, as `arrange` would have it, without ordering the others; `undefined` when
 * nobody can. `row` is the number of appointments called in a row before.
 */
export function firstOf<V extends QueueVisit>(
  standings: readonly Standing<V>[],
  row: number,
  settings: Pick<QueueSettings, 'appointmentsInARow'>,
): Standing<V> | undefined {
  let first: Standing<V> | undefined
  let walkIn: Standing<V> | undefined
  for (const standing of standings) {
    if (standing.obstacle !== undefined) continue
    if (!first || compareStandings(standing, first) < 0) first = standing
    if (standing.ground === 'walk_in' && (!walkIn || compareStandings(standing, walkIn) < 0)) walkIn = standing
  }
  return first?.ground === 'appointment' && row >= settings.appointmentsInARow ? (walkIn ?? first) : first
}

// Q5: appointments first, but no more than `most` in a row while a walk-in waits.
function interleave<V>(appointments: Standing<V>[], walkIns: Standing<V>[], row: number, most: number): Arranged<V>[] {
  const merged: Arranged<V>[] = []
  let taken = 0
  let inARow = row
  for (const walkIn of walkIns) {
    while (inARow < most && taken < appointments.length) {
      const appointment = appointments[taken]
      if (appointment) merged.push({ standing: appointment, itsTurn: false })
      taken += 1
      inARow += 1
    }
    merged.push({ standing: walkIn, itsTurn: taken < appointments.length })
    inARow = 0
  }
  return [...merged, ...appointments.slice(taken).map((standing) => ({ standing, itsTurn: false }))]
}

const PRECEDENCE = {
  immediate: 0,
  very_urgent: 1,
  past_maximum: 2,
  urgent: 3,
  returned: 4,
  appointment: 5,
  walk_in: 6,
  not_due: 7,
} satisfies Record<Ground, number>

function compareStandings<V extends QueueVisit>(a: Standing<V>, b: Standing<V>): number {
  return PRECEDENCE[a.ground] - PRECEDENCE[b.ground] || compareWithin(a, b) || compareWaiting(a, b)
}

function compareWithin<V>(a: Standing<V>, b: Standing<V>): number {
  switch (a.ground) {
    case 'past_maximum':
      return Number(b.level === 'urgent') - Number(a.level === 'urgent') || a.clockMs - b.clockMs
    case 'appointment':
    case 'not_due':
      return (a.dueMs ?? 0) - (b.dueMs ?? 0)
    case 'walk_in':
      return b.priority - a.priority
    case 'immediate':
    case 'very_urgent':
    case 'urgent':
    case 'returned':
      return 0
  }
}

/** Q5: ties go by waiting time; the ticket, and at last the id, make the order total. */
function compareWaiting<V extends QueueVisit>(a: Standing<V>, b: Standing<V>): number {
  return (
    a.queuedMs - b.queuedMs ||
    a.visit.ticket.length - b.visit.ticket.length ||
    compareText(a.visit.ticket, b.visit.ticket) ||
    compareText(a.visit.id, b.visit.id)
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
