import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { type RulePack, readRulePack, type ScorePack } from '../contract/rule-packs.ts'
import {
  consciousness,
  type MeasuredVital,
  oxygen,
  type RiskSubject,
  type Vitals,
  vitalLimits,
  vitals,
} from '../contract/triage.ts'

const FOLDER = join(import.meta.dirname, '../resources/rule-packs')

/** The packs that are shipped, by file name. */
export const shippedFiles: Record<string, unknown> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]),
)
export const shipped: RulePack[] = Object.entries(shippedFiles).map(([file, content]) => readRulePack(file, content))

export const news2: ScorePack = shipped.filter((pack) => pack.kind === 'score')[0] ?? missing()

function missing(): never {
  throw new Error('No score is shipped')
}

export const nothingTaken: Vitals = vitals.parse({})

/** Within every normal range of an adult, on air. */
export const wellVitals: Vitals = {
  ...nothingTaken,
  respiration: 16,
  spo2: 97,
  oxygen: 'air',
  systolic: 120,
  diastolic: 80,
  pulse: 70,
  consciousness: 'A',
  temperatureTenths: 370,
}

export const adult: RiskSubject = { ageMonths: 40 * 12, ageBand: null, sex: 'male', pregnancy: 'no' }
export const aged = (ageMonths: number): RiskSubject => ({ ...adult, ageMonths })

/** Any value that the plausibility limits let through. */
export const anyMeasured = (vital: MeasuredVital) =>
  fc.integer({ min: vitalLimits[vital].from, max: vitalLimits[vital].to })

/** A full set of what the packs look at. */
export const anyVitals: fc.Arbitrary<Vitals> = fc
  .record({
    respiration: anyMeasured('respiration'),
    spo2: anyMeasured('spo2'),
    spo2Scale: fc.constantFrom(1 as const, 2 as const),
    oxygen: fc.constantFrom(...oxygen.options),
    systolic: anyMeasured('systolic'),
    diastolic: anyMeasured('diastolic'),
    pulse: anyMeasured('pulse'),
    consciousness: fc.constantFrom(...consciousness.options),
    temperatureTenths: anyMeasured('temperatureTenths'),
  })
  .map((taken) => ({ ...nothingTaken, ...taken }))
