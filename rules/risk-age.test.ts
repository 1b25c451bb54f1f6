import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageBand } from '../contract/triage.ts'
import { addDays } from './clinic-day.ts'
import { ageMonthsAt, BAND_MONTHS, isWithin, type Months, monthsOf, overlap } from './risk-age.ts'

const born = (birthDate: string | null) => ({ birthDate, birthDateEstimated: false })

describe('T4 the birthday is the edge', () => {
  test.each([
    ['3 months', '2026-08-20', 2, 3],
    ['1 year', '2025-11-20', 11, 12],
    ['5 years', '2021-11-20', 59, 60],
    ['12 years', '2014-11-20', 143, 144],
    ['13 years', '2013-11-20', 155, 156],
    ['16 years', '2010-11-20', 191, 192],
  ] as const)('T4 %s: the day before, the day itself', (_, birthDate, before, on) => {
    expect(ageMonthsAt(born(birthDate), '2026-11-19')).toBe(before)
    expect(ageMonthsAt(born(birthDate), '2026-11-20')).toBe(on)
    expect(ageMonthsAt(born(birthDate), addDays('2026-11-20', 1))).toBe(on)
  })

  test('P1 not known, or not born yet, is no age; the day of birth is 0', () => {
    expect(ageMonthsAt(born(null), '2026-11-20')).toBeNull()
    expect(ageMonthsAt(born('2026-11-21'), '2026-11-20')).toBeNull()
    expect(ageMonthsAt(born('2026-11-20'), '2026-11-20')).toBe(0)
  })
})

test('T3 the bands follow each other without gap or overlap, from birth on', () => {
  const bands: Months[] = ageBand.options.map((band) => BAND_MONTHS[band])
  expect(bands.map(({ from }) => from)).toEqual([0, ...bands.slice(0, -1).map(({ below }) => below)])
  expect(bands.at(-1)?.below).toBeNull()
})

test('T3 an exact age before a band, a band before nothing', () => {
  expect(monthsOf({ ageMonths: 7, ageBand: '16_and_over' })).toEqual({ from: 7, below: 8 })
  expect(monthsOf({ ageMonths: null, ageBand: '16_and_over' })).toEqual({ from: 192, below: null })
  expect(monthsOf({ ageMonths: null, ageBand: null })).toBeUndefined()
})

test('T3 within and overlap agree with the months counted one by one', () => {
  const some = fc
    .record({ from: fc.nat(20), length: fc.option(fc.integer({ min: 1, max: 10 })) })
    .map(({ from, length }) => ({ from, below: length === null ? null : from + length }) satisfies Months)
  const listed = ({ from, below }: Months) => {
    return Array.from({ length: 41 }, (_, month) => month).filter((month) => month >= from && month < (below ?? 41))
  }
  fc.assert(
    fc.property(some, some, (one, other) => {
      const [ones, others] = [listed(one), listed(other)]
      expect(overlap(one, other)).toBe(ones.some((month) => others.includes(month)))
      expect(isWithin(one, other)).toBe(ones.every((month) => others.includes(month)))
    }),
  )
})
