import { asciiDigits } from '../../rules/digits.ts'

/** `07-03-1984`, `7-mar-1984` or `1984-03-07` as a day that exists; `undefined` when it is none. */
export function dayFrom(typed: string, language = 'en'): string | undefined {
  const text = asciiDigits(typed).trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const local = /^(\d{1,2})[-/. ](\d{1,2}|[^\d\s]+)[-/. ](\d{4})$/.exec(text)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : []
  if (!year || !month || !day) return undefined
  const number = /^\d/.test(month) ? Number(month) : (monthNamed(month, language) ?? monthNamed(month, 'en') ?? 0)
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : undefined
}

/** A month by its short name, as days are shown in that language. */
function monthNamed(name: string, language: string): number | undefined {
  const short = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'short' })
  const at = Array.from({ length: 12 }, (_, month) => short.format(Date.UTC(2026, month, 1)).toLowerCase())
  return at.includes(name) ? at.indexOf(name) + 1 : undefined
}
