import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault, systemCode } from './fault.ts'

/**
 * Replaces a file as a whole, readable by its user only unless `mode` says otherwise, and comes back when the disk has it: a
 * power cut leaves the old one or the new one, and never the old one after somebody was told of the new.
 *
 * @throws Fault when it cannot be written
 */
export function replaceFile(file: string, content: string | Buffer, mode = 0o600): void {
  const next = `${file}.new`
  try {
    // Left by a power cut, with the rights that it had then.
    rmSync(next, { force: true })
    writeFileSync(next, content, { mode: 0o600, flush: true })
    // Before it has its name: nobody who may read it finds it shut. What the process takes away by default does not count.
    chmodSync(next, mode)
    renameSync(next, file)
    syncFolder(dirname(file))
  } catch (error) {
    const why = systemCode(error) === 'ENOSPC' ? 'the disk is full' : (systemCode(error) ?? 'unknown reason')
    throw new Fault(
      `The file ${file} cannot be written (${why}).`,
      'Free some space, or give this user write access.',
      { cause: error },
    )
  }
}

/**
 * The new name is in the folder, which is written by itself. Windows lets no folder be opened, and needs no such thing; some
 * network drives know no such thing, and keep names in their own way.
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error
  } finally {
    closeSync(handle)
  }
}
