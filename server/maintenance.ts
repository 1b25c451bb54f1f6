import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { endSessions, stranger } from './auth/commands.ts'
import type { Sessions } from './auth/sessions.ts'
import type { Door, W } from './db/door.ts'
import type { Databases } from './db/open.ts'
import { tidyNotifications } from './notifications/tidy.ts'

const DAY_MS = 86_400_000
/** How long the events are kept for consoles that were away. */
const EVENTS_MS = 7 * DAY_MS
/** How long a key answers again. */
const KEYS_MS = 30 * DAY_MS
const HOUR_MS = 3_600_000
const SUMMARY_MS = 10_000

/** What the hub does for itself now and then: forgets what is old, ends who is gone, sums up strangers, anchors the audit. */
export function startMaintenance(
  door: Door,
  databases: Databases,
  sessions: Pick<Sessions, 'changed'>,
  { dataDir, clock = Date.now, log }: { dataDir: string; clock?: () => number; log: Logger },
) {
  const refused = new Map<string, number>()
  const hourly = setInterval(() => run(tidy), HOUR_MS)
  const summary = setInterval(() => run(sumUp), SUMMARY_MS)
  let anchored = 0

  return {
    strangerRefused: (action: string) => {
      refused.set(action, (refused.get(action) ?? 0) + 1)
    },
    /** What happens each hour. */
    tidy,
    /** What happens every ten seconds. */
    sumUp,
    close: async () => {
      clearInterval(hourly)
      clearInterval(summary)
      // On a full disk there is nothing left to write; stopping is all the more what is wanted.
      const last = async () => {
        await sumUp()
        anchorAudit()
      }
      await last().catch((error: unknown) => log.error({ err: error }, 'the last of the maintenance was not written'))
    },
  }

  function run(work: () => Promise<void>): void {
    work().catch((error: unknown) => log.error({ err: error }, 'maintenance failed'))
  }

  async function tidy(): Promise<void> {
    const eventsBefore = new Date(clock() - EVENTS_MS).toISOString()
    const keysBefore = new Date(clock() - KEYS_MS).toISOString()
    const tokensBefore = new Date().toISOString()
    await door.write(stranger, 'maintenance.tidy', (w) => {
      // Their numbers grow with time: the first one to keep ends what goes, and nothing behind it is looked at.
      w.sql.run`delete from events where seq < coalesce(
        (select seq from events where at >= ${eventsBefore} order by seq limit 1), ${Number.MAX_SAFE_INTEGER})`
      w.sql.run`delete from idempotency where id < coalesce(
        (select id from idempotency where at >= ${keysBefore} order by id limit 1), ${Number.MAX_SAFE_INTEGER})`
      w.sql.run`delete from refreshTokens where expiresAt < ${tokensBefore}`
      endForgotten(w)
      tidyNotifications(w)
    })
    databases.writing.pragma('wal_checkpoint(passive)')
    anchorAudit()
  }

  /** A session that nobody can refresh any more is over; its sockets, which may be open still, close. */
  function endForgotten(w: W): void {
    const rows = w.sql.all<{ id: string }>`
      select id from sessions where endedAt is null
      and not exists (select 1 from refreshTokens where sessionId = sessions.id)`
    const ids = rows.map((row) => row.id)
    endSessions(w, ids, 'expired')
    if (ids.length > 0) w.afterCommit(() => sessions.changed(ids))
  }

  /** One row for all that was refused to strangers since the last: a flood must not buy a sync each. */
  async function sumUp(): Promise<void> {
    if (refused.size === 0) return
    const detail = Object.fromEntries(refused)
    await door.write(stranger, 'strangers.refused', (w: W) => w.audit({ detail }))
    // Those that came meanwhile are counted in the next; where the disk refuses, all of them are.
    for (const [action, count] of Object.entries(detail)) {
      const more = (refused.get(action) ?? 0) - count
      if (more > 0) refused.set(action, more)
      else refused.delete(action)
    }
  }

  /** Writes the head of the audit beside the database: a shortened or rewritten chain no longer leads to it. */
  function anchorAudit(): void {
    const head = databases.read.get<{ id: number; hash: string }>`select id, hash from audit order by id desc limit 1`
    if (!head || head.id === anchored) return
    appendFileSync(join(dataDir, 'audit-heads.jsonl'), `${JSON.stringify({ at: new Date().toISOString(), ...head })}\n`)
    anchored = head.id
  }
}
