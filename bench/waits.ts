import { lengthsOf } from '../rules/consultation-lengths.ts'
import { paceOf } from '../rules/consultation-pace.ts'
import { drawsOf } from '../rules/draws.ts'
import { estimateWaits, toldMinutes } from '../rules/expected-wait.ts'
import { MINUTE_MS } from '../rules/instants.ts'
import { dutyOf } from '../rules/on-duty.ts'
import { orderQueue } from '../rules/queue-order.ts'
import type { WaitDoctor, WaitQuestion } from '../rules/wait-question.ts'
import { createRandom } from '../server/demo/random.ts'
import { median, round } from './stats.ts'
import { doctorsOf, MINUTES, POOL, SESSIONS, settings } from './wait-clinic.ts'
import { type Desk, type Here, lineOf, type Memory, playDay, rowOf, type Scene } from './wait-day.ts'

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
}

type Prediction = { atMs: number; p50: number; p80: number; sum: number; last: number; atCheckIn: boolean }
type Outcome = Prediction & { waited: number }

const SEEDS = ['1', '2', '3', '4']
/** The first days only teach. */
const TAUGHT = 3

/** Replays simulated days and holds what patients were told against what happened. */
export function measureWaits(days: number): WaitsResult {
  const outcomes = SEEDS.flatMap((seed) => replay(seed, days))
  const error = (of: (one: Outcome) => number, list = outcomes) => list.map((one) => of(one) - one.waited)
  if (process.env.BANDS) bands(outcomes)
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
  }
}

function replay(seed: string, days: number): Outcome[] {
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
      if (!counts) return
      for (const [id, prediction] of predict(scene, ids, atCheckIn, `${seed}/${day}`))
        told.set(id, [...(told.get(id) ?? []), prediction])
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

function predict(scene: Scene, ids: readonly string[], atCheckIn: boolean, seed: string): Map<string, Prediction> {
  const asked = ids.filter((id) => {
    const one = scene.here.get(id)
    return one?.visit.status === 'waiting' && one.firstCalledMs === undefined
  })
  if (asked.length === 0) return new Map()
  const question = questionOf(scene)
  const { waits } = estimateWaits(question, drawsOf(seed))
  return new Map(
    waits
      .filter(({ visitId }) => asked.includes(visitId))
      .map(({ visitId, p50Ms, p80Ms }) => [
        visitId,
        {
          k: scene.here.get(visitId)?.visit.doctorId ? 'own' : 'pool',
          atMs: scene.nowMs,
          ...toldMinutes({ p50Ms, p80Ms }),
          ...naive(scene, question, visitId),
          atCheckIn,
        },
      ]),
  )
}

/** What a hub would know at this moment. */
function questionOf(scene: Scene): WaitQuestion {
  const here = [...scene.here.values()]
  const { memory, nowMs } = scene
  return {
    nowMs,
    settings,
    doctors: scene.desks.flatMap((desk) => doctorOf(scene, desk) ?? []),
    waiting: here.flatMap(({ visit }) => (visit.status === 'waiting' ? [visit] : [])),
    hadMs: new Map(here.map(({ visit, hadMs }) => [visit.id, hadMs])),
    toCome: [...scene.toCome.values()],
    onHold: here.flatMap(({ visit, heldMs, hadMs }) =>
      visit.status === 'on_hold' ? [{ visit, heldMs: nowMs - (heldMs ?? nowMs), elapsedMs: hadMs }] : [],
    ),
    custom: {
      missed: memory.missed / Math.max(1, memory.booked),
      offsets: lengthsOf(memory.offsetsMs.slice(-200), 0, 200),
      holds: lengthsOf(memory.holdsMs.toReversed(), 20),
      raised: memory.raised / Math.max(1, memory.looked),
      urgentPerHour: memory.urgent.length / Math.max(1, memory.openHours),
      urgent: memory.urgent.slice(-20),
    },
  }
}

function doctorOf(scene: Scene, desk: Desk): WaitDoctor | undefined {
  const { doctor, presentId, freeMs, beganMs } = desk
  const { nowMs, startMs, memory } = scene
  const sessions = SESSIONS.map(({ from, to }) => ({ from: startMs + from * MINUTE_MS, to: startMs + to * MINUTE_MS }))
  const status = { status: 'available', statusSinceMs: startMs, expectedMs: null } as const
  const duty = dutyOf(
    { ...status, sessions, withPatient: presentId !== undefined, lastBeganMs: beganMs ?? null },
    nowMs,
  )
  if (!duty) return undefined
  const stays = memory.stays.filter((stay) => stay.doctorId === doctor.id).slice(-60)
  const { pausesMs, walksMs } = paceOf(stays)
  const known = new Map<string | null, ReturnType<typeof lengthsOf>>()
  const present = presentId === undefined ? undefined : scene.here.get(presentId)
  return {
    id: doctor.id,
    poolIds: doctor.poolIds,
    duty,
    row: rowOf(desk),
    present: present ? [presentOf(present, nowMs)] : [],
    freeSinceMs: freeMs ?? null,
    lengths: (serviceId) => {
      const found =
        known.get(serviceId) ?? lengthsOf(recentLengths(memory, doctor.id, serviceId), MINUTES[serviceId ?? ''] ?? 15)
      known.set(serviceId, found)
      return found
    },
    pauses: lengthsOf(pausesMs.toReversed(), 1, 40),
    walks: lengthsOf(walksMs.toReversed(), 1),
  }
}

function presentOf({ visit, beganMs, hadMs }: Here, nowMs: number) {
  const elapsedMs = visit.status === 'called' || beganMs === undefined ? undefined : hadMs + nowMs - beganMs
  return { id: visit.id, serviceId: visit.serviceId, elapsedMs }
}

/** Newest first, the stays of one visit together. */
function recentLengths({ stays }: Memory, doctorId: string, serviceId: string | null): number[] {
  const sums = new Map<string, number>()
  for (const stay of stays.slice(-600).toReversed()) {
    if (stay.doctorId !== doctorId || stay.serviceId !== serviceId) continue
    sums.set(stay.visitId, (sums.get(stay.visitId) ?? 0) + stay.toMs - stay.fromMs)
  }
  return [...sums.values()]
}

/** The two estimates that clinics make by hand. */
function naive(scene: Scene, { doctors, waiting }: WaitQuestion, id: string): { sum: number; last: number } {
  const visit = waiting.find((one) => one.id === id)
  const callers = doctors.filter((doctor) =>
    visit?.doctorId ? doctor.id === visit.doctorId : doctor.poolIds.has(visit?.poolId ?? POOL),
  )
  const desk = scene.desks.find(({ doctor }) => doctor.id === callers[0]?.id)
  if (!desk || !visit) return { sum: 0, last: 0 }
  const { order } = orderQueue(lineOf(scene, desk), {
    now: new Date(scene.nowMs).toISOString(),
    settings,
    lastCalledWereAppointments: rowOf(desk),
  })
  const ahead = order.slice(
    0,
    order.findIndex((entry) => entry.visit.id === id),
  )
  const middle = (serviceId: string | null) => median([...(callers[0]?.lengths(serviceId).values ?? [])])
  const now = callers[0]?.present[0]
  const left = now ? Math.max(0, middle(now.serviceId) - (now.elapsedMs ?? 0)) : 0
  const sum = (left + ahead.reduce((total, entry) => total + middle(entry.visit.serviceId), 0)) / callers.length
  const lasts = scene.desks
    .filter(({ doctor }) => callers.some((caller) => caller.id === doctor.id))
    .flatMap(({ calls }) => calls[0] ?? [])
  const newest = lasts.sort((a, b) => (b.calledMs ?? 0) - (a.calledMs ?? 0))[0]
  const lastWait = newest ? (newest.calledMs ?? 0) - Date.parse(newest.visit.queuedAt) : 0
  const waited = scene.nowMs - Date.parse(visit.queuedAt)
  return { sum: sum / MINUTE_MS, last: Math.max(0, lastWait - waited) / MINUTE_MS }
}

if (process.argv[1] === import.meta.filename) {
  const began = performance.now()
  console.log(measureWaits(Number(process.argv[2] ?? 10)), Math.round(performance.now() - began))
}

function bands(all: Outcome[]) {
  const show = (name: string, list: Outcome[]) => {
    const n = list.length || 1
    console.log(
      name.padEnd(16),
      String(list.length).padStart(6),
      'wait',
      (list.reduce((a, o) => a + o.waited, 0) / n).toFixed(1),
      'bias',
      (list.reduce((a, o) => a + o.p50 - o.waited, 0) / n).toFixed(2),
      'mae',
      (list.reduce((a, o) => a + Math.abs(o.p50 - o.waited), 0) / n).toFixed(2),
      'cov80',
      (list.filter((o) => o.waited <= o.p80).length / n).toFixed(3),
      'cov50',
      (list.filter((o) => o.waited <= o.p50).length / n).toFixed(3),
    )
  }
  for (const [a, b] of [
    [0, 5],
    [5, 15],
    [15, 30],
    [30, 60],
    [60, 120],
    [120, 999],
  ] as const)
    show(
      `p50 ${a}-${b}`,
      all.filter((o) => o.p50 >= a && o.p50 < b),
    )
  for (const k of ['pool', 'own'] as const)
    show(
      k,
      all.filter((o) => (o as never as { k: string }).k === k),
    )
  for (let h = 8; h < 19; h++)
    show(
      'h' + h,
      all.filter((o) => new Date(o.atMs).getUTCHours() === h),
    )
  const errs = all.map((o) => o.p50 - o.waited).sort((a, b) => a - b)
  console.log(
    'err quantiles',
    [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
      .map((q) => errs[Math.floor(q * errs.length)]?.toFixed(1))
      .join(' '),
  )
}
