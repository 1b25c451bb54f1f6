import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageAt, ageLabel, estimatedBirthDate } from './age.ts'
import { addDays } from './clinic-day.ts'

const born = (birthDate: string | null, birthDateEstimated = false) => ({ birthDate, birthDateEstimated })

test('U2 whole years, months and days lived', () => {
  expect(ageAt(born('1984-03-07'), '2026-03-06')).toEqual({ years: 41, months: 11, days: 27 })
  expect(ageAt(born('1984-03-07'), '2026-03-07')).toEqual({ years: 42, months: 0, days: 0 })
})

test('U2 born on 29 February: a year older on 1 March', () => {
  expect(ageAt(born('2024-02-29'), '2025-02-28')?.years).toBe(0)
  expect(ageAt(born('2024-02-29'), '2025-03-01')?.years).toBe(1)
})

test('P1 not known is not known, and a birth in the future is no age', () => {
  expect(ageAt(born(null), '2026-03-07')).toBeUndefined()
  expect(ageLabel(born(null), '2026-03-07')).toBeUndefined()
  expect(ageAt(born('2026-03-08'), '2026-03-07')).toBeUndefined()
})

test('P1 days in the first month, months under two years, then years', () => {
  const label = (birthDate: string) => {
    const said = ageLabel(born(birthDate), '2026-03-07')
    return said && `${said.value} ${said.unit}`
  }
  expect(label('2026-03-07')).toBe('0 days')
  expect(label('2026-02-08')).toBe('27 days')
  expect(label('2026-02-07')).toBe('1 months')
  expect(label('2024-03-08')).toBe('23 months')
  expect(label('2024-03-07')).toBe('2 years')
  expect(label('1926-03-07')).toBe('100 years')
})

test('P1 an estimated age says so', () => {
  expect(ageLabel(born('1986-03-07', true), '2026-03-07')).toEqual({ value: 40, unit: 'years', estimated: true })
  expect(ageLabel(born('1986-03-07'), '2026-03-07')?.estimated).toBe(false)
})

test('P1 an estimated age is the age shown today', () => {
  expect(estimatedBirthDate(40, 0, '2026-03-07')).toBe('1986-03-07')
  expect(estimatedBirthDate(0, 7, '2026-03-07')).toBe('2025-08-07')
  fc.assert(
    fc.property(fc.nat(120), fc.nat(11), fc.nat(3000), (years, months, offset) => {
      const today = addDays('2020-01-01', offset)
      const age = ageAt(born(estimatedBirthDate(years, months, today), true), today)
      expect(age).toMatchObject({ years, months })
    }),
  )
})

test('P1 what is no age is refused', () => {
  for (const [years, months] of [
    [-1, 0],
    [0, -1],
    [1.5, 0],
    [131, 0],
    [Number.NaN, 0],
  ] as const) {
    expect(() => estimatedBirthDate(years, months, '2026-03-07')).toThrow(RangeError)
  }
})
