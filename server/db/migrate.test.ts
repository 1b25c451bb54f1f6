import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Noun, nouns } from '../../contract/feed.ts'
import { Fault } from '../../local/fault.ts'
import { migrate, migrations } from './migrate.ts'
import { openDatabases } from './open.ts'
import { columnNames } from './records.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-migrate-'))
  file = join(folder, 'anteroom.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const next = { version: migrations().length + 1, name: 'next', text: 'alter table hub add column motto text;' }

test('a new database gets every migration and keeps no copy', () => {
  const db = new Database(file)
  migrate(db, file)
  expect(db.pragma('user_version', { simple: true })).toBe(migrations().length)
  expect(existsSync(`${file}.before-1`)).toBe(false)
  db.close()
})

test('a later migration keeps a copy of the file first, with its rows', () => {
  const db = new Database(file)
  migrate(db, file)
  db.prepare("insert into hub (one, hubId, epoch, feed, nextPatientNumber) values (1, 'h', 1, 'f', 7)").run()
  writeFileSync(`${file}.before-${next.version}.part`, 'of a copy that was cut off')
  migrate(db, file, [...migrations(), next])
  expect(db.prepare('select nextPatientNumber, motto from hub').get()).toEqual({ nextPatientNumber: 7, motto: null })
  db.close()
  const copy = new Database(`${file}.before-${next.version}`, { readonly: true })
  expect(copy.prepare('select * from hub').get()).toMatchObject({ hubId: 'h', nextPatientNumber: 7 })
  expect(copy.pragma('user_version', { simple: true })).toBe(migrations().length)
  copy.close()
})

test('a migration that fails leaves the database as it was', () => {
  const db = new Database(file)
  migrate(db, file)
  const broken = { ...next, text: 'alter table hub add column motto text; select nonsense;' }
  expect(() => migrate(db, file, [...migrations(), broken])).toThrow()
  expect(db.pragma('user_version', { simple: true })).toBe(migrations().length)
  expect(db.prepare('select * from pragma_table_info(?) where name = ?').get('hub', 'motto')).toBeUndefined()
  db.close()
})

test('a database from a newer version is refused with what to do, and not changed', () => {
  const db = new Database(file)
  db.pragma('user_version = 999')
  db.close()
  expect(() => openDatabases(folder)).toThrow(Fault)
  expect(() => openDatabases(folder)).toThrow(/newer version/)
  const after = new Database(file, { readonly: true })
  expect(after.prepare('select count(*) from sqlite_master').pluck().get()).toBe(0)
  after.close()
})

test('every table has exactly the columns of its noun, and every table is strict', () => {
  const databases = openDatabases(folder)
  for (const noun of Object.keys(nouns) as Noun[]) {
    const columns = databases.reading.prepare('select name from pragma_table_info(?)').pluck().all(noun)
    expect([...columns].sort(), noun).toEqual(columnNames(noun).sort())
  }
  const lax = databases.reading
    .prepare(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite_%' and name not like 'patientSearch%'",
    )
    .pluck()
    .all()
  expect(lax).toEqual([])
  databases.close()
})

test('the writing connection syncs every commit; the reading one cannot write', () => {
  const databases = openDatabases(folder)
  expect(databases.writing.pragma('synchronous', { simple: true })).toBe(2)
  expect(databases.writing.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(databases.writing.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(() => databases.reading.exec('delete from hub')).toThrow(/readonly/)
  databases.close()
})

test('a second hub on the same folder is refused for as long as the first one runs', () => {
  const first = openDatabases(folder)
  expect(() => openDatabases(folder)).toThrow(/Another hub/)
  first.close()
  openDatabases(folder).close()
})
