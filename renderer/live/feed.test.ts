import { describe, expect, it, vi } from 'vitest'
import type { Ack, FeedEvent, Frame, ResumeAnswer } from '../../contract/feed.ts'
import { createFeed, type FeedSocket, type HubSignals, type Snapshot } from './feed.ts'
import { emptyState, fromSnapshot, type LiveState } from './store.ts'

const AT = '2026-11-20T09:00:00.000Z'

/** A hub at the other end of a socket: what it says is said at once, what it is asked is kept to be answered. */
function aPage() {
  const handlers = new Map<string, (word: never) => void>()
  const resumes: { after: number; answer: (answer: ResumeAnswer) => void }[] = []
  const snapshots: { give: (snapshot: Snapshot) => void; fail: () => void }[] = []
  const states: string[] = []
  const live: Frame[] = []
  let state: LiveState = emptyState
  const rooms: { name: string; patientId: string; answer: (ack: Ack) => void }[] = []
  const watched = new Set<string>()
  const told: string[] = []
  const socket = {
    on: (name: string, handler: (word: never) => void) => handlers.set(name, handler),
    emit: (name: string, asked: { after: number } | { patientId: string }, answer: (answer: unknown) => void) =>
      'after' in asked ? resumes.push({ after: asked.after, answer }) : rooms.push({ name, ...asked, answer }),
    connect: vi.fn(),
    disconnect: vi.fn(),
  } as unknown as FeedSocket
  const feed = createFeed({
    socket,
    takeSnapshot: () => new Promise((give, reject) => snapshots.push({ give, fail: () => reject(new Error('away')) })),
    read: () => state,
    write: (next) => {
      state = next
    },
    onSnapshot: (taken) => {
      state = fromSnapshot(state, taken)
    },
    narrow: (event) => event,
    watched: () => [...watched],
    onWatching: (patientId) => told.push(`in ${patientId}`),
    onWatchedNoMore: (patientId) => told.push(`out ${patientId}`),
    onLiveFrame: (frame) => live.push(frame),
    onHubTime: () => undefined,
    onState: (next) => states.at(-1) !== next && states.push(next),
    onRefused: async () => true,
    retryAfterMs: 5,
  })
  feed.start()
  const says = <N extends keyof HubSignals>(name: N, word: Parameters<HubSignals[N]>[0]) =>
    handlers.get(name)?.(word as never)
  return {
    feed,
    states,
    live,
    resumes,
    told,
    /** What it has asked for since the last time: which rooms, and whether they came before it resumed. */
    rooms: () => rooms.splice(0),
    watches: (...patientIds: string[]) => {
      watched.clear()
      for (const patientId of patientIds) watched.add(patientId)
      feed.watchedChanged()
    },
    snapshots,
    state: () => state,
    connects: (seq: number, name = 'f') =>
      says('connected', { feed: name, seq, at: AT, rate: 1, userId: 'u', sessionId: 's' }),
    frame: (after: number, upTo: number, name = 'f') => says('events', aFrame(after, upTo, name)),
    says: (after: number, upTo: number, events: FeedEvent[]) => says('events', { feed: 'f', after, upTo, events }),
    beats: (seq: number, name = 'f') => says('heartbeat', { feed: name, seq, at: AT, rate: 1 }),
    drops: () => handlers.get('disconnect')?.('transport close' as never),
    gives: async (seq: number, name = 'f') => {
      snapshots.shift()?.give({ feed: name, seq, at: AT, data: { rooms: [aRoom(seq)] } })
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

const aRoom = (version: number) => ({
  id: 'r',
  clinicId: 'c',
  name: `${version}`,
  publicLabel: '',
  active: true,
  version,
})

function aFrame(after: number, upTo: number, feed = 'f'): Frame {
  const events = Array.from({ length: upTo - after }, (_, index): FeedEvent => {
    const seq = after + index + 1
    const about = { clinicId: 'c', doctorId: null, actorId: null }
    return { seq, type: 'room_updated', at: AT, ...about, changes: { rooms: [aRoom(seq)] } }
  })
  return { feed, after, upTo, events }
}

async function aLivePage(seq = 10) {
  const page = aPage()
  page.connects(seq)
  await page.gives(seq)
  return page
}

describe('the feed', () => {
  it('starts with a snapshot and applies the newer of the frames that came meanwhile', async () => {
    const page = aPage()
    page.connects(10)
    page.frame(9, 11)
    page.frame(11, 12)
    expect(page.state().feed).toBeNull()
    await page.gives(11)
    expect(page.state()).toMatchObject({ feed: 'f', position: 12, nouns: { rooms: { r: { version: 12 } } } })
    expect(page.states).toEqual(['catching_up', 'live'])
    expect(page.live).toHaveLength(0)
  })

  it('takes the snapshot again when it could not be had', async () => {
    const page = aPage()
    page.connects(10)
    page.snapshots.shift()?.fail()
    await vi.waitFor(() => expect(page.snapshots).toHaveLength(1))
    await page.gives(10)
    expect(page.state().position).toBe(10)
  })

  it('applies frames as they come, and ignores those that it has had', async () => {
    const page = await aLivePage()
    page.frame(10, 12)
    page.frame(10, 12)
    page.frame(11, 12)
    expect(page.state().position).toBe(12)
    expect(page.live).toHaveLength(1)
    expect(page.resumes).toHaveLength(0)
  })

  it('resumes over a gap, and then applies what came meanwhile', async () => {
    const page = await aLivePage()
    page.frame(12, 13)
    page.frame(13, 14)
    expect(page.resumes).toMatchObject([{ after: 10 }])
    page.resumes[0]?.answer({ frames: [aFrame(10, 12), aFrame(12, 13)] })
    expect(page.state().position).toBe(14)
    expect(page.states.at(-1)).toBe('live')
  })

  it('resumes when a heartbeat is ahead', async () => {
    const page = await aLivePage()
    page.beats(10)
    expect(page.resumes).toHaveLength(0)
    page.beats(11)
    expect(page.resumes).toMatchObject([{ after: 10 }])
  })

  it('asks to resume again when no answer comes', async () => {
    const page = await aLivePage()
    page.beats(11)
    await vi.waitFor(() => expect(page.resumes.length).toBeGreaterThan(1))
    page.resumes.at(-1)?.answer({ frames: [aFrame(10, 11)] })
    expect(page.state().position).toBe(11)
  })

  it('takes a new snapshot when too much was missed', async () => {
    const page = await aLivePage()
    page.beats(5000)
    page.resumes[0]?.answer({ reset: true })
    await page.gives(5000)
    expect(page.state().position).toBe(5000)
  })

  it('drops its store and takes a new snapshot when the feed is another', async () => {
    const page = await aLivePage()
    page.frame(2, 3, 'restored')
    await page.gives(3, 'restored')
    expect(page.state()).toMatchObject({ feed: 'restored', position: 3, nouns: { rooms: { r: { version: 3 } } } })
  })

  it('resumes after a lost connection without fetching anything anew', async () => {
    const page = await aLivePage()
    page.drops()
    expect(page.states.at(-1)).toBe('offline')
    page.connects(12)
    expect(page.snapshots).toHaveLength(0)
    page.resumes[0]?.answer({ frames: [aFrame(10, 12)] })
    expect(page.state().position).toBe(12)
    expect(page.states.at(-1)).toBe('live')
  })

  it('takes the snapshot that was asked for while it was away, or that a lost connection cut off (Q2: a new day)', async () => {
    const page = await aLivePage()
    page.drops()
    page.feed.refresh()
    expect(page.snapshots).toHaveLength(0)
    page.connects(10)
    expect(page.snapshots).toHaveLength(1)
    page.drops()
    await page.gives(10)
    page.connects(11)
    expect([page.snapshots.length, page.resumes.length]).toEqual([1, 0])
    await page.gives(11)
    expect(page.states.at(-1)).toBe('live')
    page.drops()
    page.connects(12)
    expect([page.snapshots.length, page.resumes.length]).toEqual([0, 1])
  })

  it('ignores an answer to what it asked before the connection was lost', async () => {
    const page = await aLivePage()
    page.beats(11)
    page.drops()
    page.resumes[0]?.answer({ frames: [aFrame(10, 11)] })
    expect(page.state().position).toBe(10)
  })

  it('joins the room of who is watched, and leaves it when nobody is looking', async () => {
    const page = await aLivePage()
    page.watches('amara')
    const [join] = page.rooms()
    expect(join).toMatchObject({ name: 'join_patient_room', patientId: 'amara' })
    expect(page.told).toEqual([])
    join?.answer({ ok: true })
    expect(page.told).toEqual(['in amara'])
    page.watches('amara', 'ito')
    expect(page.rooms()).toMatchObject([{ name: 'join_patient_room', patientId: 'ito' }])
    page.watches('ito')
    expect(page.rooms()).toMatchObject([{ name: 'leave_patient_room', patientId: 'amara' }])
    expect(page.told).toEqual(['in amara', 'out amara'])
  })

  it('says nothing of a room that it was not let into', async () => {
    const page = await aLivePage()
    page.watches('amara')
    page.rooms()[0]?.answer({ ok: false, code: 'forbidden', message: '' })
    expect(page.told).toEqual([])
  })

  it('asks for no room while it is away, and for each again when it is back', async () => {
    const page = await aLivePage()
    page.watches('amara')
    page.rooms()
    page.drops()
    page.watches('amara', 'ito')
    expect(page.rooms()).toEqual([])
    page.connects(10)
    expect(page.rooms().map(({ name, patientId }) => `${name} ${patientId}`)).toEqual([
      'join_patient_room amara',
      'join_patient_room ito',
    ])
  })

  it('closes the gap between the connection and the room: a frame that came in it lacks what is told there', async () => {
    const page = await aLivePage()
    page.watches('amara')
    page.drops()
    page.connects(10)
    expect(page.resumes).toMatchObject([{ after: 10 }])
    page.says(10, 11, [])
    page.resumes[0]?.answer({ frames: [aFrame(10, 11)] })
    expect(page.state()).toMatchObject({ position: 11, nouns: { rooms: { r: { version: 11 } } } })
  })
})
