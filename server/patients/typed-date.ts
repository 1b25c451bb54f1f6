import { fold } from '../../rules/patient-names.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A date as people type it at a desk: 1984-03-07, 07-03-1984, 7.3.1984, 07/03/1984 or 07-Mar-1984 (day first).
 * `undefined` when it is not a date that exists.
 */
export function birthDateIn(text: string): string | undefined {
  const typed = fold(text)
  const year = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/.exec(typed)
  if (year) return existing(Number(year[1]), Number(year[2]), Number(year[3]))
  const day = /^(\d{1,2})[-./ ](\d{1,2}|[a-z]{3,})[-./ ](\d{4})$/.exec(typed)
  if (!day) return undefined
  const named = MONTHS.indexOf((day[2] ?? '').slice(0, 3)) + 1
  return existing(Number(day[3]), named || Number(day[2]), Number(day[1]))
}

function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : undefined
}
