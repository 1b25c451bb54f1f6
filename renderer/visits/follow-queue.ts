import { currentClinic } from '../live/clinic.ts'
import { hubNow, waitUntil } from '../live/clock.ts'
import { type Records, useLive } from '../live/store.ts'
import { buildBoard, emptyBoard, useQueueBoard } from './queue-board.ts'

const MINUTE = 60_000
/** A burst of events is one new order. */
const SETTLE_MS = 40

/** Keeps the board true: after every change of what it is made of, and when time alone changes an order. */
export function followQueue(): () => void {
  let settle: ReturnType<typeof setTimeout> | undefined
  let wake: ReturnType<typeof setTimeout> | undefined
  const build = () => {
    settle = undefined
    clearTimeout(wake)
    const clinic = currentClinic()
    const now = hubNow()
    const board = clinic ? buildBoard(useLive.getState().nouns, clinic, now) : emptyBoard
    useQueueBoard.setState(board, true)
    // The minutes in the reasons pass too.
    const next = Math.min(board.changesAt ?? Number.POSITIVE_INFINITY, (Math.floor(now / MINUTE) + 1) * MINUTE)
    wake = setTimeout(build, Math.max(SETTLE_MS, waitUntil(next)))
  }
  const plan = () => {
    settle ??= setTimeout(build, SETTLE_MS)
  }
  build()
  const stop = useLive.subscribe((state, before) => {
    if (concernsQueue(state.nouns, before.nouns)) plan()
  })
  return () => {
    stop()
    clearTimeout(settle)
    clearTimeout(wake)
  }
}

const CONCERNED = ['visits', 'clinics', 'doctors', 'pools', 'charges', 'payments'] as const satisfies (keyof Records)[]

const concernsQueue = (after: Records, before: Records): boolean =>
  CONCERNED.some((noun) => after[noun] !== before[noun])
