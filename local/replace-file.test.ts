import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from './fault.ts'
import { replaceFile, syncFolder } from './replace-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-replace-'))
  file = join(folder, 'key')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file is replaced as a whole, for its user only, also over what a power cut left', () => {
  writeFileSync(`${file}.new`, 'half')
  chmodSync(`${file}.new`, 0o644)
  replaceFile(file, 'one')
  replaceFile(file, 'two')
  expect(readFileSync(file, 'utf8')).toBe('two')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['key'])
})

test.skipIf(process.platform === 'win32')('one that others may read is theirs to read from its first moment', () => {
  // No process may do that by default: what it says outright counts.
  replaceFile(file, 'one', 0o666)
  expect(statSync(file).mode & 0o777).toBe(0o666)
})

test('one that cannot be written is a fault that names it, and the one before stays', () => {
  replaceFile(file, 'one')
  mkdirSync(`${file}.new`)
  expect(() => replaceFile(file, 'two')).toThrow(Fault)
  expect(() => replaceFile(file, 'two')).toThrow(`The file ${file} cannot be written (`)
  expect(readFileSync(file, 'utf8')).toBe('one')
})

test('the content is on the disk before it has its name, and the name before anybody is told', ({ skip }) => {
  if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0) skip('strace cannot watch processes here')
  const trace = join(folder, 'trace')
  const script = `import { replaceFile, syncFolder } from ${JSON.stringify(join(import.meta.dirname, 'replace-file.ts'))}
replaceFile(${JSON.stringify(file)}, 'one')`
  const node = [process.execPath, '--input-type=module', '--eval', script]
  spawnSync('strace', ['-f', '-y', '-o', trace, '-e', 'trace=fsync,fdatasync,rename,renameat,renameat2', ...node])
  const steps = readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap(
      (line) => /\b(f(?:data)?sync|rename)\w*\(.*?(key\.new|anteroom-replace-\w+)>?[",)]/.exec(line)?.slice(1) ?? [],
    )
  expect(steps).toEqual(['fsync', 'key.new', 'rename', 'key.new', 'fsync', folder.split('/').at(-1)])
})

test.runIf(process.platform === 'linux')(
  'a file system that cannot sync a folder is no reason to refuse a file',
  () => {
    expect(() => syncFolder('/proc')).not.toThrow()
    expect(() => syncFolder(join(folder, 'gone'))).toThrow('ENOENT')
  },
)
