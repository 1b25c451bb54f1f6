import { drawn, type Lengths, remaining, resampled } from './consultation-lengths.ts'
import { type Draws, subjectOf } from './draws.ts'
import { HOUR_MS } from './instants.ts'
import { afterBreak } from './on-duty.ts'
import { firstOf } from './queue-order.ts'
import { isMissed, moveOn, placeOf, type Standing, standingAt, timesOf } from './queue-standing.ts'
import { isUrgentOrAbove } from './transitions.ts'
import type { AppointmentToCome, VisitOnHold, WaitDoctor, WaitingVisit, WaitQuestion } from './wait-question.ts'

/** One who is to be called today, in one playing of the day. */
type Walker = {
  id: string
  subject: number
  serviceId: string | null
  /** From when they are there. */
  arrivalMs: number
  /** What they have had of their consultation already. */
  hadMs: number
  standing: Standing<WaitingVisit>
  /** Q7: so many calls go by until they count again. */
  skips: number
  /** Which doctors draw them, by index. */
  drawnBy: readonly boolean[]
  calledMs: number | undefined
  /** Whether anybody knows of them yet. */
  known: boolean
  /** Puts them back to what they are when the day is played again. */
  begin(turn: number): void
}

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

// What is drawn for one subject in one turn.
const KINDS = { length: 0, walk: 1, pause: 2, comes: 3, arrives: 4, held: 5, raised: 6, drift: 7 } as const
const FIRST_PLACE = 8
const STRIDE = 64
/** Doctors have slow days and fast ones: how far, as a share of the length, beside what the recent consultations show. */
const DRIFT = 0.1
/** Those who nobody knows of yet are played for so long. */
const NEWCOMERS_MS = 6 * HOUR_MS

/** The rest of a clinic's day, to be played as often as one likes: the same turn goes the same way. */
export function simulationOf(question: WaitQuestion, draws: Draws): (turn: number) => Played {
  const { nowMs, doctors } = question
  const rooms = doctors.map((doctor) => roomOf(doctor))
  const chance = (subject: number, turn: number, kind: keyof typeof KINDS) =>
    draws(subject, turn * STRIDE + KINDS[kind])
  const walkers = [
    ...question.waiting.filter((visit) => !isMissed(visit, question.settings)).map(waitingWalker),
    ...question.onHold.map(heldWalker),
    ...question.toCome.map(comingWalker),
    ...newcomers(),
  ].filter((walker) => walker.drawnBy.some(Boolean))
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
    const lengths = resampled(room.doctor.lengths(serviceId), (place) =>
      draws(subject, turn * STRIDE + FIRST_PLACE + place),
    )
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

  function drawnBy({ doctorId, poolId }: Pick<WaitingVisit, 'doctorId' | 'poolId'>): boolean[] {
    return doctors.map((doctor) => {
      if (doctorId !== null) return doctorId === doctor.id
      return poolId === null || doctor.poolIds.has(poolId)
    })
  }

  function walkerOf(visit: WaitingVisit, hadMs: number): Walker {
    // M2: who has not paid is taken to pay before their turn: so nobody's wait is told too short.
    const standing = standingAt(placeOf(visit, timesOf(visit), question), nowMs)
    return {
      ...{ id: visit.id, subject: subjectOf(visit.id), serviceId: visit.serviceId, drawnBy: drawnBy(visit) },
      ...{
        arrivalMs: Number.NEGATIVE_INFINITY,
        hadMs,
        standing,
        skips: visit.skippedCalls,
        calledMs: undefined,
        known: true,
      },
      begin: () => {},
    }
  }

  function waitingWalker(visit: WaitingVisit): Walker {
    const walker = walkerOf(visit, question.hadMs.get(visit.id) ?? 0)
    const { skippedMs, bySlot } = walker.standing
    walker.begin = (turn) => {
      walker.calledMs = undefined
      walker.skips = visit.skippedCalls
      walker.standing.skippedMs = skippedMs
      triage(walker, turn, bySlot)
    }
    return walker
  }

  function heldWalker({ visit, heldMs, elapsedMs }: VisitOnHold): Walker {
    const walker = walkerOf({ ...visit, nearFront: true }, Math.max(1, elapsedMs))
    walker.begin = (turn) => {
      walker.calledMs = undefined
      walker.arrivalMs = nowMs + remaining(question.custom.holds, heldMs, chance(walker.subject, turn, 'held'))
      place(walker, walker.arrivalMs)
    }
    return walker
  }

  function comingWalker(appointment: AppointmentToCome): Walker {
    const walker = walkerOf(visitOf(appointment, nowMs), 0)
    walker.begin = (turn) => {
      walker.calledMs = undefined
      const { comes, lateMs } = arrivalOf(appointment, walker.subject, turn)
      walker.arrivalMs = comes ? appointment.dueMs + lateMs : Number.POSITIVE_INFINITY
      if (!comes) return
      place(walker, walker.arrivalMs)
      triage(walker, turn, walker.standing.bySlot)
    }
    return walker
  }

  /** Those at `urgent` or above who come before anybody knows of them: they are called before the others. */
  function newcomers(): Walker[] {
    const { urgent, urgentPerHour } = question.custom
    if (urgent.length === 0 || urgentPerHour <= 0) return []
    const most = Math.ceil((urgentPerHour * NEWCOMERS_MS * 2) / HOUR_MS)
    let lastMs = nowMs
    return Array.from({ length: most }, (_, index) => {
      const kind = urgent[index % urgent.length]
      const at = { id: `newcomer ${index}`, doctorId: '', serviceId: '', dueMs: nowMs }
      const walker = walkerOf({ ...visitOf(at, nowMs), ...kind, triaged: true, dueAt: null }, 0)
      walker.known = false
      walker.begin = (turn) => {
        walker.calledMs = undefined
        const gapMs = (-Math.log(1 - chance(walker.subject, turn, 'arrives')) / urgentPerHour) * HOUR_MS
        lastMs = (index === 0 ? nowMs : lastMs) + gapMs
        walker.arrivalMs = lastMs - nowMs < NEWCOMERS_MS ? lastMs : Number.POSITIVE_INFINITY
        if (Number.isFinite(walker.arrivalMs)) place(walker, walker.arrivalMs)
      }
      return walker
    })
  }

  /** A look by the nurse raises some: who was not looked at yet may go before the others. */
  function triage({ standing, subject }: Walker, turn: number, bySlot: boolean): void {
    if (standing.visit.triaged || isUrgentOrAbove(standing.visit.urgency)) return
    const raised = chance(subject, turn, 'raised') < question.custom.raised
    standing.level = raised ? 'urgent' : 'standard'
    standing.bySlot = !raised && bySlot
  }

  /** Drawn from what is still possible: who is late already may never come. */
  function arrivalOf({ dueMs }: AppointmentToCome, subject: number, turn: number) {
    const { missed, offsets } = question.custom
    const beyond = shareBeyond(offsets, nowMs - dueMs)
    const never = missed / (missed + (1 - missed) * beyond || 1)
    const at = chance(subject, turn, 'arrives')
    const comes = beyond > 0 && chance(subject, turn, 'comes') >= never
    return { comes, lateMs: drawn(offsets, 1 - beyond + at * beyond) }
  }

  function place({ standing }: Walker, arrivedMs: number): void {
    const { dueMs, awayMs, skippedMs } = standing
    const times = { arrivedMs, queuedMs: arrivedMs, dueMs, awayMs, skippedMs }
    Object.assign(standing, placeOf(standing.visit, times, question))
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

function shareBeyond({ values, upTo }: Lengths, ms: number): number {
  const first = values.findIndex((value) => value > ms)
  return first < 0 ? 0 : 1 - (first === 0 ? 0 : (upTo[first - 1] ?? 0))
}

/** Somebody who is not there yet, as the order sees them: at `standard`, to be triaged. */
function visitOf({ id, doctorId, serviceId, dueMs }: AppointmentToCome, nowMs: number): WaitingVisit {
  const at = new Date(nowMs).toISOString()
  return {
    ...{
      id,
      ticket: '',
      status: 'waiting',
      urgency: 'standard',
      triaged: false,
      lookedAt: null,
      arrivedAt: at,
      queuedAt: at,
    },
    ...{ dueAt: new Date(dueMs).toISOString(), nearFront: false, notHere: 0, skippedUntil: null, skippedCalls: 0 },
    ...{ awayUntil: null, doctorId, poolId: null, serviceId },
  }
}
