import { mayDo } from '../../contract/permissions.ts'
import type { Person } from '../auth/person.ts'
import type { SqlReader } from '../db/sql.ts'
import { ALL_STAFF, clinicalRoom, clinicRoom, doctorRoom, patientRoom, userRoom } from './audience.ts'

/** The rooms that everybody who is signed in is in. */
export function baseRooms(person: Person): string[] {
  return [ALL_STAFF, userRoom(person.userId)]
}

/** What following a clinic means: its events, and for clinicians the clinical ones. */
export function clinicRooms(person: Person, clinicId: string): string[] {
  return person.clinical ? [clinicRoom(clinicId), clinicalRoom(clinicId)] : [clinicRoom(clinicId)]
}

export function doctorRooms(doctorId: string): string[] {
  return [doctorRoom(doctorId)]
}

/** Staff may follow the doctors of their clinics. */
export function mayJoinDoctor(read: SqlReader, person: Person, doctorId: string): boolean {
  const doctor = read.get<{ clinicId: string }>`select clinicId from doctors where id = ${doctorId}`
  return doctor !== undefined && person.clinicIds.includes(doctor.clinicId)
}

export function patientRooms({ clinicIds }: Person, patientId: string): string[] {
  return clinicIds.map((clinicId) => patientRoom(patientId, clinicId))
}

/** What is told there is clinical: it is for whoever may open the record of a patient of their clinics. */
export function mayWatchPatient(read: SqlReader, person: Person, patientId: string): boolean {
  if (!mayDo(person.roles, 'patient.openRecord')) return false
  const rows = read.all<{ clinicId: string }>`select clinicId from patientClinics where patientId = ${patientId}`
  return rows.some((row) => person.clinicIds.includes(row.clinicId))
}
