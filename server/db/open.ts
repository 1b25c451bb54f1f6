import { closeSync, fdatasync, openSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { Fault, systemCode } from '../../local/fault.ts'
import { makeDataFolder } from '../../local/make-folder.ts'
import { sqliteCode } from './faults.ts'
import { migrate } from './migrate.ts'
import { type SqlReader, sqlTags } from './sql.ts'

/** The hub's database: one connection that writes, one that only reads, and the lock on their folder. */
export type Databases = {
  file: string
  writing: Database.Database
  reading: Database.Database
  read: SqlReader
  /** Brings what was copied back into the database from the system's memory to the disk. Nobody waits for it. */
  flush(): Promise<void>
  close(): void
}

/**
 * Opens the database in a folder, made if it is not there.
 *
 * @throws Fault when the folder cannot be written, another hub has it, or the file is corrupt or newer.
 */
export function openDatabases(folder: string): Databases {
  makeDataFolder(folder)
  const lock = lockFolder(folder)
  const file = join(folder, 'anteroom.db')
  const open: Database.Database[] = []
  try {
    const writing = openWriting(file)
    open.unshift(writing)
    const reading = new Database(file, { readonly: true })
    open.unshift(reading)
    reading.pragma('cache_size = -8000')
    const handle = openSync(file, 'r+')
    return {
      file,
      writing,
      reading,
      read: sqlTags(reading),
      flush: () => flushed(handle),
      close: () => {
        if (!lock.open) return
        closeAll(...open)
        // Not before: closing any handle of a file lets go of all locks that the process has on it.
        closeSync(handle)
        closeAll(lock)
      },
    }
  } catch (error) {
    closeAll(...open, lock)
    throw explained(error, folder)
  }
}

const flushed = promisify(fdatasync)

function closeAll(...databases: Database.Database[]): void {
  for (const database of databases) if (database.open) database.close()
}

function openWriting(file: string): Database.Database {
  const db = new Database(file, { timeout: 5000 })
  try {
    return prepared(db, file)
  } catch (error) {
    db.close()
    throw error
  }
}

/** @throws when the file is corrupt, newer, or of a database that will not keep what it was given. */
function prepared(db: Database.Database, file: string): Database.Database {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('fullfsync = ON')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -16000')
  // Copying the log back pauses a morning: another thread does it (checkpoint.ts). Here only if that falls far behind.
  db.pragma('wal_autocheckpoint = 100000')
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous=FULL was not taken')
  migrate(db, file)
  return db
}

/** Held by the operating system for as long as the process lives, so that a killed hub leaves no stale lock. */
function lockFolder(folder: string): Database.Database {
  try {
    const lock = new Database(join(folder, 'hub.lock'), { timeout: 0 })
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY'))
      throw new Fault(
        `Another hub is running on the data folder ${folder}.`,
        'Use that one, or stop it first; or choose another folder with --data.',
        { cause: error },
      )
    throw explained(error, folder)
  }
}

function explained(error: unknown, folder: string): unknown {
  const code = sqliteCode(error)
  if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT'))
    return new Fault('The database is damaged.', 'Restore the newest backup; keep the damaged file for help.', {
      cause: error,
    })
  if (code === 'SQLITE_FULL' || systemCode(error) === 'ENOSPC')
    return new Fault(`The disk with ${folder} is full.`, 'Free some space, then start again; nothing was lost.', {
      cause: error,
    })
  if (code?.startsWith('SQLITE_CANTOPEN') || code?.startsWith('SQLITE_READONLY') || code?.startsWith('SQLITE_IOERR'))
    return new Fault(
      `The database in ${folder} cannot be opened (${code}).`,
      'Check that this user may write there and that the disk is healthy.',
      { cause: error },
    )
  if (code?.startsWith('SQLITE_BUSY'))
    return new Fault('The database is locked by another program.', 'Close that program, then start again.', {
      cause: error,
    })
  return error
}
