import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import { stranger } from '../auth/commands.ts'
import type { Door, W } from '../db/door.ts'
import { fromRow } from '../db/records.ts'

/** A reload of the page is not a departure, in milliseconds. */
const GRACE_MS = 2000

/** Keeps who is connected: a person is online while any of their windows is (S1). */
export function trackPresence(door: Door, log: Logger) {
  const windows = new Map<string, number>()
  const leaving = new Map<string, NodeJS.Timeout>()
  let last = kept('presence.reset', allOffline)

  return {
    seen: (userId: string, online: boolean) => {
      const count = Math.max((windows.get(userId) ?? 0) + (online ? 1 : -1), 0)
      windows.set(userId, count)
      clearTimeout(leaving.get(userId))
      leaving.delete(userId)
      if (online && count === 1) note(userId, true)
      if (count > 0) return
      const timer = setTimeout(() => {
        leaving.delete(userId)
        note(userId, false)
      }, GRACE_MS)
      leaving.set(userId, timer)
    },
    close: async () => {
      for (const timer of leaving.values()) clearTimeout(timer)
      await last
    },
  }

  function note(userId: string, online: boolean): void {
    last = kept('presence.changed', (w) => setPresence(w, userId, online))
  }

  function kept(action: string, command: (w: W) => void): Promise<void> {
    return door.write(stranger, action, command).catch((error: unknown) => {
      // The disk refuses: health says so already, and the next change tries again. Anything else is a bug.
      if (!(error instanceof Refusal)) log.error({ err: error }, 'presence was not kept')
    })
  }
}

function setPresence(w: W, userId: string, online: boolean): void {
  const row = w.sql.get<{ online: number; version: number }>`select * from presence where id = ${userId}`
  if (row && (row.online === 1) === online) return
  const next = { id: userId, online, since: w.now, version: (row?.version ?? 0) + 1 }
  if (row) w.update('presence', next)
  else w.insert('presence', next)
  w.record('presence_changed', { clinicIds: clinicsOf(w, userId) }, { presence: [next] })
}

/** After a start nobody is connected, whatever was true when the hub died. */
function allOffline(w: W): void {
  for (const { id } of w.sql.all<{ id: string }>`select id from presence where online = 1`) setPresence(w, id, false)
}

export function clinicsOf(w: W, userId: string): string[] {
  const row = w.sql.get`select * from users where id = ${userId}`
  return row ? fromRow('users', row).clinicIds : []
}
