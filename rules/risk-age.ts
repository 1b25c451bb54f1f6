import type { AgeBand, RiskSubject } from '../contract/triage.ts'
import { ageAt, type Born } from './age.ts'

/** Whole months lived; `below` is the first month that is outside, `null` when there is none. */
export type Months = { from: number; below: number | null }

/** T3: what each band that a nurse may pick stands for. */
export const BAND_MONTHS = {
  under_3_months: { from: 0, below: 3 },
  '3_to_11_months': { from: 3, below: 12 },
  '1_to_4_years': { from: 12, below: 60 },
  '5_to_11_years': { from: 60, below: 144 },
  '12_to_15_years': { from: 144, below: 192 },
  '16_and_over': { from: 192, below: null },
} as const satisfies Record<AgeBand, Months>

/** Whole months lived on a day; `null` when the birth date is not known or lies after that day (P1: never a guess). */
export function ageMonthsAt(patient: Born, day: string): number | null {
  const age = ageAt(patient, day)
  return age ? age.years * 12 + age.months : null
}

/** T3: how old the patient may be: exactly, else by the band that the nurse picked; `undefined` when neither is known. */
export function monthsOf({ ageMonths, ageBand }: Pick<RiskSubject, 'ageMonths' | 'ageBand'>): Months | undefined {
  if (ageMonths !== null) return { from: ageMonths, below: ageMonths + 1 }
  return ageBand === null ? undefined : BAND_MONTHS[ageBand]
}

/** Whether every age in `inner` is one of `outer`. */
export function isWithin(inner: Months, outer: Months): boolean {
  return inner.from >= outer.from && belowOf(inner) <= belowOf(outer)
}

/** Whether some age is in both. */
export function overlap(one: Months, other: Months): boolean {
  return one.from < belowOf(other) && other.from < belowOf(one)
}

function belowOf({ below }: Months): number {
  return below ?? Number.POSITIVE_INFINITY
}
