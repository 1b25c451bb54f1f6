import type { QueueSettings } from '../rules/queue-standing.ts'
import type { AppointmentToCome, WaitingVisit } from '../rules/wait-question.ts'
import { logNormal, type Random } from '../server/demo/random.ts'

/** The clinic of the replay. What is under `truth` is hidden from the estimator. */
export type ReplayDoctor = {
  id: string
  poolIds: ReadonlySet<string>
  serviceIds: readonly string[]
  truth: { pace: number; spread: number; rushes: number; breakEvery: number }
}

export const MINUTES: Readonly<Record<string, number>> = { general: 15, child: 15, antenatal: 20, review: 10 }
/** How long each really takes, against what the clinic has configured. */
const TRUE_FACTOR: Readonly<Record<string, number>> = { general: 0.85, child: 1, antenatal: 0.95, review: 1.15 }
export const POOL = 'pool'

export const settings: QueueSettings = {
  lateGraceMinutes: 15,
  maxWaitMinutes: 120,
  firstLookMinutes: 10,
  notHereLimit: 2,
  accumulation: { standard: 1.5, non_urgent: 1 },
  appointmentsInARow: 2,
}

/** Minutes after the day's midnight. */
export const SESSIONS = [
  { from: 9 * 60, to: 13 * 60 },
  { from: 14 * 60, to: 17 * 60 + 30 },
] as const

export function doctorsOf(random: Random): ReplayDoctor[] {
  const kinds = [['general', 'review'], ['general', 'review'], ['child'], ['antenatal', 'general', 'review']]
  return kinds.map((serviceIds, index) => ({
    id: `doctor ${index}`,
    poolIds: new Set(index < 2 ? [POOL] : []),
    serviceIds,
    truth: {
      pace: 0.8 + random.next() * 0.4,
      spread: 0.35 + random.next() * 0.25,
      rushes: random.next() * 0.2,
      breakEvery: random.between(80, 150),
    },
  }))
}

/** One consultation as it will really last, in minutes: by doctor, visit type and day, with a long tail. */
export function trueLength(
  random: Random,
  doctor: ReplayDoctor,
  serviceId: string,
  day: DayTruth,
  waiting: number,
): number {
  const { pace, spread, rushes } = doctor.truth
  const mean = (MINUTES[serviceId] ?? 15) * (TRUE_FACTOR[serviceId] ?? 1) * pace * (day.pace.get(doctor.id) ?? 1)
  const hurried = 1 - rushes * Math.min(1, waiting / 12)
  const tail = random.chance(0.02) ? 2.2 : 1
  return Math.max(2, logNormal(random, mean * Math.exp((-spread * spread) / 2), spread) * hurried * tail)
}

/** What makes a day unlike others: how each doctor is today, and when they come. */
export type DayTruth = { pace: ReadonlyMap<string, number>; begins: ReadonlyMap<string, number> }

/** Half of those who come more than ten minutes late have said so. */
export function dayTruthOf(random: Random, doctors: readonly ReplayDoctor[]): DayTruth {
  const late = () => (random.chance(0.15) ? random.between(10, 35) : random.between(-2, 6))
  return {
    pace: new Map(doctors.map(({ id }) => [id, logNormal(random, 1, 0.1)])),
    begins: new Map(doctors.map(({ id }) => [id, SESSIONS[0].from + late()])),
  }
}

/** The appointments of a doctor's day: most slots are taken. */
export function bookingsOf(random: Random, doctor: ReplayDoctor, day: number): AppointmentToCome[] {
  const booked: AppointmentToCome[] = []
  for (const session of SESSIONS) {
    let at: number = session.from
    while (at < session.to - 15) {
      const serviceId = random.pick(doctor.serviceIds)
      if (random.chance(doctor.poolIds.size > 0 ? 0.5 : 0.85))
        booked.push({ id: `${day}/${doctor.id}/${at}`, doctorId: doctor.id, serviceId, dueMs: at })
      at += MINUTES[serviceId] ?? 15
    }
  }
  return booked
}

export function replayVisit(
  fields: Partial<WaitingVisit> & Pick<WaitingVisit, 'id' | 'ticket' | 'arrivedAt'>,
): WaitingVisit {
  return {
    ...{ status: 'waiting', urgency: 'standard', triaged: false, lookedAt: null },
    ...{ queuedAt: fields.arrivedAt, dueAt: null },
    ...{ nearFront: false, notHere: 0, skippedUntil: null, skippedCalls: 0, awayUntil: null },
    ...{ doctorId: null, poolId: null, serviceId: null },
    ...fields,
  }
}

/** What a nurse's first look makes of somebody: most stay as they are. */
export function levelFor(draw: number): WaitingVisit['urgency'] {
  if (draw < 0.015) return 'very_urgent'
  if (draw < 0.09) return 'urgent'
  return draw < 0.2 ? 'non_urgent' : 'standard'
}
