import { drawsOf } from '../rules/draws.ts'
import { estimateWaits, toldMinutes } from '../rules/expected-wait.ts'
import { isoInstant, MINUTE_MS } from '../rules/instants.ts'
import { orderQueue } from '../rules/queue-order.ts'
import type { WaitQuestion } from '../rules/wait-question.ts'
import { createRandom } from '../server/demo/random.ts'
import { median, round } from './stats.ts'
import { doctorsOf, POOL, settings } from './wait-clinic.ts'
import { lineOf, type Memory, playDay, rowOf, type Scene } from './wait-day.ts'
import { questionOf } from './wait-knowledge.ts'

export type WaitsResult = {
  days: number
  predictions: number
  /** Minutes; the bias is what was told less what happened. */
  mae: number
  bias: number
  coverage: number
  sumOfMediansMae: number
  lastWaitMae: number
  atCheckIn: { mae: number; bias: number; coverage: number }
  /** What one estimate of a line of sixty costs, in orderings of that line. */
  costInOrderings: number
}

type Prediction = { atMs: number; p50: number; p80: number; sum: number; last: number; atCheckIn: boolean }
type Outcome = Prediction & { waited: number }

/** Not those that the estimator was tried out on. */
const SEEDS = ['5', '6', '7', '8', '9', '10']
/** The first days only teach. */
const TAUGHT = 3

/** Replays simulated days and holds what patients were told against what happened. */
export function measureWaits(days: number): WaitsResult {
  const longest: Longest = { question: undefined }
  const outcomes = SEEDS.flatMap((seed) => replay(seed, days, longest))
  const error = (of: (one: Outcome) => number, list = outcomes) => list.map((one) => of(one) - one.waited)
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length)
  const mae = (list: number[]) => round(mean(list.map(Math.abs)))
  const of = (list: Outcome[]) => ({
    mae: mae(error((one) => one.p50, list)),
    bias: round(mean(error((one) => one.p50, list))),
    coverage: round(mean(list.map((one) => Number(one.waited <= one.p80))), 3),
  })
  return {
    days: days * SEEDS.length,
    predictions: outcomes.length,
    ...of(outcomes),
    sumOfMediansMae: mae(error((one) => one.sum)),
    lastWaitMae: mae(error((one) => one.last)),
    atCheckIn: of(outcomes.filter((one) => one.atCheckIn)),
    costInOrderings: longest.question ? costOf(withSixty(longest.question)) : 0,
  }
}

type Longest = { question: WaitQuestion | undefined }

const SIXTY = 60

/** The longest line of all days, with more like those in it. */
function withSixty(question: WaitQuestion): WaitQuestion {
  const { waiting } = question
  const more = Array.from({ length: SIXTY }, (_, index) => {
    const like = waiting[index % waiting.length]
    return like ? [{ ...like, id: `more ${index}` }] : []
  })
  return { ...question, waiting: [...waiting, ...more.flat()].slice(0, SIXTY) }
}

/** Estimating against ordering the same line once, alternating, in the same run: a time would tell of the machine. */
function costOf(question: WaitQuestion): number {
  const context = { now: isoInstant(question.nowMs), settings, lastCalledWereAppointments: 0 }
  const timeOf = (act: () => unknown) => {
    const began = performance.now()
    act()
    return performance.now() - began
  }
  const ratios = Array.from({ length: 15 }, () => {
    const ordering = timeOf(() => {
      for (let turn = 0; turn < 100; turn += 1) orderQueue(question.waiting, context)
    })
    return timeOf(() => estimateWaits(question, drawsOf('cost'))) / (ordering / 100)
  })
  return Math.round(median(ratios))
}

function replay(seed: string, days: number, longest: Longest): Outcome[] {
  const random = createRandom(seed)
  const doctors = doctorsOf(random.fork('doctors'))
  const memory: Memory = {
    stays: [],
    offsetsMs: [],
    holdsMs: [],
    booked: 0,
    missed: 0,
    looked: 0,
    raised: 0,
    urgent: [],
    openHours: 0,
  }
  const outcomes: Outcome[] = []
  for (let day = 0; day < TAUGHT + days; day += 1) {
    const told = new Map<string, Prediction[]>()
    const counts = day >= TAUGHT
    const tell = (scene: Scene, ids: readonly string[], atCheckIn: boolean) => {
      const asked = ids.filter((id) => isWaiting(scene, id))
      if (!counts || asked.length === 0) return
      const question = questionOf(scene)
      // The day goes on and changes its visits.
      if (question.waiting.length > (longest.question?.waiting.length ?? 0))
        longest.question = { ...question, waiting: structuredClone(question.waiting) }
      for (const [id, prediction] of predict(scene, question, asked, `${seed}/${day}`))
        told.set(id, [...(told.get(id) ?? []), { ...prediction, atCheckIn }])
    }
    playDay(day, doctors, memory, random.fork('day', day), {
      checkedIn: (scene, id) => tell(scene, [id], true),
      passing: (scene) => tell(scene, [...scene.here.keys()], false),
      called: (scene, id) => {
        if (scene.here.get(id)?.firstCalledMs !== undefined) return
        for (const one of told.get(id) ?? []) outcomes.push({ ...one, waited: (scene.nowMs - one.atMs) / MINUTE_MS })
        told.delete(id)
      },
    })
  }
  return outcomes
}

/** In the line, and never called before: whose first call is what was foretold. */
function isWaiting({ here }: Scene, id: string): boolean {
  const one = here.get(id)
  return one?.visit.status === 'waiting' && one.firstCalledMs === undefined
}

function predict(scene: Scene, question: WaitQuestion, ids: readonly string[], seed: string) {
  const { waits } = estimateWaits(question, drawsOf(seed))
  return waits
    .filter(({ visitId }) => ids.includes(visitId))
    .map((wait) => {
      const told = { atMs: scene.nowMs, ...toldMinutes(wait), ...naive(scene, question, wait.visitId) }
      return [wait.visitId, told] as const
    })
}

/** The two estimates that are made by hand: the medians of those ahead added up, and what the last one waited. */
function naive(scene: Scene, { doctors, waiting }: WaitQuestion, id: string): { sum: number; last: number } {
  const visit = waiting.find((one) => one.id === id)
  const callers = doctors.filter((doctor) =>
    visit?.doctorId ? doctor.id === visit.doctorId : doctor.poolIds.has(visit?.poolId ?? POOL),
  )
  const desks = scene.desks.filter(({ doctor }) => callers.some((caller) => caller.id === doctor.id))
  const [desk, caller] = [desks[0], callers[0]]
  if (!desk || !caller || !visit) return { sum: 0, last: 0 }
  const context = { now: isoInstant(scene.nowMs), settings, lastCalledWereAppointments: rowOf(desk) }
  const { order } = orderQueue(lineOf(scene, desk), context)
  const place = order.findIndex((entry) => entry.visit.id === id)
  const middle = (serviceId: string | null) => median(caller.lengths(serviceId).values)
  const present = caller.present[0]
  const left = present ? Math.max(0, middle(present.serviceId) - (present.elapsedMs ?? 0)) : 0
  const ahead = order.slice(0, place).reduce((total, entry) => total + middle(entry.visit.serviceId), left)
  const lastCalled = desks
    .flatMap(({ calls }) => calls[0] ?? [])
    .sort((a, b) => (b.calledMs ?? 0) - (a.calledMs ?? 0))[0]
  const lastWait = lastCalled ? (lastCalled.calledMs ?? 0) - Date.parse(lastCalled.visit.queuedAt) : 0
  const waited = scene.nowMs - Date.parse(visit.queuedAt)
  return { sum: ahead / callers.length / MINUTE_MS, last: Math.max(0, lastWait - waited) / MINUTE_MS }
}
