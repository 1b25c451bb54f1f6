/** Whether the page reads from right to left, as its language does (U7). */
export const isRightToLeft = (): boolean => globalThis.document?.documentElement.dir === 'rtl'

const OTHER_SIDE: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

/**
 * An arrow key as it is meant where the page is written from left to right: onwards is `ArrowRight` in every language,
 * also where the key that points onwards is the left one.
 */
export const readingKey = (key: string): string => (isRightToLeft() ? (OTHER_SIDE[key] ?? key) : key)

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * Words put into a sentence that runs from right to left, kept apart from it: a name, a phone number or an amount is read
 * in its own direction and moves nothing around it (Unicode Bidirectional Algorithm, UAX #9, isolates).
 */
export function apart(value: unknown): string {
  if (typeof value !== 'string' || value === '' || !isRightToLeft()) return String(value ?? '')
  return `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}`
}

type Fact = string | false | null | undefined

/** Says of a row, whatever it begins with, that it runs from right to left. */
const RIGHT_TO_LEFT_MARK = '\u200f'

/** Facts in a row, each in its own direction and in the order of reading: `Dr Chen · Room 2`. What is empty is left out. */
export function inARow(facts: readonly Fact[], between = ' · '): string {
  const row = facts.filter(Boolean).map(apart).join(between)
  return row !== '' && isRightToLeft() ? RIGHT_TO_LEFT_MARK + row : row
}

/** The same with the comma of the page's script. */
export const listed = (facts: readonly Fact[]): string => inARow(facts, isRightToLeft() ? '، ' : ', ')
