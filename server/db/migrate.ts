import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { Fault } from '../../local/fault.ts'

const folder = join(import.meta.dirname, 'migrations')

export type Migration = { version: number; name: string; text: string }

/** The numbered migrations, in order; only ever added to. */
export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ version: Number(name.slice(0, 4)), name, text: readFileSync(join(folder, name), 'utf8') }))
}

/**
 * Brings a database to this build's version, forward only, each migration in a transaction of its own. Before the first
 * one on a database that holds something, a copy of the file is kept beside it.
 *
 * @throws Fault when the database comes from a newer version.
 */
export function migrate(db: Database, file: string, steps: readonly Migration[] = migrations()): void {
  const present = Number(db.pragma('user_version', { simple: true }))
  const newest = steps.at(-1)?.version ?? 0
  if (present > newest)
    throw new Fault(
      `The database is from a newer version of Anteroom (${present}, this one knows ${newest}).`,
      'Install the newer version on this computer; nothing was changed.',
    )
  const missing = steps.filter((step) => step.version > present)
  if (missing.length > 0 && present > 0) keepCopy(db, file, present)
  for (const step of missing)
    db.transaction(() => {
      db.exec(step.text)
      db.pragma(`user_version = ${step.version}`)
    }).immediate()
}

function keepCopy(db: Database, file: string, version: number): void {
  const copy = `${file}.before-${version + 1}`
  if (existsSync(copy)) return
  // Left by a copy that was cut off: SQLite does not write over it.
  rmSync(`${copy}.part`, { force: true })
  db.prepare('vacuum into ?').run(`${copy}.part`)
  sync(`${copy}.part`)
  renameSync(`${copy}.part`, copy)
  sync(dirname(copy))
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    // Windows cannot sync a folder; its rename is in the journal already.
    if (process.platform !== 'win32') throw error
  } finally {
    closeSync(handle)
  }
}
