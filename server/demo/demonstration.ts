import { makeDataFolder } from '../../local/make-folder.ts'
import { addDays, clinicDay } from '../../rules/clinic-day.ts'
import { createHub, type Hub } from '../hub.ts'
import { bookDay } from './bookings.ts'
import { type Cast, DEMO_PASSWORD, DEMO_USERS, joinCast, type Making, readClinicPlan, wallMs } from './cast.ts'
import { createDayClock, type DayClock } from './day-clock.ts'
import { readKeepsake, writeKeepsake } from './making.ts'
import { createPlayer, type Player } from './player.ts'
import { createWorld } from './world.ts'

export const DEMO_PATIENTS = 3_000
/** When the visitor's browser opens: a full picture, and the emergency still to come. */
const OPENS_AT = '10:40'
const KEEP_MS = 30_000

export type Demonstration = {
  hub: Hub
  cast: Cast
  player: Player
  clock: DayClock
  close(): Promise<void>
}

/** Starts a hub with a demonstration clinic and plays its day: until mid-morning at once, then at `speed`. */
export async function startDemonstration(options: {
  dataDir: string
  port: number
  seed: string
  speed: number
  patients?: number
  onProgress?: (what: string) => void
  onFault?: (error: unknown) => void
}): Promise<Demonstration> {
  const { dataDir, port, seed, speed, patients = DEMO_PATIENTS, onProgress = () => {}, onFault = () => {} } = options
  makeDataFolder(dataDir)
  const plan = readClinicPlan()
  const kept = readKeepsake(dataDir)
  const today = clinicDay(new Date().toISOString(), plan.timeZone, '04:00')
  const day = kept ? dayAfter(kept.clock, today) : today
  const making: Making = kept ?? { seed, madeOn: today, count: patients }
  // Before the day begins: nobody books a slot that is over.
  const clock = createDayClock(kept ? kept.clock : wallMs(plan, day, '07:00'))
  const demonstration = { users: DEMO_USERS, password: DEMO_PASSWORD }
  const hub = await createHub({
    dataDir,
    port,
    clock: clock.now,
    clockRate: speed,
    demonstration,
    publicPort: 0,
    lan: onThisComputer,
  })
  // Later than it is: after a crash the clock has gone on since it was last written down.
  const keep = (finished: boolean) =>
    writeKeepsake(dataDir, { ...making, clock: clock.now() + 2 * KEEP_MS * clock.rate(), finished })
  try {
    if (!kept) keep(false)
    const cast = kept
      ? await joinCast(hub.url, making)
      : await createWorld({ hubUrl: hub.url, making, clock, onProgress })
    keep(true)
    const player = await createPlayer({ cast, clock, onFault })
    if (kept) await sleepOver(player, cast, clock, day)
    onProgress('the morning')
    await player.beginDay()
    await player.fastForwardTo(OPENS_AT)
    clock.run(speed)
    return run({ hub, cast, player, clock }, () => keep(true), onFault)
  } catch (error) {
    await hub.close()
    throw error
  }
}

/** Screens and phones of a demonstration are windows on the same computer. */
const onThisComputer = {
  listCards: () => [{ name: 'loopback', address: '127.0.0.1', netmask: '255.0.0.0', broadcast: '127.255.255.255' }],
  findable: null,
  keepAwake: false,
}

function run(parts: Omit<Demonstration, 'close'>, keep: () => void, onFault: (error: unknown) => void): Demonstration {
  const stopping = new AbortController()
  const played = parts.player.live(stopping.signal).catch(onFault)
  const keeping = setInterval(keep, KEEP_MS)
  return {
    ...parts,
    close: async () => {
      stopping.abort()
      clearInterval(keeping)
      await played
      keep()
      parts.player.close()
      await parts.hub.close()
    },
  }
}

/** Started again: the day that was broken off ends, and the next one is as full as any. */
async function sleepOver(player: Player, cast: Cast, clock: DayClock, day: string): Promise<void> {
  await player.endDay()
  clock.jumpTo(wallMs(cast.plan, day, '08:30'))
  await bookDay({ cast, day, fullness: 0.6, madeAt: clock.now() })
}

/** A clock never goes back: a demonstration that is started again goes on with the next day. */
function dayAfter(clock: number, today: string): string {
  const next = addDays(new Date(clock + 6 * 3_600_000).toISOString().slice(0, 10), 1)
  return next > today ? next : today
}
