import type { RiskSubject, Vitals } from '../../contract/triage.ts'
import { monthsOf } from '../../rules/risk-age.ts'
import type { Random } from './random.ts'

export type Condition = 'well' | 'unwell' | 'ill'

/** What a healthy body does at an age, until `below` months: breaths and beats a minute; and what it does when it is ill. */
const AGES = [
  { below: 12, respiration: 36, pulse: 128, ill: { respiration: 56, pulse: 165 } },
  { below: 60, respiration: 27, pulse: 112, ill: { respiration: 44, pulse: 148 } },
  { below: 144, respiration: 21, pulse: 94, ill: { respiration: 34, pulse: 126 } },
  { below: 192, respiration: 17, pulse: 80, ill: { respiration: 32, pulse: 118 } },
  { below: Number.POSITIVE_INFINITY, respiration: 15, pulse: 74, ill: { respiration: 23, pulse: 114 } },
] as const

/** Plausible vital signs for the demonstration; those who are ill are past a threshold, the others are not. */
export function someVitals(random: Random, subject: RiskSubject, condition: Condition): Partial<Vitals> {
  const months = monthsOf(subject)?.from ?? 480
  const age = AGES.find(({ below }) => months < below) ?? AGES[4]
  const { respiration, pulse } = condition === 'ill' ? age.ill : age
  const fever = { well: random.between(364, 373), unwell: random.between(376, 384), ill: random.between(385, 389) }
  const small = months < 60
  return {
    respiration: respiration + random.between(0, condition === 'ill' ? 1 : 3),
    spo2: condition === 'ill' ? 94 : random.between(96, 99),
    oxygen: 'air',
    ...(small ? {} : { systolic: random.between(114, 138), diastolic: random.between(68, 86) }),
    pulse: pulse + random.between(0, 8),
    consciousness: 'A',
    temperatureTenths: fever[condition],
    pain: random.chance(0.5) ? random.between(0, condition === 'well' ? 3 : 6) : null,
    ...(small ? { weightGrams: (4 + Math.round(months / 5)) * 1000 } : {}),
  }
}
