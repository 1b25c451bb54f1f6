import { Refusal } from '../../contract/errors.ts'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { isClinical, mayDo, type Permission, type Role } from '../../contract/permissions.ts'
import type { Actor, W } from '../db/door.ts'
import { demandVersion, getRecord } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'

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

/** Whether somebody who is named is a clinician of that clinic, and still works there. */
export function isClinicianOf(sql: SqlReader, clinicId: string, userId: string): boolean {
  const user = sql.find('users', userId)
  return (user?.active && isClinical(user.roles) && user.clinicIds.includes(clinicId)) ?? false
}

/** The nouns whose records belong to one clinic. */
type OfAClinic = { [N in Noun]: Nouns[N] extends { clinicId: string } ? N : never }[Noun]

/**
 * The record of one of the person's clinics that an update is about (Q10). Whose it is is asked first, for the refusal of
 * a stale version carries the record.
 *
 * @throws Refusal `not_found`, `forbidden`, or `stale_version` with the record as it is now
 */
export function getOwnVersion<N extends OfAClinic>(w: W<Person>, noun: N, id: string, version: number): Nouns[N] {
  w.audit({ noun, recordId: id })
  const current = getRecord(w.sql, noun, id)
  demandClinic(w.actor, current.clinicId)
  demandVersion(current, version)
  return current
}
