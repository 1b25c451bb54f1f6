import { io, type Socket } from 'socket.io-client'
import { contract } from '../../contract/contract.ts'
import type { FeedEvent, Noun } from '../../contract/feed.ts'
import { PROTOCOL } from '../../contract/protocol.ts'
import type { Client } from './api.ts'
import type { Place, Store } from './console-store.ts'
import { Follower } from './follower.ts'

/** A window of the clinic without its pixels: a store that follows the hub's feed by the client's rules. */
export type Console = {
  readonly store: Store
  place(): Place
  /** Called with every event after it was applied. */
  onEvent(listener: (event: FeedEvent) => void): void
  /** Waits until the store has a record in this version or a newer one; false when it does not come in time. */
  seen(noun: Noun, record: { id: string; version: number }, timeoutMs?: number): Promise<boolean>
  /** Waits until the console stands at a place of the feed or past it. */
  reached(seq: number, timeoutMs?: number): Promise<boolean>
  /** Cuts the line, as a bad cable does; the console comes back by itself after so many milliseconds. */
  cut(forMs: number): void
  /** How often it closed a gap, took a whole snapshot, and was connected; how many events it applied. */
  counts(): { resumes: number; snapshots: number; connects: number; events: number }
  close(): void
}

const SEEN_MS = 5_000
const REACHED_MS = 10_000

/** Opens a console of a clinic, and answers when it has its first snapshot. */
export async function openConsole(client: Client, clinicId: string): Promise<Console> {
  const socket = connect(client, clinicId)
  const follower = new Follower({
    snapshot: () => client.call(contract.feed.snapshot, { params: { id: clinicId } }),
    resume: (from) => socket.timeout(SEEN_MS).emitWithAck('resume', from),
    isUp: () => socket.connected,
  })
  socket.once('connect_error', (error) => follower.refused(error))
  socket.on('connected', (hello) => follower.connected(hello))
  socket.on('events', (frame) => follower.hear(frame))
  socket.on('heartbeat', (beat) => follower.beat(beat))
  await follower.ready
  return {
    store: follower.store,
    place: () => follower.place,
    onEvent: (listener) => follower.listeners.push(listener),
    seen: (noun, record, timeoutMs = SEEN_MS) => follower.seen(noun, record, timeoutMs),
    reached: (seq, timeoutMs = REACHED_MS) => follower.reached(seq, timeoutMs),
    counts: () => ({ ...follower.counts }),
    cut: (forMs) => {
      socket.disconnect()
      setTimeout(() => socket.connect(), forMs)
    },
    close: () => {
      follower.stop()
      socket.disconnect()
    },
  }
}

/** Connects without a store: somebody who is there. Closing the socket is leaving. */
export function connect(client: Client, clinicId: string): Socket {
  return io(client.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 2_000,
    auth: (give) => {
      client.token().then(
        (token) => give({ token, protocol: PROTOCOL, feed: 'batched', clinicId }),
        // Nobody can say who this is: the hub refuses, and the socket tries again.
        () => give({}),
      )
    },
  })
}
