import { renameSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { ifThere, storedPath } from './files.ts'

// <data>/files/unnamed/ what no record names: a hub that was killed between a file and its record leaves one. It is put
// aside and not deleted at once, for a database that is restored from before would name none of what came after it.

const KEPT_MS = 30 * 86_400_000
const unnamedFolder = (dataDir: string) => join(dataDir, 'files', 'unnamed')

export type Naming = {
  dataDir: string
  /** Whether a record names this file. */
  isNamed(sha256: string): boolean
  /** Whether somebody is about to. */
  isClaimed(sha256: string): boolean
  stopped(): boolean
}

/** Puts aside what no record names, and back what one names again; what lay aside for a month goes. */
export async function sweepUnnamed(naming: Naming): Promise<void> {
  const { dataDir, stopped } = naming
  const folders = (await ifThere(readdir(join(dataDir, 'files')))) ?? []
  if (folders.length > 0) await mkdir(unnamedFolder(dataDir), { recursive: true, mode: 0o700 })
  for (const folder of folders) if (/^[\da-f]{2}$/.test(folder) && !stopped()) await sweepFolder(naming, folder)
  for (const sha256 of (await ifThere(readdir(unnamedFolder(dataDir)))) ?? [])
    if (!stopped()) await lookAside(naming, sha256)
}

async function sweepFolder({ dataDir, isNamed, isClaimed }: Naming, folder: string): Promise<void> {
  for (const name of await readdir(join(dataDir, 'files', folder))) {
    const [sha256 = '', ...half] = name.split('.')
    // Asked and moved in one turn of the event loop: whoever sends the same file claims it before, or writes it after.
    if (isClaimed(sha256)) continue
    if (half.length > 0) rmSync(join(dataDir, 'files', folder, name), { force: true })
    else if (!isNamed(sha256)) {
      renameSync(storedPath(dataDir, sha256), join(unnamedFolder(dataDir), sha256))
      await utimes(join(unnamedFolder(dataDir), sha256), new Date(), new Date())
    }
  }
}

async function lookAside({ dataDir, isNamed }: Naming, sha256: string): Promise<void> {
  const aside = join(unnamedFolder(dataDir), sha256)
  if (isNamed(sha256)) {
    await mkdir(join(storedPath(dataDir, sha256), '..'), { recursive: true, mode: 0o700 })
    return renameSync(aside, storedPath(dataDir, sha256))
  }
  const there = await ifThere(stat(aside))
  if (there && there.mtimeMs < Date.now() - KEPT_MS) await rm(aside, { force: true })
}
