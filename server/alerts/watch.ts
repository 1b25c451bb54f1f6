import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import { stranger } from '../auth/commands.ts'
import type { Door } from '../db/door.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { SqlReader } from '../db/sql.ts'
import { goOn, isIdle, toDoNow } from './by-rule.ts'

export type AlertWatch = {
  /** Hears what was committed: a new alert may be due before what was waited for. */
  heard(events: readonly RoutedEvent[]): void
  close(): Promise<void>
}

type Parts = {
  door: Door
  clock: () => number
  /** How fast the hub's clock runs. */
  clockRate: number
  readTogether<T>(act: (sql: SqlReader) => T): T
  log: Logger
}

/** How often the rules look, in milliseconds of the hub's clock. */
const LOOK_MS = 15_000
/** Real milliseconds between two looks of the rules at least: a demonstration's clock runs fast. */
const REST_MS = 250
/** Real milliseconds after a look that failed. */
const RETRY_MS = 1_000

/**
 * L3, T5: goes on with alerts by the hub's clock. When each is due stands in its row: a hub that was away finds it there,
 * and does at once what is due, once.
 */
export function openAlertWatch({ door, clock, clockRate, readTogether, log }: Parts): AlertWatch {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let closed = false
  arm(0)

  return {
    heard: (events) => {
      if (events.some(({ changes }) => changes.alerts)) arm(untilNext())
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await running
    },
  }

  function arm(waitMs: number): void {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = look()
    }, waitMs)
    timer.unref()
  }

  async function look(): Promise<void> {
    let wait = RETRY_MS
    try {
      const now = new Date(clock()).toISOString()
      if (!readTogether((sql) => isIdle(toDoNow(sql, now)))) await door.write(stranger, 'alert.goOn', goOn)
      wait = untilNext()
    } catch (error) {
      // The disk refuses: health says so already, and the next look tries again. Anything else is a bug.
      if (!(error instanceof Refusal)) log.error({ err: error }, 'the alerts were not gone on with')
    }
    arm(wait)
  }

  /** Real milliseconds until the next alert is due, or the rules look again. */
  function untilNext(): number {
    const next = readTogether(
      (sql) => sql.get<{ dueAt: string }>`
      select dueAt from alerts where dueAt is not null order by dueAt limit 1`,
    )
    const dueIn = next ? Math.max(0, Date.parse(next.dueAt) - clock()) / clockRate : LOOK_MS
    return Math.min(dueIn, Math.max(REST_MS, LOOK_MS / clockRate))
  }
}
