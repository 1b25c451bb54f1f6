import { Refusal } from '../../contract/errors.ts'

/** Slows down guessing, for each account and each station apart. In memory: a restart forgives, and costs the guesser more. */
export type Throttle = {
  /** @throws Refusal `too_many` with the seconds to wait. */
  check(...keys: string[]): void
  /** Counts a try before it is known how it ends, so that a hundred at once do not all pass the check. */
  tried(...keys: string[]): void
  /** The account starts anew; of the station only this try is taken back: others there may be guessing. */
  succeeded(account: string, station: string): void
}

/** Wrong tries before the first pause. A station has many people, so it is allowed more. */
const freeTries = (key: string) => (key.startsWith('station ') ? 40 : 5)
const LONGEST_MS = 5 * 60_000
const FORGET_MS = 15 * 60_000
const MOST_KEYS = 10_000

type Tries = { count: number; last: number }

/** @param now milliseconds of the real clock */
export function createThrottle(now: () => number = Date.now): Throttle {
  const tries = new Map<string, Tries>()

  const waitOf = (key: string): number => {
    const known = tries.get(key)
    if (!known || now() - known.last > FORGET_MS) return 0
    const over = known.count - freeTries(key)
    if (over < 0) return 0
    const pause = Math.min(1000 * 2 ** over, LONGEST_MS)
    return known.last + pause - now()
  }

  return {
    check: (...keys) => {
      const wait = Math.max(...keys.map(waitOf))
      if (wait > 0) throw new Refusal('too_many', { seconds: Math.ceil(wait / 1000) })
    },
    tried: (...keys) => {
      if (tries.size > MOST_KEYS) forgetOld()
      for (const key of keys) {
        const known = tries.get(key)
        const count = known && now() - known.last <= FORGET_MS ? known.count + 1 : 1
        tries.set(key, { count, last: now() })
      }
    },
    succeeded: (account, station) => {
      tries.delete(account)
      const known = tries.get(station)
      if (known) tries.set(station, { ...known, count: Math.max(known.count - 1, 0) })
    },
  }

  function forgetOld(): void {
    for (const [key, known] of tries) if (now() - known.last > LONGEST_MS) tries.delete(key)
    if (tries.size > MOST_KEYS) tries.clear()
  }
}
