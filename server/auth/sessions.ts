import { fromRow } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { type Person, personOf } from './person.ts'
import type { TokenKeys } from './tokens.ts'

/** Who is behind an access token, remembered until it expires or something about sessions or users changes. */
export type Sessions = {
  find(token: string, device: string): Person | undefined
  /** Ended sessions and changed users: forgets what was remembered, and closes the sockets of these sessions. */
  changed(ended: readonly string[]): void
  onEnded(listener: (sessionIds: readonly string[]) => void): void
  onChanged(listener: () => void): void
}

const MOST_REMEMBERED = 5000

export function createSessions(read: SqlReader, keys: TokenKeys): Sessions {
  const remembered = new Map<string, { person: Person; until: number }>()
  const endListeners: ((sessionIds: readonly string[]) => void)[] = []
  const changeListeners: (() => void)[] = []

  return {
    find: (token, device) => {
      const known = remembered.get(token)
      if (known && known.person.device === device && known.until > Date.now()) return known.person
      const claims = keys.verify(token)
      const person = claims && livePerson(read, claims.sid, device)
      if (!person) return undefined
      if (remembered.size >= MOST_REMEMBERED) remembered.clear()
      remembered.set(token, { person, until: claims.exp * 1000 })
      return person
    },
    changed: (ended) => {
      remembered.clear()
      for (const listener of changeListeners) listener()
      if (ended.length > 0) for (const listener of endListeners) listener(ended)
    },
    onEnded: (listener) => {
      endListeners.push(listener)
    },
    onChanged: (listener) => {
      changeListeners.push(listener)
    },
  }
}

/** The person of a session that has not ended, on the device where it was begun, with roles and clinics as they are now. */
export function livePerson(read: SqlReader, sessionId: string, device: string): Person | undefined {
  const row = read.get<{ id: string; roles: string; clinicIds: string; active: number }>`
    select u.* from sessions s join users u on u.id = s.userId
    where s.id = ${sessionId} and s."where" = ${device} and s.endedAt is null and u.active = 1`
  if (!row) return undefined
  const user = fromRow('users', row)
  const doctor = read.get<{ id: string }>`select id from doctors where userId = ${user.id} and active = 1 order by id`
  return personOf(user, { sessionId, device, doctorId: doctor?.id ?? null })
}
