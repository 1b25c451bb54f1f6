import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
