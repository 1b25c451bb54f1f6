import type { Logger } from 'pino'
import { Refusal } from '../../contract/errors.ts'
import type { Noun } from '../../contract/feed.ts'
import { drawsOf } from '../../rules/draws.ts'
import { beginEstimate } from '../../rules/expected-wait.ts'
import { MINUTE_MS } from '../../rules/instants.ts'
import type { Custom, WaitQuestion } from '../../rules/wait-question.ts'
import { stranger } from '../auth/commands.ts'
import type { Door } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import type { RoutedEvent } from '../db/outbox.ts'
import type { SqlReader } from '../db/sql.ts'
import { today } from '../visits/queries.ts'
import { type Answer, answerOf, type VisitWait } from './answer.ts'
import { keepWaits } from './commands.ts'
import { customOf } from './history.ts'
import { changesOf } from './queries.ts'
import { waitQuestion } from './question.ts'

export type Waits = {
  /** The estimates of a clinic as they are now: those at hand when nothing has changed and no minute has passed. */
  of(clinicId: string): Promise<Answer>
  /** Hears what was committed: what changes a queue changes its waits. */
  heard(events: readonly RoutedEvent[]): void
  close(): Promise<void>
}

type Parts = {
  door: Door
  clock: () => number
  readTogether<T>(act: (sql: SqlReader) => T): T
  log: Logger
}

/** How often a clinic's estimates are announced at most, and how soon after a change. Real time. */
const SETTLE_MS = 1_000
const REST_MS = 10_000
/** Estimating takes no more than this share of the time, however long the line is. */
const SHARE = 1 / 20
/** So many draws at a time; between them the event loop belongs to people who wait. */
const AT_ONCE = 5

/** What expected waits are made of. */
const MATTERS: readonly Noun[] = [
  'visits',
  'appointments',
  'doctors',
  'schedules',
  'leaves',
  'closures',
  'pools',
  'services',
  'staff',
  'clinics',
]

type Kept = {
  answer: Promise<Answer> | undefined
  /** Of which minute the answer is, and what it is made of. */
  minute: number
  custom: (Omit<Custom, 'holds'> & { day: string }) | undefined
  /** When the next announcement may begin; `performance.now()`. */
  restsUntil: number
  timer: NodeJS.Timeout | undefined
  announced: Promise<void>
}

/**
 * Q11: keeps the expected waits of each clinic and announces what has changed of them (docs/decisions/0008): soon after a
 * queue changes and as minutes pass, at most every ten seconds.
 */
export function openWaits({ door, clock, readTogether, log }: Parts): Waits {
  const clinics = new Map<string, Kept>()
  let closed = false
  const minutes = setInterval(() => {
    for (const clinicId of clinics.keys()) plan(clinicId)
  }, MINUTE_MS)
  minutes.unref()
  for (const { id } of readTogether((sql) => sql.all<{ id: string }>`select id from clinics`)) plan(id)

  return {
    of,
    heard: (events) => {
      for (const { type, clinicId, changes } of events) {
        if (type === 'waits_updated' || !MATTERS.some((noun) => changes[noun])) continue
        // Somebody of several clinics concerns them all.
        for (const id of clinicId === null ? clinics.keys() : [clinicId]) {
          keptOf(id).answer = undefined
          plan(id)
        }
      }
    },
    close: async () => {
      closed = true
      clearInterval(minutes)
      for (const { timer } of clinics.values()) clearTimeout(timer)
      await Promise.all([...clinics.values()].flatMap((kept) => [kept.announced, kept.answer?.catch(() => undefined)]))
    },
  }

  function keptOf(clinicId: string): Kept {
    const known = clinics.get(clinicId)
    if (known) return known
    const announced = Promise.resolve()
    const fresh = { answer: undefined, minute: 0, custom: undefined, restsUntil: 0, timer: undefined, announced }
    clinics.set(clinicId, fresh)
    return fresh
  }

  function of(clinicId: string): Promise<Answer> {
    const kept = keptOf(clinicId)
    const minute = Math.floor(clock() / MINUTE_MS)
    if (kept.answer && kept.minute === minute) return kept.answer
    const answer = estimate(clinicId, kept)
    Object.assign(kept, { answer, minute })
    // A failed one is not kept.
    answer.catch(() => {
      if (kept.answer === answer) kept.answer = undefined
    })
    return answer
  }

  async function estimate(clinicId: string, kept: Kept): Promise<Answer> {
    const began = performance.now()
    const now = new Date(clock()).toISOString()
    const { question, seed } = readTogether((sql) => ask(sql, clinicId, now, kept))
    const estimating = beginEstimate(question, drawsOf(seed))
    while (!estimating.go(AT_ONCE) && !closed) await new Promise(setImmediate)
    const rest = Math.max(REST_MS, (performance.now() - began) / SHARE)
    kept.restsUntil = Math.max(kept.restsUntil, began + rest)
    return answerOf(estimating.answer(), now)
  }

  function ask(sql: SqlReader, clinicId: string, now: string, kept: Kept): { question: WaitQuestion; seed: string } {
    const clinic = getRecord(sql, 'clinics', clinicId)
    const day = today(clinic, now)
    if (kept.custom?.day !== day) kept.custom = { ...customOf(sql, clinic, day), day }
    // The same draws all day: an estimate changes with what happens, and not by luck.
    return { question: waitQuestion(sql, { clinic, day, now, custom: kept.custom }), seed: `${clinicId}/${day}` }
  }

  function plan(clinicId: string): void {
    const kept = keptOf(clinicId)
    if (kept.timer || closed) return
    const wait = Math.max(SETTLE_MS, kept.restsUntil - performance.now())
    kept.timer = setTimeout(() => {
      kept.timer = undefined
      kept.announced = announce(clinicId)
    }, wait)
    kept.timer.unref()
  }

  async function announce(clinicId: string): Promise<void> {
    try {
      const answer = await of(clinicId)
      if (closed) return
      const about = readTogether((sql) => {
        const day = today(getRecord(sql, 'clinics', clinicId), answer.at)
        const { waits, forecasts } = changesOf(sql, { clinicId, day }, answer)
        return waits.length + forecasts.length > 0 ? { clinicId, day } : undefined
      })
      if (about) await door.write(stranger, 'waits.estimate', (w) => keepWaits(w, about, answer))
    } catch (error) {
      // The disk refuses: health says so already, and the next change tries again. Anything else is a bug.
      if (!(error instanceof Refusal)) log.error({ err: error }, 'the expected waits were not kept')
    }
  }
}

/** Q11: the expected wait of one visit; `null` for one who gets no estimate, or does not wait. */
export async function expectedWaitOf(
  { waits, read }: { waits: Waits; read: SqlReader },
  visitId: string,
): Promise<VisitWait | null> {
  const { clinicId } = getRecord(read, 'visits', visitId)
  const { visits } = await waits.of(clinicId)
  return visits.find((wait) => wait.visitId === visitId) ?? null
}
