import { locale } from './words.ts'

// U5: 24 hours and the clinic's zone, whatever the phone is set to.

export function clockTime(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale(), { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return format.format(new Date(instant))
}

/** "Friday, 20 November 2026": a day in words is not taken for another one. */
export function dayInWords(instant: string, timeZone: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  const calendar = `${locale()}-ca-gregory`.replace('-u-nu-latn-ca-gregory', '-u-ca-gregory-nu-latn')
  return new Intl.DateTimeFormat(calendar, { timeZone, ...parts }).format(new Date(instant))
}
