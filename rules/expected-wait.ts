import { lateAfter } from './consultation-lengths.ts'
import type { Draws } from './draws.ts'
import { MINUTE_MS } from './instants.ts'
import type { WaitDoctor, WaitingVisit, WaitQuestion } from './wait-question.ts'
import { simulationOf } from './wait-simulation.ts'

/** Q11 */
export const DRAWS = 200
const STEP_MINUTES = 5

/** How long until a visit is called, from now: half of the draws are shorter than `p50Ms`, four fifths than `p80Ms`. */
export type WaitEstimate = { visitId: string; p50Ms: number; p80Ms: number; delayed: boolean }

/** When a doctor's last patient goes out at this pace, and how many are called only after the scheduled end. */
export type SessionForecast = { doctorId: string; endsMs: number | null; unseen: number }

export type Estimates = { waits: WaitEstimate[]; forecasts: SessionForecast[] }

/** An estimate that is made bit by bit, so that nobody waits for it. */
export type Estimating = {
  /** Plays the day so many times more; whether that was all. */
  go(times: number): boolean
  answer(): Estimates
}

/**
 * Q11: how long each waiting visit still waits. The real order is played through to the end of the day 200 times, with
 * consultation lengths drawn anew: medians are never added up, they would run short. None for `immediate`, for the
 * missed, and for those whom no doctor on duty draws. The same question and draws give the same answer.
 */
export function estimateWaits(question: WaitQuestion, draws: Draws, times = DRAWS): Estimates {
  const estimating = beginEstimate(question, draws, times)
  estimating.go(times)
  return estimating.answer()
}

export function beginEstimate(question: WaitQuestion, draws: Draws, times = DRAWS): Estimating {
  const play = simulationOf(question, draws)
  const waits = question.waiting
    .filter((visit) => visit.urgency !== 'immediate' && callersOf(visit, question.doctors).length > 0)
    .map((visit) => ({ visit, ms: new Float64Array(times).fill(Number.POSITIVE_INFINITY) }))
  const ends = question.doctors.map((doctor) => ({
    doctor,
    ms: new Float64Array(times).fill(Number.NEGATIVE_INFINITY),
    unseen: new Float64Array(times),
  }))
  let turn = 0

  return {
    go: (count) => {
      for (const until = Math.min(times, turn + count); turn < until; turn += 1) {
        const { calledMs, rooms } = play(turn)
        for (const { visit, ms } of waits) {
          const at = calledMs(visit.id)
          if (at !== undefined) ms[turn] = Math.max(0, at - question.nowMs)
        }
        ends.forEach(({ ms, unseen }, index) => {
          const room = rooms[index]
          if (room?.endsMs !== undefined) ms[turn] = room.endsMs
          unseen[turn] = room?.late ?? 0
        })
      }
      return turn >= times
    },
    answer: () => ({
      waits: waits.flatMap(({ visit, ms }) => {
        const [p50Ms, p80Ms] = [percentile(ms, 0.5), percentile(ms, 0.8)]
        if (!Number.isFinite(p80Ms)) return []
        return [{ visitId: visit.id, p50Ms, p80Ms, delayed: isDelayed(visit, question.doctors) }]
      }),
      forecasts: ends.map(({ doctor, ms, unseen }) => {
        const endsMs = percentile(ms, 0.5)
        return {
          doctorId: doctor.id,
          endsMs: Number.isFinite(endsMs) ? endsMs : null,
          unseen: percentile(unseen, 0.5),
        }
      }),
    }),
  }
}

/** Q11: a range as it is told: from P50 to P80 in steps of five minutes; the end rounded up, for it is a promise. */
export function toldMinutes({ p50Ms, p80Ms }: Pick<WaitEstimate, 'p50Ms' | 'p80Ms'>): { p50: number; p80: number } {
  const step = STEP_MINUTES * MINUTE_MS
  return { p50: Math.round(p50Ms / step) * STEP_MINUTES, p80: Math.ceil(p80Ms / step) * STEP_MINUTES }
}

/** Q11: past the P95 of the present consultation, with everybody whom this visit could be called by. */
function isDelayed(visit: WaitingVisit, doctors: readonly WaitDoctor[]): boolean {
  return callersOf(visit, doctors).every(runsLate)
}

/** The doctors on duty who draw this visit. */
function callersOf({ doctorId, poolId }: WaitingVisit, doctors: readonly WaitDoctor[]): WaitDoctor[] {
  return doctors.filter((doctor) => {
    if (doctorId !== null) return doctorId === doctor.id
    return poolId === null || doctor.poolIds.has(poolId)
  })
}

function runsLate({ present, lengths }: WaitDoctor): boolean {
  return present.some(({ elapsedMs, serviceId }) => (elapsedMs ?? 0) > lateAfter(lengths(serviceId)))
}

function percentile(samples: Float64Array, share: number): number {
  const sorted = samples.slice().sort()
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
