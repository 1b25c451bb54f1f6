import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPagesIfOlder } from '../../local/build-pages.ts'
import { Fault } from '../../local/fault.ts'

import { DEMO_PASSWORD, DEMO_USERS } from './cast.ts'
import { startDemonstration } from './demonstration.ts'
import { DEMO_HELP, type DemoFlags, readDemoFlags } from './flags.ts'
import { openBrowser } from './open-browser.ts'

/** `npm run demo`: a demonstration clinic with a day in motion, on loopback only. */
async function main(): Promise<void> {
  const flags = readDemoFlags(process.argv.slice(2))
  if (flags.help) {
    console.log(DEMO_HELP)
    return
  }
  const dataDir = flags.data ?? mkdtempSync(join(tmpdir(), 'anteroom-demo-'))
  const forget = () => {
    if (flags.data === null) rmSync(dataDir, { recursive: true, force: true })
  }
  process.once('exit', forget)
  const interrupted = () => process.exit(130)
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  const started = performance.now()
  console.log('Anteroom demonstration: preparing (about 20 seconds the first time)')
  const built = await buildPagesIfOlder()
  if (built === 'built') console.log('  the pages are built')
  const demonstration = await startDemonstration({
    ...flags,
    dataDir,
    onProgress: (what) => console.log(`  ${what}`),
    onFault: reportFault,
  })
  const stop = () => {
    console.log('\nClosing.')
    demonstration.close().then(() => process.exit(0), fail)
  }
  process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  process.once('SIGINT', stop).once('SIGTERM', stop)
  console.log(welcome(demonstration.hub.url, flags, Math.round((performance.now() - started) / 1000)))
  if (flags.open && built !== 'absent') openBrowser(demonstration.hub.url)
}

function welcome(url: string, { speed, data }: DemoFlags, seconds: number): string {
  return `
Ready after ${seconds} s:  ${url}

  The waiting room's screen is ${url}/board: press on it once, and hear each call.

  Sign in as ${DEMO_USERS.join(', ')}; the password is ${DEMO_PASSWORD} for all.
  The clinic's clock runs ${speed === 1 ? 'in real time' : `${speed} times as fast`}. ${data ? `The data stays in ${data}.` : 'Nothing is kept.'} Ctrl+C stops it.

  What to try
  - As reception: people arrive, wait and are called by themselves. F4 is a walk-in, Enter on an arrival checks in.
  - A second window as doctor: F8 calls the next patient. From your first act on, that doctor is yours.
  - F2, Emergency, in one window; then look at every other one.
  - As cashier: take a payment in two parts, then give some of it back.
  - Stop this with Ctrl+C while windows are open, and start it again: with --data the clinic is the same, on the
    morning of its next day, and the windows follow.
`
}

let faults = 0
function reportFault(error: unknown): void {
  faults += 1
  if (faults <= 5) console.error(`The player met a fault: ${error instanceof Error ? error.message : error}`)
}

function fail(error: unknown): never {
  if (error instanceof Fault) console.error(`${error.message} ${error.advice}`)
  else console.error(error)
  process.exit(1)
}

main().catch(fail)
