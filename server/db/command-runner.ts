import type { Database } from 'better-sqlite3'
import type { Refusal } from '../../contract/errors.ts'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { type AuditEntry, isAct, writeAudit } from './audit.ts'
import type { Actor, DoorOptions, W } from './door.ts'
import { earlierAnswer, type Idempotency, keepAnswer } from './idempotency.ts'
import { keepEvent, type RoutedEvent } from './outbox.ts'
import { recordWriter } from './records.ts'
import { withReferences } from './reference.ts'
import { sqlTags } from './sql.ts'

/** What the door was asked to do. */
export type CommandCall = {
  actor: Actor
  name: string
  command: (w: W) => unknown
  idempotency: Idempotency | undefined
}

/** What came of it: the answer, and what is announced and done once it is on the disk. */
export type Performed = { value: unknown; events: RoutedEvent[]; after: (() => void)[] }

/** Runs single commands inside the transaction that the door has open. */
export function commandRunner(db: Database, roomsOf: DoorOptions['roomsOf']) {
  const references = withReferences(sqlTags(db))
  const { sql } = references
  const records = recordWriter(db)
  return {
    run,
    /** A refused command changed nothing, and is on record. */
    keepRefusal: (entry: AuditEntry, { code }: Refusal) => writeAudit(sql, { ...entry, outcome: code }),
    /** What was written may have been taken back. */
    forget: references.forget,
  }

  /** The command with its audit row and the answer that its key repeats; a key that was answered repeats it here. */
  function run(call: CommandCall, entry: AuditEntry): Performed {
    const { actor, name, command, idempotency } = call
    const userId = actor.userId ?? ''
    const repeated = idempotency && earlierAnswer(sql, userId, idempotency)
    if (repeated) return { value: repeated.answer, events: [], after: [] }
    const events: RoutedEvent[] = []
    const after: (() => void)[] = []
    const value = command(workbench(actor, entry, events, after))
    if (value instanceof Promise)
      throw new TypeError(`the command ${name} returned a promise; commands are synchronous`)
    if (isAct(entry)) writeAudit(sql, entry)
    if (idempotency) keepAnswer(sql, userId, idempotency, { value, at: entry.at })
    return { value, events, after }
  }

  function workbench(actor: Actor, entry: AuditEntry, events: RoutedEvent[], after: (() => void)[]): W {
    const now = entry.at
    const touch = (noun: string, id: string) => {
      if (entry.recordId) return
      entry.noun = noun
      entry.recordId = id
    }
    const written = new Set<object>()
    const wrote = <N extends Noun>(noun: N, record: Nouns[N]): Nouns[N] => {
      written.add(record)
      references.written(noun, record.id)
      touch(noun, record.id)
      return record
    }
    return {
      sql,
      now,
      actor,
      insert: (noun, record) => {
        records.insert(noun, record)
        return wrote(noun, record)
      },
      update: (noun, record) => {
        records.update(noun, record)
        return wrote(noun, record)
      },
      record: (type, scope, changes) => {
        const rooms = roomsOf(type, scope)
        events.push(keepEvent(sql, { type, scope, changes, at: now, actorId: actor.userId, rooms, written }))
      },
      audit: (about) => {
        Object.assign(entry, about)
      },
      afterCommit: (act) => {
        after.push(act)
      },
    }
  }
}
