import type { Me, Session } from '../../contract/auth.ts'
import { Refusal } from '../../contract/errors.ts'
import { fromRow } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

type Credentials = { userId: string; passwordHash: string; pinHash: string | null; active: number }

export function findCredentials(sql: SqlReader, username: string): Credentials | undefined {
  return sql.get<Credentials>`
    select c.*, u.active from credentials c join users u on u.id = c.userId where u.username = ${username}`
}

export function credentialsOf(sql: SqlReader, userId: string): Credentials | undefined {
  return sql.get<Credentials>`
    select c.*, u.active from credentials c join users u on u.id = c.userId where u.id = ${userId}`
}

export function getMe(sql: SqlReader, userId: string): Me {
  const row = sql.get`select * from users where id = ${userId}`
  if (!row) throw new Refusal('not_found', { noun: 'users' })
  const { id, username, displayName, roles, clinicIds, language } = fromRow('users', row)
  const doctor = sql.get<{ id: string }>`select id from doctors where userId = ${userId} and active = 1 order by id`
  const hasPin = (credentialsOf(sql, userId)?.pinHash ?? null) !== null
  return { id, username, displayName, roles, clinicIds, doctorId: doctor?.id ?? null, language, hasPin }
}

export function listSessions(sql: SqlReader, userId: string, current: string): Session[] {
  return sql.all<Omit<Session, 'current'>>`
      select id, "where", startedAt, lastSeenAt from sessions where userId = ${userId} and endedAt is null order by startedAt desc`.map(
    (row) => ({ ...row, current: row.id === current }),
  )
}

/** Whose session it is, if it goes on and was begun on that device: its cookie is worth nothing on another. */
export function userOfSession(sql: SqlReader, sessionId: string, device: string): string | undefined {
  return sql.get<{ userId: string }>`
    select s.userId from sessions s join users u on u.id = s.userId
    where s.id = ${sessionId} and s."where" = ${device} and s.endedAt is null and u.active = 1`?.userId
}
