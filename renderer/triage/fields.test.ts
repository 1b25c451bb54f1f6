import { describe, expect, test } from 'vitest'
import {
  emptyDraft,
  faultsOf,
  isEmpty,
  isUnread,
  shown,
  typedLongAgo,
  typedValue,
  vitalsOf,
  withText,
} from './fields.ts'

describe('T2 what a nurse types', () => {
  test('a temperature with or without its point is the same tenths, and nothing falls between', () => {
    for (const text of ['36.8', '36,8', '368']) expect(typedValue('temperatureTenths', text).value).toBe(368)
    expect(typedValue('temperatureTenths', '37').value).toBe(370)
    expect(typedValue('temperatureTenths', '36.85').value).toBeNull()
  })

  test('a number is read in any of our digits; what is none is told from one that cannot be (U5)', () => {
    for (const text of ['৩৬.৮', '٣٦٫٨']) expect(typedValue('temperatureTenths', text).value, text).toBe(368)
    expect(['7o', 'high', '1 2'].map(isUnread)).toEqual([true, true, true])
    expect(['', ' ', '970', '৭২'].map(isUnread)).toEqual([false, false, false, false])
  })

  test('0 is a value, nothing typed is none, and neither is a fault', () => {
    expect(typedValue('pulse', '0')).toEqual({ value: 0, fault: null })
    expect(typedValue('pulse', ' ')).toEqual({ value: null, fault: null })
    expect(typedValue('pulse', undefined)).toEqual({ value: null, fault: null })
  })

  test('what is out of reason says between which numbers it must be, in the unit that is typed', () => {
    expect(typedValue('spo2', '970')).toEqual({ value: null, fault: { from: '0', to: '100' } })
    expect(typedValue('temperatureTenths', '3.7').fault).toEqual({ from: '20.0', to: '45.0' })
    expect(typedValue('pulse', '7o').fault).not.toBeNull()
    expect(typedValue('weightGrams', '72.5').value).toBe(72_500)
    expect(shown('weightGrams', 72_500)).toBe('72.5')
    expect(shown('heightMillimetres', 1750)).toBe('175')
  })

  test('pressures the wrong way round are a fault, litres count on oxygen alone', () => {
    const draft = { ...emptyDraft, texts: { systolic: '80', diastolic: '120', oxygenTenths: '2' } }
    expect(faultsOf(draft)).toEqual([{ vital: 'diastolic' }])
    expect(vitalsOf({ ...draft, oxygen: 'air' }).oxygenTenths).toBeNull()
    expect(vitalsOf({ ...draft, oxygen: 'oxygen' }).oxygenTenths).toBe(20)
    expect(isEmpty(emptyDraft)).toBe(true)
    expect(isEmpty(draft)).toBe(false)
  })
})

describe('T2 when it was typed', () => {
  const since = '2026-03-09T03:00:00.000Z'
  const minutesOn = (minutes: number) => Date.parse(since) + minutes * 60_000

  test('ten minutes on it is not just taken any more, until somebody says that it is', () => {
    expect(typedLongAgo(emptyDraft, null, minutesOn(60))).toBeNull()
    expect(typedLongAgo(emptyDraft, since, minutesOn(9))).toBeNull()
    expect(typedLongAgo(emptyDraft, since, minutesOn(10))).toBe(since)
    const freshAt = new Date(minutesOn(30)).toISOString()
    expect(typedLongAgo({ ...emptyDraft, freshAt }, since, minutesOn(35))).toBeNull()
    expect(typedLongAgo({ ...emptyDraft, freshAt }, since, minutesOn(40))).toBe(freshAt)
  })

  test('a text that was taken out again was never typed', () => {
    const texts = withText(withText({}, 'pulse', '70'), 'spo2', '97')
    expect(texts).toEqual({ pulse: '70', spo2: '97' })
    expect(withText(withText(texts, 'pulse', ''), 'spo2', '')).toEqual({})
  })
})
