import { fork } from 'node:child_process'
import type { InstallRole } from '../contract/station.ts'
import { buildPagesIfOlder } from './build-pages.ts'
import { entryOf } from './entry.ts'
import { Fault } from './fault.ts'
import { HUB_HELP, takeHub } from './hub-option.ts'
import { SERVICE } from './proof.ts'
import { helpOf, readSettings } from './settings.ts'
import { type Running, supervise } from './supervise.ts'

const HELP = helpOf(`Anteroom in this computer's role: the clinic's hub, a station, or the question which of them it is.

  npm start -- [options]

${HUB_HELP}`)

/** Given by the system's units: windows on this computer attach to it. */
const AS_SERVICE = '--service'

/** `npm start`: runs what this computer is, and what it becomes. */
async function main(): Promise<void> {
  const given = process.argv.slice(2).filter((flag) => flag !== AS_SERVICE)
  const { hub, rest: argv } = takeHub(given)
  if (process.argv.includes(AS_SERVICE)) process.env[SERVICE] = '1'
  const settings = readSettings(argv, process.env)
  if (settings === 'help') {
    console.log(HELP)
    return
  }
  if (hub !== undefined && settings.role === 'hub')
    throw new Fault("This computer is the clinic's hub and joins none.", 'Leave --hub out, or give the hub up first.')
  if ((await buildPagesIfOlder()) === 'built') console.log('The pages are built.')
  const supervised = supervise({
    start: () => {
      const role = roleOf(argv)
      return run(entryOf(role), role === 'hub' ? argv : given)
    },
    again: 'on_role_change',
    say: () => console.log('This computer has another role now; it starts in it.'),
  })
  const stop = () => void supervised.stop()
  process.on('SIGINT', stop).on('SIGTERM', stop)
  process.exitCode = (await supervised.ended) ?? 1
}

/** As the settings say now: the process that ended may have changed it. */
function roleOf(argv: string[]): InstallRole {
  const settings = readSettings(argv, process.env)
  return settings === 'help' ? 'new' : settings.role
}

function run(entry: string, argv: string[]): Running {
  const child = fork(entry, argv)
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.once('exit', resolve)
  child.once('error', () => resolve(1))
  // Ctrl+C reaches it too, and it stops once.
  return { ended: promise, stop: () => child.kill('SIGTERM') }
}

if (process.argv[1] === import.meta.filename)
  main().catch((error: unknown) => {
    if (error instanceof Fault) console.error(`${error.message} ${error.advice}`)
    else console.error(error)
    process.exit(1)
  })
