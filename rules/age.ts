import { Temporal } from 'temporal-polyfill'

export type Born = { birthDate: string | null; birthDateEstimated: boolean }
export type Age = { years: number; months: number; days: number }
export type AgeLabel = { value: number; unit: 'years' | 'months' | 'days'; estimated: boolean }

const OLDEST_YEARS = 130

/** A patient's age on a day. `undefined` when the birth date is not known or lies after that day (P1: never a guess). */
export function ageAt(patient: Born, day: string): Age | undefined {
  if (patient.birthDate === null) return undefined
  const lived = Temporal.PlainDate.from(patient.birthDate).until(day, { largestUnit: 'years' })
  if (lived.sign < 0) return undefined
  return { years: lived.years, months: lived.months, days: lived.days }
}

/** P1, U2: the age as it is said: days in the first month, months under two years, then years. */
export function ageLabel(patient: Born, day: string): AgeLabel | undefined {
  const age = ageAt(patient, day)
  if (!age) return undefined
  const estimated = patient.birthDateEstimated
  if (age.years >= 2) return { value: age.years, unit: 'years', estimated }
  const months = age.years * 12 + age.months
  return months >= 1 ? { value: months, unit: 'months', estimated } : { value: age.days, unit: 'days', estimated }
}

/**
 * P1: the birth date stored for one known by an estimated age only, so that the age shown today is the one given.
 * Throws RangeError for a negative, fractional or impossible age.
 */
export function estimatedBirthDate(years: number, months: number, today: string): string {
  for (const count of [years, months]) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`Not an age: ${years} years ${months} months`)
  }
  if (years + months / 12 > OLDEST_YEARS) throw new RangeError(`Not an age: ${years} years ${months} months`)
  return Temporal.PlainDate.from(today).subtract({ years, months }).toString()
}
