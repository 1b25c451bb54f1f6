import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Fault, systemCode } from './fault.ts'

/**
 * The folder that the data lies in, for this user alone, with what is missing above it.
 *
 * @throws Fault when it cannot be made or written
 */
export function makeDataFolder(folder: string): void {
  try {
    make(resolve(folder))
    accessSync(folder, constants.R_OK | constants.W_OK)
    if (process.platform !== 'win32') shut(folder)
  } catch (error) {
    throw new Fault(
      `The data folder ${folder} cannot be written (${systemCode(error) ?? 'unknown reason'}).`,
      'Give this user write access to it, or choose another folder with --data.',
      { cause: error },
    )
  }
}

/** What lies in a data folder and is nobody else's; a folder shuts what is in it. */
const OURS =
  /^(?:anteroom\.db.*|hub\.lock|audit-heads\.jsonl|settings\.json.*|local\.key.*|keys|trust|files|station|updates)$/

/**
 * A service's folder lets others pass through to what is public in it, and what was brought there from a user's own folder,
 * or from a stick, has the rights of elsewhere: by their names the records could be read.
 */
function shut(folder: string): void {
  for (const path of readdirSync(folder).flatMap((name) => (OURS.test(name) ? join(folder, name) : []))) {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found && !found.isSymbolicLink() && (found.mode & 0o077) !== 0) chmodSync(path, found.mode & 0o700)
  }
}

/** Node's own `recursive` never comes back from a folder that is there and lets nothing be made in it, as /proc. */
function make(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && statSync(folder).isDirectory()) return
    const above = dirname(folder)
    if (systemCode(error) !== 'ENOENT' || isThere(above)) throw error
    make(above)
    mkdirSync(folder, { mode: 0o700 })
  }
}

const isThere = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false }) !== undefined
