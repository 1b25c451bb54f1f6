import { asciiDigits } from '../../rules/digits.ts'

/** Six digits as they are typed: with a gap in the middle, or in another script. */
export function readDigits(typed: string): string | undefined {
  const digits = asciiDigits(typed).replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}
