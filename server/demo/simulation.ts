import { makeDataFolder } from '../../local/make-folder.ts'
import { addDays, clinicDay } from '../../rules/clinic-day.ts'
import { createHub, type HubOptions } from '../hub.ts'
import type { Client } from './api.ts'
import { type Cast, joinCast, type Making, readClinicPlan, wallMs } from './cast.ts'
import { type Console, openConsole } from './console.ts'
import { createDayClock } from './day-clock.ts'
import { findBroken, findDifferences, readLedger } from './invariants.ts'
import { createPlayer, type Player } from './player.ts'
import type { Tally } from './scene.ts'
import { createWorld } from './world.ts'

export type SimulationOptions = {
  dataDir: string
  seed?: string
  days?: number
  consoles?: number
  patients?: number
  /** What the hub is started with besides. */
  hub?: Pick<HubOptions, 'lanPort' | 'publicPort' | 'lan'>
  /** Computers that people work at instead of the hub's own: their addresses, once they are paired with it. */
  pairStations?: (admin: Client) => Promise<string[]>
  /** Where the day ends, for a short one. */
  until?: string
  onProgress?: (what: string) => void
}

export type SimulationReport = {
  days: number
  visits: number
  payments: number
  /** Seconds the playing took. */
  seconds: number
  tally: Tally
  consoles: { who: string; events: number; resumes: number; snapshots: number; connects: number }[]
  /** What did not hold; empty when all is well. */
  broken: string[]
}

type Watcher = { who: string; client: Client; console: Console }

/** Plays whole days as a load, with races and bad lines, and checks at the end that everything holds. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { dataDir, seed = '1', days = 1, consoles = 6, patients = 3_000, onProgress = () => {} } = options
  makeDataFolder(dataDir)
  const plan = readClinicPlan()
  const madeOn = clinicDay(new Date().toISOString(), plan.timeZone, '04:00')
  const making: Making = { seed, madeOn, count: patients }
  const clock = createDayClock(wallMs(plan, madeOn, '07:00'))
  const hub = await createHub({ dataDir, port: 0, clock: clock.now, pagesDir: null, ...options.hub })
  try {
    const world = await createWorld({ hubUrl: hub.url, making, clock, daysAhead: Math.min(4, days), onProgress })
    const stations = await options.pairStations?.(world.admin)
    const cast = stations ? await joinCast(hub.url, making, stations) : world
    const watchers = await openWatchers(cast, consoles)
    const player = await createPlayer({ cast, clock, racing: true })
    const started = performance.now()
    for (let day = 0; day < days; day += 1) {
      if (day > 0) clock.jumpTo(wallMs(plan, addDays(madeOn, day), '08:30'))
      await playDay(player, watchers, options.until)
      onProgress(
        `day ${day + 1}: ${sum(player.scene.tally.done)} acts done, ${sum(player.scene.tally.tooLate)} too late`,
      )
    }
    const seconds = (performance.now() - started) / 1000
    const report = await conclude({ cast, player, watchers, days, madeOn, seconds })
    player.close()
    for (const { console } of watchers) console.close()
    return report
  } finally {
    await hub.close()
  }
}

/** A short day for a test. */
export function simulateDay(options: SimulationOptions): Promise<SimulationReport> {
  return simulate({ patients: 400, consoles: 4, until: '11:00', ...options, days: 1 })
}

async function openWatchers(cast: Cast, count: number): Promise<Watcher[]> {
  const doctors = cast.doctors.map((doctor) => doctor.client)
  const clients = [...cast.desks, cast.nurse, cast.cashier, ...doctors, cast.admin]
  const watchers: Watcher[] = []
  for (let index = 0; index < count; index += 1) {
    const client = clients[index % clients.length] ?? cast.admin
    const console = await openConsole(client, cast.clinicId)
    watchers.push({ who: `console ${index + 1} (${client.username})`, client, console })
  }
  return watchers
}

/** Each half hour of the clinic, every third console loses its line for a moment. */
async function playDay(player: Player, watchers: readonly Watcher[], until: string | undefined): Promise<void> {
  await player.beginDay()
  const { agenda, clock } = player.scene
  for (let turn = 1; turn <= 22; turn += 1) {
    const unlucky = watchers.filter((_, index) => (index + turn) % 3 === 0)
    agenda.add(clock.now() + turn * 30 * 60_000, async () => {
      for (const { console } of unlucky) console.cut(150)
    })
  }
  await player.raceTo(until ?? '19:30')
  if (until === undefined) await player.endDay()
}

async function conclude(run: {
  cast: Cast
  player: Player
  watchers: readonly Watcher[]
  days: number
  madeOn: string
  seconds: number
}): Promise<SimulationReport> {
  const { cast, player, watchers, days, madeOn, seconds } = run
  const { tally } = player.scene
  const dates = Array.from({ length: days }, (_, index) => addDays(madeOn, index))
  const ledger = await readLedger(cast.admin, cast.clinicId, dates)
  const broken = [...findBroken(ledger), ...tally.faults.map((fault) => `An answer nobody should get: ${fault}`)]
  // The lines that were cut last are up again by now.
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (const { who, client, console } of watchers) {
    broken.push(...(await findDifferences(console, client, cast.clinicId, who)))
  }
  return {
    days,
    visits: ledger.visits.length,
    payments: ledger.payments.length,
    seconds,
    tally,
    consoles: watchers.map(({ who, console }) => ({ who, ...console.counts() })),
    broken,
  }
}

export function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0)
}
