import { create } from 'zustand'

// U5: "now" is the hub's, whatever this computer's clock says. A demonstration's hub may run faster than the world.
let known = { hub: Date.now(), here: performance.now(), rate: 1 }

/** The hub's clock, milliseconds since the epoch. */
export const hubNow = (): number => known.hub + (performance.now() - known.here) * known.rate

export const hubNowIso = (): string => new Date(hubNow()).toISOString()

/** What the hub's clock shows now, and how fast it runs. The page shows it at once: a moment at another time is another day. */
export function setHubTime(at: string, rate = known.rate) {
  known = { hub: Date.parse(at), here: performance.now(), rate }
  tick()
}

/** How long to wait here until the hub's clock shows that; 0 when it has passed. */
export const waitUntil = (hubTime: number): number => Math.max(0, (hubTime - hubNow()) / known.rate)

const MINUTE = 60_000

const useTick = create<{ second: number; minute: number }>(() => ({ second: 0, minute: 0 }))

function tick() {
  const now = hubNow()
  const second = Math.floor(now / 1000) * 1000
  const minute = Math.floor(now / MINUTE) * MINUTE
  const state = useTick.getState()
  if (second !== state.second) useTick.setState(minute === state.minute ? { second } : { second, minute })
}

/** Starts the page's one ticking clock; answers how to stop it. */
export function startClock(): () => void {
  tick()
  const timer = setInterval(tick, 250)
  return () => clearInterval(timer)
}

/** The hub's time cut to the minute; redraws once a minute. */
export const useMinute = (): number => useTick((tick) => tick.minute)

/** The hub's time cut to the second; redraws once a second. */
export const useSecond = (): number => useTick((tick) => tick.second)

export const minutesSince = (instant: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(instant)) / MINUTE))
