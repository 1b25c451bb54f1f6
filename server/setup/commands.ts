import { clinicSettings } from '../../contract/clinics.ts'
import { Refusal } from '../../contract/errors.ts'
import type { W } from '../db/door.ts'
import type { SqlReader } from '../db/sql.ts'
import { addUser } from '../users/commands.ts'

type First = {
  clinic: { id: string; name: string; timeZone: string; currency: string; language: 'en' | 'bn' | 'ar' }
  administrator: { id: string; username: string; displayName: string; passwordHash: string }
}

export function isSetUp(sql: SqlReader): boolean {
  return sql.get`select 1 from users limit 1` !== undefined
}

/** The first clinic and its administrator; only while there is no user. */
export function begin(w: W, { clinic, administrator }: First): { clinicId: string; userId: string } {
  if (isSetUp(w.sql)) throw new Refusal('already_set_up')
  const settings = clinicSettings.parse({})
  const made = w.insert('clinics', { ...clinic, address: '', phone: '', settings, version: 1 })
  addUser(w, {
    ...administrator,
    roles: ['administrator'],
    clinicIds: [clinic.id],
    language: clinic.language,
    active: true,
  })
  w.record('clinic_updated', { clinicIds: [clinic.id] }, { clinics: [made] })
  return { clinicId: clinic.id, userId: administrator.id }
}
