import type { Patient } from '../../contract/patients.ts'
import { fold } from '../../rules/patient-names.ts'
import { bornFrom } from './new-patient.ts'
import type { PatientFields } from './patient-fields.ts'

/** What a column may hold. */
export const COLUMNS = [
  'familyName',
  'givenName',
  'fullName',
  'title',
  'sex',
  'born',
  'phone',
  'address',
  'card',
  'note',
] as const
export type Column = (typeof COLUMNS)[number]

// How other systems head their columns, folded.
const HEADINGS: Record<Column, readonly string[]> = {
  familyName: ['family', 'family name', 'surname', 'last name', 'lastname'],
  givenName: ['given', 'given name', 'first name', 'firstname', 'forename'],
  fullName: ['name', 'full name', 'fullname', 'patient', 'patient name'],
  title: ['title', 'salutation'],
  sex: ['sex', 'gender'],
  born: ['born', 'dob', 'date of birth', 'birth date', 'birthdate', 'birthday', 'age'],
  phone: ['phone', 'mobile', 'telephone', 'tel', 'phone number', 'contact'],
  address: ['address', 'street', 'city'],
  card: ['card', 'card number', 'number', 'id', 'mrn', 'patient id', 'file number'],
  note: ['note', 'notes', 'remark', 'comment'],
}

/** What each column most likely is, by its heading. */
export function guessColumns(headings: readonly string[]): (Column | null)[] {
  const taken = new Set<Column>()
  return headings.map((heading) => {
    const plain = fold(heading).replace(/[_-]+/g, ' ').trim()
    const guess = COLUMNS.find((column) => !taken.has(column) && HEADINGS[column].includes(plain)) ?? null
    if (guess && guess !== 'phone') taken.add(guess)
    return guess
  })
}

/** One line as a patient; a birth date that can't be read is said, and the line left out. */
export function patientOf(
  cells: readonly string[],
  columns: readonly (Column | null)[],
  words: { today: string; cardKind: string },
): { fields: PatientFields } | { problem: 'born' | 'name' } {
  const all = (wanted: Column) => cells.filter((cell, index) => columns[index] === wanted && cell !== '')
  const [family = '', given = ''] = [all('familyName').join(' '), all('givenName').join(' ')]
  const [full = ''] = all('fullName')
  const [fullFamily = '', ...fullGiven] = full.includes(',') ? full.split(/,\s*/) : lastFirst(full)
  const familyName = family || fullFamily
  const givenName = given || fullGiven.join(' ')
  if (!familyName && !givenName) return { problem: 'name' }
  const [bornText = ''] = all('born')
  const born = bornText ? bornFrom(bornText, words.today) : { birthDate: null, birthDateEstimated: false }
  if (!born) return { problem: 'born' }
  return {
    fields: {
      familyName,
      givenName,
      title: all('title')[0] ?? '',
      sex: sexOf(all('sex')[0] ?? ''),
      ...born,
      phones: all('phone').slice(0, 6),
      address: all('address').join(', '),
      identifiers: all('card').map((value) => ({ kind: words.cardKind, value })),
      language: null,
      guardian: null,
      note: all('note').join('; '),
      photo: null,
      deceasedOn: null,
    },
  }
}

/** "Amara Okafor" is Okafor, Amara. */
function lastFirst(full: string): string[] {
  const words = full.split(/\s+/).filter(Boolean)
  const last = words.pop() ?? ''
  return [last, words.join(' ')]
}

function sexOf(text: string): Patient['sex'] {
  const plain = fold(text).trim()
  if (/^(f|w|female|woman|girl)$/.test(plain)) return 'female'
  if (/^(m|male|man|boy)$/.test(plain)) return 'male'
  if (/^(o|x|other|diverse)$/.test(plain)) return 'other'
  return 'not_known'
}
