import { drawn, type Lengths, remaining, resampled } from './consultation-lengths.ts'
import { type Draws, subjectOf } from './draws.ts'
import { afterBreak } from './on-duty.ts'
import { firstOf } from './queue-order.ts'
import { moveOn, type Standing } from './queue-standing.ts'
import { chanceOf, placesOf } from './wait-draws.ts'
import type { WaitDoctor, WaitingVisit, WaitQuestion } from './wait-question.ts'
import { type Walker, walkersOf } from './wait-walkers.ts'

type Room = {
  doctor: WaitDoctor
  subject: number
  readyMs: number
  row: number
  /** How slow this playing's day is. */
  drift: number
  samples: Map<string | null, { turn: number; lengths: number[] }>
  /** When the last one goes out. */
  endsMs: number | undefined
  /** Who is called after the scheduled end. */
  late: number
}

/** The rest of the day as one playing of it went. */
export type Played = {
  /** When a waiting visit is called; `undefined` when nobody draws it. */
  calledMs: (visitId: string) => number | undefined
  rooms: readonly Pick<Room, 'doctor' | 'endsMs' | 'late'>[]
}

/** Doctors have slow days and fast ones: how far, as a share of the length, beside what the recent consultations show. */
const DRIFT = 0.1
/** The rest of a clinic's day, to be played as often as one likes: the same turn goes the same way. */
export function simulationOf(question: WaitQuestion, draws: Draws): (turn: number) => Played {
  const { nowMs, doctors } = question
  const rooms = doctors.map((doctor) => roomOf(doctor))
  const chance = chanceOf(draws)
  const walkers = walkersOf(question, chance)
  const byId = new Map(walkers.map((walker) => [walker.id, walker]))
  const lists = rooms.map((_, index) => walkers.filter((walker) => walker.drawnBy[index]))
  const there: Standing<WaitingVisit>[] = []
  const owners = new Map(walkers.map((walker) => [walker.standing.visit, walker]))

  return (turn) => {
    for (const walker of walkers) walker.begin(turn)
    for (const room of rooms) enter(room, turn)
    for (let index = soonest(); index >= 0; index = soonest()) advance(index, turn)
    return { calledMs: (visitId) => byId.get(visitId)?.calledMs, rooms }
  }

  function soonest(): number {
    let best = -1
    let bestMs = Number.POSITIVE_INFINITY
    rooms.forEach((room, index) => {
      if (room.readyMs >= bestMs) return
      best = index
      bestMs = room.readyMs
    })
    return best
  }

  /** Calls the doctor's next, or waits for what may change first. */
  function advance(index: number, turn: number): void {
    const room = rooms[index]
    const list = lists[index]
    if (!room || !list) return
    const ms = room.readyMs
    there.length = 0
    let change = Number.POSITIVE_INFINITY
    for (const walker of list) {
      if (walker.calledMs !== undefined) continue
      if (walker.arrivalMs > ms) {
        change = Math.min(change, walker.arrivalMs)
        continue
      }
      const { obstacle, awayMs, skippedMs } = moveOn(walker.standing, ms)
      if (obstacle === undefined) there.push(walker.standing)
      else change = Math.min(change, obstacle === 'away' ? awayMs : skippedMs)
    }
    const first = firstOf(there, room.row, question.settings)
    const walker = first && owners.get(first.visit)
    if (walker) call(room, list, walker, turn)
    else room.readyMs = afterBreak(room.doctor.duty.breaks, change)
  }

  function call(room: Room, list: readonly Walker[], walker: Walker, turn: number): void {
    const ms = room.readyMs
    const { ground } = walker.standing
    walker.calledMs = ms
    if (ground === 'walk_in') room.row = 0
    else if (ground === 'appointment' || ground === 'not_due') room.row += 1
    for (const other of list) {
      if (other.skips === 0 || other.calledMs !== undefined || other.arrivalMs > ms) continue
      other.skips -= 1
      if (other.skips === 0) other.standing.skippedMs = Number.NEGATIVE_INFINITY
    }
    const { endsMs } = room.doctor.duty
    if (walker.known && endsMs !== null && ms >= endsMs) room.late += 1
    const walked = drawn(room.doctor.walks, chance(walker.subject, turn, 'walk'))
    occupy(room, walker.subject, turn, ms + walked + lengthOf(room, walker, turn))
  }

  /** The doctor is taken until one goes out, and ready again a little later. */
  function occupy(room: Room, subject: number, turn: number, untilMs: number): void {
    const { duty, pauses } = room.doctor
    room.endsMs = untilMs
    room.readyMs = afterBreak(duty.breaks, untilMs + drawn(pauses, chance(subject, turn, 'pause')))
  }

  function lengthOf(room: Room, of: Pick<Walker, 'subject' | 'serviceId' | 'hadMs'>, turn: number): number {
    const at = chance(of.subject, turn, 'length')
    if (of.hadMs > 0) return remaining(room.doctor.lengths(of.serviceId), of.hadMs, at)
    const sample = sampleOf(room, of.serviceId, turn)
    return (sample[Math.floor(at * sample.length)] ?? 0) * room.drift
  }

  function sampleOf(room: Room, serviceId: string | null, turn: number): number[] {
    const known = room.samples.get(serviceId)
    if (known?.turn === turn) return known.lengths
    const subject = room.subject ^ subjectOf(serviceId ?? '')
    const lengths = resampled(room.doctor.lengths(serviceId), placesOf(draws, subject, turn))
    room.samples.set(serviceId, { turn, lengths })
    return lengths
  }

  /** Q11: conditioned on how long the present consultation has run, and on when the doctor comes. */
  function enter(room: Room, turn: number): void {
    const { duty, present, freeSinceMs, pauses } = room.doctor
    const drift = Math.exp(DRIFT * normal(chance(room.subject, turn, 'drift')))
    Object.assign(room, { row: room.doctor.row, late: 0, endsMs: undefined, readyMs: duty.fromMs, drift })
    if (present.length === 0) {
      const idleMs = freeSinceMs === null ? Number.POSITIVE_INFINITY : nowMs - freeSinceMs
      // Who has been free for long is not on the way from the last patient to the next one.
      if (idleMs < pauseLimit(pauses)) room.readyMs += remaining(pauses, idleMs, chance(room.subject, turn, 'pause'))
      return
    }
    let ms = nowMs
    for (const { id, serviceId, elapsedMs } of present) {
      const subject = subjectOf(id)
      const walk = elapsedMs === undefined ? drawn(room.doctor.walks, chance(subject, turn, 'walk')) : 0
      ms += walk + lengthOf(room, { subject, serviceId, hadMs: elapsedMs ?? 0 }, turn)
      occupy(room, subject, turn, ms)
    }
  }
}

function roomOf(doctor: WaitDoctor): Room {
  const subject = subjectOf(doctor.id)
  return { doctor, subject, readyMs: 0, row: 0, drift: 1, samples: new Map(), endsMs: undefined, late: 0 }
}

/** The standard normal distribution at a share, by Tukey's lambda: close enough for a day's mood. */
function normal(share: number): number {
  const at = Math.min(1 - 1e-6, Math.max(1e-6, share))
  return (at ** 0.135 - (1 - at) ** 0.135) / 0.1975
}

const pauseLimit = (pauses: Lengths): number => pauses.values.at(-1) ?? 0
