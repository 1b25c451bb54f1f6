import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import { stranger } from '../auth/commands.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Door } from '../db/door.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { SqlReader } from '../db/sql.ts'
import { type Due, dueNow, type Failed, goOnWith } from './by-rule.ts'

export type AlertWatch = {
  /** Hears what was committed: a new alert may be due before what was waited for. */
  heard(events: readonly RoutedEvent[]): void
  close(): Promise<void>
}

type Hands = { door: Door; clock: () => number; readTogether<T>(act: (sql: SqlReader) => T): T }
type Parts = Hands & {
  /** How fast the hub's clock runs. */
  clockRate: number
  sessions: Pick<Sessions, 'onChanged'>
  log: Logger
}

/** How often the rules look, in milliseconds of the hub's clock. */
const LOOK_MS = 15_000
/** Real milliseconds between two looks of the rules at least: a demonstration's clock runs fast. */
const REST_MS = 250
/** Real milliseconds after a look of which something failed. */
const RETRY_MS = 1_000

/**
 * L3, T5: goes on with all that is due at this instant, each for itself: one that fails takes back itself alone, is told of,
 * and is due again.
 */
export async function goOn({ door, clock, readTogether }: Hands, failed: Failed): Promise<void> {
  const now = new Date(clock()).toISOString()
  const due = readTogether((sql) => dueNow(sql, now, failed))
  const act = (one: Due) => door.write(stranger, 'alert.goOn', (w) => goOnWith(w, one))
  await Promise.all(due.map((one) => act(one).catch((error: unknown) => failed(one, error))))
}

/**
 * L3, T5: goes on with alerts by the hub's clock. When each is due stands in its row: a hub that was away finds it there,
 * and does at once what is due, once.
 */
export function openAlertWatch({ clockRate, sessions, log, ...hands }: Parts): AlertWatch {
  let timer: NodeJS.Timeout | undefined
  /** When the next look begins; `performance.now()`. */
  let planned = Number.POSITIVE_INFINITY
  let running: Promise<void> = Promise.resolve()
  let closed = false
  const toldOf = new Set<string>()
  // L3: whoever signs out may have been the last of those who are asked.
  sessions.onChanged(() => lookWithin(REST_MS))
  lookWithin(0)

  return {
    heard: (events) => {
      if (events.some(({ changes }) => changes.presence || changes.users)) lookWithin(REST_MS)
      if (events.some(({ changes }) => changes.alerts)) lookWithin(untilNext())
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await running
    },
  }

  /** Never later than what was planned already: the rules look in time however much happens. */
  function lookWithin(waitMs: number): void {
    const at = performance.now() + waitMs
    if (closed || at >= planned) return
    clearTimeout(timer)
    planned = at
    timer = setTimeout(() => {
      planned = Number.POSITIVE_INFINITY
      running = running.then(look)
    }, waitMs)
    timer.unref()
  }

  async function look(): Promise<void> {
    if (closed) return
    let wait = RETRY_MS
    try {
      let failures = 0
      await goOn(hands, (about, error) => {
        failures++
        tell(about, error)
      })
      // What failed stays due: it is tried again, and does not make the hub look without a rest.
      wait = failures > 0 ? Math.min(RETRY_MS, untilNext(true)) : untilNext()
    } catch (error) {
      tell({ noun: 'clinics', id: 'all' }, error)
    }
    lookWithin(wait)
  }

  /** Real milliseconds until the next alert is due, or the rules look again. */
  function untilNext(later = false): number {
    const after = later ? new Date(hands.clock()).toISOString() : ''
    const next = hands.readTogether(
      (sql) => sql.get<{ dueAt: string }>`
      select dueAt from alerts where dueAt is not null and dueAt > ${after} order by dueAt limit 1`,
    )
    const dueIn = next ? Math.max(0, Date.parse(next.dueAt) - hands.clock()) / clockRate : LOOK_MS
    return Math.min(dueIn, Math.max(REST_MS, LOOK_MS / clockRate))
  }

  /** Once for each: where it is in the code and of which record, never the words, which may quote what a record says. */
  function tell({ noun, id }: Parameters<Failed>[0], error: unknown): void {
    // The disk refuses: health says so already, and the next look tries again.
    if (error instanceof Refusal && error.code === 'unavailable') return
    if (toldOf.has(id)) return
    toldOf.add(id)
    const { name, stack = '' } = error instanceof Error ? error : new Error()
    const at = stack.split('\n').filter((line) => /^\s+at /.test(line))
    log.error({ noun, id, error: name, at }, 'an alert was not gone on with')
  }
}
