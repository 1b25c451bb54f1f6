import { expect, test } from 'vitest'
import { newTime } from './new-time.ts'

const known = { startsAt: '2026-03-09T03:00:00.000Z', doctorId: 'chen' }

test.each([
  ['moved', { status: 'booked', startsAt: '2026-03-09T03:10:00.000Z' }],
  ['moved', { status: 'booked', doctorId: 'rao' }],
  ['none', { status: 'confirmed' }],
  ['over', { status: 'cancelled' }],
  ['over', { status: 'checked_in', doctorId: 'rao' }],
] as const)('Q12 what there is to tell: %s', (expected, fields) => {
  expect(newTime(known, { ...known, ...fields })).toBe(expected)
})
