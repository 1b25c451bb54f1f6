import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Checkpoints, startCheckpoints } from './checkpoint.ts'
import { type Databases, openDatabases } from './open.ts'

let folder: string
let databases: Databases
let checkpoints: Checkpoints
let faults: unknown[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-checkpoint-'))
  databases = openDatabases(folder)
  databases.writing.exec('create table filling (id integer primary key, text text not null) strict')
  databases.writing.pragma('wal_checkpoint(truncate)')
  faults = []
  checkpoints = startCheckpoints(databases, (why) => faults.push(why))
})

afterEach(async () => {
  await checkpoints.close()
  databases.close()
  rmSync(folder, { recursive: true })
})

const sizeOf = (file: string) => statSync(file).size
const write = (commands: number) => {
  const insert = databases.writing.prepare('insert into filling (text) values (?)')
  databases.writing.transaction(() => {
    for (let count = 0; count < commands; count++) insert.run('x'.repeat(3000))
  })()
  checkpoints.wrote(commands)
}

test('the log is copied back by another thread once a few megabytes were written', async () => {
  const before = sizeOf(databases.file)
  write(249)
  expect(sizeOf(databases.file)).toBe(before)
  write(1)
  await vi.waitFor(() => expect(sizeOf(databases.file)).toBeGreaterThan(before + 200 * 3000), { timeout: 10_000 })
  expect(faults).toEqual([])
})

test('a log that was never empty begins anew all the same when it is long', async () => {
  const log = `${databases.file}-wal`
  let longest = 0
  for (let round = 0; round < 30; round++) {
    const before = sizeOf(databases.file)
    write(1000)
    await vi.waitFor(() => expect(sizeOf(databases.file)).toBeGreaterThan(before), { timeout: 10_000 })
    longest = sizeOf(log)
  }
  // 30 rounds of about 4 MB each: a log that only grew would be 120 MB.
  expect(longest).toBeLessThan(90e6)
})

test('a log to which little is added while it is copied begins anew at once', async () => {
  for (let round = 0; round < 20; round++) {
    const before = sizeOf(databases.file)
    write(250)
    // Without a turn for the answer: by the time it is heard, more was written than was copied.
    while (sizeOf(databases.file) === before) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    write(5)
    const anew = sizeOf(databases.file)
    await vi.waitFor(() => expect(sizeOf(databases.file)).toBeGreaterThan(anew), { timeout: 20_000 })
  }
  // 20 rounds of about 1 MB each.
  expect(sizeOf(`${databases.file}-wal`)).toBeLessThan(5e6)
})

test('a thread that was never needed is not waited for', async () => {
  write(1)
  await checkpoints.close()
})

test('what was written is there after the thread and the connections are closed', async () => {
  write(300)
  await checkpoints.close()
  databases.close()
  databases = openDatabases(folder)
  expect(databases.writing.prepare('select count(*) from filling').pluck().get()).toBe(300)
})
