import type { Socket } from 'socket.io-client'
import type {
  Changes,
  ClientRequests,
  Connected,
  FeedEvent,
  Frame,
  Heartbeat,
  ResumeAnswer,
} from '../../contract/feed.ts'
import { type LiveState, withEvents } from './store.ts'

export type HubSignals = {
  connected: (word: Connected) => void
  events: (frame: Frame) => void
  heartbeat: (beat: Heartbeat) => void
}

/** What the feed needs of a socket; the real one is `Socket` of socket.io-client. */
export type FeedSocket = Pick<Socket<HubSignals, ClientRequests>, 'on' | 'emit' | 'connect' | 'disconnect'>

export type Snapshot = { feed: string; seq: number; at: string; data: Changes }

export type FeedParts = {
  socket: FeedSocket
  takeSnapshot: () => Promise<Snapshot>
  read: () => LiveState
  write: (state: LiveState) => void
  /** What of an event is kept. */
  narrow: (event: FeedEvent) => FeedEvent
  /** A snapshot takes the place of what is known. */
  onSnapshot: (taken: Snapshot) => void
  /**
   * Frames that happened before the eyes of this person, not those that a snapshot or a resume brought; with what was
   * true before.
   */
  onLiveFrame: (frame: Frame, before: LiveState) => void
  onHubTime: (at: string, rate?: number) => void
  /** Whose rooms to be in besides the clinic's; `watchedChanged` says when they are others. */
  watched: () => readonly string[]
  /** Has come into somebody's room while it was live: what was said there before is not known. */
  onWatching: (patientId: string) => void
  onWatchedNoMore: (patientId: string) => void
  onState: (state: 'live' | 'catching_up' | 'offline') => void
  /** The hub refuses this socket; answers whether to try again at once. */
  onRefused: (code: string) => Promise<boolean>
  retryAfterMs?: number
}

export type Feed = { start: () => void; stop: () => void; refresh: () => void; watchedChanged: () => void }

/**
 * Follows the hub's feed (design 4). While it catches up, by a snapshot or by a resume, frames are kept; afterwards those
 * that are newer are applied. A gap, or a heartbeat that is ahead, makes it resume; another feed, or a reset, makes it
 * take a snapshot.
 */
export function createFeed(parts: FeedParts): Feed {
  const { socket, read, write } = parts
  let kept: Frame[] | null = null
  let stopped = false
  let connected = false
  let round = 0
  /** A snapshot was asked for, and none has come since. */
  let outdated = false
  let again: ReturnType<typeof setTimeout> | undefined

  /** The patients whose rooms this connection is in, or has asked to be let into. */
  let joined = new Set<string>()

  const keepToRooms = (joinedLive: (patientId: string) => void) => {
    const wanted = new Set(parts.watched())
    for (const patientId of joined) {
      if (wanted.has(patientId)) continue
      socket.emit('leave_patient_room', { patientId }, () => {})
      parts.onWatchedNoMore(patientId)
    }
    for (const patientId of wanted)
      if (!joined.has(patientId))
        socket.emit('join_patient_room', { patientId }, (ack) => ack.ok && joinedLive(patientId))
    joined = wanted
  }

  const catchUp = (step: (mine: () => boolean) => void) => {
    round += 1
    const ours = round
    kept ??= []
    clearTimeout(again)
    parts.onState('catching_up')
    step(() => !stopped && connected && ours === round)
  }

  const caughtUp = () => {
    const frames = kept ?? []
    kept = null
    for (const frame of frames) {
      if (kept) keep(frame)
      else accept(frame, false)
    }
    if (!kept) parts.onState('live')
  }

  const keep = (frame: Frame) => kept?.push(frame)

  const later = (step: () => void) => {
    clearTimeout(again)
    again = setTimeout(step, parts.retryAfterMs ?? 2000)
  }

  const snapshot = () =>
    catchUp((mine) => {
      parts.takeSnapshot().then(
        (taken) => {
          if (!mine()) return
          outdated = false
          parts.onHubTime(taken.at)
          parts.onSnapshot(taken)
          caughtUp()
        },
        () => mine() && later(snapshot),
      )
    })

  const resume = () =>
    catchUp((mine) => {
      const { feed, position } = read()
      if (feed === null) return snapshot()
      later(resume)
      socket.emit('resume', { feed, after: position }, (answer: ResumeAnswer) => {
        if (!mine()) return
        clearTimeout(again)
        if ('frames' in answer) {
          for (const { events, upTo } of answer.frames) write(withEvents(read(), events.map(parts.narrow), upTo))
          return caughtUp()
        }
        if ('reset' in answer) return snapshot()
        later(resume)
      })
    })

  const accept = (frame: Frame, live: boolean) => {
    const state = read()
    if (frame.feed !== state.feed) {
      snapshot()
      keep(frame)
      return
    }
    if (frame.upTo <= state.position) return
    if (frame.after > state.position) {
      resume()
      keep(frame)
      return
    }
    write(withEvents(state, frame.events.map(parts.narrow), frame.upTo))
    if (live) parts.onLiveFrame(frame, state)
  }

  const onHeartbeat = (beat: Heartbeat) => {
    parts.onHubTime(beat.at, beat.rate)
    if (kept) return
    const { feed, position } = read()
    if (beat.feed !== feed) snapshot()
    else if (beat.seq > position) resume()
    else parts.onState('live')
  }

  socket.on('connected', (word) => {
    connected = true
    parts.onHubTime(word.at, word.rate)
    joined = new Set()
    // Before anything else is asked: what is resumed is what may be heard in the rooms that one is in.
    keepToRooms(() => {})
    const { feed, position } = read()
    if (feed !== word.feed || outdated) return snapshot()
    // A frame may have come between the connection and the rooms: it lacks what is told there.
    if (word.seq > position || joined.size > 0) return resume()
    round += 1
    caughtUp()
  })
  socket.on('events', (frame) => (kept ? keep(frame) : accept(frame, true)))
  socket.on('heartbeat', onHeartbeat)
  socket.on('disconnect', (reason) => {
    connected = false
    kept = null
    clearTimeout(again)
    if (stopped) return
    parts.onState('offline')
    // The hub closed it on purpose (the session ended, or it is stopping): socket.io leaves coming back to us.
    if (reason === 'io server disconnect') later(() => socket.connect())
  })
  socket.on('connect_error', (error) => {
    parts.onState('offline')
    const code = refusalCode(error)
    if (!code || stopped) return
    parts.onRefused(code).then((retry) => {
      if (retry && !stopped) later(() => socket.connect())
    })
  })

  return {
    start: () => socket.connect(),
    stop: () => {
      stopped = true
      clearTimeout(again)
      socket.disconnect()
    },
    refresh: () => {
      outdated = true
      if (connected) snapshot()
    },
    watchedChanged: () => {
      if (connected) keepToRooms(parts.onWatching)
    },
  }
}

function refusalCode(error: Error): string | undefined {
  if (!('data' in error) || typeof error.data !== 'object' || error.data === null) return undefined
  return 'code' in error.data && typeof error.data.code === 'string' ? error.data.code : undefined
}
