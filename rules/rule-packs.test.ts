import { describe, expect, test } from 'vitest'
import {
  type AgeBand,
  ageBand,
  type BlockedReason,
  type Pregnancy,
  pregnancy,
  type RiskSubject,
} from '../contract/triage.ts'
import { assessRisk } from './risk.ts'
import { adult, aged, news2, shipped, wellVitals } from './rule-packs.fixture.ts'
import { choosePacks } from './rule-packs.ts'

const chosen = (subject: RiskSubject) => {
  const { score, levels } = choosePacks(subject, shipped)
  return [...(score ? [score.id] : []), ...levels.map(({ id }) => id)].sort()
}
const blocked = (subject: RiskSubject) => choosePacks(subject, shipped).blocked
const infant = ['paediatric-under-1-year', 'paediatric-under-3-months']

describe('T3, T4 which packs look, by age in whole months', () => {
  test.each<[number, string[]]>([
    [0, infant],
    [2, infant],
    [3, ['paediatric-under-1-year']],
    [11, ['paediatric-under-1-year']],
    [12, ['paediatric-1-to-4-years']],
    [59, ['paediatric-1-to-4-years']],
    [60, ['paediatric-5-to-11-years']],
    [143, ['paediatric-5-to-11-years']],
    [144, ['paediatric-12-to-15-years']],
    [155, ['paediatric-12-to-15-years']],
    [156, ['paediatric-12-to-15-years']],
    [157, ['paediatric-12-to-15-years']],
    [191, ['paediatric-12-to-15-years']],
    [192, ['news2']],
    [193, ['news2']],
    [1200, ['news2']],
  ])('T4 %i months: %s', (months, ids) => {
    expect(chosen(aged(months))).toEqual(ids)
    expect(blocked(aged(months))).toEqual(months < 192 ? ['under_16'] : [])
  })

  test.each<[AgeBand, string[]]>([
    ['under_3_months', infant],
    ['3_to_11_months', ['paediatric-under-1-year']],
    ['1_to_4_years', ['paediatric-1-to-4-years']],
    ['5_to_11_years', ['paediatric-5-to-11-years']],
    ['12_to_15_years', ['paediatric-12-to-15-years']],
    ['16_and_over', ['news2']],
  ])('T3 the age not known, the nurse picked %s', (band, ids) => {
    expect(chosen({ ...adult, ageMonths: null, ageBand: band })).toEqual(ids)
  })

  test('T3 a known age counts, whatever band was picked', () => {
    expect(chosen({ ...aged(30), ageBand: '16_and_over' })).toEqual(['paediatric-1-to-4-years'])
  })

  test('T3, T4 everybody whose age is known has a pack that looks at breathing', () => {
    for (let ageMonths = 0; ageMonths < 240; ageMonths += 1)
      for (const state of pregnancy.options) {
        const { score, levels } = choosePacks({ ...aged(ageMonths), pregnancy: state }, shipped)
        const looking = [...(score ? [score] : []), ...levels]
        const rows = looking.flatMap(({ parameters }) => parameters.map(({ parameter }) => parameter))
        expect(rows, `${ageMonths} months, ${state}`).toContain('respiration')
      }
    for (const band of ageBand.options) expect(chosen({ ...adult, ageMonths: null, ageBand: band })).not.toEqual([])
  })
})

describe('T3 pregnancy and the 6 weeks after birth', () => {
  const woman: RiskSubject = { ...adult, sex: 'female' }
  const withBlood = (...ids: string[]) => [...ids, 'pregnancy-blood-pressure'].sort()

  test.each<[Pregnancy, number, string[], BlockedReason[]]>([
    ['pregnant', 400, withBlood('pregnancy-vital-signs'), ['pregnant']],
    ['after_birth', 400, withBlood('pregnancy-vital-signs'), ['after_birth']],
    ['pregnant', 192, withBlood('pregnancy-vital-signs'), ['pregnant']],
    ['pregnant', 191, withBlood('paediatric-12-to-15-years'), ['under_16', 'pregnant']],
    ['after_birth', 143, withBlood('paediatric-5-to-11-years'), ['under_16', 'after_birth']],
    ['no', 400, ['news2'], []],
    ['not_known', 400, ['news2'], []],
    ['not_known', 191, ['paediatric-12-to-15-years'], ['under_16']],
  ])('T3 %s at %i months', (state, ageMonths, ids, reasons) => {
    const subject = { ...woman, ageMonths, pregnancy: state }
    expect(chosen(subject)).toEqual(ids)
    expect(blocked(subject)).toEqual(reasons)
  })

  test('T3 not known: shown with a warning, but not for a man, nor where there is no score', () => {
    const warned = (subject: RiskSubject) => assessRisk(wellVitals, subject, shipped).pregnancyNotKnown
    expect(warned({ ...woman, pregnancy: 'not_known' })).toBe(true)
    expect(warned({ ...woman, sex: 'not_known', pregnancy: 'not_known' })).toBe(true)
    expect(warned({ ...woman, sex: 'other', pregnancy: 'not_known' })).toBe(true)
    expect(warned({ ...adult, pregnancy: 'not_known' })).toBe(false)
    expect(warned({ ...woman, pregnancy: 'no' })).toBe(false)
    expect(warned({ ...woman, ageMonths: 100, pregnancy: 'not_known' })).toBe(false)
  })
})

test('T3 neither age nor band: no score, and the reason', () => {
  const unknown: RiskSubject = { ageMonths: null, ageBand: null, sex: 'not_known', pregnancy: 'not_known' }
  const risk = assessRisk({ ...wellVitals, consciousness: 'U' }, unknown, shipped)
  expect(risk).toMatchObject({ score: null, blocked: ['age_not_known'], packs: [], complete: false, level: null })
})

test('T4 two versions of one pack, or two scores, are not in force together', () => {
  expect(() => choosePacks(adult, [...shipped, { ...news2, version: '2030' }])).toThrow('news2')
  expect(() => choosePacks(adult, [...shipped, { ...news2, id: 'other' }])).toThrow('Two scores')
})

test('T4 no score in force blocks nothing', () => {
  const risk = assessRisk(wellVitals, adult, [])
  expect(risk).toMatchObject({ score: null, blocked: [], level: null, complete: false, packs: [] })
})
