import type { Doctor } from '../../contract/doctors.ts'
import type { W } from '../db/door.ts'
import { firstGroup, notify } from './commands.ts'

/** S1: a doctor has left, and so many wait for them: reception's to see to, or else the administrator's. */
export function notifyOfDeparture(w: W, { id: doctorId, clinicId }: Doctor, visits: number): void {
  for (const userId of firstGroup(w.sql, clinicId, ['receptionist', 'administrator']))
    notify(w, userId, { clinicId, kind: 'doctor_left', parameters: { doctorId, visits } })
}
