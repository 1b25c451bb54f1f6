import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPagesIfOlder } from '../local/build-pages.ts'
import { Fault } from '../local/fault.ts'
import { numberFlag, parseFlags } from '../server/demo/flags.ts'
import { measureBoard } from './board.ts'
import { makeTemplate, measureCheckIn, type Setting } from './check-in.ts'
import { makeClinic } from './clinic.ts'
import { openFill } from './fill.ts'
import { CHECK_INS, type GrowthSide, measureGrowth, measureMemory, measureStart } from './growth.ts'
import { measurePage } from './page.ts'
import { type BenchResult, formatReport } from './report.ts'
import { measureSearch } from './search.ts'
import { measureStation } from './station.ts'
import { measureWaits } from './waits.ts'

const HELP = `Measures the hub against a bare check-in, and against the targets of its issue.

  npm run bench -- [options]

  --quick          leaves the large data out; under 3 minutes
  --only PARTS     of checkIn,station,memory,page,board,waits,search,growth (growth also measures the start)
  --pairs NUMBER   alternating pairs of hub and bare    default 5
  --dir FOLDER     where the data is written            default ${tmpdir()}
  --json FILE      writes the numbers there as well`

const PATIENTS = 1_000_000
const VISITS = 2_000_000
/** For each of the seeds. */
const WAIT_DAYS = 6
const PARTS = ['checkIn', 'station', 'memory', 'page', 'board', 'waits', 'search', 'growth'] as const
type Part = (typeof PARTS)[number]

// The warm-up is long enough for both sides to have compiled what they use.
const SETTINGS: Setting[] = [
  { clients: 10, inFlight: 64, warmUp: 3_000, requests: 7_000 },
  { clients: 10, inFlight: 8, warmUp: 3_000, requests: 5_000 },
  { clients: 100, inFlight: 64, warmUp: 800, requests: 1_600 },
  { clients: 100, inFlight: 8, warmUp: 600, requests: 1_200 },
  { clients: 20, inFlight: 1, warmUp: 400, requests: 600 },
]
/** The share of the requests, warm-up included, that `--quick` makes. */
const QUICK = 0.45

async function main(): Promise<void> {
  const values = parseFlags(process.argv.slice(2), {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    pairs: { type: 'string', default: '5' },
    dir: { type: 'string', default: tmpdir() },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return console.log(HELP)
  const parts = values.only === undefined ? PARTS : PARTS.filter((part) => values.only?.split(',').includes(part))
  const workDir = mkdtempSync(join(values.dir, 'anteroom-bench-'))
  process.once('SIGINT', () => process.exit(130))
  process.once('exit', () => rmSync(workDir, { recursive: true, force: true }))
  const result = await measure({
    workDir,
    parts,
    quick: values.quick,
    pairs: numberFlag('pairs', values.pairs, 1, 100),
  })
  console.log(`\n${formatReport(result)}`)
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)
  process.exit(0)
}

type Order = { workDir: string; parts: readonly Part[]; quick: boolean; pairs: number }

async function measure({ workDir, parts, quick, pairs }: Order): Promise<BenchResult> {
  const has = (part: Part) => parts.includes(part)
  const result: BenchResult = { checkIn: [] }
  const share = (count: number) => (quick ? Math.round(count * QUICK) : count)
  const settings = SETTINGS.map((each) => ({ ...each, requests: share(each.requests), warmUp: share(each.warmUp) }))
  const most = Math.max(...settings.map((each) => each.warmUp + each.requests))
  say('a clinic to measure in')
  const template = await makeTemplate(workDir, most)
  if (has('checkIn')) {
    for (const setting of settings) {
      say(`check-in, ${setting.clients} consoles, ${setting.inFlight} in flight, ${pairs} pairs`)
      result.checkIn.push(await measureCheckIn(workDir, template, setting, pairs))
    }
  }
  if (has('station')) {
    say(`a round trip through a station, ${pairs} pairs`)
    result.station = await measureStation(workDir, pairs)
  }
  if (has('memory')) {
    say('memory')
    result.memory = await measureMemory(workDir, template, 100)
  }
  if (has('page') && (await buildPagesIfOlder()) !== 'absent') {
    say('the page')
    result.page = await measurePage(workDir)
  }
  if (has('board') && (await buildPagesIfOlder()) !== 'absent') {
    say('a call on its way to the waiting-room screen')
    result.board = await measureBoard(workDir)
  }
  if (has('waits')) {
    say('expected waits, days replayed')
    result.waits = measureWaits(quick ? 2 : WAIT_DAYS)
  }
  if (!quick && has('search')) await search(workDir, result, pairs)
  if (!quick && has('growth')) await growth(workDir, result, pairs)
  return result
}

async function search(workDir: string, result: BenchResult, pairs: number): Promise<void> {
  say(`${PATIENTS} patients (takes minutes)`)
  const dataDir = folder(workDir, 'search')
  const fill = openFill(dataDir, await makeClinic(dataDir, 1))
  fill.addPatients(PATIENTS)
  fill.close()
  say(`search, ${pairs} pairs`)
  result.search = await measureSearch(dataDir, PATIENTS, pairs)
  rmSync(dataDir, { recursive: true })
}

async function growth(workDir: string, result: BenchResult, pairs: number): Promise<void> {
  const empty = await growthSide(workDir, 0, pairs)
  say(`${VISITS} visits (takes minutes)`)
  const full = await growthSide(workDir, VISITS, pairs)
  result.start = await measureStart(full.dataDir, VISITS)
  say(`check-in with ${VISITS} visits on file and with none, ${pairs} pairs`)
  result.growth = await measureGrowth(VISITS, empty, full, pairs)
  for (const { dataDir } of [empty, full]) rmSync(dataDir, { recursive: true })
}

async function growthSide(workDir: string, visits: number, pairs: number): Promise<GrowthSide> {
  const dataDir = folder(workDir, `growth-${visits}`)
  const fill = openFill(dataDir, await makeClinic(dataDir, 20))
  const patientIds = fill.addPatients(100_000)
  const appointmentIds = fill.addAppointments(patientIds.slice(0, pairs * CHECK_INS))
  fill.addOldVisits(visits, patientIds)
  fill.close()
  return { dataDir, appointmentIds }
}

function folder(workDir: string, name: string): string {
  const path = join(workDir, name)
  mkdirSync(path)
  return path
}

function say(what: string): void {
  console.error(`  ${what}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Fault ? `${error.message} ${error.advice}` : error)
  process.exit(1)
})
