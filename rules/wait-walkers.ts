import { drawn, type Lengths, remaining } from './consultation-lengths.ts'
import { subjectOf } from './draws.ts'
import { HOUR_MS } from './instants.ts'
import { isMissed, placeOf, type Standing, standingAt, timesOf } from './queue-standing.ts'
import { isUrgentOrAbove } from './transitions.ts'
import type { Chance } from './wait-draws.ts'
import type { AppointmentToCome, VisitOnHold, WaitingVisit, WaitQuestion } from './wait-question.ts'

/** One who is to be called today, in one playing of the day. */
export type Walker = {
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

/** Those who nobody knows of yet are played for so long. */
const NEWCOMERS_MS = 6 * HOUR_MS

/** Everybody who may be called in the rest of the day: who waits, is on hold, has an appointment, or comes unannounced. */
export function walkersOf(question: WaitQuestion, chance: Chance): Walker[] {
  const { nowMs, doctors } = question
  return [
    ...question.waiting.filter((visit) => !isMissed(visit, question.settings)).map(waitingWalker),
    ...question.onHold.map(heldWalker),
    ...question.toCome.map(comingWalker),
    ...newcomers(),
  ].filter((walker) => walker.drawnBy.some(Boolean))

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
