import type { Database, Statement } from 'better-sqlite3'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { fromRow } from './records.ts'

/** What can be bound; booleans become 0 and 1 at this edge. */
export type SqlValue = string | number | bigint | null | boolean | Uint8Array

/** Reads, written as SQL: sql.get<Row>`select ... where id = ${id}`. Values are always bound. */
export type SqlReader = {
  get<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Row | undefined
  all<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Row[]
  /** One record by its id. */
  find<N extends Noun>(noun: N, id: string): Nouns[N] | undefined
}

export type SqlWriter = SqlReader & {
  run(strings: TemplateStringsArray, ...values: SqlValue[]): { changes: number; lastInsertRowid: number | bigint }
}

/** Tags on one connection; a statement is prepared once per place where it is written. */
export function sqlTags(db: Database): SqlWriter {
  const prepared = new WeakMap<TemplateStringsArray, Statement>()
  const statement = (strings: TemplateStringsArray): Statement => {
    const known = prepared.get(strings)
    if (known) return known
    const fresh = db.prepare(strings.join('?'))
    prepared.set(strings, fresh)
    return fresh
  }
  const byId = new Map<Noun, Statement>()
  return {
    find: (noun, id) => {
      const statement = byId.get(noun) ?? db.prepare(`select * from "${noun}" where id = ?`)
      byId.set(noun, statement)
      const row = statement.get(id)
      return row === undefined ? undefined : fromRow(noun, row)
    },
    get: <Row>(strings: TemplateStringsArray, ...values: SqlValue[]) =>
      statement(strings).get(...values.map(bindable)) as Row | undefined,
    all: <Row>(strings: TemplateStringsArray, ...values: SqlValue[]) =>
      statement(strings).all(...values.map(bindable)) as Row[],
    run: (strings, ...values) => statement(strings).run(...values.map(bindable)),
  }
}

export function bindable(value: SqlValue): Exclude<SqlValue, boolean> {
  return typeof value === 'boolean' ? Number(value) : value
}
