import { Refusal } from '../../contract/errors.ts'
import { isClinical, mayDo, type Permission, type Role } from '../../contract/permissions.ts'
import type { Actor } from '../db/door.ts'

/** Somebody who is signed in, as every command and query sees them. */
export type Person = Actor & {
  userId: string
  sessionId: string
  roles: readonly Role[]
  clinicIds: readonly string[]
  doctorId: string | null
  clinical: boolean
}

export function personOf(
  user: { id: string; roles: readonly Role[]; clinicIds: readonly string[] },
  at: { sessionId: string; device: string; doctorId: string | null },
): Person {
  return { userId: user.id, roles: user.roles, clinicIds: user.clinicIds, clinical: isClinical(user.roles), ...at }
}

/** @throws Refusal `forbidden` when none of the person's roles has the permission. */
export function demand(person: Person, permission: Permission): void {
  if (!mayDo(person.roles, permission)) throw new Refusal('forbidden')
}

/** @throws Refusal `forbidden` when the person does not work in that clinic. */
export function demandClinic(person: Person, clinicId: string): void {
  if (!person.clinicIds.includes(clinicId)) throw new Refusal('forbidden')
}
