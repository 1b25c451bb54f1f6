import type { Doctor } from '../../contract/doctors.ts'
import type { Role } from '../../contract/permissions.ts'
import type { User } from '../../contract/users.ts'
import type { Visit } from '../../contract/visits.ts'
import type { Records } from '../live/store.ts'
import type { Line } from '../visits/queue-board.ts'

export type StaffLine = {
  key: string
  name: string
  userId: string | null
  roles: readonly Role[]
  doctor: Doctor | undefined
  /** Who waits for this doctor alone. */
  waiting: number
  longestSince: string | null
  /** Called, or inside. */
  present: Visit | undefined
}

export type StaffNouns = Pick<Records, 'users' | 'doctors' | 'staff' | 'presence'>

/**
 * S1: who is in, how loaded, and who is not; doctors first, the others by what they do. A doctor is in by their own word,
 * the others also while they are connected.
 */
export function staffOf(nouns: StaffNouns, lines: readonly Line[], clinicId: string) {
  const doctors = Object.values(nouns.doctors).filter((doctor) => doctor.clinicId === clinicId && doctor.active)
  const ofDoctors = new Set(doctors.map(({ userId }) => userId))
  const users = Object.values(nouns.users).filter(
    (user) => user.active && user.clinicIds.includes(clinicId) && !ofDoctors.has(user.id),
  )
  const all = [
    ...doctors.sort((a, b) => a.displayName.localeCompare(b.displayName)).map((doctor) => ofDoctor(doctor, lines)),
    ...users.sort(byRole).map(ofUser),
  ]
  const isIn = ({ userId, doctor, waiting, present }: StaffLine) =>
    (userId !== null && (nouns.staff[userId]?.status ?? 'off_duty') !== 'off_duty') ||
    (userId !== null && doctor === undefined && nouns.presence[userId]?.online === true) ||
    doctor?.expectedAt != null ||
    waiting > 0 ||
    present !== undefined
  return { there: all.filter(isIn), away: all.filter((line) => !isIn(line)) }
}

function ofDoctor(doctor: Doctor, lines: readonly Line[]): StaffLine {
  const line = lines.find((each) => each.kind === 'doctor' && each.id === doctor.id)
  const arrivals = (line?.order ?? []).map(({ visit }) => visit.arrivedAt).sort()
  return {
    key: doctor.id,
    name: doctor.displayName,
    userId: doctor.userId,
    roles: ['doctor'],
    doctor,
    waiting: arrivals.length,
    longestSince: arrivals[0] ?? null,
    present: line?.present.find(({ status }) => status === 'in_consultation') ?? line?.present[0],
  }
}

const ofUser = ({ id, displayName, roles }: User): StaffLine => ({
  key: id,
  name: displayName,
  userId: id,
  roles,
  doctor: undefined,
  waiting: 0,
  longestSince: null,
  present: undefined,
})

const ROLES: readonly Role[] = ['doctor', 'nurse', 'receptionist', 'cashier', 'administrator']
const rank = ({ roles }: User) => Math.min(...roles.map((role) => ROLES.indexOf(role)))
const byRole = (a: User, b: User) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName)
