import { v7 as uuidv7 } from 'uuid'
import { PROTOCOL } from '../contract/protocol.ts'
import { signIn } from '../server/demo/api.ts'
import { checkInAsking, onCopy, type Template } from './check-in.ts'
import { BENCH_PASSWORD } from './clinic.ts'
import { openListeners } from './listeners.ts'
import { createGenerator, inParallel } from './load.ts'
import { startServer } from './server-process.ts'
import { median, percentile, round, spread } from './stats.ts'

export type GrowthResult = {
  visits: number
  emptyP50: number
  fullP50: number
  ratio: number
  spread: [number, number]
}
export type MemoryResult = { clients: number; rssMb: number }
export type StartResult = { visits: number; ms: number }

/** How many check-ins measure a file once; the first quarter is warm-up. */
export const CHECK_INS = 400
const MEMORY_CHECK_INS = 1_000

/** A file to check in on, with appointments for all of its turns. */
export type GrowthSide = { dataDir: string; appointmentIds: readonly string[] }

/** The empty file and the full one in turn; the ratio is the median of the pairs' ratios. */
export async function measureGrowth(
  visits: number,
  empty: GrowthSide,
  full: GrowthSide,
  pairs: number,
): Promise<GrowthResult> {
  const times: { empty: number; full: number }[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const turn = ({ dataDir, appointmentIds }: GrowthSide) =>
      checkInP50(dataDir, appointmentIds.slice(pair * CHECK_INS, (pair + 1) * CHECK_INS))
    times.push({ empty: await turn(empty), full: await turn(full) })
  }
  const ratios = times.map((pair) => pair.full / pair.empty)
  const [least, most] = spread(ratios)
  return {
    visits,
    emptyP50: round(median(times.map((pair) => pair.empty))),
    fullP50: round(median(times.map((pair) => pair.full))),
    ratio: round(median(ratios)),
    spread: [round(least), round(most)],
  }
}

/** The median time of a check-in's answer, one at a time. */
async function checkInP50(dataDir: string, appointmentIds: readonly string[]): Promise<number> {
  const server = await startServer({ side: 'hub', dataDir })
  const client = await signIn(server.url, 'reception', BENCH_PASSWORD)
  const token = await client.token()
  const generator = createGenerator(server.url, 1)
  const times: number[] = []
  for (const appointmentId of appointmentIds) {
    const started = performance.now()
    await generator.ask(checkInAsking(token, uuidv7(), appointmentId))
    times.push(performance.now() - started)
  }
  generator.close()
  await server.close()
  return percentile(times.slice(appointmentIds.length / 4), 0.5)
}

/** From the start of the process until it says that it is well. */
export async function measureStart(dataDir: string, visits: number): Promise<StartResult> {
  const started = performance.now()
  const server = await startServer({ side: 'hub', dataDir })
  const generator = createGenerator(server.url, 1)
  await generator.ask({ path: '/health' })
  const ms = performance.now() - started
  generator.close()
  await server.close()
  return { visits, ms: round(ms, 0) }
}

/** The hub's memory with so many consoles on it, after a busy while. */
export async function measureMemory(workDir: string, template: Template, clients: number): Promise<MemoryResult> {
  return onCopy(workDir, template.folder, async (dataDir) => {
    const server = await startServer({ side: 'hub', dataDir })
    const client = await signIn(server.url, 'reception', BENCH_PASSWORD)
    const token = await client.token()
    const auth = { token, protocol: PROTOCOL, feed: 'batched', clinicId: template.clinic.clinicId }
    const listeners = await openListeners(server.url, clients, auth)
    const generator = createGenerator(server.url, 16)
    await inParallel(template.appointmentIds.slice(0, MEMORY_CHECK_INS), 16, (appointmentId) =>
      generator.ask(checkInAsking(token, uuidv7(), appointmentId)),
    )
    const rssMb = round(await server.rssMb(), 0)
    generator.close()
    listeners.close()
    await server.close()
    return { clients, rssMb }
  })
}
