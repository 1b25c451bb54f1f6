import { describe, expect, test } from 'vitest'
import { orderQueue, whyNext } from './queue-order.ts'
import type { QueueContext, QueueVisit } from './queue-standing.ts'
import { at, context, waiting } from './queue-visits.fixture.ts'

const why = (visits: QueueVisit[], ticket: string, changes: Partial<QueueContext> = {}) => {
  const entry = orderQueue(visits, context(changes)).order.find(({ visit }) => visit.ticket === ticket)
  return entry ? whyNext(entry) : undefined
}
/** An appointment so many minutes from noon, whose patient came ten minutes early. */
const due = (ticket: string, minutes: number, changes: Partial<QueueVisit> = {}) =>
  waiting(ticket, 10 - minutes, { dueAt: at(minutes), ...changes })

describe('Q6 why this patient is next', () => {
  test('Q6 by level', () => {
    for (const urgency of ['immediate', 'very_urgent', 'urgent'] as const) {
      expect(why([waiting('A', 7.9, { urgency })], 'A')).toEqual([
        { code: 'level', urgency },
        { code: 'waiting', minutes: 7 },
      ])
    }
  })

  test('Q6 past the maximum wait', () => {
    expect(why([waiting('A', 131)], 'A')).toEqual([
      { code: 'past_maximum_wait', minutes: 131 },
      { code: 'level', urgency: 'standard' },
    ])
  })

  test('Q6 an appointment that is due, or not yet', () => {
    expect(why([due('A', -5)], 'A')).toEqual([
      { code: 'appointment_due', at: at(-5) },
      { code: 'waiting', minutes: 15 },
    ])
    expect(why([due('A', 8)], 'A')).toEqual([
      { code: 'not_due', at: at(8) },
      { code: 'waiting', minutes: 2 },
    ])
  })

  test('Q6 a walk-in whose turn it is because two appointments ran', () => {
    const line = [due('A', -5), waiting('W', 4, { urgency: 'non_urgent' })]
    const own = [
      { code: 'waiting', minutes: 4 },
      { code: 'level', urgency: 'non_urgent' },
    ]
    expect(why(line, 'W', { lastCalledWereAppointments: 2 })).toEqual([{ code: 'walk_in_turn' }, ...own])
    expect(why(line, 'W')).toEqual(own)
  })

  test('Q6 late for an appointment', () => {
    expect(why([waiting('A', 4, { dueAt: at(-24.5) })], 'A')?.[0]).toEqual({
      code: 'late_for_appointment',
      minutes: 20,
    })
  })

  test('Q6 returned', () => {
    expect(why([waiting('A', 4, { nearFront: true })], 'A')?.[0]).toEqual({ code: 'returned' })
  })

  test('Q6 why somebody cannot be called comes first', () => {
    expect(why([waiting('A', 4, { awayUntil: at(9) })], 'A')?.[0]).toEqual({ code: 'away_until', at: at(9) })
    const skipped = waiting('A', 4, { skippedUntil: at(3), skippedCalls: 1 })
    expect(why([skipped], 'A')?.[0]).toEqual({ code: 'skipped_until', at: at(3) })
    expect(why([waiting('A', 4)], 'A', { unpaid: new Set(['A']) })?.[0]).toEqual({ code: 'unpaid' })
  })

  test('Q5 untriaged is marked, and its first look is due after 10 minutes, counted from the arrival', () => {
    const codes = (minutes: number, changes: Partial<QueueVisit> = {}) =>
      why([waiting('A', minutes, { triaged: false, ...changes })], 'A')?.map(({ code }) => code)
    expect(codes(9.99)).toEqual(['waiting', 'level', 'untriaged'])
    expect(codes(10)).toEqual(['waiting', 'level', 'untriaged', 'first_look_due'])
    expect(codes(30, { queuedAt: at(-1) })).toContain('first_look_due')
    expect(codes(30, { status: 'in_triage' })).not.toContain('first_look_due')
    expect(codes(30, { lookedAt: at(-5) }), 'T5 a look counts').toEqual(['waiting', 'level', 'untriaged'])
    expect(codes(30, { triaged: true })).toEqual(['waiting', 'level'])
  })

  test('Q5 an arrival in the future counts as one of this moment', () => {
    expect(why([waiting('A', -3)], 'A')?.[0]).toEqual({ code: 'waiting', minutes: 0 })
    const order = (...line: QueueVisit[]) => orderQueue(line, context()).order.map(({ visit }) => visit.ticket)
    expect(order(waiting('A', -3), waiting('B', 0.1))).toEqual(['B', 'A'])
    expect(order(waiting('N', -4, { urgency: 'non_urgent' }), waiting('S', -3))).toEqual(['S', 'N'])
  })
})
