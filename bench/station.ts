import { join } from 'node:path'
import { contract } from '../contract/contract.ts'
import { signIn } from '../server/demo/api.ts'
import { pairStation } from '../server/demo/pair-station.ts'
import { BENCH_PASSWORD, makeClinic } from './clinic.ts'
import { createGenerator } from './load.ts'
import { startServer } from './server-process.ts'
import { median, percentile, round, spread } from './stats.ts'

/** Milliseconds of a request's way to the hub and back. */
export type StationResult = { directP50Ms: number; throughP50Ms: number; addedMs: number; spread: [number, number] }

const WARM_UP = 300
const REQUESTS = 1_000

/** What a station adds to a round trip: the same question asked of the hub itself and through a station, in turn. */
export async function measureStation(workDir: string, pairs: number): Promise<StationResult> {
  const dataDir = join(workDir, 'station-hub')
  await makeClinic(dataDir, 1)
  const hub = await startServer({ side: 'hub', dataDir, lan: true })
  const station = await startServer({ side: 'station', dataDir: join(workDir, 'station') })
  const admin = await signIn(hub.url, 'admin', BENCH_PASSWORD)
  await pairStation(admin, station.url, 'Bench', `127.0.0.1:${hub.lanPort}`)
  const turns: { direct: number; through: number }[] = []
  for (let pair = 0; pair < pairs; pair += 1)
    turns.push({ direct: await roundTripP50(hub.url), through: await roundTripP50(station.url) })
  await station.close()
  await hub.close()
  const added = turns.map(({ direct, through }) => through - direct)
  const [least, most] = spread(added)
  return {
    directP50Ms: round(median(turns.map(({ direct }) => direct)), 3),
    throughP50Ms: round(median(turns.map(({ through }) => through)), 3),
    addedMs: round(median(added), 3),
    spread: [round(least, 3), round(most, 3)],
  }
}

async function roundTripP50(url: string): Promise<number> {
  const client = await signIn(url, 'reception', BENCH_PASSWORD)
  const headers = { authorization: `Bearer ${await client.token()}` }
  const generator = createGenerator(url, 1)
  const path = `/api${contract.auth.me['~orpc'].route.path}`
  const times: number[] = []
  for (let count = 0; count < WARM_UP + REQUESTS; count += 1) {
    const started = performance.now()
    await generator.ask({ path, headers })
    if (count >= WARM_UP) times.push(performance.now() - started)
  }
  generator.close()
  return percentile(times, 0.5)
}
