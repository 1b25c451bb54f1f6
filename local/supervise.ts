import { ROLE_CHANGED } from './settings.ts'

/** A process that was started. */
export type Running = {
  /** Its exit code; `null` when a signal ended it. Never rejects. */
  ended: Promise<number | null>
  stop(): void
}

/** What there is to say about a supervised process. */
export type Happening = { kind: 'died'; code: number | null; againInMs: number } | { kind: 'role_changed' }

/** The time, as a supervisor needs it. */
export type Timers = {
  /** Milliseconds that never go back. */
  now(): number
  /** @returns what calls it off */
  later(act: () => void, ms: number): () => void
}

export type Supervision = {
  start: () => Running
  /** Whether it is started again after an end with this code that nobody asked for; after a change of role it always is. */
  again: (code: number | null) => boolean
  say: (what: Happening) => void
  timers?: Timers
}

export type Supervised = {
  /** The last exit code, once it is not started again; 0 when it was stopped while it waited for its next start. */
  ended: Promise<number | null>
  /** Ends it for good; answers once it has ended. */
  stop(): Promise<void>
}

/** The first wait after a death, and the longest; each wait doubles the one before, in milliseconds. */
export const FIRST_WAIT_MS = 500
export const LONGEST_WAIT_MS = 30_000
/** Who lived that long starts from the first wait again. */
export const LONG_LIFE_MS = 60_000

/** Starts a process and starts it again: at once when the role changed, with a growing wait when it died. */
export function supervise({ start, again, say, timers = realTimers }: Supervision): Supervised {
  const over = Promise.withResolvers<number | null>()
  let running: Running | undefined
  let callOff: (() => void) | undefined
  let stopping = false
  let deaths = 0
  begin()
  return {
    ended: over.promise,
    stop: async () => {
      stopping = true
      callOff?.()
      running?.stop()
      if (!running) over.resolve(0)
      await over.promise
    },
  }

  function begin(): void {
    const startedAt = timers.now()
    callOff = undefined
    running = start()
    void running.ended.then((code) => {
      running = undefined
      if (stopping) return over.resolve(code)
      if (code === ROLE_CHANGED) {
        deaths = 0
        say({ kind: 'role_changed' })
        return begin()
      }
      if (!again(code)) return over.resolve(code)
      deaths = timers.now() - startedAt >= LONG_LIFE_MS ? 1 : deaths + 1
      const againInMs = Math.min(FIRST_WAIT_MS * 2 ** (deaths - 1), LONGEST_WAIT_MS)
      callOff = timers.later(begin, againInMs)
      say({ kind: 'died', code, againInMs })
    })
  }
}

const realTimers: Timers = {
  now: () => performance.now(),
  later: (act, ms) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}
