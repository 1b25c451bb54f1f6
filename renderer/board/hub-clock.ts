// U5: the hub's time in the clinic's zone, whatever the television is set to.
let known = { hub: Date.now(), here: performance.now(), rate: 1 }

export function setHubTime(at: string, rate: number): void {
  known = { hub: Date.parse(at), here: performance.now(), rate }
}

export const hubNow = (): number => known.hub + (performance.now() - known.here) * known.rate

/** How long ago that was on the hub's clock, in milliseconds of this room. */
export const ageOf = (instant: string): number => (hubNow() - Date.parse(instant)) / known.rate

/** 24 hours, and the day in words that can be read across a room. Western digits, as on the tickets. */
export function clockOf(language: string, timeZone: string) {
  const locale = `${language === 'en' ? 'en-GB' : language}-u-nu-latn`
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
  return { time: (at: number) => time.format(at), date: (at: number) => date.format(at) }
}
