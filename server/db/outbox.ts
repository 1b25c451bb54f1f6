import type { Changes, EventType, FeedEvent } from '../../contract/feed.ts'
import type { SqlWriter } from './sql.ts'

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
}

/** Puts an event into the commit; its number is the database's own, so that numbers and commits cannot differ. */
export function keepEvent(sql: SqlWriter, { type, scope, changes, at, actorId, rooms }: NewEvent): RoutedEvent {
  const clinicId = scope.clinicIds.length === 1 ? (scope.clinicIds[0] ?? null) : null
  const doctorId = scope.doctorIds?.[0] ?? null
  const { lastInsertRowid } = sql.run`
    insert into events (type, at, clinicId, doctorId, actorId, rooms, changes)
    values (${type}, ${at}, ${clinicId}, ${doctorId}, ${actorId}, ${JSON.stringify(rooms)}, ${JSON.stringify(changes)})`
  return { seq: Number(lastInsertRowid), type, at, clinicId, doctorId, actorId, changes, rooms }
}
