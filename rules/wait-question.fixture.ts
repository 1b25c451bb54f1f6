import { lengthsOf } from './consultation-lengths.ts'
import { MINUTE_MS } from './instants.ts'
import { NOON, settings, waiting } from './queue-visits.fixture.ts'
import type { Custom, WaitDoctor, WaitingVisit, WaitQuestion } from './wait-question.ts'

/** Everybody comes, on the minute, and nothing else happens. */
export const plainCustom: Custom = {
  missed: 0,
  offsets: lengthsOf(
    Array.from({ length: 8 }, () => 0),
    0,
  ),
  holds: lengthsOf([], 20),
  raised: 0,
  urgentPerHour: 0,
  urgent: [],
}

/** So many consultations of exactly so many minutes. */
export const steady = (minutes: number, count = 20) =>
  lengthsOf(
    Array.from({ length: count }, () => minutes * MINUTE_MS),
    minutes,
  )

/** A doctor at work, with nobody inside, who takes ten minutes and no pause. */
export function aDoctor(changes: Partial<WaitDoctor> = {}): WaitDoctor {
  return {
    id: 'chen',
    poolIds: new Set(['pool']),
    duty: { fromMs: NOON, breaks: [], endsMs: null },
    row: 0,
    present: [],
    freeSinceMs: null,
    lengths: () => steady(10),
    pauses: steady(0),
    walks: steady(0),
    ...changes,
  }
}

/** A walk-in who has waited so many minutes in the pool. */
export function inPool(ticket: string, minutes: number, changes: Partial<WaitingVisit> = {}): WaitingVisit {
  return { ...waiting(ticket, minutes), doctorId: null, poolId: 'pool', serviceId: null, ...changes }
}

export function aQuestion(changes: Partial<WaitQuestion> = {}): WaitQuestion {
  return {
    nowMs: NOON,
    settings,
    doctors: [aDoctor()],
    waiting: [],
    hadMs: new Map(),
    toCome: [],
    onHold: [],
    custom: plainCustom,
    ...changes,
  }
}
