import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiClient, signIn } from './support/api-client.ts'
import { PASSWORD } from './support/clinic.ts'
import { type Finished, type HubProcess, runHubProcess, startHubProcess } from './support/hub-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-faults-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function begin(url: string) {
  const clinic = { id: uuidv7(), name: 'Full', timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  const administrator = { id: uuidv7(), username: 'admin', displayName: 'Admin', password: PASSWORD }
  await apiClient(url).setup.begin({ body: { clinic, administrator } })
  return signIn(url, 'admin', PASSWORD)
}

/** One line that says what and what to do, and an exit code that is not 0. */
function expectOneLine({ code, output }: Finished, what: RegExp): void {
  expect(output.trim().split('\n'), output).toHaveLength(1)
  expect(output).toMatch(what)
  expect(output.trim().split('. ').length, 'says what to do as well').toBeGreaterThan(1)
  expect(code).toBe(1)
}

test('a port in use', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  expectOneLine(await runHubProcess('--data', folder, '--port', String(port)), new RegExp(`Port ${port} is in use`))
  other.close()
})

test('a data folder that cannot be made', async () => {
  writeFileSync(join(folder, 'file'), '')
  expectOneLine(await runHubProcess('--data', join(folder, 'file', 'data'), '--port', '0'), /cannot be written/)
})

test('a data folder that another hub has', async () => {
  const first = await startHubProcess(folder)
  expectOneLine(await runHubProcess('--data', folder, '--port', '0'), /Another hub is running/)
  expect(await first.stop()).toBe(0)
})

test('a hub that was killed leaves no lock', async () => {
  const first = await startHubProcess(folder)
  await first.kill()
  const second = await startHubProcess(folder)
  expect(await second.stop()).toBe(0)
})

test('a damaged database', async () => {
  writeFileSync(
    join(folder, 'anteroom.db'),
    'this was never a database, but it is long enough to look like one'.repeat(100),
  )
  expectOneLine(await runHubProcess('--data', folder, '--port', '0'), /database is damaged/)
})

test('a database from a newer version', async () => {
  const db = new Database(join(folder, 'anteroom.db'))
  db.pragma('user_version = 999')
  db.close()
  expectOneLine(await runHubProcess('--data', folder, '--port', '0'), /newer version/)
})

test('a database that another program has locked', async () => {
  const db = new Database(join(folder, 'anteroom.db'))
  db.pragma('locking_mode = EXCLUSIVE')
  db.exec('begin exclusive')
  expectOneLine(await runHubProcess('--data', folder, '--port', '0'), /locked by another program/)
  db.close()
})

test('a full disk', async ({ skip }) => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk])
  if (mounted.status !== 0) skip('this machine may not mount a small disk')
  try {
    expectOneLine(await runHubProcess('--data', disk, '--port', '0'), /full/)
  } finally {
    spawnSync('umount', [disk])
  }
})

test('a disk that has filled up since: it starts, says so in its health, and goes on when there is room', async ({
  skip,
}) => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
  if (mounted.status !== 0) skip('this machine may not mount a small disk')
  let hub: HubProcess | undefined
  try {
    await (await startHubProcess(disk)).stop()
    const ballast = join(disk, 'ballast')
    // All but what SQLite needs to open its files: 32 KB of shared memory, and the beginning of the log.
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 40_960))
    hub = await startHubProcess(disk)
    const { url } = hub
    await expect.poll(async () => (await fetch(`${url}/health`)).status).toBe(503)
    rmSync(ballast)
    const { token } = await begin(url)
    expect(token).toBeTruthy()
    expect((await fetch(`${url}/health`)).status).toBe(200)
  } finally {
    await hub?.stop()
    spawnSync('umount', ['-l', disk])
  }
})

test('an option that does not exist, and a port that is none', async () => {
  expectOneLine(await runHubProcess('--prot', '1'), /Unknown option '--prot'/)
  expectOneLine(await runHubProcess('--data', folder, '--port', 'many'), /"port" is not right/)
})

test('--help says every option', async () => {
  const { code, output } = await runHubProcess('--help')
  expect(code).toBe(0)
  for (const word of ['--data', '--port', 'ANTEROOM_DATA', 'ANTEROOM_PORT']) expect(output).toContain(word)
})
