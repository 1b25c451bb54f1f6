import type { W } from '../db/door.ts'
import { readTogether } from './commands.ts'
import { unreadOf } from './queries.ts'

/** How long they are kept, read or not. */
const KEPT_MS = 90 * 86_400_000
/** Past so many unread ones nobody reads the oldest any more: they count as read, and stay in the list. */
export const MOST_UNREAD = 200

/** Forgets what is old, and lets nobody's unread ones grow without end: every page begins with all of them. */
export function tidyNotifications(w: W): void {
  const before = new Date(Date.parse(w.now) - KEPT_MS).toISOString()
  for (const { id } of w.sql.all<{ id: string }>`select id from users`) {
    // Their ids grow with time: the first one to keep ends what goes, and nothing behind it is looked at.
    w.sql.run`delete from notifications where userId = ${id} and id < coalesce(
      (select id from notifications where userId = ${id} and at >= ${before} order by id limit 1), 'g')`
    const unread = unreadOf(w.sql, id)
    if (unread.length > MOST_UNREAD) readTogether(w, id, unread.slice(0, -MOST_UNREAD))
  }
}
