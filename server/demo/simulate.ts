import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '../../local/fault.ts'
import { numberFlag, parseFlags } from './flags.ts'
import { type SimulationReport, simulate, sum } from './simulation.ts'

const HELP = `Plays days of the demonstration clinic at full speed as a load, and checks what must hold.

  npm run simulate -- [options]

  --days NUMBER       how many days                         default 1
  --consoles NUMBER   windows that follow the feed          default 6
  --patients NUMBER   patients on file                      default 3000
  --seed TEXT         another seed, other days              default 1
  --help              this text

Exits with 1 when something does not hold, and says what.`

async function main(): Promise<void> {
  const values = parseFlags(process.argv.slice(2), {
    days: { type: 'string', default: '1' },
    consoles: { type: 'string', default: '6' },
    patients: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return console.log(HELP)
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-simulate-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  process.once('SIGINT', () => process.exit(130))
  const report = await simulate({
    dataDir,
    seed: values.seed,
    days: numberFlag('days', values.days, 1, 365),
    consoles: numberFlag('consoles', values.consoles, 0, 200),
    patients: numberFlag('patients', values.patients, 100, 100_000),
    onProgress: (what) => console.log(`  ${what}`),
  })
  console.log(summary(report))
  process.exit(report.broken.length === 0 ? 0 : 1)
}

function summary(report: SimulationReport): string {
  const { tally, consoles, broken } = report
  const done = sum(tally.done)
  const lines = [
    '',
    `${report.days} day(s): ${report.visits} visits, ${report.payments} payments and refunds`,
    `${done} requests done in ${report.seconds.toFixed(1)} s (${Math.round(done / report.seconds)}/s), ${sum(tally.tooLate)} came too late`,
    '',
    ...table(tally.done),
    '',
    'Too late (409):',
    ...table(tally.tooLate),
    '',
    ...consoles.map(
      (one) =>
        `${one.who}: ${one.events} events, connected ${one.connects}, resumed ${one.resumes}, snapshots ${one.snapshots}`,
    ),
    '',
    broken.length === 0 ? 'Everything holds.' : `BROKEN (${broken.length}):`,
    ...broken.slice(0, 50).map((what) => `  ${what}`),
  ]
  return lines.join('\n')
}

function table(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Fault ? `${error.message} ${error.advice}` : error)
  process.exit(1)
})
