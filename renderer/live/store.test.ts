import { describe, expect, it } from 'vitest'
import type { FeedEvent, Nouns } from '../../contract/feed.ts'
import { emptyState, fromSnapshot, withChanges, withEvents } from './store.ts'

const room = (id: string, version: number, name = `Room ${version}`): Nouns['rooms'] => ({
  id,
  clinicId: 'clinic',
  name,
  publicLabel: name,
  active: true,
  version,
})

const event = (seq: number, ...rooms: Nouns['rooms'][]): FeedEvent => ({
  seq,
  type: 'room_updated',
  at: '2026-11-20T09:00:00.000Z',
  clinicId: 'clinic',
  doctorId: null,
  actorId: null,
  changes: { rooms },
})

describe('withChanges', () => {
  it('replaces a record whose version is newer', () => {
    const nouns = withChanges(withChanges(emptyState.nouns, { rooms: [room('a', 1)] }), { rooms: [room('a', 2)] })
    expect(nouns.rooms.a?.version).toBe(2)
  })

  it('keeps what it has when the incoming version is the same or older', () => {
    const before = withChanges(emptyState.nouns, { rooms: [room('a', 3)] })
    expect(withChanges(before, { rooms: [room('a', 3, 'other'), room('a', 2)] })).toBe(before)
  })

  it('leaves other nouns and other records the same objects', () => {
    const before = withChanges(emptyState.nouns, { rooms: [room('a', 1), room('b', 1)] })
    const after = withChanges(before, { rooms: [room('a', 2)] })
    expect(after.rooms.b).toBe(before.rooms.b)
    expect(after.visits).toBe(before.visits)
  })
})

describe('withEvents', () => {
  it('applies a frame as one state and moves to its end, also when it shows nothing to this reader', () => {
    const state = { ...emptyState, feed: 'f', position: 4 }
    expect(withEvents(state, [event(5, room('a', 1)), event(6, room('a', 2))], 7)).toMatchObject({
      position: 7,
      nouns: { rooms: { a: { version: 2 } } },
    })
    expect(withEvents(state, [], 9).position).toBe(9)
  })

  it('leaves out events that are already in', () => {
    const state = { ...emptyState, feed: 'f', position: 6 }
    expect(withEvents(state, [event(6, room('a', 1))], 6).nouns).toBe(state.nouns)
  })
})

describe('fromSnapshot', () => {
  it('drops what the snapshot does not have, and keeps unchanged records the same objects', () => {
    const before = { ...emptyState, nouns: withChanges(emptyState.nouns, { rooms: [room('a', 1), room('b', 1)] }) }
    const after = fromSnapshot(before, { feed: 'g', seq: 12, data: { rooms: [room('a', 1)] } })
    expect(after).toMatchObject({ feed: 'g', position: 12 })
    expect(after.nouns.rooms.a).toBe(before.nouns.rooms.a)
    expect(after.nouns.rooms.b).toBeUndefined()
  })

  it('leaves what is held to who is reading it, unless it is of another feed', () => {
    const nouns = withChanges(emptyState.nouns, { rooms: [room('a', 1), room('b', 1)] })
    const before = { ...emptyState, feed: 'f', nouns }
    const isHeld = (noun: string, { id }: { id: string }) => noun === 'rooms' && id === 'a'
    const taken = { seq: 12, data: { rooms: [room('c', 1)] } }
    expect(Object.keys(fromSnapshot(before, { feed: 'f', ...taken }, isHeld).nouns.rooms)).toEqual(['a', 'c'])
    expect(Object.keys(fromSnapshot(before, { feed: 'g', ...taken }, isHeld).nouns.rooms)).toEqual(['c'])
  })
})
