import { day } from '../../contract/values.ts'

/** The day of an address, which anybody may have typed: today, unless it is one that exists. */
export function askedDay(asked: string, today: string): string {
  const parsed = day.safeParse(asked)
  return parsed.success ? parsed.data : today
}
