import type { Changes, EventType, FeedEvent, Noun, Nouns } from '../../contract/feed.ts'
import type { SqlReader, SqlWriter } from './sql.ts'

/** Whom an event concerns: it decides the rooms, and nothing else does. */
export type Scope = {
  clinicIds: readonly string[]
  doctorIds?: readonly (string | null)[]
  userIds?: readonly string[]
  /** For those who watch over them. */
  patientIds?: readonly (string | null)[]
  /** L3: which screens an alert has climbed to, besides those of the clinicians. */
  reach?: 'clinic' | 'hub' | null
}

/** An event with the rooms that hear it. */
export type RoutedEvent = FeedEvent & { rooms: readonly string[] }

type NewEvent = {
  type: EventType
  scope: Scope
  changes: Changes
  at: string
  actorId: string | null
  rooms: readonly string[]
  /** The records that the command has written itself. */
  written: ReadonlySet<object>
}

/** Puts an event into the commit; its number is the database's own, so that numbers and commits cannot differ. */
export function keepEvent(sql: SqlWriter, event: NewEvent): RoutedEvent {
  const { type, scope, changes, at, actorId, rooms, written } = event
  const clinicId = scope.clinicIds.length === 1 ? (scope.clinicIds[0] ?? null) : null
  const doctorId = scope.doctorIds?.[0] ?? null
  const { lastInsertRowid } = sql.run`
    insert into events (type, at, clinicId, doctorId, actorId, rooms, changes)
    values (${type}, ${at}, ${clinicId}, ${doctorId}, ${actorId}, ${JSON.stringify(rooms)}, ${keptChanges(changes, written)})`
  return { seq: Number(lastInsertRowid), type, at, clinicId, doctorId, actorId, changes, rooms }
}

/** How a record stands in a kept event: by id and version where its own table has it, otherwise in full. */
type Named = [id: string, version: number]

/** Notifications are found by their person, not by their id alone. */
const isNamed = (noun: string): boolean => noun !== 'notifications'

/** What is written twice in a commit is half of what a commit writes (docs/decisions/0013). */
function keptChanges(changes: Changes, written: ReadonlySet<object>): string {
  const kept = Object.entries(changes).map(([noun, records]) => [
    noun,
    records.map((record): unknown =>
      isNamed(noun) && written.has(record) ? ([record.id, record.version] satisfies Named) : record,
    ),
  ])
  return JSON.stringify(Object.fromEntries(kept))
}

/**
 * The changes of a kept event. A record that has changed since is left out: the event that changed it brings it, to those
 * who may hear that.
 */
export function readChanges(sql: SqlReader, kept: string): Changes {
  const changes = JSON.parse(kept) as { [N in Noun]?: (Nouns[N] | Named)[] }
  const read = Object.entries(changes).map(([noun, entries]) => [
    noun,
    entries.flatMap((entry) => (Array.isArray(entry) ? asItWas(sql, noun as Noun, entry) : [entry])),
  ])
  return Object.fromEntries(read) as Changes
}

function asItWas(sql: SqlReader, noun: Noun, [id, version]: Named): Nouns[Noun][] {
  const record = sql.find(noun, id)
  return record?.version === version ? [record] : []
}
