import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../local/fault.ts'
import type { Making } from './cast.ts'

const FILE = 'demo.json'

/** What a demonstration keeps beside its data: who its patients are, and how late its clock is. */
export type Keepsake = Making & { clock: number; finished: boolean }

/** Throws Fault for a folder that holds a clinic which is no demonstration, or one that was never finished. */
export function readKeepsake(dataDir: string): Keepsake | undefined {
  const file = join(dataDir, FILE)
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Keepsake
    if (kept.finished) return kept
    throw new Fault(`The demonstration in ${dataDir} was stopped while it was made.`, 'Delete that folder.')
  }
  if (existsSync(join(dataDir, 'anteroom.db')))
    throw new Fault(`${dataDir} holds a clinic that is no demonstration.`, 'Choose another folder with --data.')
  return undefined
}

export function writeKeepsake(dataDir: string, keepsake: Keepsake): void {
  writeFileSync(join(dataDir, FILE), `${JSON.stringify(keepsake, null, 2)}\n`)
}
