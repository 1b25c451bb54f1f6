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

/** How often a process that is not ours is asked to prove itself again, in milliseconds. */
export const LOOK_MS = 2000

/**
 * Finds or starts the process that serves this computer: the system service when there is one, whoever serves our own
 * data folder already, otherwise one of our own.
 */
export function serve(serving: Serving): { stop(): Promise<void>; look(): void } {
  const { dataDir, serviceDir, stands } = serving
  stands({ kind: 'starting' })
  if (servedAt(serviceDir)?.service) return follow(serving, serviceDir)
  let inner: { stop(): Promise<void>; look(): void } | undefined
  let stopped = false
  const chosen = attach(dataDir).then((found) => {
    if (!stopped) inner = found.state === 'proven' ? follow(serving, dataDir) : own(serving)
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
function follow({ stands, serviceDir }: Serving, folder: string) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const look = async () => {
    clearTimeout(timer)
    const found = await attach(folder)
    if (stopped) return
    if (found.state === 'proven') stands({ kind: 'proven', port: found.port, ours: false })
    else if (found.state === 'impostor') stands({ kind: 'impostor', port: servedAt(folder)?.port ?? 0 })
    else stands(folder === serviceDir ? { kind: 'service_away' } : { kind: 'starting' })
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
function own({ desktop, argv, stands, timers }: Serving) {
  let why: { message: string; advice: string } | undefined
  const supervised: Supervised = supervise({
    again: 'always',
    start: () => startProcess(desktop, argv, { ready: (where) => void prove(where), fault: hear }),
    say,
    ...(timers ? { timers } : {}),
  })
  return { stop: () => supervised.stop(), look: () => undefined }

  async function prove({ port, publicKey }: Ready): Promise<void> {
    const answer = await whoAnswers(port, publicKey)
    // One that is gone again says so by its end.
    if (answer !== 'nobody')
      stands(answer === 'proven' ? { kind: 'proven', port, ours: true } : { kind: 'impostor', port })
  }
  function hear(fault: { message: string; advice: string }): void {
    why = fault
  }
  function say(what: Happening): void {
    if (what.kind === 'role_changed') stands({ kind: 'starting' })
    else stands(why ? { kind: 'fault', message: why.message, advice: why.advice } : what)
    why = undefined
  }
}
