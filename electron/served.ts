import { whoAnswers } from '../local/proof.ts'
import { type Happening, type Supervised, supervise, type Timers } from '../local/supervise.ts'
import { attach, servedAt } from './attach.ts'
import type { Desktop } from './desktop.ts'
import { type Ready, startProcess } from './process.ts'
import type { Standing } from './standing.ts'

export type Serving = {
  desktop: Desktop
  dataDir: string
  serviceDir: string
  argv: string[]
  stands: (standing: Standing) => void
  timers?: Timers | undefined
}

/** The process in hand: ends what is ours of it, or looks for it at once. */
export type Served = { stop(): Promise<void>; look(): void }

/** How often a process that is not ours is asked to prove itself again, in milliseconds. */
export const LOOK_MS = 2000
/** So often it may not answer, as while it changes its role, before it is taken for gone. */
const MISSES = 3

/**
 * Finds or starts the process that serves this computer: the system service when there is one, whoever serves our own
 * data folder already, otherwise one of our own.
 */
export function serve(serving: Serving): Served {
  const { dataDir, serviceDir, stands } = serving
  stands({ kind: 'starting' })
  if (servedAt(serviceDir)?.service) return follow(serving, serviceDir)
  let inner: Served | undefined
  let stopped = false
  const startOwn = () => {
    if (!stopped) inner = own(serving)
  }
  const chosen = attach(dataDir).then((found) => {
    // Somebody's `npm start` on our own folder: it is followed until it has gone, and then ours takes its place.
    if (found.state === 'proven') inner = follow(serving, dataDir, startOwn)
    else startOwn()
  })
  return {
    stop: async () => {
      stopped = true
      await chosen
      await inner?.stop()
    },
    look: () => inner?.look(),
  }
}

/** Follows a process that somebody else runs, and trusts it for as long as it goes on proving itself. */
function follow({ stands, serviceDir }: Serving, folder: string, gone?: () => void): Served {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let misses = 0
  const look = async () => {
    clearTimeout(timer)
    const found = await attach(folder)
    if (stopped) return
    misses = found.state === 'nobody' ? misses + 1 : 0
    if (found.state === 'proven') stands({ kind: 'proven', port: found.port, ours: false })
    else if (found.state === 'impostor') stands({ kind: 'impostor', port: servedAt(folder)?.port ?? 0 })
    else stands(folder === serviceDir ? { kind: 'service_away' } : { kind: 'starting' })
    if (gone && misses >= MISSES) return gone()
    clearTimeout(timer)
    timer = setTimeout(look, LOOK_MS)
  }
  void look()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
    },
    look: () => void look(),
  }
}

/** Runs one of our own and starts it again when it dies. */
function own({ desktop, argv, stands, timers }: Serving): Served {
  let why: { message: string; advice: string } | undefined
  let lives = 0
  const supervised: Supervised = supervise({
    again: 'always',
    start: () => startProcess(desktop, argv, { ready: (where) => void prove(where), fault: hear }),
    say,
    ...(timers ? { timers } : {}),
  })
  return {
    stop: () => {
      lives += 1
      return supervised.stop()
    },
    look: () => undefined,
  }

  async function prove({ port, publicKey }: Ready): Promise<void> {
    lives += 1
    const life = lives
    let answer = await whoAnswers(port, publicKey)
    // A computer that has just started may be slow; one that is gone again says so by its end.
    while (answer === 'nobody' && life === lives) answer = await whoAnswers(port, publicKey)
    if (life !== lives) return
    stands(answer === 'proven' ? { kind: 'proven', port, ours: true } : { kind: 'impostor', port })
  }
  function hear(fault: { message: string; advice: string }): void {
    why = fault
  }
  function say(what: Happening): void {
    lives += 1
    if (what.kind === 'role_changed') stands({ kind: 'starting' })
    else stands(why ? { kind: 'fault', message: why.message, advice: why.advice } : what)
    why = undefined
  }
}
