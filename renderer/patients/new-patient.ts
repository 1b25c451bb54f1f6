import type { Patient } from '../../contract/patients.ts'
import { estimatedBirthDate } from '../../rules/age.ts'
import { asciiDigits } from '../../rules/digits.ts'
import { dayFrom } from '../ui/typed-day.ts'

export type NewPatient = {
  familyName: string
  givenName: string
  sex: Patient['sex']
  /** As typed: a date of birth, or an age. */
  born: string
  phone: string
}

/** The part of a dialog's draft that says who it is for: somebody known, or somebody to be registered with it. */
export type PatientDraft = { patientId: string | null; registering: boolean; newPatient: NewPatient }

export const nobodyYet: NewPatient = { familyName: '', givenName: '', sex: 'not_known', born: '', phone: '' }

/** What was typed into a search box, as the beginning of a new patient: a number is a phone, words are names. */
export function fromTyped(typed: string): NewPatient {
  if (/^[\d\s+()-]{4,}$/.test(asciiDigits(typed))) return { ...nobodyYet, phone: typed }
  // Typed in a hurry, without any capital, it gets them; otherwise a name is written as it was typed (ibn, van, de).
  const hurried = typed === typed.toLocaleLowerCase()
  const [familyName = '', ...given] = typed
    .split(/\s+/)
    .map((word) => (hurried ? word.charAt(0).toLocaleUpperCase() + word.slice(1) : word))
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
  const date = dayFrom(text)
  return date && date <= today ? { birthDate: date, birthDateEstimated: false } : undefined
}

/** Something typed that nobody could call. */
export const isNoPhone = (typed: string): boolean => typed.trim() !== '' && !/\p{Nd}/u.test(typed)

/** Whether it says enough: one name will do (P1). A birth date that can't be read is not left out in silence. */
export function saysWho({ patientId, registering, newPatient }: PatientDraft, today: string): boolean {
  if (patientId !== null) return true
  const { familyName, givenName, born, phone } = newPatient
  if (!registering || (familyName + givenName).trim() === '' || isNoPhone(phone)) return false
  return !born.trim() || bornFrom(born, today) !== undefined
}
