import { asciiDigits } from './digits.ts'

/** Q3: the letters a queue may have. I, O, Q, S and Z look like digits or like each other. */
export const TICKET_LETTERS = 'ABCDEFGHJKLMNPRTUVWXY'

const HIGHEST_NUMBER = 9999

/**
 * A ticket as it is printed and called: `A014`, above 999 `A1000` (Q3).
 * Throws RangeError for a letter that is not a queue's, or a number outside 1 to 9999.
 */
export function formatTicket(letter: string, number: number): string {
  if (!isTicketLetter(letter)) throw new RangeError(`Not a ticket letter: ${letter}`)
  if (!Number.isInteger(number) || number < 1 || number > HIGHEST_NUMBER) {
    throw new RangeError(`Not a ticket number: ${number}`)
  }
  return letter + String(number).padStart(3, '0')
}

/**
 * Reads a ticket as people type it: any case, with spaces or a hyphen, without leading zeros, in Arabic or Bengali
 * digits. `undefined` when it is not one.
 */
export function parseTicket(text: string): { letter: string; number: number } | undefined {
  const match = /^([A-Z])(\d{1,4})$/.exec(asciiDigits(text).replace(/[\s-]/g, '').toUpperCase())
  const [, letter, digits] = match ?? []
  if (letter === undefined || digits === undefined || !isTicketLetter(letter)) return undefined
  const number = Number(digits)
  return number >= 1 ? { letter, number } : undefined
}

/** The first letter that no queue of the clinic has yet; `undefined` when all 21 are taken. */
export function nextFreeLetter(used: Iterable<string>): string | undefined {
  const taken = new Set(used)
  return [...TICKET_LETTERS].find((letter) => !taken.has(letter))
}

function isTicketLetter(letter: string): boolean {
  return letter.length === 1 && TICKET_LETTERS.includes(letter)
}
