import { describe, expect, test } from 'vitest'
import type { RiskSubject, Vitals } from '../contract/triage.ts'
import type { Urgency } from '../contract/visits.ts'
import { assessRisk } from './risk.ts'
import { adult, aged, nothingTaken, shipped } from './rule-packs.fixture.ts'

type Level = Urgency | null
const levelOf = (subject: RiskSubject, taken: Partial<Vitals>) =>
  assessRisk({ ...nothingTaken, ...taken }, subject, shipped).level
const pregnant: RiskSubject = { ...adult, sex: 'female', pregnancy: 'pregnant' }
const afterBirth: RiskSubject = { ...pregnant, pregnancy: 'after_birth' }

// T4, typed a second time: the lowest and highest value that raise nothing, by age in months.
const NORMAL = [
  { ages: [0, 2, 3, 11], respiration: [25, 50], pulse: [90, 180] },
  { ages: [12, 59], respiration: [20, 40], pulse: [80, 160] },
  { ages: [60, 143], respiration: [10, 30], pulse: [70, 140] },
  { ages: [144, 155, 156, 157, 191], respiration: [10, 30], pulse: [60, 130] },
] as const
const groups: [string, RiskSubject, (typeof NORMAL)[number]][] = [
  ...NORMAL.flatMap((normal) =>
    normal.ages.map((age) => [`${age} months`, aged(age), normal] satisfies [string, RiskSubject, typeof normal]),
  ),
  ['pregnant, 30 years', { ...pregnant, ageMonths: 360 }, NORMAL[3]],
  ['pregnant, 16 years', { ...pregnant, ageMonths: 192 }, NORMAL[3]],
  ['pregnant, 15 years', { ...pregnant, ageMonths: 191 }, NORMAL[3]],
  ['after birth, 30 years', { ...afterBirth, ageMonths: 360 }, NORMAL[3]],
]

describe.each(groups)('T4 %s', (_, subject, normal) => {
  test('T4 respiration out of the range is very urgent', () => {
    const [low, high] = normal.respiration
    const levels = [0, low - 1, low, low + 1, high - 1, high, high + 1, 120].map((respiration) =>
      levelOf(subject, { respiration }),
    )
    const very: Level = 'very_urgent'
    expect(levels).toEqual([very, very, null, null, null, null, very, very])
  })

  test('T4 pulse out of the range is urgent with prompt review; from 12 immediate below 50 and above 150', () => {
    const [low, high] = normal.pulse
    const out: Level = 'urgent'
    const at = (pulse: number) => levelOf(subject, { pulse })
    expect([low - 1, low, low + 1, high - 1, high, high + 1].map(at)).toEqual([out, null, null, null, null, out])
    const immediate: Level = normal === NORMAL[3] ? 'immediate' : out
    const farHigh: Level = normal === NORMAL[3] ? 'immediate' : high >= 151 ? null : out
    expect([0, 49].map(at)).toEqual([immediate, immediate])
    expect(at(50)).toBe(out)
    expect([150, 151].map(at)).toEqual([high >= 150 ? null : out, farHigh])
    expect(assessRisk({ ...nothingTaken, pulse: low - 1 }, subject, shipped).review).toBe('prompt')
  })

  test('T4 SpO2 below 92, or not alert, is very urgent', () => {
    expect([0, 91, 92, 93, 100].map((spo2) => levelOf(subject, { spo2 }))).toEqual([
      'very_urgent',
      'very_urgent',
      null,
      null,
      null,
    ])
    for (const consciousness of ['C', 'V', 'P', 'U'] as const)
      expect(levelOf(subject, { consciousness })).toBe('very_urgent')
    expect(levelOf(subject, { consciousness: 'A' })).toBeNull()
  })

  test('T4 there is no score, and it says why', () => {
    const risk = assessRisk(nothingTaken, subject, shipped)
    expect(risk.score).toBeNull()
    expect(risk.blocked).not.toEqual([])
  })
})

describe('T4 temperature', () => {
  const tenths = [358, 359, 360, 361, 379, 380, 381, 389, 390, 391, 392]
  const at = (subject: RiskSubject) => tenths.map((temperatureTenths) => levelOf(subject, { temperatureTenths }))
  const now: Level = 'immediate'
  const soon: Level = 'urgent'

  test.each([0, 1, 2])('T4 at %i months below 36.0 and from 38.0 on is immediate', (age) => {
    expect(at(aged(age))).toEqual([now, now, null, null, null, now, now, now, now, now, now])
  })

  test.each([3, 11, 12, 59, 60, 143, 144, 156, 191])('T4 at %i months below 36 or above 39 is urgent', (age) => {
    expect(at(aged(age))).toEqual([soon, soon, null, null, null, null, null, null, null, soon, soon])
  })

  test('T4 in pregnancy and after birth below 36 or above 39 is urgent', () => {
    for (const subject of [pregnant, afterBirth])
      expect(at(subject)).toEqual([soon, soon, null, null, null, null, null, null, null, soon, soon])
  })

  test('T4 the highest of the packs wins: a cold infant with a fast pulse is immediate', () => {
    const risk = assessRisk({ ...nothingTaken, temperatureTenths: 355, pulse: 190 }, aged(1), shipped)
    expect(risk).toMatchObject({ level: 'immediate', alert: 'critical', review: 'prompt' })
    expect(risk.findings.map(({ pack, parameter, level }) => `${pack.id} ${parameter} ${level}`).sort()).toEqual([
      'paediatric-under-1-year pulse urgent',
      'paediatric-under-1-year temperatureTenths urgent',
      'paediatric-under-3-months temperatureTenths immediate',
    ])
  })
})

describe('T4 blood pressure in pregnancy', () => {
  test.each([
    [159, 109, null],
    [160, 109, 'immediate'],
    [159, 110, 'immediate'],
    [161, 111, 'immediate'],
    [0, 0, null],
  ] as const)('T4 %i over %i', (systolic, diastolic, level) => {
    for (const subject of [pregnant, { ...pregnant, ageMonths: 170 }, { ...pregnant, ageMonths: 130 }, afterBirth])
      expect(levelOf(subject, { systolic, diastolic })).toBe(level)
  })

  test('T4 one of the two is enough, and who is not pregnant has other limits', () => {
    expect(levelOf(pregnant, { systolic: 160 })).toBe('immediate')
    expect(levelOf(pregnant, { diastolic: 110 })).toBe('immediate')
    expect(levelOf(adult, { systolic: 180, diastolic: 115 })).toBeNull()
    expect(levelOf({ ...pregnant, pregnancy: 'not_known' }, { systolic: 160, diastolic: 110 })).toBeNull()
  })

  test('T4 it needs no age', () => {
    const risk = assessRisk({ ...nothingTaken, systolic: 160 }, { ...pregnant, ageMonths: null }, shipped)
    expect(risk).toMatchObject({ level: 'immediate', alert: 'critical', blocked: ['age_not_known', 'pregnant'] })
  })
})

test('T4 what was not taken raises nothing and is named', () => {
  const risk = assessRisk({ ...nothingTaken, pulse: 100 }, aged(30), shipped)
  expect(risk).toMatchObject({ level: null, alert: null, complete: false, findings: [] })
  expect(risk.packs.map(({ missing }) => missing)).toEqual([
    ['respiration', 'spo2', 'consciousness', 'temperatureTenths'],
  ])
})
