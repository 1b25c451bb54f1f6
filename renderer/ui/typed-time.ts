import { asciiDigits } from '../../rules/digits.ts'

/** `9`, `930`, `9.30` or `09:30` as `09:30`; `undefined` when it is no time of a day. */
export function timeFrom(typed: string): string | undefined {
  const text = asciiDigits(typed).trim()
  const [, hours, minutes = '0'] = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text) ?? []
  if (!hours || Number(hours) > 23 || Number(minutes) > 59) return undefined
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`
}
