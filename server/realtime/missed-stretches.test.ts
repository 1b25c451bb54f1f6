import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Socket } from 'socket.io-client'
import { expect, test } from 'vitest'
import { contract } from '../../contract/contract.ts'
import { type Changes, type Frame, type Noun, nouns, type ResumeAnswer } from '../../contract/feed.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import type { Client } from '../demo/api.ts'
import { readClinicPlan, wallMs } from '../demo/cast.ts'
import { connect } from '../demo/console.ts'
import { createStore, newEvents, type Place, type Store } from '../demo/console-store.ts'
import { createDayClock } from '../demo/day-clock.ts'
import { createPlayer } from '../demo/player.ts'
import { createWorld } from '../demo/world.ts'
import { createHub } from '../hub.ts'

// docs/decisions/0013: what was missed is told from the tables. Two stores on one socket: one hears every frame, the other
// misses stretches and resumes; what both hold is the same, record by record, and the snapshot has no other.

type Listener = { store: Store; place: Place }
type Viewer = { who: string; client: Client; socket: Socket; live: Listener; missing: Listener; away: boolean }

const names = Object.keys(nouns) as Noun[]

/** What a store holds of each noun; of two readings the same sorts the same. */
const held = (store: Store) =>
  Object.fromEntries(names.flatMap((noun) => store.all(noun).map((record) => [`${noun} ${record.id}`, record])))

const hear = (listener: Listener, frame: Frame) => {
  if (frame.upTo <= listener.place.seq) return
  for (const event of newEvents(listener.place, frame)) listener.store.apply(event.changes)
  listener.place = { feed: frame.feed, seq: frame.upTo }
}

async function openViewer(client: Client, clinicId: string): Promise<Viewer> {
  const socket = connect(client, clinicId)
  const early: Frame[] = []
  const keep = (frame: Frame) => early.push(frame)
  socket.on('events', keep)
  await new Promise((resolve) => socket.once('connected', resolve))
  const { feed, seq, data } = await client.call(contract.feed.snapshot, { params: { id: clinicId } })
  const begun = (): Listener => {
    const listener = { store: createStore(), place: { feed, seq } }
    listener.store.apply(data)
    return listener
  }
  const viewer = { who: client.username, client, socket, live: begun(), missing: begun(), away: false }
  const take = (frame: Frame) => {
    hear(viewer.live, frame)
    if (!viewer.away) hear(viewer.missing, frame)
  }
  for (const frame of early) take(frame)
  socket.off('events', keep)
  socket.on('events', take)
  return viewer
}

/** Back again: what was missed is asked for, and in the same turn both stores are compared. */
async function comeBack(viewer: Viewer): Promise<number> {
  const { socket, live, missing } = viewer
  const missed = live.place.seq - missing.place.seq
  await new Promise<void>((resolve, reject) => {
    socket.emit('resume', { feed: missing.place.feed, after: missing.place.seq }, (answer: ResumeAnswer) => {
      try {
        if (!('frames' in answer)) throw new Error(`${viewer.who} is told to begin anew`)
        for (const frame of answer.frames) hear(missing, frame)
        viewer.away = false
        expect(missing.place, viewer.who).toEqual(live.place)
        expect(held(missing.store), viewer.who).toEqual(held(live.store))
        resolve()
      } catch (error) {
        reject(error)
      }
    })
  })
  return missed
}

/** Records of the snapshot that a listener holds in another state, or not at all. */
function unlike(store: Store, data: Changes): string[] {
  return names.flatMap((noun) =>
    (data[noun] ?? [])
      .filter((record) => !isDeepStrictEqual(store.get(noun, record.id), record))
      .map(({ id, version }) => `${noun} ${id}: ${version}, held ${store.get(noun, id)?.version}`),
  )
}

test('0013: who misses stretches of a day and resumes holds what those hold who heard all of it', {
  timeout: 120_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-stretches-'))
  const plan = readClinicPlan()
  const madeOn = clinicDay(new Date().toISOString(), plan.timeZone, '04:00')
  const clock = createDayClock(wallMs(plan, madeOn, '07:00'))
  const hub = await createHub({ dataDir, port: 0, clock: clock.now, pagesDir: null })
  const viewers: Viewer[] = []
  try {
    const making = { seed: '13', madeOn, count: 200 }
    const cast = await createWorld({ hubUrl: hub.url, making, clock, daysAhead: 1, onProgress: () => {} })
    for (const client of [
      cast.desks[0],
      cast.nurse,
      cast.cashier,
      ...cast.doctors.slice(0, 2).map((one) => one.client),
      cast.admin,
    ])
      if (client) viewers.push(await openViewer(client, cast.clinicId))
    const player = await createPlayer({ cast, clock, racing: true })
    await player.beginDay()
    const { agenda } = player.scene
    let missed = 0
    const faults: unknown[] = []
    for (let turn = 1; turn <= 60; turn += 1)
      for (const [index, viewer] of viewers.entries()) {
        // Each in a rhythm of its own, so that stretches of many lengths begin and end everywhere in the morning.
        if ((turn * (index + 3)) % 7 > 3 && turn < 60) continue
        agenda.add(clock.now() + turn * 5 * 60_000 + index * 17_000, async () => {
          if (viewer.away) missed += await comeBack(viewer).catch((error: unknown) => faults.push(error))
          else viewer.away = true
        })
      }
    await player.raceTo('13:00')
    for (const viewer of viewers) if (viewer.away) missed += await comeBack(viewer)
    expect(faults).toEqual([])
    expect(missed).toBeGreaterThan(500)
    for (const { who, client, live } of viewers) {
      const taken = await client.call(contract.feed.snapshot, { params: { id: cast.clinicId } })
      await expect.poll(() => live.place.seq, { timeout: 30_000 }).toBeGreaterThanOrEqual(taken.seq)
      if (live.place.seq === taken.seq) expect(unlike(live.store, taken.data), who).toEqual([])
    }
    player.close()
  } finally {
    for (const { socket } of viewers) socket.disconnect()
    await hub.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
