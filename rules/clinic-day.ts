import { Temporal } from 'temporal-polyfill'
import { instantMs, isoInstant } from './instants.ts'

type DayInMs = { day: string; fromMs: number; toMs: number }

const MEMO_LIMIT = 64
// The hub asks for the clinic day at every check-in; the answer is nearly always the day it gave last.
const lastDayFound = new Map<string, DayInMs>()

/**
 * The clinic day (`YYYY-MM-DD`) that an instant belongs to: it begins at the turnover, clinic time (Q2).
 * Safe across summer time and across days that a zone leaves out.
 * Throws RangeError for an unknown zone or malformed text.
 */
export function clinicDay(now: string, timeZone: string, turnover: string): string {
  const ms = instantMs(now)
  const key = `${timeZone}|${turnover}`
  const known = lastDayFound.get(key)
  if (known && ms >= known.fromMs && ms < known.toMs) return known.day
  const found = findDay(ms, timeZone, turnover)
  if (lastDayFound.size >= MEMO_LIMIT) lastDayFound.clear()
  lastDayFound.set(key, found)
  return found.day
}

function findDay(ms: number, timeZone: string, turnover: string): DayInMs {
  let day = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  for (;;) {
    const { from, to } = dayBounds(day, timeZone, turnover)
    const fromMs = instantMs(from)
    const toMs = instantMs(to)
    if (ms < fromMs) day = addDays(day, -1)
    else if (ms >= toMs) day = addDays(day, 1)
    else return { day, fromMs, toMs }
  }
}

/** The instants between which a clinic day is open: `from` belongs to it, `to` is the next day's first (Q2). */
export function dayBounds(day: string, timeZone: string, turnover: string): { from: string; to: string } {
  return { from: zonedInstant(day, turnover, timeZone), to: zonedInstant(addDays(day, 1), turnover, timeZone) }
}

/**
 * The instant at which the clocks of a zone show `HH:MM` on a day. A time that summer time leaves out is taken as
 * long after the change as it lies in the gap (02:30 becomes 03:30); of a time shown twice, the first.
 * Throws RangeError for a malformed day or time.
 */
export function zonedInstant(day: string, time: string, timeZone: string): string {
  const local = Temporal.PlainDateTime.from(`${day}T${time}`)
  return isoInstant(local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds)
}

/** What the clocks of a zone show at an instant, as `HH:MM` on the 24-hour clock (U5). */
export function localTime(instant: string, timeZone: string): string {
  const ms = instantMs(instant)
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainTime().toString().slice(0, 5)
}

/** The day `count` days after (before, when negative) a `YYYY-MM-DD` day. Throws RangeError for a malformed day. */
export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString()
}

/** Whole days from one `YYYY-MM-DD` day to another, negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days
}

/** Day of the week by ISO-8601: 1 is Monday, 7 is Sunday. Throws RangeError for a malformed day. */
export function weekday(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek
}
