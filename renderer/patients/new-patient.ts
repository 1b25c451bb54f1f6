import type { Patient } from '../../contract/patients.ts'
import { estimatedBirthDate } from '../../rules/age.ts'
import { asciiDigits } from '../../rules/digits.ts'

export type NewPatient = {
  familyName: string
  givenName: string
  sex: Patient['sex']
  /** As typed: a date of birth, or an age. */
  born: string
  phone: string
}

export const nobodyYet: NewPatient = { familyName: '', givenName: '', sex: 'not_known', born: '', phone: '' }

/** What was typed into a search box, as the beginning of a new patient: a number is a phone, words are names. */
export function fromTyped(typed: string): NewPatient {
  if (/^[\d\s+()-]{4,}$/.test(asciiDigits(typed))) return { ...nobodyYet, phone: typed }
  const [familyName = '', ...given] = typed
    .split(/\s+/)
    .map((word) => word.charAt(0).toLocaleUpperCase() + word.slice(1))
  return { ...nobodyYet, familyName, givenName: given.join(' ') }
}

type Born = Pick<Patient, 'birthDate' | 'birthDateEstimated'>

/** `42`, `7m` or `07-03-1984`, `1984-03-07`; `undefined` when it is none of them. */
export function bornFrom(typed: string, today: string): Born | undefined {
  const text = asciiDigits(typed).trim().toLowerCase()
  const [, years] = /^(\d{1,3})\s*y?$/.exec(text) ?? []
  const [, months] = /^(\d{1,2})\s*m[o.]*$/.exec(text) ?? []
  try {
    if (years) return { birthDate: estimatedBirthDate(Number(years), 0, today), birthDateEstimated: true }
    if (months) return { birthDate: estimatedBirthDate(0, Number(months), today), birthDateEstimated: true }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  const date = dateFrom(text)
  return date && date <= today ? { birthDate: date, birthDateEstimated: false } : undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function dateFrom(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const local = /^(\d{1,2})[-/. ](\d{1,2}|[a-z]{3})[-/. ](\d{4})$/.exec(text)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : []
  if (!year || !month || !day) return undefined
  const number = MONTHS.includes(month) ? MONTHS.indexOf(month) + 1 : Number(month)
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : undefined
}
