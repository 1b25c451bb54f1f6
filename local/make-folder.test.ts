import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Fault } from './fault.ts'
import { makeDataFolder } from './make-folder.ts'

const home = mkdtempSync(join(tmpdir(), 'anteroom-folder-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('a data folder is made with what is missing above it; one that is there stays', () => {
  const folder = join(home, 'a', 'b', 'c')
  makeDataFolder(folder)
  writeFileSync(join(folder, 'kept'), '')
  makeDataFolder(folder)
  expect(existsSync(join(folder, 'kept'))).toBe(true)
})

test('one that cannot be made is a fault that says what to do', () => {
  const file = join(home, 'file')
  writeFileSync(file, '')
  for (const folder of [file, join(file, 'in-a-file')])
    expect(() => makeDataFolder(folder), folder).toThrow(/^The data folder .* cannot be written \(E\w+\)\.$/)
  expect(() => makeDataFolder(file)).toThrow(Fault)
})

test.runIf(process.platform === 'linux')('also where the system lets nothing be made: it does not try for ever', () => {
  expect(() => makeDataFolder('/proc/x')).toThrow('The data folder /proc/x cannot be written (ENOENT).')
})

test.skipIf(process.platform === 'win32')(
  'what was brought from elsewhere is its user’s alone again, and nothing is touched that is not ours',
  () => {
    const folder = join(home, 'brought')
    mkdirSync(folder)
    chmodSync(folder, 0o711)
    for (const name of ['anteroom.db', 'anteroom.db.before-2', 'local.key', 'photo.jpg']) {
      writeFileSync(join(folder, name), '')
      chmodSync(join(folder, name), 0o644)
    }
    for (const name of ['keys', 'public', 'letters']) {
      mkdirSync(join(folder, name))
      chmodSync(join(folder, name), 0o755)
    }
    makeDataFolder(folder)
    const modeOf = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8)
    expect(['anteroom.db', 'anteroom.db.before-2', 'local.key', 'keys'].map(modeOf)).toEqual([
      '600',
      '600',
      '600',
      '700',
    ])
    expect(['photo.jpg', 'public', 'letters', '.'].map(modeOf)).toEqual(['644', '755', '755', '711'])
  },
)
