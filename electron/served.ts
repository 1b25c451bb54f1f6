import { type Here, whoAnswers } from '../local/proof.ts'
import { type Happening, type Supervised, supervise, type Timers } from '../local/supervise.ts'
import { attach, type DataFolder, servedAt } from './attach.ts'
import type { Desktop } from './desktop.ts'
import { oneAtATime, type SignOfLife } from './life.ts'
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
  const machine = { path: serving.serviceDir, own: false } satisfies DataFolder
  const mine = { path: serving.dataDir, own: true } satisfies DataFolder
  let inner: Served | undefined
  let stopped = false
  const begin = (next: () => Served) => {
    if (!stopped) inner = next()
  }
  const startOwn = () => begin(() => own(serving))
  const choose = async () => {
    if ((await servedAt(machine))?.service) return begin(() => follow(serving, machine))
    const found = await attach(mine)
    // Somebody's `npm start` on our own folder: it is followed until it has gone, and then ours takes its place.
    if (found.state === 'proven') begin(() => follow(serving, mine, startOwn))
    else startOwn()
  }
  serving.stands({ kind: 'starting' })
  const chosen = choose()
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
function follow({ stands }: Serving, folder: DataFolder, gone?: () => void): Served {
  let believed: Here | undefined
  let isAlive: SignOfLife = async () => false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let misses = 0
  const look = async () => {
    clearTimeout(timer)
    const found = await attach(folder, believed)
    if (stopped) return
    misses = found.state === 'nobody' ? misses + 1 : 0
    if (found.state !== 'nobody' && found.here !== believed) {
      const { port, publicKey } = found.here
      believed = found.here
      isAlive = oneAtATime(async () => (await whoAnswers(port, publicKey)) === 'proven')
    }
    if (found.state === 'proven') stands({ kind: 'proven', port: found.here.port, ours: false, isAlive })
    else if (found.state === 'impostor') stands({ kind: 'impostor', port: found.here.port })
    else stands({ kind: folder.own ? 'starting' : 'service_away' })
    if (gone && misses >= MISSES) {
      // Others may be looking at this moment, after a wake-up: it is followed once.
      stopped = true
      return gone()
    }
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
    again: () => true,
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

  async function prove({ port, publicKey, isAlive }: Ready): Promise<void> {
    lives += 1
    const life = lives
    let answer = await whoAnswers(port, publicKey)
    // A computer that has just started may be slow; one that is gone again says so by its end.
    while (answer === 'nobody' && life === lives) answer = await whoAnswers(port, publicKey)
    if (life !== lives) return
    stands(answer === 'proven' ? { kind: 'proven', port, ours: true, isAlive } : { kind: 'impostor', port })
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
