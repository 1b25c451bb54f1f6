import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Displaced, type Engagement, freeBeside, proposePlaces, type RebookingQuestion } from './rebooking.ts'
import type { Slot } from './slots.ts'

const DAY = 24 * 60
/** So many minutes after nine (UTC) of a day. */
const at = (minutes: number, day = 0) =>
  new Date(Date.parse('2026-03-09T09:00:00.000Z') + (minutes + day * DAY) * 60_000).toISOString()
const slot = (minutes: number, { length = 10, free = 1, day = 0 } = {}): Slot => ({
  startsAt: at(minutes, day),
  endsAt: at(minutes + length, day),
  free,
})
const row = (id: string, minutes: number, fields: Partial<Displaced> = {}): Displaced => ({
  id,
  patientId: `patient ${id}`,
  serviceId: 's',
  startsAt: at(minutes),
  ...fields,
})
const propose = (displaced: Displaced[], slots: Slot[], more: Partial<RebookingQuestion> = {}) =>
  proposePlaces({
    displaced,
    slots: new Map([['s', slots]]),
    engagements: [],
    timeZone: 'UTC',
    turnover: '04:00',
    ...more,
  }).map(({ id, slot }) => [id, slot?.startsAt])

describe('Q12 a proposal', () => {
  test('takes the same time where it is free, else the next free one', () => {
    expect(propose([row('a', 0), row('b', 30)], [slot(0), slot(10), slot(40)])).toEqual([
      ['a', at(0)],
      ['b', at(40)],
    ])
  })

  test('never gives one place twice: who is left over is named without one', () => {
    expect(propose([row('b', 10), row('a', 0)], [slot(10)])).toEqual([
      ['a', at(10)],
      ['b', undefined],
    ])
  })

  test('puts two into a slot that has room for two', () => {
    expect(propose([row('a', 0), row('b', 0)], [slot(0, { free: 2 })])).toEqual([
      ['a', at(0)],
      ['b', at(0)],
    ])
  })

  test('keeps the order: nobody overtakes somebody who came before', () => {
    // `a` has no room before 30 with the longer service, so `b` does not go to 10.
    const slots = new Map([
      ['long', [slot(30, { length: 30 })]],
      ['s', [slot(10), slot(60)]],
    ])
    expect(propose([row('a', 0, { serviceId: 'long' }), row('b', 10)], [], { slots })).toEqual([
      ['a', at(30)],
      ['b', at(60)],
    ])
  })

  test('on a later day it is not earlier on the clock', () => {
    expect(propose([row('a', 60)], [slot(0, { day: 1 }), slot(60, { day: 1 })])).toEqual([['a', at(60, 1)]])
    expect(propose([row('a', 60)], [slot(0, { day: 1 }), slot(70, { day: 2 })])).toEqual([['a', at(70, 2)]])
  })

  test('after midnight is late in the clinic day, not early', () => {
    const midnight = 15 * 60
    expect(propose([row('a', midnight + 30)], [slot(0, { day: 1 }), slot(midnight + 30, { day: 1 })])).toEqual([
      ['a', at(midnight + 30, 1)],
    ])
  })

  test('A6 nobody is sent to two places at once', () => {
    const elsewhere: Engagement = { id: 'x', patientId: 'patient a', startsAt: at(5), endsAt: at(15) }
    const own: Engagement = { id: 'a', patientId: 'patient a', startsAt: at(15), endsAt: at(25) }
    expect(propose([row('a', 0)], [slot(0), slot(10), slot(20)], { engagements: [elsewhere, own] })).toEqual([
      ['a', at(20)],
    ])
    const twice = [row('a', 0), row('b', 0, { patientId: 'patient a' })]
    expect(propose(twice, [slot(0, { free: 2 }), slot(10)])).toEqual([
      ['a', at(0)],
      ['b', at(10)],
    ])
  })
})

test('A2 what is free beside what others take', () => {
  const slots = [slot(0), slot(10, { free: 2 }), slot(20)]
  expect(freeBeside(slots, [slot(0), slot(10)]).map((one) => one.startsAt)).toEqual([at(10), at(20)])
  expect(freeBeside(slots, [slot(5, { length: 20 })]).map((one) => one.startsAt)).toEqual([at(10)])
})

const minutes = fc.integer({ min: 0, max: 40 }).map((cell) => cell * 5)
const question = fc.record({
  displaced: fc
    .array(fc.record({ minutes, patient: fc.nat(5), serviceId: fc.constantFrom('s', 'long') }), { maxLength: 12 })
    .map((all) =>
      all.map((one, index) => row(String(index), one.minutes, { ...one, patientId: `patient ${one.patient}` })),
    ),
  slots: fc.array(fc.record({ minutes, day: fc.nat(2), free: fc.integer({ min: 0, max: 2 }) }), { maxLength: 30 }),
  engagements: fc.array(fc.record({ minutes, patient: fc.nat(5), day: fc.nat(2) }), { maxLength: 8 }),
})

test('Q12 whatever is free: no earlier time, the order kept, no place twice, nobody in two places (A2, A6)', () => {
  fc.assert(
    fc.property(question, ({ displaced, slots, engagements }) => {
      const cut = (length: number) =>
        slots.map((one) => slot(one.minutes, { ...one, length })).sort((a, b) => a.startsAt.localeCompare(b.startsAt))
      const busy = engagements.map(({ minutes, patient, day }, index) => ({
        id: `busy ${index}`,
        patientId: `patient ${patient}`,
        startsAt: at(minutes, day),
        endsAt: at(minutes + 10, day),
      }))
      const free = new Map([
        ['s', cut(10)],
        ['long', cut(30)],
      ])
      const rows = proposePlaces({ displaced, slots: free, engagements: busy, timeZone: 'UTC', turnover: '04:00' })
      expect(rows.map((one) => one.id).sort()).toEqual(displaced.map((one) => one.id).sort())
      const placed = rows.flatMap(({ id, slot }) => {
        const from = displaced.find((one) => one.id === id)
        return slot && from ? [{ ...slot, id, from }] : []
      })
      placed.forEach((one, index) => {
        expect(one.startsAt >= one.from.startsAt).toBe(true)
        expect(one.startsAt.slice(11) >= one.from.startsAt.slice(11)).toBe(true)
        expect(one.startsAt >= (placed[index - 1]?.startsAt ?? '')).toBe(true)
        const others = placed.filter(
          (other) => other !== one && other.startsAt < one.endsAt && one.startsAt < other.endsAt,
        )
        expect(one.free).toBeGreaterThan(0)
        expect(others.filter((other) => other.startsAt === one.startsAt).length).toBeLessThan(2)
        const { patientId } = one.from
        expect(others.some((other) => other.from.patientId === patientId)).toBe(false)
        const there = busy.filter((other) => other.startsAt < one.endsAt && one.startsAt < other.endsAt)
        expect(there.some((other) => other.patientId === patientId)).toBe(false)
      })
    }),
  )
})
