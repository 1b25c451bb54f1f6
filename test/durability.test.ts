import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { apiClient, signIn } from './support/api-client.ts'
import { PASSWORD } from './support/clinic.ts'
import { startHubProcess } from './support/hub-process.ts'

const COMMANDS = 25

test('each answer to a changing request follows a sync of the log that holds it', async ({ skip }) => {
  if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0)
    skip('strace cannot watch processes on this machine')
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-sync-'))
  const trace = join(folder, 'trace')
  const watch = [
    'strace',
    // -D: the hub stays our own child, and gets our signals.
    '-D',
    '-f',
    '-y',
    '-s',
    '24',
    '-o',
    trace,
    '-e',
    'trace=fsync,fdatasync,write,writev,sendto,sendmsg',
  ]
  const hub = await startHubProcess(join(folder, 'data'), watch)
  const clinicId = uuidv7()
  const clinic = { id: clinicId, name: 'Sync', timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  const administrator = { id: uuidv7(), username: 'admin', displayName: 'Admin', password: PASSWORD }
  await apiClient(hub.url).setup.begin({ body: { clinic, administrator } })
  const { api } = await signIn(hub.url, 'admin', PASSWORD)
  const before = readFileSync(trace, 'utf8').length
  for (let count = 0; count < COMMANDS; count++)
    await api.rooms.create({ body: { id: uuidv7(), clinicId, name: `Room ${count}`, publicLabel: `${count}` } })
  const steps = stepsOf(readFileSync(trace, 'utf8').slice(before))
  await hub.stop()

  rmSync(folder, { recursive: true })

  expect(steps.filter((step) => step === 'answer').length).toBe(COMMANDS)
  // An answer directly after another, without a sync between them, was given before it was safe.
  expect(steps.join(' ')).not.toMatch(/answer answer/)
  expect(steps[0]).toBe('sync')
})

/** What the hub did, in order: syncs of its database's log, and answers that went out. */
function stepsOf(trace: string): ('sync' | 'answer')[] {
  return trace.split('\n').flatMap((line) => {
    if (/\b(fsync|fdatasync)\(\d+<[^>]*anteroom\.db-wal>/.test(line)) return ['sync' as const]
    if (/HTTP\/1\.1 200/.test(line)) return ['answer' as const]
    return []
  })
}
