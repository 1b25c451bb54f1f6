import { currentClinic } from '../live/clinic.ts'
import { hubNow, waitUntil } from '../live/clock.ts'
import { type Records, useLive } from '../live/store.ts'
import { buildBoard, emptyBoard, useQueueBoard } from './queue-board.ts'

const MINUTE = 60_000
/** The first change is shown at once; what follows so soon after it is one further order. */
const SETTLE_MS = 40

/** Keeps the board true: after every change of what it is made of, and when time alone changes an order. */
export function followQueue(): () => void {
  let settle: ReturnType<typeof setTimeout> | undefined
  let wake: ReturnType<typeof setTimeout> | undefined
  let builtAt = Number.NEGATIVE_INFINITY
  const build = () => {
    clearTimeout(settle)
    settle = undefined
    clearTimeout(wake)
    builtAt = performance.now()
    const clinic = currentClinic()
    const now = hubNow()
    const board = clinic ? buildBoard(useLive.getState().nouns, clinic, now) : emptyBoard
    useQueueBoard.setState(board, true)
    // The minutes in the reasons pass too.
    const next = Math.min(board.changesAt ?? Number.POSITIVE_INFINITY, (Math.floor(now / MINUTE) + 1) * MINUTE)
    wake = setTimeout(build, Math.max(SETTLE_MS, waitUntil(next)))
  }
  const plan = () => {
    const rest = builtAt + SETTLE_MS - performance.now()
    if (settle) return
    // At once means in the same turn as the records, so that both are drawn in one frame.
    if (rest <= 0) build()
    else settle = setTimeout(build, rest)
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
