import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { Refusal } from '../../contract/errors.ts'
import type { Room } from '../../contract/rooms.ts'
import { roomsOf } from '../realtime/audience.ts'
import { type Door, openDoor, type W } from './door.ts'
import { type Databases, openDatabases } from './open.ts'
import type { RoutedEvent } from './outbox.ts'

const clinicId = uuidv7()
const userId = uuidv7()
const actor = { userId, sessionId: null, device: 'test' }
let folder: string
let databases: Databases
let door: Door
let published: RoutedEvent[][]
let faults: (string | null)[]
let bugs: unknown[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-door-'))
  databases = openDatabases(folder)
  databases.writing
    .prepare('insert into clinics values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(clinicId, 'C', 'UTC', 'EUR', 'en', '', '', '{}', 1)
  published = []
  faults = []
  bugs = []
  door = openDoor(databases.writing, {
    clock: () => Date.parse('2026-03-09T03:00:00.000Z'),
    publish: (events) => published.push(events),
    committed: () => {},
    roomsOf,
    health: (fault) => faults.push(fault),
    bug: (error) => bugs.push(error),
  })
})

afterEach(async () => {
  await door.close()
  databases.close()
  rmSync(folder, { recursive: true })
})

/** A command that adds a room and announces it. */
const addRoom =
  (name: string) =>
  (w: W): Room => {
    const room = w.insert('rooms', { id: uuidv7(), clinicId, name, publicLabel: '1', active: true, version: 1 })
    w.record('room_updated', { clinicIds: [clinicId] }, { rooms: [room] })
    return room
  }
const write = <T>(command: (w: W) => T, idempotency?: Parameters<Door['write']>[3]) =>
  door.write(actor, 'room.create', command, idempotency)
const count = (table: string) => databases.reading.prepare(`select count(*) as n from ${table}`).pluck().get() as number
const names = () => databases.reading.prepare('select name from rooms order by rowid').pluck().all()

test('commands of one turn are one commit, published once, in order', async () => {
  // However slow the machine is: a group that takes long is ended early.
  vi.spyOn(performance, 'now').mockReturnValue(0)
  onTestFinished(() => void vi.restoreAllMocks())
  await Promise.all([write(addRoom('one')), write(addRoom('two')), write(addRoom('three'))])
  expect(names()).toEqual(['one', 'two', 'three'])
  expect(published.map((events) => events.map((event) => event.seq))).toEqual([[1, 2, 3]])
})

test('an answer comes after its commit: another connection already reads it', async () => {
  const room = await write(addRoom('one'))
  expect(databases.read.find('rooms', room.id)).toEqual(room)
})

test('nothing is published before the commit, and publishing comes before the answer', async () => {
  const seenAtPublish: unknown[] = []
  const other = openDoor(databases.writing, {
    clock: Date.now,
    publish: () => seenAtPublish.push(names()),
    committed: () => {},
    roomsOf,
    health: () => {},
    bug: () => {},
  })
  await other.write(actor, 'room.create', addRoom('one'))
  expect(seenAtPublish).toEqual([['one']])
})

test('a refused command rolls back alone, and its refusal is recorded', async () => {
  const refused = write((w) => {
    addRoom('refused')(w)
    throw new Refusal('not_found', { noun: 'rooms' })
  })
  const [one, , three] = await Promise.allSettled([write(addRoom('one')), refused, write(addRoom('three'))])
  expect([one?.status, three?.status]).toEqual(['fulfilled', 'fulfilled'])
  await expect(refused).rejects.toMatchObject({ code: 'not_found' })
  expect(names()).toEqual(['one', 'three'])
  expect(published.flat().map((event) => event.seq)).toEqual([1, 2])
  expect(databases.reading.prepare('select outcome from audit order by id').pluck().all()).toEqual(
    expect.arrayContaining(['done', 'not_found', 'done']),
  )
})

test('a bug rolls back its command, travels untouched and leaves no trace', async () => {
  const bug = write((w) => {
    addRoom('bug')(w)
    throw new RangeError('a bug')
  })
  await expect(bug).rejects.toThrow(RangeError)
  expect([count('rooms'), count('events'), count('audit'), published.length]).toEqual([0, 0, 0, 0])
})

test('a command that returns a promise is refused, and nothing of it stays', async () => {
  const late = write(async (w) => addRoom('late')(w))
  await expect(late).rejects.toThrow(/synchronous/)
  expect([count('rooms'), count('events'), count('audit'), published.length]).toEqual([0, 0, 0, 0])
})

test('state, event, audit row and idempotency record are in one commit', async () => {
  await write(addRoom('one'), { route: 'POST /rooms', key: 'key-one', bodyHash: 'a' })
  expect([count('rooms'), count('events'), count('audit'), count('idempotency')]).toEqual([1, 1, 1, 1])
})

test('what throws after the commit is a bug that is told, and the answer is given all the same', async () => {
  const broken = new Error('a page could not be told')
  await write((w) => {
    w.afterCommit(() => {
      throw broken
    })
    return addRoom('one')(w)
  })
  expect(bugs).toEqual([broken])
  expect(names()).toEqual(['one'])
})

test('a repeated key answers as the first time and does nothing again', async () => {
  const claim = { route: 'POST /rooms', key: 'key-one', bodyHash: 'a' }
  const [first, again] = await Promise.all([write(addRoom('one'), claim), write(addRoom('one'), claim)])
  const later = await write(addRoom('one'), claim)
  expect(again).toEqual(first)
  expect(later).toEqual(first)
  expect([count('rooms'), count('events')]).toEqual([1, 1])
})

test('the same key with another body is refused; by another person or route it is another key', async () => {
  await write(addRoom('one'), { route: 'POST /rooms', key: 'key-one', bodyHash: 'a' })
  const other = write(addRoom('two'), { route: 'POST /rooms', key: 'key-one', bodyHash: 'b' })
  await expect(other).rejects.toMatchObject({ code: 'idempotency_mismatch' })
  await write(addRoom('three'), { route: 'POST /beds', key: 'key-one', bodyHash: 'a' })
  const colleague = { ...actor, userId: uuidv7() }
  await door.write(colleague, 'room.create', addRoom('four'), { route: 'POST /rooms', key: 'key-one', bodyHash: 'a' })
  expect(names()).toEqual(['one', 'three', 'four'])
})

test('a refusal is not kept under its key: the next try may succeed', async () => {
  const claim = { route: 'POST /rooms', key: 'key-one', bodyHash: 'a' }
  const refused = write(() => {
    throw new Refusal('nobody_to_call')
  }, claim)
  await expect(refused).rejects.toMatchObject({ code: 'nobody_to_call' })
  await expect(write(addRoom('one'), claim)).resolves.toMatchObject({ name: 'one' })
})

test('after a full disk the whole group is refused, nothing is published, and it goes on when there is room', async () => {
  const pages = databases.writing.pragma('page_count', { simple: true }) as number
  databases.writing.pragma(`max_page_count = ${pages}`)
  const large = (w: W) => {
    w.sql.run`insert into idempotency (userId, route, key, bodyHash, answer, at)
      values (${userId}, ${'r'}, ${uuidv7()}, ${'h'}, ${'x'.repeat(200_000)}, ${w.now})`
  }
  const outcomes = await Promise.allSettled([write(addRoom('before')), write(large), write(addRoom('after'))])
  expect(outcomes.slice(0, 2).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'unavailable' })
  expect(names()).not.toContain('before')
  expect(published.flat().flatMap((event) => event.changes.rooms?.map((room) => room.name))).not.toContain('before')
  expect(faults).toContain('SQLITE_FULL')
  expect(databases.writing.inTransaction).toBe(false)

  databases.writing.pragma('max_page_count = 1000000')
  await write(addRoom('room again'))
  expect(names()).toContain('room again')
  expect(faults.at(-1)).toBe(null)
})

test('a group with a refusal in it runs again: what counts in memory counts once', async () => {
  const ran: string[] = []
  const counting = (name: string) => (w: W) => {
    w.afterCommit(() => ran.push(name))
    return addRoom(name)(w)
  }
  const refused = write(() => {
    throw new Refusal('nobody_to_call')
  })
  await Promise.allSettled([write(counting('one')), refused, write(counting('two'))])
  expect(ran).toEqual(['one', 'two'])
  expect(names()).toEqual(['one', 'two'])
  expect(published.flat()).toHaveLength(2)
})

test('what was remembered of a record is not older than the record, also after a refusal took it back', async () => {
  const { id } = await write(addRoom('one'))
  const rename = (name: string) => (w: W) => {
    const room = w.sql.find('rooms', id)
    if (!room) throw new Error('the room is gone')
    return w.update('rooms', { ...room, name, version: room.version + 1 })
  }
  const refused = write((w) => {
    rename('never')(w)
    throw new Refusal('nobody_to_call')
  })
  await Promise.allSettled([write(rename('two')), refused])
  expect((await write(rename('three'))).version).toBe(3)
  expect(names()).toEqual(['three'])
})

test('numbers of the feed have no gaps, whatever was refused in between', async () => {
  for (let round = 0; round < 20; round++)
    await Promise.allSettled([
      write(addRoom(`${round}`)),
      write((w) => {
        addRoom('refused')(w)
        throw new Refusal('nobody_to_call')
      }),
    ])
  const seqs = databases.reading.prepare('select seq from events order by seq').pluck().all()
  expect(seqs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test('a closing door refuses what comes and finishes what is there', async () => {
  const last = write(addRoom('last'))
  const closing = door.close()
  await expect(write(addRoom('late'))).rejects.toMatchObject({ code: 'unavailable' })
  await closing
  await expect(last).resolves.toMatchObject({ name: 'last' })
})

test('a long group is cut: later commands wait for the next commit instead of the first ones waiting for them', async () => {
  const slow = (w: W) => {
    const until = performance.now() + 15
    while (performance.now() < until);
    return addRoom('slow')(w)
  }
  await Promise.all(Array.from({ length: 6 }, () => write(slow)))
  expect(count('rooms')).toBe(6)
  expect(published.length).toBeGreaterThan(1)
})
