import type { Database, Statement } from 'better-sqlite3'
import * as z from 'zod'
import { type Noun, type Nouns, nouns } from '../../contract/feed.ts'
import { bindable, type SqlValue } from './sql.ts'

/**
 * A noun's table has exactly the columns of its public view (docs/decisions/0002): so a row is its type, but for
 * booleans (0 and 1) and lists (JSON), which are turned here.
 */
type Column = { name: string; kind: 'plain' | 'boolean' | 'json' }

const columnsOf = Object.fromEntries(
  Object.entries(nouns).map(([noun, schema]) => [noun, Object.entries(schema.shape).map(column)]),
) as Record<Noun, Column[]>

function column([name, schema]: [string, unknown]): Column {
  const core = unwrapped(schema)
  if (core instanceof z.ZodBoolean) return { name, kind: 'boolean' }
  if (core instanceof z.ZodArray || core instanceof z.ZodObject) return { name, kind: 'json' }
  return { name, kind: 'plain' }
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodNullable || schema instanceof z.ZodDefault ? unwrapped(schema.unwrap()) : schema
}

/** The column names of a noun's table, for the test that holds the tables against the contract. */
export function columnNames(noun: Noun): string[] {
  return columnsOf[noun].map((column) => column.name)
}

const turned = Object.fromEntries(
  Object.entries(columnsOf).map(([noun, columns]) => [noun, columns.filter((column) => column.kind !== 'plain')]),
) as Record<Noun, Column[]>

/** A row as it came from the database, made into the record that it holds. */
export function fromRow<N extends Noun>(noun: N, row: unknown): Nouns[N] {
  const record = row as Record<string, unknown>
  for (const { name, kind } of turned[noun]) {
    const value = record[name]
    if (kind === 'boolean') record[name] = value === 1
    else if (typeof value === 'string') record[name] = JSON.parse(value)
  }
  return record as Nouns[N]
}

export function fromRows<N extends Noun>(noun: N, rows: unknown[]): Nouns[N][] {
  return rows.map((row) => fromRow(noun, row))
}

/**
 * Writes whole records. An insert has one statement a noun; an update writes the columns that differ from what is there,
 * with one statement for each set of columns that ever differed: setting an indexed column to what it was would still
 * rewrite its indexes.
 */
export function recordWriter(db: Database) {
  const inserts = new Map<Noun, Statement>()
  const selects = new Map<Noun, Statement>()
  const updates = new Map<string, Statement>()
  return {
    insert<N extends Noun>(noun: N, record: Nouns[N]): void {
      prepared(inserts, noun, () => db.prepare(insertText(noun))).run(...values(noun, record))
    },
    /** Replaces the row of the record's id, of whatever version: the caller has compared them. */
    update<N extends Noun>(noun: N, record: Nouns[N]): void {
      const present = prepared(selects, noun, () => db.prepare(selectText(noun)).raw()).get(record.id)
      if (!Array.isArray(present)) throw new Error(`there is no ${noun} of this id to update`)
      const next = values(noun, record)
      const differing = next.flatMap((value, index) => (value === present[index] ? [] : [index]))
      if (differing.length === 0) return
      const key = `${noun} ${differing.join(' ')}`
      prepared(updates, key, () => db.prepare(updateText(noun, differing))).run(
        ...differing.map((index) => next[index] ?? null),
        record.id,
      )
    },
  }
}

function prepared<Key>(known: Map<Key, Statement>, key: Key, prepare: () => Statement): Statement {
  const statement = known.get(key) ?? prepare()
  known.set(key, statement)
  return statement
}

function selectText(noun: Noun): string {
  return `select ${columnNames(noun).map(quoted).join(', ')} from "${noun}" where id = ?`
}

function insertText(noun: Noun): string {
  const names = columnNames(noun).map(quoted)
  return `insert into "${noun}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
}

function updateText(noun: Noun, differing: number[]): string {
  const names = columnNames(noun).map(quoted)
  return `update "${noun}" set ${differing.map((index) => `${names[index]} = ?`).join(', ')} where id = ?`
}

const quoted = (name: string) => `"${name}"`

function values(noun: Noun, record: object): Exclude<SqlValue, boolean>[] {
  const fields = record as Record<string, SqlValue | object>
  return columnsOf[noun].map(({ name, kind }) => {
    const value = fields[name] ?? null
    if (kind === 'json') return value === null ? null : JSON.stringify(value)
    return bindable(value as SqlValue)
  })
}
