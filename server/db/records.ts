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

/** Writes whole records: one insert and one update a noun, made from its columns, prepared once. */
export function recordWriter(db: Database) {
  const inserts = new Map<Noun, Statement>()
  const updates = new Map<Noun, Statement>()
  return {
    insert<N extends Noun>(noun: N, record: Nouns[N]): void {
      prepared(inserts, noun, () => insertText(noun)).run(...values(noun, record))
    },
    /** Replaces the row of the record's id, of whatever version: the caller has compared them. */
    update<N extends Noun>(noun: N, record: Nouns[N]): void {
      prepared(updates, noun, () => updateText(noun)).run(...values(noun, record, notId), record.id)
    },
  }

  function prepared(known: Map<Noun, Statement>, noun: Noun, text: () => string): Statement {
    const statement = known.get(noun) ?? db.prepare(text())
    known.set(noun, statement)
    return statement
  }
}

function insertText(noun: Noun): string {
  const names = columnNames(noun)
  return `insert into "${noun}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`
}

function updateText(noun: Noun): string {
  const sets = columnNames(noun)
    .filter(notId)
    .map((name) => `"${name}" = ?`)
  return `update "${noun}" set ${sets.join(', ')} where id = ?`
}

/** An id never changes; setting it again would make SQLite look through every table that refers to it. */
const notId = (name: string) => name !== 'id'

function values(
  noun: Noun,
  record: object,
  which: (name: string) => boolean = () => true,
): Exclude<SqlValue, boolean>[] {
  const fields = record as Record<string, SqlValue | object>
  return columnsOf[noun]
    .filter(({ name }) => which(name))
    .map(({ name, kind }) => {
      const value = fields[name] ?? null
      if (kind === 'json') return value === null ? null : JSON.stringify(value)
      return bindable(value as SqlValue)
    })
}
