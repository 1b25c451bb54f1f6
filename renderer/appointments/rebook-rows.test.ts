import { expect, test } from 'vitest'
import { type Picked, rebookRows } from './rebook-rows.ts'

const at = (minutes: number) => new Date(Date.parse('2026-03-09T03:00:00.000Z') + minutes * 60_000).toISOString()
const slot = (minutes: number) => ({ startsAt: at(minutes), endsAt: at(minutes + 10), free: 1 })
const proposal = (places: (number | null)[], free: number[]) => ({
  rows: places.map((minutes, index) => ({
    appointmentId: String(index),
    slot: minutes === null ? null : { startsAt: at(minutes), endsAt: at(minutes + 10) },
  })),
  slots: [{ serviceId: 's', items: free.map(slot) }],
})
const rows = (places: (number | null)[], free: number[], picked: Picked = {}) =>
  rebookRows(proposal(places, free), picked, () => 's')
const times = (...args: Parameters<typeof rows>) => rows(...args).map(({ startsAt }) => startsAt)

test('Q12 untouched it is the proposal; a row is offered what the others leave', () => {
  const all = rows([0, 10, null], [0, 10, 20])
  expect(all.map(({ startsAt }) => startsAt)).toEqual([at(0), at(10), null])
  expect(all[0]?.choices.map(({ startsAt }) => startsAt)).toEqual([at(0), at(20)])
  expect(all[2]?.choices.map(({ startsAt }) => startsAt)).toEqual([at(20)])
})

test('Q12 a pick stands, also when a new proposal would give it to another, who goes on to the next', () => {
  expect(times([0, 10, 20], [0, 10, 20, 30], { 0: at(10) })).toEqual([at(10), at(20), at(30)])
})

test('Q12 who is left out stays so, and who has no time left is said to have none', () => {
  expect(times([0, 10], [0, 10], { 0: null })).toEqual([null, at(10)])
  expect(times([0, 10], [0, 10], { 0: at(10) })).toEqual([at(10), null])
})

test('A2 a pick that somebody has booked meanwhile gives way to the proposal', () => {
  expect(times([0, 10], [0, 10], { 0: at(30) })).toEqual([at(0), at(10)])
})
