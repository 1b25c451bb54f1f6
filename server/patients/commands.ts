import { Refusal } from '../../contract/errors.ts'
import type { Allergies, Patient } from '../../contract/patients.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord, getVersion } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'
import { indexPatient } from './search-index.ts'

type NewPatient = Omit<Patient, 'number' | 'mergedIntoId' | 'version'>

/** P1 */
export function register(w: W<Person>, clinicId: string, fields: NewPatient): Patient {
  getRecord(w.sql, 'clinics', clinicId)
  const patient = addPatient(w, clinicId, fields)
  w.record('patient_created', { clinicIds: [clinicId] }, { patients: [patient] })
  return patient
}

/** Brings patients from another system; each is taken or refused for itself, and announced together. */
export function importMany(w: W<Person>, clinicId: string, rows: NewPatient[]) {
  getRecord(w.sql, 'clinics', clinicId)
  const taken: Patient[] = []
  const refused: { row: number; message: string }[] = []
  rows.forEach((fields, row) => {
    const wrong = wrongField(fields, w.now)
    if (w.sql.find('patients', fields.id)) refused.push({ row, message: 'is here already' })
    else if (wrong) refused.push({ row, message: `${wrong.field}: ${wrong.message}` })
    else taken.push(addPatient(w, clinicId, fields))
  })
  w.audit({ noun: 'patients', detail: { taken: taken.length, refused: refused.length } })
  if (taken.length > 0) w.record('patient_created', { clinicIds: [clinicId] }, { patients: taken })
  return { taken: taken.length, refused }
}

function addPatient(w: W<Person>, clinicId: string, fields: NewPatient): Patient {
  demandNew(w.sql, 'patients', fields.id)
  demandRight(fields, w.now)
  const patient = w.insert('patients', { ...fields, number: nextNumber(w), mergedIntoId: null, version: 1 })
  w.insert('allergies', { id: patient.id, state: 'not_asked', items: [], version: 1 })
  indexPatient(w.sql, patient)
  knowPatient(w, patient.id, clinicId)
  return patient
}

export function updatePatient(
  w: W<Person>,
  id: string,
  { version, ...fields }: Omit<NewPatient, 'id'> & { version: number },
): Patient {
  const current = getVersion(w.sql, 'patients', livingRecord(w.sql, id).id, version)
  demandRight(fields, w.now)
  const patient = w.update('patients', { ...current, ...fields, version: version + 1 })
  indexPatient(w.sql, patient)
  w.record('patient_updated', { clinicIds: clinicsKnowing(w.sql, patient.id) }, { patients: [patient] })
  return patient
}

export function setAllergies(w: W<Person>, id: string, next: Omit<Allergies, 'id'>): Allergies {
  const current = getVersion(w.sql, 'allergies', livingRecord(w.sql, id).id, next.version)
  if ((next.state === 'listed') !== next.items.length > 0)
    throw new Refusal('bad_input', {
      fields: [{ field: 'items', message: 'must be there exactly when the state is "listed"' }],
    })
  const allergies = w.update('allergies', { ...current, ...next, version: current.version + 1 })
  w.record('patient_updated', { clinicIds: clinicsKnowing(w.sql, allergies.id) }, { allergies: [allergies] })
  return allergies
}

/** From now on the staff of that clinic hear of this patient. */
export function knowPatient(w: W, patientId: string, clinicId: string): void {
  w.sql.run`insert into patientClinics (patientId, clinicId) values (${patientId}, ${clinicId}) on conflict do nothing`
}

export function clinicsKnowing(sql: SqlReader, patientId: string): string[] {
  return sql.all<{ clinicId: string }>`select clinicId from patientClinics where patientId = ${patientId}`.map(
    (row) => row.clinicId,
  )
}

/** P4: the record that a merged one leads to, or the record itself. */
export function livingRecord(sql: SqlReader, id: string): Patient {
  let patient = getRecord(sql, 'patients', id)
  while (patient.mergedIntoId) patient = getRecord(sql, 'patients', patient.mergedIntoId)
  return patient
}

/** P1: unique in the install and never used again. */
function nextNumber(w: W): string {
  const row = w.sql.get<{ number: number }>`
    update hub set nextPatientNumber = nextPatientNumber + 1 returning nextPatientNumber - 1 as number`
  if (!row) throw new Error('the hub has no row')
  return `P-${String(row.number).padStart(6, '0')}`
}

function demandRight(fields: Checked, now: string): void {
  const wrong = wrongField(fields, now)
  if (wrong) throw new Refusal('bad_input', { fields: [wrong] })
}

type Checked = Pick<Patient, 'familyName' | 'givenName' | 'birthDate' | 'deceasedOn'>

function wrongField({ familyName, givenName, birthDate, deceasedOn }: Checked, now: string) {
  if (familyName === '' && givenName === '') return { field: 'familyName', message: 'one name is needed' }
  // The day after today is allowed: it is today already further east.
  const latest = new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10)
  if (birthDate && (birthDate > latest || birthDate < '1880-01-01'))
    return { field: 'birthDate', message: 'must be a day in a life' }
  if (deceasedOn && (deceasedOn > latest || (birthDate && deceasedOn < birthDate)))
    return { field: 'deceasedOn', message: 'must be after the birth and not in the future' }
  return undefined
}
