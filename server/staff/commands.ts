import type { StaffStatus } from '../../contract/users.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { doctorIsHere } from '../doctors/commands.ts'

/** S1: what a person says of themselves; being connected is another thing. */
export function setStaffStatus(w: W, userId: string, status: StaffStatus['status']): StaffStatus {
  const { clinicIds } = getRecord(w.sql, 'users', userId)
  const current = getRecord(w.sql, 'staff', userId)
  if (current.status === status) return current
  const next = w.update('staff', { ...current, status, since: w.now, version: current.version + 1 })
  const doctors = w.sql.all<{ id: string }>`select id from doctors where userId = ${userId}`
  w.record('staff_status_changed', { clinicIds, doctorIds: doctors.map((doctor) => doctor.id) }, { staff: [next] })
  return next
}

/** S1: signing in makes a doctor available, and nobody waits for them to come any more (Q12). */
export function arriveAtWork(w: W, userId: string): void {
  if (!getRecord(w.sql, 'users', userId).roles.includes('doctor')) return
  setStaffStatus(w, userId, 'available')
  const own = w.sql.get<{ id: string }>`select id from doctors where userId = ${userId}`
  if (own) doctorIsHere(w, getRecord(w.sql, 'doctors', own.id))
}
