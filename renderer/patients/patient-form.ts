import * as z from 'zod'
import { hasDigit, type Patient, sex } from '../../contract/patients.ts'
import { language, line, note } from '../../contract/values.ts'
import type { Format } from '../ui/formats.ts'
import { bornFrom } from './new-patient.ts'
import type { PatientFields } from './patient-fields.ts'

/** A patient as typed: the birth date or an age in one field, lists with room for one more. */
export const patientForm = z
  .object({
    familyName: note(120),
    givenName: note(120),
    title: note(20),
    sex,
    born: z.string(),
    phones: z.array(note(40)),
    address: note(300),
    identifiers: z.array(z.object({ kind: note(40), value: note(60) })),
    language: language.or(z.literal('')),
    guardian: z.object({ name: note(120), relation: note(40), phone: note(40) }),
    note: note(500),
    photo: z.string().nullable(),
    deceasedOn: z.string().nullable(),
  })
  .superRefine(({ familyName, givenName, phones, guardian, identifiers }, check) => {
    const wrong = (path: (string | number)[], message: string) => check.addIssue({ code: 'custom', path, message })
    if (!familyName && !givenName) wrong(['familyName'], 'one name is needed')
    phones.forEach((phone, index) => {
      if (phone && !hasDigit(phone)) wrong(['phones', index], 'must have a digit')
    })
    if (guardian.phone && !hasDigit(guardian.phone)) wrong(['guardian', 'phone'], 'must have a digit')
    identifiers.forEach(({ kind, value }, index) => {
      if (Boolean(kind) !== Boolean(value)) wrong(['identifiers', index, kind ? 'value' : 'kind'], 'must not be empty')
    })
  })

export type PatientValues = z.input<typeof patientForm>
export type PatientAnswer = z.output<typeof patientForm>

/** An age goes on being an age: it is shown as typed by whoever estimated it, not as a date. */
export function bornTyped(patient: Patient, age: string, format: Format): string {
  if (!patient.birthDate) return ''
  return patient.birthDateEstimated ? age : format.day(patient.birthDate)
}

export const patientValues = (patient: Patient, born: string): PatientValues => ({
  familyName: patient.familyName,
  givenName: patient.givenName,
  title: patient.title,
  sex: patient.sex,
  born,
  phones: patient.phones.length > 0 ? [...patient.phones] : [''],
  address: patient.address,
  identifiers: patient.identifiers.map(({ kind, value }) => ({ kind, value })),
  language: patient.language ?? '',
  guardian: patient.guardian ? { ...patient.guardian } : { name: '', relation: '', phone: '' },
  note: patient.note,
  photo: patient.photo,
  deceasedOn: patient.deceasedOn,
})

const phoneLine = line(40)

/** What the hub is sent; `wrong` names the field that says nothing sensible. */
export function patientFields(
  answer: PatientAnswer,
  base: Patient,
  bornBefore: string,
  today: string,
): { fields: PatientFields } | { wrong: 'born' } {
  const { born, phones, identifiers, guardian, language: words, ...rest } = answer
  // Untouched it stays as it is: an estimate must not grow older by being looked at.
  const { birthDate, birthDateEstimated } = base
  const birth =
    born.trim() === bornBefore.trim()
      ? { birthDate, birthDateEstimated }
      : born.trim() === ''
        ? { birthDate: null, birthDateEstimated: false }
        : bornFrom(born, today)
  if (!birth) return { wrong: 'born' }
  return {
    fields: {
      ...rest,
      ...birth,
      phones: phones.filter((phone) => phoneLine.safeParse(phone).success),
      identifiers: identifiers.filter(({ kind, value }) => kind && value),
      language: words || null,
      guardian: guardian.name ? guardian : null,
    },
  }
}
