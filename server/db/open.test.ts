import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDatabases } from './open.ts'

const broken = vi.hoisted(() => ({ openSync: false }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const openSync: typeof fs.openSync = (...of) => {
    if (broken.openSync) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
    return fs.openSync(...of)
  }
  return { ...fs, openSync }
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-open-'))
})
afterEach(() => {
  broken.openSync = false
  rmSync(folder, { recursive: true })
})

/** The files in the folder that this process has open. */
const handles = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
    } catch {
      return false
    }
  })

test.runIf(process.platform === 'linux')('what was opened is closed when a later one cannot be', () => {
  broken.openSync = true
  expect(() => openDatabases(folder)).toThrow('too many open files')
  expect(handles()).toEqual([])
  broken.openSync = false
  const databases = openDatabases(folder)
  expect(handles().length).toBeGreaterThan(2)
  databases.close()
  expect(handles()).toEqual([])
})
