import { nameWords } from './patient-names.ts'

// Below this, two words are different names (Rahim, Karim), however many letters they share.
const SAME_WORD = 0.8
// A word that the longer name has in excess (a middle name, a title) counts half.
const MISSING_WORD = 0.5
const MOST_WORDS = 8

/**
 * P3: how far two names are apart, 0 (the same words in any order, with or without diacritics) to 1 (nothing alike, or
 * one has no word). Each word of the shorter name is paired with a word of the other so that the whole is likest
 * (Jaro-Winkler); longer words weigh more. Symmetric.
 */
export function nameDistance(a: string, b: string): number {
  const words = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length)
  const [fewer = [], more = []] = words
  const total = letters(fewer) + letters(more)
  if (fewer.length === 0) return 1
  const { score, paired } = bestPairing(fewer, more, 0, 0, new Map())
  return paired === 0 ? 1 : Math.max(0, Math.round((1 - score / total) * 1e6) / 1e6)
}

type Pairing = { score: number; paired: number }

/** The likeliest pairing of the words from `index` on with those of `more` whose bit in `used` is not set. */
function bestPairing(
  fewer: string[],
  more: string[],
  index: number,
  used: number,
  known: Map<number, Pairing>,
): Pairing {
  const word = fewer[index]
  if (word === undefined) {
    const missing = more.filter((_, position) => !(used & (1 << position)))
    // Names of as many words that don't pair contradict each other; a longer one may only say more.
    return { score: more.length > fewer.length ? letters(missing) * MISSING_WORD : 0, paired: 0 }
  }
  const key = index * (1 << MOST_WORDS) + used
  const before = known.get(key)
  if (before) return before
  let best = bestPairing(fewer, more, index + 1, used, known)
  more.forEach((other, position) => {
    const alike = used & (1 << position) ? 0 : likeness(word, other)
    if (alike === 0) return
    const rest = bestPairing(fewer, more, index + 1, used | (1 << position), known)
    const score = rest.score + alike * (word.length + other.length)
    if (score > best.score) best = { score, paired: rest.paired + 1 }
  })
  known.set(key, best)
  return best
}

function likeness(a: string, b: string): number {
  if (a === b) return 1
  const similarity = jaroWinkler(a, b)
  return similarity < SAME_WORD ? 0 : similarity
}

/** Jaro-Winkler similarity, 0 to 1 (W. E. Winkler, 1990; prefix of up to 4 letters, scale 0.1). */
function jaroWinkler(a: string, b: string): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const { fromA, fromB } = matchingLetters(a, b, reach)
  const matches = fromA.length
  if (matches === 0) return 0
  const moved = fromA.split('').filter((letter, index) => letter !== fromB[index]).length / 2
  const jaro = (matches / a.length + matches / b.length + (matches - moved) / matches) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

function matchingLetters(a: string, b: string, reach: number): { fromA: string; fromB: string } {
  const taken = new Set<number>()
  let fromA = ''
  for (let index = 0; index < a.length; index += 1) {
    for (let other = Math.max(0, index - reach); other <= index + reach && other < b.length; other += 1) {
      if (taken.has(other) || a[index] !== b[other]) continue
      taken.add(other)
      fromA += a[index]
      break
    }
  }
  return { fromA, fromB: lettersAt(b, taken) }
}

function lettersAt(word: string, positions: ReadonlySet<number>): string {
  return Array.from({ length: word.length }, (_, index) => (positions.has(index) ? word[index] : '')).join('')
}

function wordsOf(name: string): string[] {
  return nameWords(name).sort().slice(0, MOST_WORDS)
}

function letters(words: string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0)
}
