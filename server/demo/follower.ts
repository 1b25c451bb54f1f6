import type { contract } from '../../contract/contract.ts'
import type { Connected, FeedEvent, Frame, Heartbeat, Noun, ResumeAnswer } from '../../contract/feed.ts'
import type { ClientOutput } from './api.ts'
import { createStore, judgeFrame, newEvents, type Place, type Store } from './console-store.ts'

type Snapshot = ClientOutput<typeof contract.feed.snapshot>
type Doubt = { met: () => boolean; settle: (met: boolean) => void }

/** How a follower asks its hub. */
export type Line = {
  snapshot(): Promise<Snapshot>
  resume(from: { feed: string; after: number }): Promise<ResumeAnswer>
  isUp(): boolean
}

const NOWHERE: Place = { feed: '', seq: -1 }
/** After so many gaps in a row that resuming did not close, a snapshot does. */
const RESUMES_BEFORE_SNAPSHOT = 3
const TRY_AGAIN_MS = 200

/** Keeps a store true to the feed: applies frames in order, closes gaps by resuming, starts over when it must. */
export class Follower {
  readonly store: Store = createStore()
  readonly counts = { resumes: 0, snapshots: 0, connects: 0, events: 0 }
  readonly listeners: ((event: FeedEvent) => void)[] = []
  place: Place = NOWHERE
  readonly #line: Line
  readonly #ready = Promise.withResolvers<void>()
  readonly #doubts = new Set<Doubt>()
  #buffer: Frame[] = []
  #catchingUp = false
  #stopped = false

  constructor(line: Line) {
    this.#line = line
  }

  /** Has its first snapshot. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  connected(hello: Connected): void {
    this.counts.connects += 1
    this.#buffer = []
    if (hello.feed !== this.place.feed) this.place = NOWHERE
    void this.#catchUp()
  }

  refused(error: Error): void {
    this.#ready.reject(error)
  }

  hear(frame: Frame): void {
    this.#buffer.push(frame)
    if (this.#catchingUp) return
    if (!this.#drain()) void this.#catchUp()
    this.#settleDoubts()
  }

  beat({ feed, seq }: Heartbeat): void {
    const behind = feed !== this.place.feed || seq > this.place.seq
    if (behind && !this.#catchingUp) void this.#catchUp()
  }

  stop(): void {
    this.#stopped = true
    for (const doubt of this.#doubts) doubt.settle(false)
  }

  seen(noun: Noun, { id, version }: { id: string; version: number }, timeoutMs: number): Promise<boolean> {
    return this.#wait(() => (this.store.get(noun, id)?.version ?? 0) >= version, timeoutMs)
  }

  reached(seq: number, timeoutMs: number): Promise<boolean> {
    return this.#wait(() => this.place.seq >= seq, timeoutMs)
  }

  async #catchUp(): Promise<void> {
    if (this.#catchingUp || this.#stopped) return
    this.#catchingUp = true
    try {
      for (let gaps = 0; !this.#stopped; gaps += 1) {
        if (this.place.seq < 0 || gaps >= RESUMES_BEFORE_SNAPSHOT) await this.#startOver()
        else await this.#resume()
        if (this.#drain()) break
      }
    } catch (error) {
      // The line went again, and the next `connected` starts over; or the hub is busy, and asking again helps.
      if (this.counts.snapshots === 0) this.#ready.reject(error)
      else if (this.#line.isUp() && !this.#stopped) setTimeout(() => void this.#catchUp(), TRY_AGAIN_MS)
    } finally {
      this.#catchingUp = false
    }
    this.#settleDoubts()
    if (this.counts.snapshots > 0) this.#ready.resolve()
  }

  async #startOver(): Promise<void> {
    const snapshot = await this.#line.snapshot()
    this.counts.snapshots += 1
    this.store.clear()
    this.store.apply(snapshot.data)
    this.place = { feed: snapshot.feed, seq: snapshot.seq }
    this.#buffer = this.#buffer.filter((frame) => frame.feed === snapshot.feed)
  }

  async #resume(): Promise<void> {
    const answer = await this.#line.resume({ feed: this.place.feed, after: this.place.seq })
    if (!('frames' in answer)) return this.#startOver()
    this.counts.resumes += 1
    this.#buffer = [...answer.frames, ...this.#buffer].sort((a, b) => a.after - b.after)
  }

  /** Applies what has come; false when something before it is missing. */
  #drain(): boolean {
    for (let frame = this.#buffer[0]; frame; frame = this.#buffer[0]) {
      const verdict = judgeFrame(this.place, frame)
      if (verdict === 'gap' || verdict === 'other_feed') return false
      if (verdict === 'apply') this.#apply(frame)
      this.#buffer.shift()
    }
    return true
  }

  #apply(frame: Frame): void {
    for (const event of newEvents(this.place, frame)) {
      this.store.apply(event.changes)
      this.counts.events += 1
      for (const listener of this.listeners) listener(event)
    }
    this.place = { feed: frame.feed, seq: frame.upTo }
  }

  #wait(met: () => boolean, timeoutMs: number): Promise<boolean> {
    if (met()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const timer = setTimeout(() => doubt.settle(false), timeoutMs)
      const doubt: Doubt = {
        met,
        settle: (isMet) => {
          clearTimeout(timer)
          this.#doubts.delete(doubt)
          resolve(isMet)
        },
      }
      this.#doubts.add(doubt)
    })
  }

  #settleDoubts(): void {
    for (const doubt of this.#doubts) if (doubt.met()) doubt.settle(true)
  }
}
