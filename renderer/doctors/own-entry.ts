import type { Doctor } from '../../contract/doctors.ts'
import type { User } from '../../contract/users.ts'

type Doctors = Readonly<Record<string, Pick<Doctor, 'id' | 'userId' | 'active'>>>

/**
 * Which doctor somebody is, by the entries of this clinic as they are now: an administrator may link them while they are
 * signed in. `known` is what the hub said at sign-in; an entry of another clinic is not among those here, and stands.
 */
export function entryOf(userId: string, known: string | null, doctors: Doctors): string | null {
  const own = Object.values(doctors).find((doctor) => doctor.userId === userId && doctor.active)
  if (own) return own.id
  return known !== null && doctors[known] ? null : known
}

type Person = Pick<User, 'roles' | 'clinicIds'> & Partial<Pick<User, 'id'>>

/**
 * S1, Q4: whoever signs in as a doctor works in the queue of their entry under Doctors, and has none without it. Whether
 * somebody has one in another clinic is not known here: of who works elsewhere too nothing is said.
 */
export function lacksEntry({ id, roles, clinicIds }: Person, clinicId: string, doctors: Doctors): boolean {
  if (!roles.includes('doctor') || !clinicIds.includes(clinicId)) return false
  if (id === undefined) return true
  return clinicIds.length === 1 && !Object.values(doctors).some((doctor) => doctor.userId === id)
}
