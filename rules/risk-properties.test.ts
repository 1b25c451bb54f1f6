import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageBand, pregnancy, type RiskParameter, type Vitals } from '../contract/triage.ts'
import { assessRisk } from './risk.ts'
import { scoreVitals } from './risk-score.ts'
import { adult, anyVitals, news2, nothingTaken, shipped } from './rule-packs.fixture.ts'
import { highestLevel, isAbove, raisedLevel } from './triage-level.ts'

const runs = { numRuns: 1000 }
const total = (vitals: Vitals) => scoreVitals(news2, vitals).total ?? Number.NaN
const LOOKED_AT = [
  'respiration',
  'spo2',
  'oxygen',
  'systolic',
  'pulse',
  'consciousness',
  'temperatureTenths',
] as const satisfies RiskParameter[]

const anySubject = fc.record({
  ageMonths: fc.option(fc.integer({ min: 0, max: 1200 })),
  ageBand: fc.option(fc.constantFrom(...ageBand.options)),
  sex: fc.constantFrom('female' as const, 'male' as const, 'not_known' as const),
  pregnancy: fc.constantFrom(...pregnancy.options),
})
/** Some of the values left out. */
const without = (vitals: Vitals, left: readonly RiskParameter[]): Vitals => ({
  ...vitals,
  ...Object.fromEntries(left.map((parameter) => [parameter, null])),
})
const anyLeftOut = fc.subarray([...LOOKED_AT])

describe('T3 properties', () => {
  test('T3 the total is a whole number from 0 to 20, and the sum of the sub-scores', () => {
    fc.assert(
      fc.property(anyVitals, (vitals) => {
        const score = scoreVitals(news2, vitals)
        expect(Number.isInteger(score.total)).toBe(true)
        expect(score.total).toBeGreaterThanOrEqual(0)
        expect(score.total).toBeLessThanOrEqual(20)
        expect(score.subScores.reduce((sum, { points }) => sum + (points ?? Number.NaN), 0)).toBe(score.total)
      }),
      runs,
    )
  })

  test('T3 both ends of the range are reached', () => {
    const worst: Vitals = {
      ...nothingTaken,
      respiration: 40,
      spo2: 80,
      oxygen: 'oxygen',
      systolic: 80,
      pulse: 140,
      consciousness: 'U',
      temperatureTenths: 340,
    }
    expect(total(worst)).toBe(20)
    expect(
      total({ ...worst, respiration: 15, spo2: 99, oxygen: 'air', systolic: 130, pulse: 60, consciousness: 'A' }),
    ).toBe(3)
  })

  // On one side of normal, further out is never fewer points. SpO2 on scale 1 has one side; on scale 2 with oxygen, two.
  const sides: [string, keyof Vitals, number, number, Partial<Vitals>][] = [
    ['fast respiration', 'respiration', 12, 120, {}],
    ['slow respiration', 'respiration', 20, 0, {}],
    ['SpO2, scale 1', 'spo2', 100, 0, { spo2Scale: 1 }],
    ['SpO2, scale 2 on air', 'spo2', 100, 0, { spo2Scale: 2, oxygen: 'air' }],
    ['SpO2, scale 2 on oxygen, low', 'spo2', 92, 0, { spo2Scale: 2, oxygen: 'oxygen' }],
    ['SpO2, scale 2 on oxygen, high', 'spo2', 88, 100, { spo2Scale: 2, oxygen: 'oxygen' }],
    ['high pressure', 'systolic', 111, 320, {}],
    ['low pressure', 'systolic', 219, 0, {}],
    ['fast pulse', 'pulse', 51, 350, {}],
    ['slow pulse', 'pulse', 90, 0, {}],
    ['fever', 'temperatureTenths', 361, 450, {}],
    ['cold', 'temperatureTenths', 380, 200, {}],
  ]
  test.each(sides)(
    'T3 further from normal is never fewer points nor a lower level: %s',
    (_, key, normal, far, fixed) => {
      const between = fc.integer({ min: Math.min(normal, far), max: Math.max(normal, far) })
      fc.assert(
        fc.property(anyVitals, between, between, (vitals, one, other) => {
          const [near, further] =
            far > normal ? [Math.min(one, other), Math.max(one, other)] : [Math.max(one, other), Math.min(one, other)]
          const at = (value: number) => scoreVitals(news2, { ...vitals, ...fixed, [key]: value })
          expect(at(further).atLeast).toBeGreaterThanOrEqual(at(near).atLeast)
          const [nearLevel, farLevel] = [at(near).level, at(further).level]
          expect(highestLevel([nearLevel, farLevel])).toBe(farLevel)
        }),
        runs,
      )
    },
  )

  test('T3 anything but alert is at least 3, and at least very urgent', () => {
    fc.assert(
      fc.property(
        anyVitals,
        anyLeftOut,
        fc.constantFrom('C' as const, 'V' as const, 'P' as const, 'U' as const),
        (vitals, left, consciousness) => {
          const score = scoreVitals(news2, { ...without(vitals, left), consciousness })
          expect(score.atLeast).toBeGreaterThanOrEqual(3)
          expect(['immediate', 'very_urgent']).toContain(score.level)
          expect(score.band).not.toBe('low')
        },
      ),
      runs,
    )
  })

  test('T3 incomplete, at least N: N is no more than the full score of any completion, nor is its level higher', () => {
    fc.assert(
      fc.property(anyVitals, anyLeftOut, (vitals, left) => {
        const [some, all] = [scoreVitals(news2, without(vitals, left)), scoreVitals(news2, vitals)]
        expect(some.complete).toBe(left.length === 0)
        expect(some.missing).toEqual(LOOKED_AT.filter((parameter) => left.includes(parameter)))
        expect(some.total).toBe(left.length === 0 ? all.total : null)
        expect(some.atLeast).toBeLessThanOrEqual(all.total ?? Number.NaN)
        expect(highestLevel([some.level, all.level])).toBe(all.level)
        if (left.length > 0) expect(some.band).not.toBe('low')
        some.subScores.forEach(({ points }, index) => {
          if (points !== null) expect(points).toBe(all.subScores[index]?.points)
        })
      }),
      runs,
    )
  })

  test('T3 what the score does not look at does not change it', () => {
    fc.assert(
      fc.property(anyVitals, fc.nat(10), fc.nat(260), (vitals, pain, diastolic) => {
        const other = { ...vitals, pain, diastolic, glucoseTenths: 300, weightGrams: 4000, heightMillimetres: 500 }
        expect(scoreVitals(news2, other)).toEqual(scoreVitals(news2, vitals))
      }),
    )
  })
})

describe('T1, T3, T4 for anybody', () => {
  test('T3 a score or a reason why there is none, never both', () => {
    fc.assert(
      fc.property(anyVitals, anySubject, (vitals, subject) => {
        const { score, blocked } = assessRisk(vitals, subject, shipped)
        expect(score === null).toBe(blocked.length > 0)
      }),
      runs,
    )
  })

  test('T1 the level is that of the highest finding, and taking a value more never lowers it', () => {
    fc.assert(
      fc.property(anyVitals, anySubject, anyLeftOut, (vitals, subject, left) => {
        const all = assessRisk(vitals, subject, shipped)
        const some = assessRisk(without(vitals, left), subject, shipped)
        expect(all.level).toBe(highestLevel([all.score?.level ?? null, ...all.findings.map(({ level }) => level)]))
        expect(highestLevel([some.level, all.level])).toBe(all.level)
      }),
      runs,
    )
  })

  test('T1 whatever the packs say, a level is never lowered by it', () => {
    const levels = ['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent'] as const
    fc.assert(
      fc.property(anyVitals, anySubject, fc.constantFrom(...levels), (vitals, subject, present) => {
        const { level } = assessRisk(vitals, subject, shipped)
        expect(isAbove(present, raisedLevel(present, level))).toBe(false)
      }),
      runs,
    )
  })

  test('L2 immediate is a critical alert and very urgent a warning, below there is none', () => {
    fc.assert(
      fc.property(anyVitals, anySubject, (vitals, subject) => {
        const { level, alert } = assessRisk(vitals, subject, shipped)
        expect(alert).toBe(level === 'immediate' ? 'critical' : level === 'very_urgent' ? 'warning' : null)
      }),
      runs,
    )
  })

  test('T3 the vitals are left as they were', () => {
    const vitals = Object.freeze({ ...nothingTaken, pulse: 140 })
    assessRisk(vitals, Object.freeze({ ...adult }), Object.freeze([...shipped]))
    expect(vitals).toEqual({ ...nothingTaken, pulse: 140 })
  })
})
