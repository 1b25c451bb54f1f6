import { describe, expect, test } from 'vitest'
import { appointmentsCalledInARow, isFirst, nextToCall, orderQueue } from './queue-order.ts'
import { isMissed, type QueueContext, type QueueVisit } from './queue-standing.ts'
import { at, context, settings, waiting } from './queue-visits.fixture.ts'

const order = (visits: QueueVisit[], changes: Partial<QueueContext> = {}) =>
  orderQueue(visits, context(changes)).order.map((entry) => entry.visit.ticket)
/** An appointment so many minutes from noon, whose patient came ten minutes early. */
const due = (ticket: string, minutes: number, changes: Partial<QueueVisit> = {}) =>
  waiting(ticket, 10 - minutes, { dueAt: at(minutes), ...changes })

describe('Q5 levels', () => {
  test('Q5 immediate, very urgent, past the maximum wait, urgent, returned, the rest, not yet due', () => {
    const line = [
      due('H', 30),
      waiting('G', 100, { urgency: 'non_urgent' }),
      waiting('F', 90),
      due('E', -5),
      waiting('D', 1, { nearFront: true }),
      waiting('C', 1, { urgency: 'urgent' }),
      waiting('B', 120),
      waiting('A2', 0, { urgency: 'very_urgent' }),
      waiting('A1', 0, { urgency: 'immediate' }),
    ]
    expect(order(line)).toEqual(['A1', 'A2', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])
  })

  test('Q5 immediate and very urgent are strictly first, whatever anybody has waited', () => {
    const line = [
      waiting('A', 600),
      waiting('B', 500, { urgency: 'very_urgent' }),
      waiting('C', 0, { urgency: 'immediate' }),
    ]
    expect(order(line)).toEqual(['C', 'B', 'A'])
  })

  test('Q5 ties of a level go by waiting time, then by ticket', () => {
    for (const urgency of ['immediate', 'very_urgent', 'urgent'] as const) {
      const line = [waiting('A', 5, { urgency }), waiting('C', 9, { urgency }), waiting('B', 9, { urgency })]
      expect(order(line)).toEqual(['B', 'C', 'A'])
    }
    const named = (id: string, ticket: string) => waiting(ticket, 9, { id })
    expect(order([named('1', 'A002'), named('2', 'A001')])).toEqual(['A001', 'A002'])
    expect(order([waiting('A1000', 9), waiting('B999', 9), waiting('A998', 9)])).toEqual(['A998', 'B999', 'A1000'])
  })

  test('Q1 a patient in triage keeps place and clock', () => {
    expect(order([waiting('A', 5), waiting('B', 9, { status: 'in_triage' }), waiting('C', 20)])).toEqual([
      'C',
      'B',
      'A',
    ])
  })

  test('Q4 the order uses the corrected arrival, not the time of entry', () => {
    const early = { ...waiting('B', 30), enteredAt: at(0) }
    expect(order([waiting('A', 20), early])).toEqual(['B', 'A'])
  })

  test('Q5 only waiting and in triage are in the order', () => {
    const statuses = [
      'called',
      'in_consultation',
      'on_hold',
      'awaiting_payment',
      'completed',
      'left',
      'cancelled',
      'no_show',
    ] as const
    expect(order(statuses.map((status, index) => waiting(`A${index}`, 5, { status })))).toEqual([])
  })
})

describe('Q5 the maximum wait', () => {
  test('Q5 from the 120th minute on, not before', () => {
    const urgent = waiting('U', 1, { urgency: 'urgent' })
    const nearly = waiting('A', 120, { queuedAt: new Date(Date.parse(at(-120)) + 1).toISOString() })
    expect(order([urgent, nearly])).toEqual(['U', 'A'])
    expect(order([urgent, waiting('A', 120)])).toEqual(['A', 'U'])
  })

  test('Q5 of those past it, urgent first, then whoever waited longest', () => {
    const line = [
      waiting('A', 130),
      waiting('B', 140, { urgency: 'non_urgent' }),
      waiting('C', 121, { urgency: 'urgent' }),
      waiting('D', 125, { nearFront: true }),
    ]
    expect(order(line)).toEqual(['C', 'B', 'A', 'D'])
  })

  test('Q5 who comes hours before an appointment is not past the maximum for it: the wait counts from the slot', () => {
    const early = waiting('A', 300, { dueAt: at(30) })
    expect(order([early, waiting('B', 1)])).toEqual(['B', 'A'])
    const slotPassed = waiting('A', 300, { dueAt: at(-119) })
    expect(order([slotPassed, waiting('U', 1, { urgency: 'urgent' })])).toEqual(['U', 'A'])
    expect(order([waiting('A', 300, { dueAt: at(-120) }), waiting('U', 1, { urgency: 'urgent' })])).toEqual(['A', 'U'])
  })

  test('Q5 an urgent patient’s wait counts from coming, appointment or not', () => {
    expect(order([waiting('A', 130, { dueAt: at(30), urgency: 'urgent' }), waiting('B', 125)])).toEqual(['A', 'B'])
  })

  test('Q5 appointments past it stand by the wait from their slot', () => {
    expect(order([waiting('A', 300, { dueAt: at(-125) }), waiting('B', 130)])).toEqual(['B', 'A'])
  })

  test('Q5 who returned has left the slot behind: the wait counts from the own clock', () => {
    expect(order([waiting('A', 125, { nearFront: true, dueAt: at(30) }), waiting('B', 121)])).toEqual(['A', 'B'])
  })

  test('Q1 after a hold the own clock counts, not the arrival', () => {
    const back = waiting('A', 200, { queuedAt: at(-10), nearFront: true })
    expect(order([back, waiting('U', 1, { urgency: 'urgent' })])).toEqual(['U', 'A'])
  })
})

describe('Q5 appointments and walk-ins', () => {
  test('Q5 appointments come first from their slot on, no more than two in a row while a walk-in waits', () => {
    const line = [
      due('A', -50),
      due('B', -40),
      due('C', -30),
      due('D', -20),
      due('E', -10),
      waiting('W', 30),
      waiting('X', 20),
    ]
    expect(order(line)).toEqual(['A', 'B', 'W', 'C', 'D', 'X', 'E'])
  })

  test('Q5 with no walk-in waiting they are not held up', () => {
    expect(order([due('A', -3), due('B', -2), due('C', -1)], { lastCalledWereAppointments: 2 })).toEqual([
      'A',
      'B',
      'C',
    ])
  })

  test('Q5 those called just before count', () => {
    const line = [due('A', -3), due('B', -2), waiting('W', 5)]
    expect(order(line, { lastCalledWereAppointments: 1 })).toEqual(['A', 'W', 'B'])
    expect(order(line, { lastCalledWereAppointments: 2 })).toEqual(['W', 'A', 'B'])
    expect(order(line, { lastCalledWereAppointments: 7 })).toEqual(['W', 'A', 'B'])
  })

  test('Q5 how many in a row is the clinic’s setting', () => {
    const line = [due('A', -3), due('B', -2), waiting('W', 5)]
    expect(order(line, { settings: { ...settings, appointmentsInARow: 1 } })).toEqual(['A', 'W', 'B'])
  })

  test('Q5 an appointment is due from its very slot on, by slot and not by arrival', () => {
    expect(order([due('A', 0), waiting('W', 90)])).toEqual(['A', 'W'])
    expect(order([waiting('A', 10, { dueAt: at(0.001) }), waiting('W', 0)])).toEqual(['W', 'A'])
    expect(order([waiting('A', 60, { dueAt: at(-5) }), waiting('B', 7, { dueAt: at(-10) })])).toEqual(['B', 'A'])
  })

  test('Q5 up to the grace one is on time; later one is a walk-in from the arrival', () => {
    const late = (minutes: number) => waiting('L', 20, { dueAt: at(-20 - minutes) })
    const other = waiting('W', 40)
    expect(order([late(15), other])).toEqual(['L', 'W'])
    expect(order([late(15.001), other])).toEqual(['W', 'L'])
    expect(order([late(60), waiting('W', 19)])).toEqual(['L', 'W'])
  })

  test('Q5 whether one is on time is told by the arrival, not by a later place in the queue', () => {
    expect(order([waiting('A', 5, { arrivedAt: at(-60), dueAt: at(-50) }), waiting('W', 40)])).toEqual(['A', 'W'])
  })

  test('Q5 appointments not yet due come last, by their slot, and can be called when nobody else waits', () => {
    const line = [due('A', 40), due('B', 20), waiting('W', 0, { urgency: 'non_urgent' })]
    expect(order(line)).toEqual(['W', 'B', 'A'])
    expect(nextToCall(orderQueue([due('A', 40)], context()).order)?.visit.ticket).toBe('A')
  })

  test('Q5 walk-ins accumulate 1.5 a minute at standard, 1 at non-urgent', () => {
    const slow = (minutes: number) => waiting('N', minutes, { urgency: 'non_urgent' })
    expect(order([waiting('S', 20), slow(29)])).toEqual(['S', 'N'])
    expect(order([waiting('S', 20), slow(31)])).toEqual(['N', 'S'])
    expect(order([waiting('S', 20), slow(30)])).toEqual(['N', 'S'])
    const even = { ...settings, accumulation: { standard: 1, non_urgent: 1 } }
    expect(order([waiting('S', 20), slow(21)], { settings: even })).toEqual(['N', 'S'])
  })

  test('Q5 untriaged counts as standard, unless reception raised it', () => {
    const untriaged = waiting('N', 25, { urgency: 'non_urgent', triaged: false })
    expect(order([waiting('S', 20), untriaged])).toEqual(['N', 'S'])
    expect(order([waiting('S', 20), waiting('R', 0, { urgency: 'urgent', triaged: false })])).toEqual(['R', 'S'])
  })

  test('Q1 Q8 who returns comes before the rest but overtakes nobody urgent; of two, the longer waiting', () => {
    const line = [
      due('A', -60),
      waiting('B', 3, { nearFront: true }),
      waiting('C', 6, { nearFront: true, dueAt: at(60) }),
    ]
    expect(order([...line, waiting('U', 0, { urgency: 'urgent' })])).toEqual(['U', 'C', 'B', 'A'])
  })
})

describe('Q7 Q12 M2 who cannot be called', () => {
  test('Q12 one who is away keeps the clock and is not called until back', () => {
    const line = [waiting('A', 60, { awayUntil: at(5) }), waiting('B', 1)]
    const { order: entries } = orderQueue(line, context())
    expect(entries.map(({ visit, place, callable }) => [visit.ticket, place, callable])).toEqual([
      ['B', 1, true],
      ['A', 2, false],
    ])
    expect(nextToCall(entries)?.visit.ticket).toBe('B')
    expect(order(line, { now: at(5) })).toEqual(['A', 'B'])
  })

  test('Q7 one not there is skipped for 5 minutes or one call, whichever ends first', () => {
    const skipped = (skippedUntil: string | null, skippedCalls: number) =>
      order([waiting('A', 60, { notHere: 1, skippedUntil, skippedCalls }), waiting('B', 1)])
    expect(skipped(at(5), 1)).toEqual(['B', 'A'])
    expect(skipped(at(5), 0)).toEqual(['A', 'B'])
    expect(skipped(at(0), 1)).toEqual(['A', 'B'])
    expect(skipped(null, 1)).toEqual(['A', 'B'])
  })

  test('M2 the unpaid are not called, but from urgent up always', () => {
    const unpaid = new Set(['A', 'U'])
    const line = [waiting('A', 60), waiting('B', 1), waiting('U', 0, { urgency: 'urgent' })]
    const entries = orderQueue(line, context({ unpaid })).order
    expect(entries.map(({ visit, callable }) => [visit.ticket, callable])).toEqual([
      ['U', true],
      ['B', true],
      ['A', false],
    ])
  })

  test('Q5 those who cannot be called follow in the same order, and take no walk-in’s turn', () => {
    const away = { awayUntil: at(5) }
    const line = [
      waiting('A', 9, away),
      waiting('I', 1, { urgency: 'immediate', ...away }),
      waiting('W', 1, away),
      due('B', -5),
    ]
    expect(order(line, { lastCalledWereAppointments: 2 })).toEqual(['B', 'I', 'A', 'W'])
    expect(order([due('C', -5, away), waiting('W', 60, away)], { lastCalledWereAppointments: 2 })).toEqual(['C', 'W'])
  })

  test('Q7 after two times not there one is missed and not in the order', () => {
    const line = [waiting('A', 60, { notHere: 2 }), waiting('B', 1, { notHere: 1 }), waiting('C', 90, { notHere: 3 })]
    const { order: entries, missed } = orderQueue(line, context())
    expect(entries.map(({ visit }) => visit.ticket)).toEqual(['B'])
    expect(missed.map(({ ticket }) => ticket)).toEqual(['C', 'A'])
    expect([1, 2].map((notHere) => isMissed({ notHere }, { notHereLimit: 2 }))).toEqual([false, true])
    expect(isMissed({ notHere: 0 }, { notHereLimit: 0 })).toBe(false)
  })

  test('Q7 the first in the order is the first that can be called', () => {
    const { order: entries } = orderQueue(
      [waiting('A', 60, { awayUntil: at(5) }), waiting('B', 9), waiting('C', 1)],
      context(),
    )
    expect(['A', 'B', 'C', 'D'].filter((id) => isFirst(entries, id))).toEqual(['B'])
    expect(nextToCall([])).toBeUndefined()
    expect(isFirst([], 'A')).toBe(false)
  })
})

describe('Q5 appointments called in a row', () => {
  const called = (minutesAgo: number, visit: QueueVisit) => ({ ...visit, calledAt: at(-minutesAgo) })
  const walkIn = called(3, waiting('W', 20))
  const appointment = called(2, due('A', -5))

  test('Q5 counts back to the last walk-in', () => {
    expect(appointmentsCalledInARow([], settings)).toBe(0)
    expect(appointmentsCalledInARow([appointment, appointment], settings)).toBe(2)
    expect(appointmentsCalledInARow([appointment, walkIn, appointment], settings)).toBe(1)
    expect(appointmentsCalledInARow([walkIn, appointment], settings)).toBe(0)
  })

  test('Q5 one called before the slot counts, one that was late is a walk-in', () => {
    expect(appointmentsCalledInARow([called(2, due('A', 5))], settings)).toBe(1)
    expect(appointmentsCalledInARow([called(2, waiting('L', 5, { dueAt: at(-60) })), appointment], settings)).toBe(0)
  })

  test('Q5 emergencies, the overlong waiting and the returned neither count nor break the row', () => {
    const between = [
      called(1, waiting('I', 5, { urgency: 'immediate' })),
      called(1, waiting('P', 130)),
      called(1, waiting('R', 5, { nearFront: true })),
      { ...waiting('N', 5), calledAt: null },
    ]
    expect(appointmentsCalledInARow([appointment, ...between, appointment, walkIn], settings)).toBe(2)
  })
})
