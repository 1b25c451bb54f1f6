import type { Patient } from '../../contract/patients.ts'
import { foldLoose, phoneDigits, searchTokens } from '../../rules/patient-names.ts'
import type { SqlWriter } from '../db/sql.ts'

/** The patient's number is the row of the index. */
export function rowOf(number: string): number {
  return Number(number.slice(2))
}

export function numberOf(row: number): string {
  return `P-${String(row).padStart(6, '0')}`
}

/** Writes what a patient is found by (P2). */
export function indexPatient(sql: SqlWriter, patient: Patient): void {
  const row = rowOf(patient.number)
  const { names, digits, numbers, birthDate } = searchable(patient)
  sql.run`delete from patientSearch where rowid = ${row}`
  sql.run`insert into patientSearch (rowid, names, digits, numbers, birthDate)
    values (${row}, ${names}, ${digits}, ${numbers}, ${birthDate})`
}

type Findable = Pick<Patient, 'familyName' | 'givenName' | 'phones' | 'identifiers' | 'number' | 'birthDate'>

/** The folded words of a patient, column by column. */
export function searchable(patient: Findable) {
  const words = searchTokens(`${patient.familyName} ${patient.givenName}`)
  const loose = words.map(foldLoose)
  const numbers = [patient.number, String(rowOf(patient.number)), ...patient.identifiers.map((one) => one.value)]
  return {
    names: [...new Set([...words, ...loose])].join(' '),
    digits: [...new Set(patient.phones.flatMap(tails))].join(' '),
    numbers: [...new Set(numbers.flatMap((text) => [...searchTokens(text), joined(text)]))].join(' '),
    birthDate: (patient.birthDate ?? '').replaceAll('-', ''),
  }
}

/** An identifier typed without its dashes. */
function joined(text: string): string {
  return searchTokens(text).join('')
}

/** A phone is found by its beginning, with or without the country's code, and by its last digits. */
function tails(phone: string): string[] {
  const digits = phoneDigits(phone)
  return [digits, ...[11, 10, 9, 8, 7, 6, 5, 4].map((length) => digits.slice(-length))].filter(
    (tail) => tail.length >= 4,
  )
}
