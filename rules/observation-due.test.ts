import { describe, expect, test } from 'vitest'
import { clinicSettings } from '../contract/clinics.ts'
import type { Urgency, VisitStatus } from '../contract/visits.ts'
import { compareObservations, observationDue, type WatchedVisit } from './observation-due.ts'
import { at, NOON } from './queue-visits.fixture.ts'
import { VISIT_TRANSITIONS } from './transitions.ts'

const settings = clinicSettings.parse({})
const visit = (changes: Partial<WatchedVisit> = {}): WatchedVisit => ({
  id: 'A',
  status: 'waiting',
  urgency: 'standard',
  arrivedAt: at(-300),
  awayUntil: null,
  ...changes,
})
const atMs = (ms: number) => new Date(NOON + ms).toISOString()

// T5, typed a second time.
const again: [Urgency, number, boolean][] = [
  ['very_urgent', 15, true],
  ['urgent', 30, true],
  ['standard', 60, false],
  ['non_urgent', 120, false],
]

describe('T5 looked at again', () => {
  test.each(again)('T5 %s after %i minutes; to the millisecond', (urgency, minutes, alerts) => {
    const when = (now: string) => observationDue(visit({ urgency }), at(0), now, settings)
    const dueAt = at(minutes)
    expect(when(atMs(0))).toEqual({ dueAt, first: false, overdue: false, alerts: false })
    expect(when(atMs(minutes * 60_000 - 1))).toMatchObject({ overdue: false, alerts: false })
    expect(when(atMs(minutes * 60_000))).toMatchObject({ overdue: false, alerts: false })
    expect(when(atMs(minutes * 60_000 + 1))).toEqual({ dueAt, first: false, overdue: true, alerts })
  })

  test('T5 a look starts the clock anew, a raised level shortens it', () => {
    expect(observationDue(visit(), at(-61), at(0), settings)?.overdue).toBe(true)
    expect(observationDue(visit(), at(-1), at(0), settings)?.overdue).toBe(false)
    expect(observationDue(visit({ urgency: 'urgent' }), at(-40), at(0), settings)).toMatchObject({
      dueAt: at(-10),
      alerts: true,
    })
  })

  test('T5 the clinic’s own minutes count', () => {
    const own = { ...settings, lookAgainMinutes: { ...settings.lookAgainMinutes, standard: 45 } }
    expect(observationDue(visit(), at(0), at(0), own)?.dueAt).toBe(at(45))
  })

  test('T5 an immediate patient is taken now, and is not looked at again by the clock', () => {
    expect(observationDue(visit({ urgency: 'immediate' }), at(-300), at(0), settings)).toBeUndefined()
  })
})

describe('Q5 the first look', () => {
  test.each(['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent'] as const)(
    'Q5 %s: 10 minutes after the arrival',
    (urgency) => {
      const due = (now: string) => observationDue(visit({ urgency, arrivedAt: at(0) }), null, now, settings)
      expect(due(at(10))).toMatchObject({ dueAt: at(10), first: true, overdue: false })
      expect(due(at(11))).toMatchObject({
        first: true,
        overdue: true,
        alerts: urgency === 'very_urgent' || urgency === 'urgent',
      })
    },
  )

  test('Q5 never later than the level would have it', () => {
    const slow = { ...settings, firstLookMinutes: 20 }
    const first = (urgency: Urgency) => observationDue(visit({ urgency, arrivedAt: at(0) }), null, at(0), slow)?.dueAt
    expect([first('very_urgent'), first('urgent')]).toEqual([at(15), at(20)])
  })
})

test('T5 who waits with nobody beside them: waiting, called and not come, on hold', () => {
  const statuses = Object.keys(VISIT_TRANSITIONS) as VisitStatus[]
  const watched = statuses.filter((status) => observationDue(visit({ status }), at(-500), at(0), settings))
  expect(watched).toEqual(['waiting', 'called', 'on_hold'])
})

test('T5, Q12 one who is away is not looked for; back, the clock has run on', () => {
  const away = visit({ awayUntil: at(30) })
  expect(observationDue(away, at(-90), at(29), settings)).toBeUndefined()
  expect(observationDue(away, at(-90), at(30), settings)).toMatchObject({ dueAt: at(-30), overdue: true })
})

test('T5 an instant that is none is not due at any time: it throws', () => {
  expect(() => observationDue(visit(), 'yesterday', at(0), settings)).toThrow(RangeError)
})

test('T5 by need: overdue first, the more urgent first, then the longer due', () => {
  const entries = [
    { id: 'later', urgency: 'urgent', lookedAt: at(-5) },
    { id: 'soon', urgency: 'standard', lookedAt: at(-55) },
    { id: 'standard-long', urgency: 'standard', lookedAt: at(-200) },
    { id: 'urgent-short', urgency: 'urgent', lookedAt: at(-31) },
    { id: 'urgent-long', urgency: 'urgent', lookedAt: at(-90) },
    { id: 'very', urgency: 'very_urgent', lookedAt: at(-16) },
    { id: 'twin-b', urgency: 'standard', lookedAt: at(-100) },
    { id: 'twin-a', urgency: 'standard', lookedAt: at(-100) },
  ] as const
  const listed = entries.flatMap(({ id, urgency, lookedAt }) => {
    const due = observationDue(visit({ id, urgency }), lookedAt, at(0), settings)
    return due ? [{ visit: visit({ id, urgency }), due }] : []
  })
  const order = ['very', 'urgent-long', 'urgent-short', 'standard-long', 'twin-a', 'twin-b', 'soon', 'later']
  expect(listed.toSorted(compareObservations).map((entry) => entry.visit.id)).toEqual(order)
  expect(
    listed
      .toReversed()
      .toSorted(compareObservations)
      .map((entry) => entry.visit.id),
  ).toEqual(order)
})
