import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDoor, type W } from './db/door.ts'
import { type Databases, openDatabases } from './db/open.ts'
import { startMaintenance } from './maintenance.ts'
import { roomsOf } from './realtime/audience.ts'

const DAY_MS = 86_400_000
const actor = { userId: null, sessionId: null, device: 'test' }
let folder: string
let databases: Databases
let now: number
let ended: string[]
let door: ReturnType<typeof openDoor>
let maintenance: ReturnType<typeof startMaintenance>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-maintenance-'))
  databases = openDatabases(folder)
  now = Date.parse('2026-03-09T03:00:00.000Z')
  ended = []
  const clock = () => now
  door = openDoor(databases.writing, {
    clock,
    publish: () => {},
    committed: () => {},
    roomsOf,
    health: () => {},
    bug: () => {},
  })
  const sessions = { changed: (ids: readonly string[]) => ended.push(...ids) }
  maintenance = startMaintenance(door, databases, sessions, { dataDir: folder, clock, log: pino({ level: 'silent' }) })
})
afterEach(async () => {
  await maintenance.close()
  await door.close()
  databases.close()
  rmSync(folder, { recursive: true })
})

const write = (command: (w: W) => void, key?: string) =>
  door.write(actor, 'test', command, key === undefined ? undefined : { route: 'POST /test', key, bodyHash: '' })
const announce = (w: W) => w.record('room_updated', { clinicIds: [uuidv7()] }, { rooms: [] })
const all = (table: string, column: string) =>
  databases.reading.prepare(`select ${column} from ${table} order by 1`).pluck().all()

test('events are kept for seven days, and keys for thirty', async () => {
  await write(announce, 'first')
  now += 6 * DAY_MS
  await write(announce, 'second')
  await maintenance.tidy()
  expect(all('events', 'seq')).toEqual([1, 2])
  now += 2 * DAY_MS
  await maintenance.tidy()
  expect([all('events', 'seq'), all('idempotency', 'key')]).toEqual([[2], ['first', 'second']])
  now += 23 * DAY_MS
  await maintenance.tidy()
  expect([all('events', 'seq'), all('idempotency', 'key')]).toEqual([[], ['second']])
  await write(announce)
  expect(all('events', 'seq'), 'numbers go on').toEqual([3])
})

test('a session that nobody can refresh any more ends, and its sockets hear of it', async () => {
  const { writing } = databases
  writing.prepare("insert into users values ('u', 'u', 'U', '[]', '[]', 'en', 1, 1)").run()
  const session = writing.prepare(
    'insert into sessions (id, userId, "where", startedAt, lastSeenAt) values (?, ?, ?, ?, ?)',
  )
  const token = writing.prepare('insert into refreshTokens (hash, sessionId, madeAt, expiresAt) values (?, ?, ?, ?)')
  const at = new Date().toISOString()
  for (const id of ['over', 'live']) session.run(id, 'u', 'test', at, at)
  token.run('a', 'over', at, new Date(Date.now() - 1000).toISOString())
  token.run('b', 'live', at, new Date(Date.now() + 60_000).toISOString())
  await maintenance.tidy()
  expect(ended).toEqual(['over'])
  expect(databases.read.all`select id, endReason from sessions order by id`).toEqual([
    { id: 'live', endReason: null },
    { id: 'over', endReason: 'expired' },
  ])
})

test('refused strangers are counted until their count is written', async () => {
  maintenance.strangerRefused('read')
  databases.writing.pragma('query_only = on')
  await expect(maintenance.sumUp()).rejects.toMatchObject({ code: 'unavailable' })
  databases.writing.pragma('query_only = off')
  maintenance.strangerRefused('read')
  await maintenance.sumUp()
  await maintenance.sumUp()
  expect(all('audit', 'detail')).toEqual(['{"read":2}'])
})

test('the head of the audit is kept outside the database', async () => {
  await write(announce)
  await maintenance.tidy()
  const lines = readFileSync(join(folder, 'audit-heads.jsonl'), 'utf8').trim().split('\n')
  const head = databases.read.get`select id, hash from audit order by id desc limit 1`
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject(head as object)
})

test('a head that cannot be written keeps no hub from stopping, and is written when it can be', async () => {
  const heads = join(folder, 'audit-heads.jsonl')
  mkdirSync(heads)
  await write(announce)
  await maintenance.close()
  rmSync(heads, { recursive: true })
  await maintenance.close()
  expect(readFileSync(heads, 'utf8')).toMatch(/^\{"at":.*"hash":.*\}\n$/)
})
