import { fork } from 'node:child_process'
import { buildPagesIfOlder } from './build-pages.ts'
import { entryOf } from './entry.ts'
import { Fault } from './fault.ts'
import { HUB_HELP, takeHub } from './hub-option.ts'
import { toParent } from './parent.ts'
import { SERVICE } from './proof.ts'
import { helpOf, readSettings } from './settings.ts'
import { type Happening, type Running, supervise } from './supervise.ts'

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
  process.exitCode = await keepRunning(argv, given)
}

/** Answers with the exit code, once it was stopped or cannot go on. */
async function keepRunning(argv: string[], given: string[]): Promise<number> {
  let isReady = false
  const supervised = supervise({
    start: () => {
      isReady = false
      return startRole(argv, given, () => {
        isReady = true
      })
    },
    // Windows' task scheduler, for one, does not start again what has ended; and a port that is taken is free later. In
    // somebody's terminal what cannot even start has said why, and ends.
    again: (code) => process.env[SERVICE] === '1' || (isReady && code !== 0),
    say,
  })
  let stopping = false
  const stop = () => {
    stopping = true
    void supervised.stop()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const code = await supervised.ended
  if (code === null && !stopping) console.error('Anteroom was ended before it was ready. Start it again.')
  return code ?? 1
}

function say(what: Happening): void {
  if (what.kind === 'role_changed') console.log('This computer has another role now; it starts in it.')
  else
    console.error(
      `Anteroom ended unexpectedly (${what.code ?? 'killed'}). It starts again in ${what.againInMs / 1000} s; open windows follow by themselves.`,
    )
}

/** In the role that the settings say now: the process that ended may have changed it, and somebody else broken them. */
function startRole(argv: string[], given: string[], ready: () => void): Running {
  try {
    const settings = readSettings(argv, process.env)
    const role = settings === 'help' ? 'new' : settings.role
    return run(entryOf(role), role === 'hub' ? argv : given, ready)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    sayFault(error)
    return { ended: Promise.resolve(1), stop: () => undefined }
  }
}

function sayFault({ message, advice }: Fault): void {
  console.error(`${message} ${advice}`)
}

function run(entry: string, argv: string[], ready: () => void): Running {
  const child = fork(entry, argv)
  child.on('message', (message) => {
    if (toParent.safeParse(message).data?.kind === 'ready') ready()
  })
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.once('exit', resolve)
  child.once('error', () => resolve(1))
  // Ctrl+C reaches it too, and it stops once.
  return { ended: promise, stop: () => child.kill('SIGTERM') }
}

if (process.argv[1] === import.meta.filename)
  main().catch((error: unknown) => {
    if (error instanceof Fault) sayFault(error)
    else console.error(error)
    process.exit(1)
  })
