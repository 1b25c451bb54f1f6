import { Worker } from 'node:worker_threads'
import { sqliteCode } from './faults.ts'
import type { Databases } from './open.ts'

export type CheckpointOrder = 'copy' | 'stop'
/** How many pages the log holds, copied ones too; or why nothing could be copied. */
export type CheckpointAnswer = { pages: number } | { fault: string }

export type Checkpoints = {
  /** Told of each commit, with the number of its commands. */
  wrote(commands: number): void
  close(): Promise<void>
}

/** About 10 MB of log. */
const COMMANDS = 250
/** A log this long (64 MB) is begun anew. */
const LONG_PAGES = 16_000
/** So much is copied at once (about 1 MB), also by who answers people. */
const FEW_COMMANDS = 32
const ROUNDS = 8

/**
 * Has the log copied back by a thread, a few megabytes at a time, so that no commit has to wait for it. The log begins
 * anew only when nothing is left to copy, and a growing one makes each sync slower: what little was written meanwhile is
 * copied here. Under a load without pause it is never little; then a long log is copied until it is.
 */
export function startCheckpoints(databases: Databases, failed: (why: unknown) => void): Checkpoints {
  let copier: Copier | undefined
  let copying: Promise<void> | undefined
  let total = 0
  let asked = 0
  let closed = false

  return {
    wrote: (count) => {
      total += count
      ask()
    },
    close: async () => {
      closed = true
      await copying
      await copier?.stop()
    },
  }

  function ask(): void {
    if (copying || closed || total - asked < COMMANDS) return
    asked = total
    copying = copyBack().then(
      () => {
        copying = undefined
        ask()
      },
      (error: unknown) => {
        // Nothing is lost: the log still holds it, and the next copy meets the same fault or none.
        copying = undefined
        failed(sqliteCode(error) ?? error)
      },
    )
  }

  async function copyBack(): Promise<void> {
    for (let round = 1; !closed; round++) {
      const before = total
      // Not before it is needed: a thread costs memory, and most of a quiet morning fits into the first megabytes.
      copier ??= startCopier(databases.file, () => {
        copier = undefined
      })
      const answer = await copier.copy()
      if ('fault' in answer) return failed(answer.fault)
      // SQLite syncs the database only when nothing is left to copy; all that was copied by then would be waited for here.
      await databases.flush()
      if (total - before <= FEW_COMMANDS || round === ROUNDS) {
        databases.writing.pragma('wal_checkpoint(passive)')
        return
      }
      if (answer.pages <= LONG_PAGES) return
    }
  }
}

type Copier = { copy(): Promise<CheckpointAnswer>; stop(): Promise<void> }

/** The thread that copies. One that fails is gone, and is made again when there is more to copy. */
function startCopier(file: string, gone: () => void): Copier {
  const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), {
    workerData: { file },
    // In megabytes: it copies pages and keeps nothing.
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
  })
  worker.unref()
  let answered: ((answer: CheckpointAnswer) => void) | undefined
  worker.on('message', (answer: CheckpointAnswer) => answered?.(answer))
  worker.on('error', (error) => answered?.({ fault: sqliteCode(error) ?? error.message }))
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  void ended.then(() => {
    gone()
    answered?.({ fault: 'the thread ended' })
  })
  return {
    copy: () =>
      new Promise((resolve) => {
        answered = resolve
        worker.postMessage('copy' satisfies CheckpointOrder)
      }),
    stop: () => {
      worker.ref()
      worker.postMessage('stop' satisfies CheckpointOrder)
      return ended
    },
  }
}
