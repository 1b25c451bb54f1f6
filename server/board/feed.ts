import type { BoardBeat, BoardFrame, BoardQuery } from '../../contract/board.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Noun } from '../../contract/feed.ts'
import { bug } from '../../local/bug.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { HubParts } from '../http/context.ts'
import { type ClinicBoard, type Held, holdCalls, readBoard, screenOf } from './state.ts'

/** One screen: where its words go, and which lines it shows. */
type Screen = {
  clinicId: string
  doctorIds: readonly string[] | undefined
  send: Send
  /** The state it was last sent, to send none twice. */
  sent: string
}
type Send = (word: { board: BoardFrame } | { beat: BoardBeat }) => void

export type BoardFeed = {
  /** All that a screen shows now. @throws Refusal `not_found` when there is no such clinic */
  frame(query: BoardQuery): BoardFrame
  /** A screen is there: it is told now, and whenever something on it changes. Answers how it leaves. */
  enter(query: BoardQuery, send: Send): () => void
  /** The events of one commit. */
  publish(events: readonly RoutedEvent[]): void
  close(): void
}

/** Orders change with time alone too (Q5), a message ends, a day turns: each time the state is read anew. */
const BEAT_MS = 5_000
/** S4: so long a call stays on screen, whatever becomes of it. */
const HOLD_MS = 10_000
/** What comes in bursts is told at once, and then at most this often. */
const GAP_MS = 100

const SHOWN: readonly Noun[] = ['visits', 'boards', 'clinics', 'doctors', 'pools', 'rooms', 'charges', 'payments']

type FeedOptions = { clockRate: number; page: () => string }

/** The waiting-room screens' own feed (S4): each is sent all that it shows, whenever that is something else. */
export function openBoardFeed(hub: HubParts, { clockRate, page }: FeedOptions): BoardFeed {
  const screens = new Set<Screen>()
  const held = new Map<string, Held[]>()
  const lastTold = new Map<string, number>()
  const due = new Map<string, NodeJS.Timeout | NodeJS.Immediate>()
  const beats = setInterval(() => survive(beat), BEAT_MS)

  return {
    frame: (query) => frameOf(screenOf(boardNow(clinicOf(query)), query.doctors)),
    enter: (query, send) => {
      const screen = { clinicId: clinicOf(query), doctorIds: query.doctors, send, sent: '' }
      show(screen, boardNow(screen.clinicId))
      screens.add(screen)
      return () => {
        screens.delete(screen)
        if (!clinicsShown().has(screen.clinicId)) held.delete(screen.clinicId)
      }
    },
    publish: (events) => {
      const touched = events.filter(({ changes }) => SHOWN.some((noun) => changes[noun] !== undefined))
      for (const clinicId of clinicsShown())
        if (touched.some((event) => event.clinicId === null || event.clinicId === clinicId)) tellSoon(clinicId)
    },
    close: () => {
      clearInterval(beats)
      for (const timer of due.values()) forget(timer)
      screens.clear()
    },
  }

  function clinicOf({ clinic }: BoardQuery): string {
    const found = clinic
      ? hub.read.find('clinics', clinic)
      : hub.read.get<{ id: string }>`select id from clinics order by id limit 1`
    if (!found) throw new Refusal('not_found', { noun: 'clinics' })
    return found.id
  }

  function clinicsShown(): Set<string> {
    return new Set([...screens].map((screen) => screen.clinicId))
  }

  /** Not before the commit's own people are answered. */
  function tellSoon(clinicId: string): void {
    if (due.has(clinicId)) return
    const wait = (lastTold.get(clinicId) ?? Number.NEGATIVE_INFINITY) + GAP_MS - performance.now()
    const run = () => {
      due.delete(clinicId)
      survive(() => tell(clinicId))
    }
    due.set(clinicId, wait > 0 ? setTimeout(run, wait) : setImmediate(run))
  }

  function tell(clinicId: string): void {
    lastTold.set(clinicId, performance.now())
    const board = boardNow(clinicId)
    for (const screen of screens) if (screen.clinicId === clinicId) show(screen, board)
  }

  function boardNow(clinicId: string): ClinicBoard {
    return hub.readTogether((sql) => {
      const board = readBoard(sql, clinicId, new Date(hub.clock()).toISOString())
      const calls = holdCalls(held.get(clinicId) ?? [], board.calls, {
        nowMs: performance.now(),
        holdMs: HOLD_MS,
        calledAtNow: (visitId) => sql.find('visits', visitId)?.calledAt ?? null,
      })
      if (clinicsShown().has(clinicId)) held.set(clinicId, calls)
      return { ...board, calls: calls.map(({ call }) => call) }
    })
  }

  function show(screen: Screen, board: ClinicBoard): void {
    const state = screenOf(board, screen.doctorIds)
    const text = JSON.stringify(state)
    if (text === screen.sent) return
    screen.sent = text
    screen.send({ board: frameOf(state) })
  }

  function beat(): void {
    for (const clinicId of clinicsShown()) tell(clinicId)
    const sign = beatNow()
    for (const screen of screens) screen.send({ beat: sign })
  }

  function beatNow(): BoardBeat {
    return { page: page(), at: new Date(hub.clock()).toISOString(), rate: clockRate }
  }

  /** Nothing above a timer would catch it: a board that cannot be read now is read at the next beat. */
  function survive(act: () => void): void {
    try {
      act()
    } catch (error) {
      bug(error, hub)
    }
  }

  function frameOf(state: BoardFrame['state']): BoardFrame {
    return { ...beatNow(), state }
  }
}

function forget(timer: NodeJS.Timeout | NodeJS.Immediate): void {
  clearTimeout(timer as NodeJS.Timeout)
  clearImmediate(timer as NodeJS.Immediate)
}
