import type { Patient } from '../../contract/patients.ts'

/** The fields that the hub keeps of a patient. */
export type PatientFields = Omit<Patient, 'id' | 'number' | 'mergedIntoId' | 'version'>

export function fieldsOfPatient(patient: Patient): PatientFields {
  const { id: _id, number: _number, mergedIntoId: _merged, version: _version, ...fields } = patient
  return fields
}
