import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { contract } from '../contract/contract.ts'
import { PROTOCOL } from '../contract/protocol.ts'
import { type Client, signIn } from '../server/demo/api.ts'
import { openConsole } from '../server/demo/console.ts'
import type { EventSizes } from './bare.ts'
import { BENCH_PASSWORD, type BenchClinic, makeClinic } from './clinic.ts'
import { openFill } from './fill.ts'
import { openListeners } from './listeners.ts'
import { type Asking, createGenerator, inParallel } from './load.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { median, percentile, round, spread } from './stats.ts'

export type Setting = { clients: number; inFlight: number; warmUp: number; requests: number }
export type Side = { perSecond: number; p50: number; p99: number }
export type CheckInResult = {
  clients: number
  inFlight: number
  hub: Side
  bare: Side
  throughputRatio: number
  throughputSpread: [number, number]
  p50Ratio: number
  p50Spread: [number, number]
  p99Ratio: number
  p99Spread: [number, number]
  lost: number
}

/** A folder with a clinic in which everybody has an appointment today. */
export type Template = { folder: string; clinic: BenchClinic; appointmentIds: string[]; sizes: EventSizes }

const DOCTORS = 20
type Run = Side & { lost: number }
type Work = { visitId: string; asking: Asking }

/** Makes the template and learns from one check-in how large our events are. */
export async function makeTemplate(workDir: string, appointments: number): Promise<Template> {
  const folder = join(workDir, 'template')
  mkdirSync(folder)
  const clinic = await makeClinic(folder, DOCTORS)
  const fill = openFill(folder, clinic)
  const appointmentIds = fill.addAppointments(fill.addPatients(appointments))
  fill.close()
  const sizes = await onCopy(workDir, folder, (dataDir) => learnSizes(dataDir, clinic, appointmentIds[0] ?? ''))
  return { folder, clinic, appointmentIds, sizes }
}

/** Hub and bare in turn, each time on a fresh folder; the ratio is the median of the pairs' ratios. */
export async function measureCheckIn(
  workDir: string,
  template: Template,
  setting: Setting,
  pairs: number,
): Promise<CheckInResult> {
  const hubs: Run[] = []
  const bares: Run[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    hubs.push(await onCopy(workDir, template.folder, (dataDir) => runHub(dataDir, template, setting)))
    bares.push(await onCopy(workDir, null, (dataDir) => runBare(dataDir, template, setting)))
  }
  const ratios = (of: (run: Run) => number) => hubs.map((hub, pair) => of(hub) / of(bares[pair] ?? hub))
  const throughput = ratios((run) => run.perSecond)
  const p50 = ratios((run) => run.p50)
  const p99 = ratios((run) => run.p99)
  return {
    clients: setting.clients,
    inFlight: setting.inFlight,
    hub: middle(hubs),
    bare: middle(bares),
    throughputRatio: round(median(throughput)),
    throughputSpread: rounded(spread(throughput)),
    p50Ratio: round(median(p50)),
    p50Spread: rounded(spread(p50)),
    p99Ratio: round(median(p99)),
    p99Spread: rounded(spread(p99)),
    lost: [...hubs, ...bares].reduce((sum, run) => sum + run.lost, 0),
  }
}

async function runHub(dataDir: string, template: Template, setting: Setting): Promise<Run> {
  const server = await startServer({ side: 'hub', dataDir })
  const client = await signIn(server.url, 'reception', BENCH_PASSWORD)
  const { clinicId, doctorIds } = template.clinic
  const token = await client.token()
  const auth = { token, protocol: PROTOCOL, feed: 'batched', clinicId, doctorId: doctorIds[0] }
  const work = template.appointmentIds.slice(0, setting.warmUp + setting.requests).map((appointmentId) => {
    const visitId = uuidv7()
    return { visitId, asking: checkInAsking(token, visitId, appointmentId) }
  })
  return measure(server, setting, auth, work)
}

/** One full check-in, as a page sends it. */
export function checkInAsking(token: string, visitId: string, appointmentId: string): Asking {
  return {
    path: '/api/visits/check-in',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': visitId },
    body: JSON.stringify({ id: visitId, appointmentId }),
  }
}

async function runBare(dataDir: string, template: Template, setting: Setting): Promise<Run> {
  const server = await startServer({ side: 'bare', dataDir, sizes: template.sizes })
  const work = Array.from({ length: setting.warmUp + setting.requests }, (_, index) => {
    const asking = { path: '/visits/check-in', body: JSON.stringify({ id: index + 1, patientId: index + 1 }) }
    return { visitId: String(index + 1), asking }
  })
  return measure(server, setting, {}, work)
}

/** The same for both: a warm-up, then the load; over when the last console has heard of the last check-in. */
async function measure(server: ServerProcess, setting: Setting, auth: object, work: Work[]): Promise<Run> {
  const { clients, inFlight, warmUp } = setting
  const listeners = await openListeners(server.url, clients, auth)
  const generator = createGenerator(server.url, inFlight)
  const drive = async (part: Work[]) => {
    listeners.begin(part.length * clients * EVENTS)
    const started = performance.now()
    await inParallel(part, inFlight, async ({ visitId, asking }) => {
      listeners.sent(visitId)
      await generator.ask(asking)
    })
    const heard = await listeners.end()
    return { ...heard, seconds: (heard.lastAt - started) / 1000 }
  }
  await drive(work.slice(0, warmUp))
  const { latencies, lost, seconds } = await drive(work.slice(warmUp))
  generator.close()
  listeners.close()
  await server.close()
  return {
    perSecond: (work.length - warmUp) / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    lost,
  }
}

/** Each check-in is two events, on both sides. */
const EVENTS = 2

async function learnSizes(dataDir: string, clinic: BenchClinic, appointmentId: string): Promise<EventSizes> {
  const server = await startServer({ side: 'hub', dataDir })
  const client: Client = await signIn(server.url, 'reception', BENCH_PASSWORD)
  const console = await openConsole(client, clinic.clinicId)
  const sizes: Record<string, number> = {}
  console.onEvent((event) => {
    if (event.changes.visits) sizes[event.type] = Buffer.byteLength(JSON.stringify(event))
  })
  const { visit } = await client.call(contract.visits.checkIn, { body: { id: uuidv7(), appointmentId } })
  await console.seen('visits', visit)
  console.close()
  await server.close()
  const { queue_updated, new_checkin, ...others } = sizes
  if (queue_updated === undefined || new_checkin === undefined || Object.keys(others).length > 0) {
    throw new Error(`A check-in should be announced by queue_updated and new_checkin; it was ${JSON.stringify(sizes)}`)
  }
  return { queue_updated, new_checkin }
}

/** A fresh folder, a copy of another one if there is one, gone afterwards. */
export async function onCopy<T>(
  workDir: string,
  from: string | null,
  act: (dataDir: string) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(workDir, 'run-'))
  try {
    if (from) cpSync(from, dataDir, { recursive: true })
    return await act(dataDir)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function middle(runs: Run[]): Side {
  const of = (value: (run: Run) => number, digits: number) => round(median(runs.map(value)), digits)
  return { perSecond: of((run) => run.perSecond, 0), p50: of((run) => run.p50, 2), p99: of((run) => run.p99, 2) }
}

function rounded([least, most]: [number, number]): [number, number] {
  return [round(least), round(most)]
}
