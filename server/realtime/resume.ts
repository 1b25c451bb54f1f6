import type { EventType, Frame } from '../../contract/feed.ts'
import { type RoutedEvent, readChanges } from '../db/outbox.ts'
import type { SqlReader } from '../db/sql.ts'
import { type Viewer, visibleTo } from './audience.ts'

/** Past so many missed events a new snapshot is cheaper. */
export const MOST_RESUMED = 1000

type StoredEvent = Omit<RoutedEvent, 'rooms' | 'changes' | 'type'> & { type: string; rooms: string; changes: string }

/** The frames that a viewer missed since a place on the feed, or word that they need a new snapshot. */
export function resumeFrom(
  hub: { feed: string; read: SqlReader },
  position: number,
  viewer: Viewer,
  from: unknown,
): { frames: Frame[] } | { reset: true } {
  const { feed, after } = (from ?? {}) as { feed?: unknown; after?: unknown }
  if (feed !== hub.feed || typeof after !== 'number' || !Number.isSafeInteger(after)) return { reset: true }
  if (after < 0 || after > position) return { reset: true }
  if (after === position) return { frames: [] }
  const rows = hub.read.all<StoredEvent>`
    select seq, type, at, clinicId, doctorId, actorId, rooms, changes from events
    where seq > ${after} and seq <= ${position} order by seq limit ${MOST_RESUMED + 1}`
  // Numbers have no gaps: a first one further on means that older events are no longer kept.
  if (rows.length > MOST_RESUMED || rows[0]?.seq !== after + 1) return { reset: true }
  const events = rows.map((row) => stored(hub.read, row))
  return { frames: [{ feed: hub.feed, after, upTo: position, events: visibleTo(viewer, events) }] }
}

function stored(read: SqlReader, row: StoredEvent): RoutedEvent {
  return {
    ...row,
    type: row.type as EventType,
    rooms: JSON.parse(row.rooms) as string[],
    changes: readChanges(read, row.changes),
  }
}
