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

/** About 4 MB of log. */
const COMMANDS = 250
/** A log this long (64 MB) is begun anew. */
const LONG_PAGES = 16_000

/**
 * Has the log copied back by a thread, a few megabytes at a time, so that no commit has to wait for it. Under a load
 * without pause the copy never quite catches up, and only then could the log begin anew: the little that is left is
 * copied here, now and then.
 */
export function startCheckpoints({ writing, file }: Databases, failed: (why: unknown) => void): Checkpoints {
  let worker: Worker | undefined
  let ended: Promise<unknown> | undefined
  let commands = 0
  let busy = false

  return {
    wrote: (count) => {
      commands += count
      ask()
    },
    close: async () => {
      ended ??= worker && stop(worker)
      await ended
    },
  }

  function ask(): void {
    if (busy || ended || commands < COMMANDS) return
    commands = 0
    busy = true
    worker ??= begin()
    worker.postMessage('copy' satisfies CheckpointOrder)
  }

  /** Not before it is needed: a thread costs memory, and most of a quiet morning fits into the first megabytes. */
  function begin(): Worker {
    const begun = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), {
      workerData: { file },
      // In megabytes: it copies pages and keeps nothing.
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
    })
    begun.on('message', (answer: CheckpointAnswer) => {
      busy = false
      if ('fault' in answer) failed(answer.fault)
      else if (answer.pages > LONG_PAGES) beginAnew()
      ask()
    })
    begun.on('error', failed)
    // A thread that failed is made again when there is more to copy.
    begun.once('exit', () => {
      worker = undefined
      busy = false
    })
    begun.unref()
    return begun
  }

  function beginAnew(): void {
    try {
      writing.pragma('wal_checkpoint(passive)')
    } catch (error) {
      // Nothing is lost: the log still holds it, and the next copy meets the same fault or none.
      failed(sqliteCode(error) ?? error)
    }
  }
}

function stop(worker: Worker): Promise<unknown> {
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  worker.ref()
  worker.postMessage('stop' satisfies CheckpointOrder)
  return ended
}
