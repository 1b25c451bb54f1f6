import { describe, expect, test } from 'vitest'
import type { MeasuredVital } from './triage.ts'
import { vitalLimits, vitals } from './triage.ts'

const faults = (taken: object) => vitals.safeParse(taken).error?.issues.map(({ path }) => path.join('.')) ?? []
const measured = Object.entries(vitalLimits) as [MeasuredVital, { from: number; to: number }][]
/** Litres are given to somebody on oxygen. */
const on = { oxygen: 'oxygen' }

describe('T2 plausibility limits refuse typing errors', () => {
  test.each(measured)('T2 %s', (vital, { from, to }) => {
    for (const value of [from, from + 1, to - 1, to]) expect(faults({ ...on, [vital]: value })).toEqual([])
    for (const value of [from - 1, to + 1, from + 0.5, Number.NaN, `${from}`])
      expect(faults({ ...on, [vital]: value }), `${value}`).toEqual([vital])
  })

  test('T2 a slipped digit, another unit', () => {
    expect(faults({ temperatureTenths: 37 })).toEqual(['temperatureTenths'])
    expect(faults({ temperatureTenths: 986 })).toEqual(['temperatureTenths'])
    expect(faults({ temperatureTenths: 36.8 })).toEqual(['temperatureTenths'])
    expect(faults({ pulse: 728 })).toEqual(['pulse'])
    expect(faults({ spo2: 989 })).toEqual(['spo2'])
    expect(faults({ heightMillimetres: 170 })).toEqual(['heightMillimetres'])
  })

  test('T2 the field is named and the limits are told', () => {
    expect(vitals.safeParse({ spo2: 101 }).error?.issues[0]?.message).toBe('must be a whole number from 0 to 100')
  })

  test('T2 pressures the wrong way round, litres without oxygen', () => {
    expect(faults({ systolic: 80, diastolic: 120 })).toEqual(['diastolic'])
    expect(faults({ systolic: 80, diastolic: 80 })).toEqual([])
    expect(faults({ diastolic: 120 })).toEqual([])
    expect(faults({ oxygenTenths: 20, oxygen: 'air' })).toEqual(['oxygenTenths'])
    expect(faults({ oxygenTenths: 20 })).toEqual(['oxygenTenths'])
  })
})

test('T2 nothing is filled in: what was not taken is null, and 0 is a value', () => {
  const { spo2Scale, ...taken } = vitals.parse({ pulse: 0, respiration: 0, pain: 0 })
  expect(spo2Scale).toBe(1)
  expect(taken).toMatchObject({ pulse: 0, respiration: 0, pain: 0, spo2: null, oxygen: null, consciousness: null })
  expect(Object.values(taken).filter((value) => value !== null)).toEqual([0, 0, 0])
})

test('T2 what is no vital sign, no scale, no consciousness', () => {
  expect(faults({ bloodType: 'A' })).toEqual([''])
  expect(faults({ spo2Scale: 3 })).toEqual(['spo2Scale'])
  expect(faults({ consciousness: 'D' })).toEqual(['consciousness'])
})
