import { describe, expect, test } from 'vitest'
import type { Oxygen, RiskBand, Vitals } from '../contract/triage.ts'
import type { Urgency } from '../contract/visits.ts'
import { assessRisk } from './risk.ts'
import { scoreVitals } from './risk-score.ts'
import { adult, news2, shipped, wellVitals } from './rule-packs.fixture.ts'

// Chart 1 of NEWS2 (Royal College of Physicians, 2017), typed a second time from rule T3 and not taken from the pack:
// the last value of each band, and its points.
const END = Number.POSITIVE_INFINITY
const respiration = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
  [END, 3],
] as const
const spo2Scale1 = [
  [91, 3],
  [93, 2],
  [95, 1],
  [END, 0],
] as const
const spo2Scale2OnAir = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
  [END, 0],
] as const
const spo2Scale2OnOxygen = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
  [94, 1],
  [96, 2],
  [END, 3],
] as const
const systolic = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
  [END, 3],
] as const
const pulse = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
  [END, 3],
] as const
const temperature = [
  [350, 3],
  [360, 1],
  [380, 0],
  [390, 1],
  [END, 2],
] as const

type Table = readonly (readonly [last: number, points: number])[]
const expected = (table: Table, value: number) => table.find(([last]) => value <= last)?.[1]
const edgesOf = (table: Table) => table.flatMap(([last]) => (last === END ? [] : [last - 1, last, last + 1]))
const pointsOf = (parameter: string, changes: Partial<Vitals>) =>
  scoreVitals(news2, { ...wellVitals, ...changes }).subScores.find((each) => each.parameter === parameter)?.points

type Columns = 'respiration' | 'systolic' | 'pulse' | 'temperatureTenths'
const columns: [Columns, Table, number][] = [
  ['respiration', respiration, 120],
  ['systolic', systolic, 320],
  ['pulse', pulse, 350],
  ['temperatureTenths', temperature, 450],
]

describe('T3 every band edge and its neighbours', () => {
  for (const [parameter, table] of columns) {
    test.each(edgesOf(table))(`T3 ${parameter} %i`, (value) => {
      expect(pointsOf(parameter, { [parameter]: value })).toBe(expected(table, value))
    })
  }

  const saturations: [string, 1 | 2, Oxygen, Table][] = [
    ['scale 1 on air', 1, 'air', spo2Scale1],
    ['scale 1 on oxygen', 1, 'oxygen', spo2Scale1],
    ['scale 2 on air', 2, 'air', spo2Scale2OnAir],
    ['scale 2 on oxygen', 2, 'oxygen', spo2Scale2OnOxygen],
  ]
  for (const [name, spo2Scale, oxygen, table] of saturations) {
    test.each(edgesOf(table))(`T3 SpO2 ${name} %i`, (spo2) => {
      expect(pointsOf('spo2', { spo2, spo2Scale, oxygen })).toBe(expected(table, spo2))
    })
    test(`T3 SpO2 ${name}, every value, oxygen's own points beside it`, () => {
      for (let spo2 = 0; spo2 <= 100; spo2 += 1) {
        const score = scoreVitals(news2, { ...wellVitals, spo2, spo2Scale, oxygen })
        expect(score.total, `${spo2}`).toBe((expected(table, spo2) ?? 0) + (oxygen === 'oxygen' ? 2 : 0))
      }
    })
  }

  test('T3 every plausible value, 0 too, lies in a band', () => {
    for (const [parameter, table, most] of columns)
      for (let value = parameter === 'temperatureTenths' ? 200 : 0; value <= most; value += 1)
        expect(pointsOf(parameter, { [parameter]: value }), `${parameter} ${value}`).toBe(expected(table, value))
  })

  test('T3 temperature is in tenths: 36.0 is not 36.1, 39.0 not 39.1, 35.0 not 35.1', () => {
    const points = [350, 351, 360, 361, 380, 381, 390, 391].map((temperatureTenths) =>
      pointsOf('temperatureTenths', { temperatureTenths }),
    )
    expect(points).toEqual([3, 1, 1, 0, 0, 1, 1, 2])
    expect(() => pointsOf('temperatureTenths', { temperatureTenths: 36.8 })).toThrow(RangeError)
  })

  test('T3 air or oxygen, alert or not', () => {
    expect([pointsOf('oxygen', { oxygen: 'air' }), pointsOf('oxygen', { oxygen: 'oxygen' })]).toEqual([0, 2])
    const levels = ['A', 'C', 'V', 'P', 'U'] as const
    expect(levels.map((consciousness) => pointsOf('consciousness', { consciousness }))).toEqual([0, 3, 3, 3, 3])
  })
})

describe('T3 the response', () => {
  // Six parameters with points below 3 that make the total, none a single 3.
  const steps: Partial<Vitals>[] = [
    {},
    { temperatureTenths: 381 },
    { oxygen: 'oxygen' },
    { oxygen: 'oxygen', temperatureTenths: 381 },
    { oxygen: 'oxygen', pulse: 111 },
    { oxygen: 'oxygen', pulse: 111, temperatureTenths: 381 },
    { oxygen: 'oxygen', pulse: 111, temperatureTenths: 391 },
    { oxygen: 'oxygen', pulse: 111, temperatureTenths: 391, systolic: 101 },
    { oxygen: 'oxygen', pulse: 111, temperatureTenths: 391, systolic: 91 },
  ]
  const responses: [RiskBand, Urgency | null, string | null, string | null][] = [
    ['low', null, null, null],
    ['low', null, null, null],
    ['low', null, null, null],
    ['low', null, null, null],
    ['low', null, null, null],
    ['medium', 'very_urgent', 'urgent', 'warning'],
    ['medium', 'very_urgent', 'urgent', 'warning'],
    ['high', 'immediate', 'emergency', 'critical'],
    ['high', 'immediate', 'emergency', 'critical'],
  ]
  test.each(steps.map((changes, total) => [total, changes] as const))('T3, L2 a total of %i', (total, changes) => {
    const risk = assessRisk({ ...wellVitals, ...changes }, adult, shipped)
    expect(risk.score).toMatchObject({ total, atLeast: total, complete: true, missing: [] })
    expect([risk.score?.band, risk.level, risk.review, risk.alert]).toEqual(responses[total])
  })

  const singles: [string, Partial<Vitals>, Urgency][] = [
    ['respiration 8', { respiration: 8 }, 'very_urgent'],
    ['respiration 25', { respiration: 25 }, 'very_urgent'],
    ['SpO2 91', { spo2: 91 }, 'very_urgent'],
    ['SpO2 83 on scale 2', { spo2: 83, spo2Scale: 2 }, 'very_urgent'],
    ['confusion', { consciousness: 'C' }, 'very_urgent'],
    ['unresponsive', { consciousness: 'U' }, 'very_urgent'],
    ['systolic 90', { systolic: 90 }, 'urgent'],
    ['systolic 220', { systolic: 220 }, 'urgent'],
    ['pulse 40', { pulse: 40 }, 'urgent'],
    ['pulse 131', { pulse: 131 }, 'urgent'],
    ['temperature 35.0', { temperatureTenths: 350 }, 'urgent'],
  ]
  test.each(singles)('T3 a single 3: %s', (_, changes, level) => {
    const risk = assessRisk({ ...wellVitals, ...changes }, adult, shipped)
    expect(risk).toMatchObject({ level, review: 'prompt', score: { total: 3, band: 'low_medium' } })
    expect(risk.alert).toBe(level === 'very_urgent' ? 'warning' : null)
  })

  test('T3 97 on oxygen is a single 3 of scale 2, and with the oxygen already medium', () => {
    const vitals: Vitals = { ...wellVitals, spo2: 97, spo2Scale: 2, oxygen: 'oxygen' }
    expect(assessRisk(vitals, adult, shipped)).toMatchObject({
      level: 'very_urgent',
      review: 'urgent',
      score: { total: 5, band: 'medium', spo2Scale: 2 },
    })
  })

  test('T3 a single 3 never lowers what the total asks for', () => {
    const vitals: Vitals = { ...wellVitals, systolic: 90, pulse: 111, oxygen: 'oxygen' }
    expect(assessRisk(vitals, adult, shipped)).toMatchObject({ level: 'immediate', score: { total: 7, band: 'high' } })
  })
})

describe('T3 something was not taken', () => {
  test('T3 incomplete, at least N: no total, no band that could calm, the known points kept', () => {
    const score = scoreVitals(news2, { ...wellVitals, pulse: null, temperatureTenths: 381 })
    expect(score).toMatchObject({
      total: null,
      atLeast: 1,
      complete: false,
      missing: ['pulse'],
      band: null,
      level: null,
    })
    expect(score.subScores.find(({ parameter }) => parameter === 'pulse')).toMatchObject({ value: null, points: null })
  })

  test('T3 a threshold that is already reached counts although something is missing', () => {
    const some = { ...wellVitals, systolic: null }
    expect(scoreVitals(news2, { ...some, consciousness: 'V' })).toMatchObject({
      total: null,
      atLeast: 3,
      band: 'low_medium',
      level: 'very_urgent',
    })
    const risk = assessRisk({ ...some, consciousness: 'V', pulse: 131, respiration: 9 }, adult, shipped)
    expect(risk).toMatchObject({ level: 'immediate', alert: 'critical', complete: false, score: { atLeast: 7 } })
  })

  test('T3 on scale 2 a saturation of 93 and more can’t be told without air or oxygen; below, it can', () => {
    const on = (spo2: number) => scoreVitals(news2, { ...wellVitals, oxygen: null, spo2, spo2Scale: 2 })
    expect(on(95)).toMatchObject({ atLeast: 0, complete: false, missing: ['oxygen'], band: null })
    expect(on(95).subScores.find(({ parameter }) => parameter === 'spo2')?.points).toBeNull()
    expect(on(85)).toMatchObject({ atLeast: 2 })
    expect(on(83)).toMatchObject({ atLeast: 3, level: 'very_urgent' })
  })

  test('T3 0 is a value and not a missing one', () => {
    const score = scoreVitals(news2, { ...wellVitals, respiration: 0, pulse: 0, systolic: 0, spo2: 0 })
    expect(score).toMatchObject({ total: 12, missing: [] })
  })
})

test('T3 sub-scores, scale, version and source go with the score', () => {
  const risk = assessRisk(wellVitals, adult, shipped)
  expect(risk.score?.pack).toEqual({ id: 'news2', version: '2017' })
  expect(risk.score?.spo2Scale).toBe(1)
  expect(risk.score?.subScores.map(({ parameter }) => parameter)).toEqual([
    'respiration',
    'spo2',
    'oxygen',
    'systolic',
    'pulse',
    'consciousness',
    'temperatureTenths',
  ])
  expect(risk.packs).toHaveLength(1)
  expect(risk.packs[0]?.acknowledgement).toContain('Royal College of Physicians 2017')
  expect(risk.packs[0]?.sources[0]).toMatch(/Royal College of Physicians.*\(2017\)/)
})
