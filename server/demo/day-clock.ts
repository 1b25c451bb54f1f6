/** The demonstration's clock: the hub is given `now`. It stands still until it is started, and never goes back. */
export type DayClock = {
  now(): number
  /** Sets the clock forward to an instant (ms since the epoch); an earlier one changes nothing. */
  jumpTo(ms: number): void
  /** Lets the clock run: 1 is real time, 6 is six times as fast, 0 stands still. */
  run(rate: number): void
  rate(): number
}

/** A clock that stands at `startMs`. */
export function createDayClock(startMs: number): DayClock {
  let base = startMs
  let since = performance.now()
  let rate = 0
  const now = () => Math.floor(base + (performance.now() - since) * rate)
  const settle = (ms: number) => {
    base = ms
    since = performance.now()
  }
  return {
    now,
    jumpTo: (ms) => settle(Math.max(ms, now())),
    run: (newRate) => {
      settle(now())
      rate = newRate
    },
    rate: () => rate,
  }
}
