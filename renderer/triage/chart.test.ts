import { expect, test } from 'vitest'
import type { RiskSubject, TriageRecord, Vitals } from '../../contract/triage.ts'
import { assessRisk } from '../../rules/risk.ts'
import { aged, nothingTaken, shipped } from '../../rules/rule-packs.fixture.ts'
import { formatsFor } from '../ui/formats.ts'
import { plotOf, specOf } from './chart.ts'

const taken = (vitals: Partial<Vitals>, subject: RiskSubject): TriageRecord => {
  const whole = { ...nothingTaken, ...vitals }
  return {
    ...{ id: 'a', clinicId: 'c', visitId: 'v', patientId: 'p', takenAt: '2026-03-09T03:00:00.000Z', takenById: 'n' },
    ...whole,
    ...{ scaleDecidedById: null, ageMonths: subject.ageMonths, ageBand: null, pregnancy: subject.pregnancy },
    ...{ risk: assessRisk(whole, subject, shipped), level: 'standard', loweredReason: null, version: 1 },
  }
}
const weights = (record: TriageRecord, value: number, vital: 'respiration' | 'spo2') =>
  plotOf(vital, [record], shipped)
    .shades.filter(({ from, to }) => value >= from && value <= to)
    .map(({ weight }) => weight)

test('T3 the bands behind an adult’s values are those that count, on the scale that was used', () => {
  const adult = aged(480)
  for (const [value, expected] of [
    [8, [3]],
    [11, [1]],
    [16, []],
    [22, [2]],
    [25, [3]],
  ] as const)
    expect(weights(taken({ respiration: value }, adult), value, 'respiration')).toEqual(expected)
  const onTwo = { spo2: 90, spo2Scale: 2, oxygen: 'oxygen' } as const
  expect(weights(taken(onTwo, adult), 90, 'spo2')).toEqual([])
  expect(weights(taken(onTwo, adult), 97, 'spo2')).toEqual([3])
})

test('T4 a child’s bands are those of the age', () => {
  expect(weights(taken({ respiration: 45 }, aged(36)), 45, 'respiration')).toEqual([3])
  expect(weights(taken({ respiration: 45 }, aged(6)), 45, 'respiration')).toEqual([])
})

test('a value outside the frame widens it', () => {
  expect(plotOf('respiration', [taken({ respiration: 60 }, aged(480))], shipped).high).toBe(60)
})

const words = {
  format: formatsFor('en', 'Asia/Dhaka', 'BDT'),
  timeZone: 'Asia/Dhaka',
  nameOf: (vital: string) => vital,
}
const at = (takenAt: string, vitals: Partial<Vitals>) => ({ ...taken(vitals, aged(480)), takenAt })

test('the two pressures are one plot; a look without either is not in it', () => {
  const looks = [
    at('2026-03-09T03:00:00.000Z', { systolic: 120, diastolic: 80 }),
    at('2026-03-09T03:10:00.000Z', { pulse: 80 }),
    at('2026-03-09T03:20:00.000Z', { systolic: 95 }),
  ]
  const { xs, series, yRange } = specOf('systolic', looks, shipped, words)
  expect(xs.map((x) => words.format.time(x))).toEqual(['09:00', '09:20'])
  expect(series.map(({ name, values }) => [name, values])).toEqual([
    ['systolic', [120, 95]],
    ['diastolic', [80, null]],
  ])
  expect(yRange?.[0]).toBeLessThanOrEqual(80)
})

test('U5 the clinic’s clock is under the axis, and the day where another one begins', () => {
  const [early, late, next] = ['2026-03-09T03:00:00.000Z', '2026-03-09T10:00:00.000Z', '2026-03-10T03:00:00.000Z'].map(
    (takenAt) => at(takenAt, { pulse: 80 }),
  )
  if (!early || !late || !next) throw new Error('three looks')
  const ticksOf = (looks: TriageRecord[]) => {
    const { xs, xTick } = specOf('pulse', looks, shipped, words)
    return xs.map((x, index) => xTick(x, xs[index - 1]))
  }
  expect(ticksOf([early, late])).toEqual(['09:00', '16:00'])
  expect(ticksOf([early, late, next])).toEqual(['09:00\n09-Mar', '16:00', '09:00\n10-Mar'])
})
