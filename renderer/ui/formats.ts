import { readMoney } from '../../rules/typed-money.ts'

export type Format = ReturnType<typeof formatsFor>

/** U5: the clinic's own zone and currency, 24 hours, dd-MMM-yyyy, whatever the computer is set to. */
export function formatsFor(language: string, timeZone: string, currency: string) {
  // Western digits in every language: tickets, times and money are read out and typed in again.
  const locale = `${language}-u-nu-latn`
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const month = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short' })
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' })
  const localDay = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const amount = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const signed = new Intl.NumberFormat(locale, { ...amount.resolvedOptions(), signDisplay: 'always' })
  const decimals = amount.resolvedOptions().maximumFractionDigits ?? 2
  const unit = 10 ** decimals
  // Not of the currency: one without decimals shows no sign.
  const sign = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value
  const decimal = sign === ',' ? ',' : '.'

  /** 2026-11-20 -> 20-Nov-2026. */
  const day = (text: string): string => {
    const date = new Date(`${text}T00:00:00Z`)
    return `${text.slice(8, 10)}-${month.format(date)}-${text.slice(0, 4)}`
  }
  const dayOfInstant = (at: string | number): string => localDay.format(new Date(at))
  return {
    day,
    dayOfInstant,
    weekday: (text: string) => weekday.format(new Date(`${text}T00:00:00Z`)),
    /** 2026-11-20 -> 20-Nov. */
    shortDay: (text: string) => day(text).slice(0, -5),
    dayWithWeekday: (text: string) => `${weekday.format(new Date(`${text}T00:00:00Z`))} ${day(text)}`,
    time: (at: string | number) => clock.format(new Date(at)),
    dateAndTime: (at: string) => `${day(dayOfInstant(at))} ${clock.format(new Date(at))}`,
    money: (minor: number) => amount.format(minor / unit),
    /** With its sign: −৳500.00 and +৳500.00. */
    signedMoney: (minor: number) => signed.format(minor / unit).replace('-', '−'),
    decimals,
    /** What a person typed as an amount, in minor units; `undefined` when it is none, or not clear. */
    parseMoney: (text: string): number | undefined => readMoney(text, { decimal, decimals }),
    plainMoney: (minor: number) => (minor / unit).toFixed(decimals).replace('.', decimal),
  }
}
