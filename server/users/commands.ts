import { Refusal } from '../../contract/errors.ts'
import type { User } from '../../contract/users.ts'
import { endSessions, openSessionsOf } from '../auth/commands.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord, getVersion } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'
import { tellOpenOrders } from '../orders/commands.ts'

type NewUser = Omit<User, 'version'> & { passwordHash: string }

export function addUser(w: W, { passwordHash, ...fields }: NewUser): User {
  demandNew(w.sql, 'users', fields.id)
  if (w.sql.get`select 1 from users where username = ${fields.username}`)
    throw new Refusal('already_exists', { field: 'username' })
  for (const id of fields.clinicIds) if (!w.sql.find('clinics', id)) throw new Refusal('not_found', { noun: 'clinics' })
  const user = w.insert('users', { ...fields, version: 1 })
  w.sql.run`insert into credentials (userId, passwordHash) values (${user.id}, ${passwordHash})`
  const status = w.insert('staff', { id: user.id, status: 'off_duty', since: w.now, version: 1 })
  w.record('user_updated', { clinicIds: user.clinicIds }, { users: [user], staff: [status] })
  return user
}

type UserChange = Omit<User, 'id' | 'username'> & { passwordHash: string | undefined }

/** Answers the sessions that ended with it: all, when the person was disabled or got a new password. */
export function updateUser(w: W, id: string, change: UserChange): { user: User; ended: string[] } {
  const { passwordHash, version, ...fields } = change
  const current = getVersion(w.sql, 'users', id, version)
  for (const clinicId of fields.clinicIds)
    if (!w.sql.find('clinics', clinicId)) throw new Refusal('not_found', { noun: 'clinics' })
  demandAnAdministrator(w.sql, { ...current, ...fields })
  const user = w.update('users', { ...current, ...fields, version: version + 1 })
  if (passwordHash)
    w.sql.run`update credentials set passwordHash = ${passwordHash}, pinHash = null where userId = ${id}`
  const ended = !user.active || passwordHash ? openSessionsOf(w.sql, id) : []
  endSessions(w, ended, user.active ? 'password_reset' : 'disabled')
  w.record('user_updated', { clinicIds: [...new Set([...current.clinicIds, ...user.clinicIds])] }, { users: [user] })
  const doctor =
    user.active === current.active ? undefined : w.sql.get<{ id: string }>`select id from doctors where userId = ${id}`
  if (doctor) tellOpenOrders(w, doctor.id)
  return { user, ended }
}

/** U7: one's own pages, on every computer at once. The last word counts, as with one's status. */
export function setMyLanguage(w: W<Person>, language: User['language']): User {
  const current = getRecord(w.sql, 'users', w.actor.userId)
  if (current.language === language) return current
  const user = w.update('users', { ...current, language, version: current.version + 1 })
  w.record('user_updated', { clinicIds: user.clinicIds }, { users: [user] })
  return user
}

/** The last administrator can be neither disabled nor demoted: nobody could mend it. */
function demandAnAdministrator(sql: SqlReader, changed: User): void {
  if (changed.active && changed.roles.includes('administrator')) return
  const others = sql.get`
    select 1 from users, json_each(users.roles) as role
    where users.id <> ${changed.id} and users.active = 1 and role.value = 'administrator' limit 1`
  if (!others) throw new Refusal('in_use', { by: 'last_administrator' })
}
