import { asciiDigits } from './digits.ts'

/** How a language writes an amount, and how many decimals its currency has. */
export type MoneySigns = { decimal: '.' | ','; decimals: number }

const SPACES = /[\s'’]/g

/**
 * What a person typed as an amount, in minor units, in any of our digits. `undefined` for what is none, and for what could
 * be two: where a point parts the decimals, "6,00" is neither 6 nor 600, and "6.000" neither 6 nor 6,000.
 */
export function readMoney(text: string, { decimal, decimals }: MoneySigns): number | undefined {
  const group = decimal === '.' ? ',' : '.'
  // The Arabic signs say themselves which they are.
  const plain = asciiDigits(text.trim()).replaceAll('،', ',').replaceAll('٫', decimal).replaceAll('٬', group)
  const [before = '', fraction = '', ...more] = plain.split(decimal)
  const whole = withoutGroups(before.replace(SPACES, ' '), group)
  if (whole === undefined || more.length > 0 || !isFraction(fraction, decimals)) return undefined
  if (plain.includes(decimal) && fraction === '') return undefined
  const minor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  return Number.isSafeInteger(minor) ? minor : undefined
}

/** 1,234,567 and 12,34,567, with one and the same sign. */
function withoutGroups(text: string, sign: '.' | ','): string | undefined {
  if (/^\d+$/.test(text)) return text
  for (const each of [sign, ' ']) {
    const [first = '', ...groups] = text.split(each)
    const last = groups.pop()
    const size = groups.every((one) => /^\d{3}$/.test(one)) ? 3 : 2
    const sound = groups.every((one) => one.length === size && /^\d+$/.test(one)) && /^\d{3}$/.test(last ?? '')
    if (sound && /^\d{1,3}$/.test(first) && first.length <= size) return first + groups.join('') + last
  }
  return undefined
}

/** No more digits than the currency has; zeros after them say nothing, but three could be thousands. */
function isFraction(text: string, decimals: number): boolean {
  if (!/^\d*$/.test(text)) return false
  return text.length <= decimals || (text.length <= 2 && /^0*$/.test(text.slice(decimals)))
}
