import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
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
  } catch (error) {
    throw new Fault(
      `The data folder ${folder} cannot be written (${systemCode(error) ?? 'unknown reason'}).`,
      'Give this user write access to it, or choose another folder with --data.',
      { cause: error },
    )
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
