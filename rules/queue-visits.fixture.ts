import fc from 'fast-check'
import type { QueueContext, QueueSettings, QueueVisit } from './queue-standing.ts'

export const NOON = Date.parse('2026-03-10T12:00:00.000Z')

/** The instant so many minutes after noon (before, when negative). */
export const at = (minutes: number): string => new Date(NOON + minutes * 60_000).toISOString()

export const settings: QueueSettings = {
  lateGraceMinutes: 15,
  maxWaitMinutes: 120,
  firstLookMinutes: 10,
  notHereLimit: 2,
  accumulation: { standard: 1.5, non_urgent: 1 },
  appointmentsInARow: 2,
}

/** A triaged walk-in at `standard` that has waited so many minutes at noon. Its id is its ticket. */
export function waiting(ticket: string, minutes: number, changes: Partial<QueueVisit> = {}): QueueVisit {
  return {
    id: ticket,
    ticket,
    status: 'waiting',
    urgency: 'standard',
    triaged: true,
    lookedAt: null,
    arrivedAt: at(-minutes),
    queuedAt: at(-minutes),
    dueAt: null,
    nearFront: false,
    notHere: 0,
    skippedUntil: null,
    skippedCalls: 0,
    awayUntil: null,
    ...changes,
  }
}

export function context(changes: Partial<QueueContext> = {}): QueueContext {
  return { now: at(0), settings, lastCalledWereAppointments: 0, ...changes }
}

const minute = (min: number, max: number) => fc.integer({ min: min * 6, max: max * 6 }).map((tenths) => at(tenths / 6))
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3, nil: null })

const anyVisit: fc.Arbitrary<QueueVisit> = fc
  .record({
    status: fc.constantFrom('waiting' as const, 'in_triage' as const),
    urgency: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('standard' as const, 'non_urgent' as const) },
      { weight: 1, arbitrary: fc.constantFrom('immediate' as const, 'very_urgent' as const, 'urgent' as const) },
    ),
    triaged: fc.boolean(),
    lookedAt: fc.constantFrom(null, at(-5)),
    arrivedAt: minute(-150, 5),
    queuedLater: fc.option(minute(-40, 0), { freq: 6, nil: undefined }),
    dueAt: fc.option(minute(-90, 60), { freq: 2, nil: null }),
    nearFront: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    notHere: fc.constantFrom(0, 0, 0, 0, 1, 2),
    skippedUntil: rarely(minute(-5, 20)),
    skippedCalls: fc.nat(1),
    awayUntil: fc.option(minute(-10, 60), { freq: 6, nil: null }),
  })
  .map(({ queuedLater, ...visit }) => ({ ...visit, id: '', ticket: '', queuedAt: queuedLater ?? visit.arrivedAt }))

/** Any line of up to `maxLength` visits with tickets of their own, at 10 second steps so that ties happen. */
export const anyLine = (maxLength = 25): fc.Arbitrary<QueueVisit[]> =>
  fc.array(anyVisit, { maxLength }).map((visits) =>
    visits.map((visit, index) => {
      const ticket = `${'AB'[index % 2]}${String(index + 1).padStart(3, '0')}`
      return { ...visit, id: ticket, ticket }
    }),
  )

export const anyContext: fc.Arbitrary<QueueContext> = fc
  .record({ row: fc.nat(3), most: fc.integer({ min: 1, max: 3 }), fast: fc.constantFrom(1.5, 3, 1.3, 1, 0.5, 0) })
  .map(({ row, most, fast }) =>
    context({
      lastCalledWereAppointments: row,
      settings: { ...settings, appointmentsInARow: most, accumulation: { standard: fast, non_urgent: 1 } },
    }),
  )
