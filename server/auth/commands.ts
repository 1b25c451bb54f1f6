import { Refusal } from '../../contract/errors.ts'
import type { Actor, W } from '../db/door.ts'
import { newId } from '../db/new-id.ts'
import type { SqlReader } from '../db/sql.ts'
import { arriveAtWork } from '../staff/commands.ts'
import { newRefreshToken, OVERLAP_MS, REFRESH_MS, refreshHash } from './tokens.ts'

/** Begins a session and its family of refresh tokens. */
export function beginSession(w: W, userId: string): { sessionId: string; refreshToken: string } {
  const sessionId = newId()
  const at = realNow()
  w.sql.run`insert into sessions (id, userId, "where", startedAt, lastSeenAt)
    values (${sessionId}, ${userId}, ${w.actor.device}, ${at}, ${at})`
  w.audit({ noun: 'sessions', recordId: sessionId })
  arriveAtWork(w, userId)
  return { sessionId, refreshToken: issue(w, sessionId, null) }
}

/**
 * Rotates a refresh token. Its predecessor still serves until the successor is used, 30 s at most (two answers may have
 * crossed); any other reuse means that somebody copied it, and ends the session.
 */
export function rotate(w: W, sessionId: string, token: string): { refreshToken: string } | { reused: true } {
  const hash = refreshHash(token)
  const row = w.sql.get<{
    replacedAt: string | null
    successorUsed: number
    predecessor: string | null
    expiresAt: string
  }>`
    select replacedAt, successorUsed, predecessor, expiresAt from refreshTokens where hash = ${hash} and sessionId = ${sessionId}`
  if (!row || row.expiresAt < realNow()) throw new Refusal('not_signed_in')
  if (row.replacedAt !== null) {
    const overlap = row.successorUsed === 0 && Date.now() - Date.parse(row.replacedAt) <= OVERLAP_MS
    if (!overlap) return { reused: true }
  } else w.sql.run`update refreshTokens set replacedAt = ${realNow()} where hash = ${hash}`
  if (row.predecessor) w.sql.run`update refreshTokens set successorUsed = 1 where hash = ${row.predecessor}`
  w.sql.run`update sessions set lastSeenAt = ${realNow()} where id = ${sessionId}`
  return { refreshToken: issue(w, sessionId, hash) }
}

/** Ends sessions; their sockets close after the commit. */
export function endSessions(w: W, sessionIds: readonly string[], reason: string): void {
  for (const id of sessionIds) {
    w.sql.run`update sessions set endedAt = ${realNow()}, endReason = ${reason} where id = ${id} and endedAt is null`
    w.sql.run`delete from refreshTokens where sessionId = ${id}`
  }
}

export function openSessionsOf(sql: SqlReader, userId: string): string[] {
  return sql.all<{ id: string }>`select id from sessions where userId = ${userId} and endedAt is null`.map(
    (row) => row.id,
  )
}

/** Whether this cookie's token belongs to that session, whatever its place in the rotation. */
export function holdsSession(sql: SqlReader, sessionId: string, token: string): boolean {
  const row = sql.get<{ userId: string }>`
    select s.userId from refreshTokens t join sessions s on s.id = t.sessionId
    where t.hash = ${refreshHash(token)} and t.sessionId = ${sessionId} and s.endedAt is null and t.expiresAt > ${realNow()}`
  return row !== undefined
}

function issue(w: W, sessionId: string, predecessor: string | null): string {
  const { token, hash } = newRefreshToken()
  const expiresAt = new Date(Date.now() + REFRESH_MS).toISOString()
  w.sql.run`insert into refreshTokens (hash, sessionId, madeAt, expiresAt, predecessor)
    values (${hash}, ${sessionId}, ${realNow()}, ${expiresAt}, ${predecessor})`
  return token
}

/** Sessions end by the real clock, whatever day a demonstration plays. */
function realNow(): string {
  return new Date().toISOString()
}

/** The hub itself, where nobody is signed in yet. */
export const stranger: Actor = { userId: null, sessionId: null, device: 'loopback' }
