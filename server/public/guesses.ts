import { Refusal } from '../../contract/errors.ts'
import { createThrottle } from '../auth/throttle.ts'

/** Slows down whoever tries tokens: each address by itself, and all strangers together. */
export type Guesses = {
  /** @throws Refusal `too_many` with the seconds to wait, also for a token that is right */
  check(address: string): void
  /** A token that this hub never made. */
  wrong(address: string): void
  /** A token that is right: its phone is no stranger any more. */
  right(address: string): void
}

const MINUTE_MS = 60_000
/** Wrong tokens a minute, from everywhere; past it no stranger is heard until the minute is over. */
const MOST_A_MINUTE = 120
const MOST_KNOWN = 5000

/** @param now milliseconds of the real clock */
export function createGuesses(now: () => number = Date.now): Guesses {
  const throttle = createThrottle(now)
  const known = new Set<string>()
  let minute = { began: now(), count: 0 }
  return {
    check: (address) => {
      throttle.check(address)
      if (known.has(address)) return
      const left = minute.began + MINUTE_MS - now()
      if (left > 0 && minute.count >= MOST_A_MINUTE) throw new Refusal('too_many', { seconds: Math.ceil(left / 1000) })
    },
    wrong: (address) => {
      throttle.tried(address)
      if (now() - minute.began >= MINUTE_MS) minute = { began: now(), count: 0 }
      minute.count += 1
    },
    right: (address) => {
      if (known.size >= MOST_KNOWN) known.clear()
      known.add(address)
    },
  }
}
