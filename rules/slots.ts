import { Temporal } from 'temporal-polyfill'
import { addDays, dayBounds, weekday } from './clinic-day.ts'
import { instantMs, isoInstant, MINUTE_MS } from './instants.ts'
import type { SpanMs } from './on-duty.ts'

/** A stretch of time between two instants; the second no longer belongs to it. */
export type Span = { from: string; to: string }
export type Booking = { startsAt: string; endsAt: string }
/** A4: a slot being booked; without `expiresAt` it counts for as long as it is passed. */
export type Hold = Booking & { expiresAt?: string }
export type Session = { weekday: number; startsAt: string; endsAt: string }
export type Slot = { startsAt: string; endsAt: string; free: number }

export type SlotQuestion = {
  /** The clinic day (Q2), `YYYY-MM-DD`, in which the slots begin. */
  day: string
  timeZone: string
  /** When the clinic day begins; what a session has before it belongs to the clinic day before. */
  turnover: string
  sessions: readonly Session[]
  leaves: readonly Span[]
  closures: readonly Span[]
  serviceMinutes: number
  capacity: number
  booked: readonly Booking[]
  holds?: readonly Hold[]
  now: string
}

/** A2: the cells in which the database counts bookings, in milliseconds. */
const CELL_MS = 5 * MINUTE_MS

/**
 * A1: the slots that begin in a doctor's clinic day (Q2), in order of time: each session cut to the service's length from
 * its start, without those that have begun and those that touch a leave or a closure. `free` is what the capacity leaves
 * in the fullest of the slot's 5-minute cells, and 0 in a full slot, which is kept so that it can be shown and overbooked
 * (A3).
 * Overbooked appointments and live holds (A4) take capacity like any other: the doctor is as busy with them.
 * A session that ends before it starts goes on past midnight. Where summer time begins or ends inside a session, slots
 * follow real time: none lies in the hour that is left out.
 * Throws RangeError when the service's length or a session's start is no multiple of 5 minutes.
 */
export function availableSlots(question: SlotQuestion): Slot[] {
  if (question.serviceMinutes <= 0) throw new RangeError(`Not a length: ${question.serviceMinutes} minutes`)
  const length = wholeCells(question.serviceMinutes * MINUTE_MS)
  const nowMs = instantMs(question.now)
  const open = boundsMs(question)
  const closed = [...question.leaves, ...question.closures].map(({ from, to }) => spanMs(from, to))
  const load = concurrency(question, nowMs)
  const slots = new Map<number, Slot>()
  for (const session of sessionsOn(question)) {
    for (let from = wholeCells(session.from); from + length <= session.to; from += length) {
      const slot = { from, to: from + length }
      if (from < nowMs || from < open.from || from >= open.to) continue
      if (closed.some((span) => overlap(span, slot))) continue
      const free = Math.max(0, question.capacity - Math.max(...cellStarts(slot).map((cell) => load.get(cell) ?? 0)))
      slots.set(from, { startsAt: isoInstant(from), endsAt: isoInstant(slot.to), free })
    }
  }
  return [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot)
}

/**
 * A2: the 5-minute cells, as instants, that a booking occupies: 09:00 to 09:20 gives four. The database keeps them
 * unique for each doctor and place of capacity. Throws RangeError when start or end is no multiple of 5 minutes, or the
 * end is not after the start.
 */
export function cellsOf(startsAt: string, endsAt: string): string[] {
  const span = spanMs(startsAt, endsAt)
  if (span.to <= span.from) throw new RangeError(`Ends before it starts: ${startsAt} to ${endsAt}`)
  wholeCells(span.from)
  wholeCells(span.to)
  return cellStarts(span).map(isoInstant)
}

/** A2: up to `count` slots with room, the nearest to the wanted start first, of two as near the earlier. */
export function nearestFree(slots: readonly Slot[], wanted: string, count: number): Slot[] {
  const wantedMs = instantMs(wanted)
  return slots
    .filter((slot) => slot.free > 0)
    .map((slot) => ({ slot, startMs: instantMs(slot.startsAt) }))
    .sort((a, b) => Math.abs(a.startMs - wantedMs) - Math.abs(b.startMs - wantedMs) || a.startMs - b.startMs)
    .slice(0, count)
    .map(({ slot }) => slot)
}

type ClinicDay = Pick<SlotQuestion, 'day' | 'timeZone' | 'turnover'>

/**
 * A1: the sessions that have a part in a clinic day, each whole, in milliseconds since the epoch. A session's weekday is
 * the calendar's: one from Saturday 00:00 is worked in Friday's clinic day until the turnover, in Saturday's after it.
 */
export function sessionsOn(question: ClinicDay & Pick<SlotQuestion, 'sessions'>): SpanMs[] {
  const open = boundsMs(question)
  return [-1, 0, 1]
    .flatMap((days) => sessionsFrom({ ...question, day: addDays(question.day, days) }))
    .filter((session) => session.from < session.to && overlap(session, open))
}

/** The sessions that begin on a calendar day; one that ends before it starts goes on past midnight. */
function sessionsFrom({ day, timeZone, sessions }: Pick<SlotQuestion, 'day' | 'timeZone' | 'sessions'>): SpanMs[] {
  const today = weekday(day)
  return sessions
    .filter((session) => session.weekday === today && session.startsAt !== session.endsAt)
    .map(({ startsAt, endsAt }) => ({
      from: wallClockMs(day, startsAt, timeZone),
      to: wallClockMs(endsAt < startsAt ? addDays(day, 1) : day, endsAt, timeZone),
    }))
}

function boundsMs({ day, timeZone, turnover }: ClinicDay): SpanMs {
  const { from, to } = dayBounds(day, timeZone, turnover)
  return spanMs(from, to)
}

/** A time that summer time leaves out is the moment of the change, so that no session reaches past its own clock. */
function wallClockMs(day: string, time: string, timeZone: string): number {
  const local = Temporal.PlainDateTime.from(`${day}T${time}`)
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds
  const before = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return (before.getTimeZoneTransition('next') ?? zoned).epochMilliseconds
}

/** How many bookings and live holds lie in each cell. */
function concurrency({ booked, holds = [] }: SlotQuestion, nowMs: number): Map<number, number> {
  const load = new Map<number, number>()
  const live = holds.filter((hold) => hold.expiresAt === undefined || instantMs(hold.expiresAt) > nowMs)
  for (const { startsAt, endsAt } of [...booked, ...live]) {
    for (const cell of cellStarts(spanMs(startsAt, endsAt))) load.set(cell, (load.get(cell) ?? 0) + 1)
  }
  return load
}

/** Every cell that a span touches. */
function cellStarts({ from, to }: SpanMs): number[] {
  const first = Math.floor(from / CELL_MS)
  const count = Math.ceil(to / CELL_MS) - first
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * CELL_MS)
}

function wholeCells(ms: number): number {
  if (!Number.isInteger(ms / CELL_MS)) throw new RangeError('Not a multiple of 5 minutes')
  return ms
}

function spanMs(from: string, to: string): SpanMs {
  return { from: instantMs(from), to: instantMs(to) }
}

function overlap(a: SpanMs, b: SpanMs): boolean {
  return a.from < b.to && b.from < a.to
}
