import type { AskedRole } from '../../rules/alert-climb.ts'
import type { SqlReader } from '../db/sql.ts'

/** A page that is open keeps its session alive every ten minutes: behind this, nobody sits there any more. */
const SEEN_MS = 15 * 60_000

/**
 * L3: the roles of a clinic in which somebody is signed in: a window is connected, or was seen just now (after a restart
 * the windows come back one by one). Sessions live by the real clock, whatever day a demonstration plays.
 */
export function rolesPresent(sql: SqlReader, clinicId: string, exceptUserId: string | null): Set<AskedRole> {
  const seenSince = new Date(Date.now() - SEEN_MS).toISOString()
  const rows = sql.all<{ role: string }>`
    select distinct r.value as role from users u, json_each(u.clinicIds) within, json_each(u.roles) r
    where within.value = ${clinicId} and u.active = 1 and u.id is not ${exceptUserId} and r.value in ('nurse', 'doctor')
    and exists (select 1 from sessions s where s.userId = u.id and s.endedAt is null
      and (s.lastSeenAt >= ${seenSince} or exists (select 1 from presence p where p.id = u.id and p.online = 1)))`
  const present = new Set(rows.map(({ role }) => role))
  return new Set((['nurse', 'doctor'] as const).filter((role) => present.has(role)))
}
