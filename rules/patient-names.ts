import { asciiDigits } from './digits.ts'

// What Unicode's decomposition leaves as it is, though people type it plainly.
const PLAIN_LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  // Arabic: alif wasla, alif maqsura, ta marbuta; the Persian and Urdu forms of ya, kaf and ha.
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  // Bengali: khanda ta is ta without a vowel; Assamese ra.
  ৎ: 'ত\u09cd',
  ৰ: 'র',
}
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu')

// Combining marks of Latin, Greek and Cyrillic; Arabic harakat, hamza above and below, Koran marks, tatweel.
const ALPHABET_MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g
// Bengali nukta, chandrabindu and visarga (মোঃ is also typed মো: and মো.); joiners and other invisible format characters.
const BENGALI_MARKS = /[\u0981\u0983\u09bc]/g
const INVISIBLE = /\p{Cf}/gu
// Vowel signs, hasanta and the au length mark: আক্তার and আকতার.
const BENGALI_VOWEL_SIGNS = /[\u09be-\u09c4\u09c7\u09c8\u09cb-\u09cd\u09d7]/g
const APOSTROPHES = /['’‘ʼʿʾ`´]/g

/**
 * P2: text as the search compares it: lower case, without diacritics, with one form for letters that are written in
 * several, in Latin, Bengali and Arabic; digits in ASCII; single spaces. Bengali vowel signs stay. Folding twice changes
 * nothing more.
 */
export function fold(text: string): string {
  let folded = text
  // Removing a mark can bring two characters together that compose or fold further.
  for (;;) {
    const again = foldOnce(folded)
    if (again === folded) return folded
    folded = again
  }
}

function foldOnce(text: string): string {
  const marksGone = text
    // Spacing accents are apostrophes to whoever types them, but decompose into a space.
    .replace(APOSTROPHES, "'")
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .replace(ALPHABET_MARKS, '')
    .replace(ARABIC_MARKS, '')
    .replace(BENGALI_MARKS, '')
  return asciiDigits(marksGone)
    .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
}

/** P2: `fold` without Bengali vowel signs and hasanta, for who types only the consonants; else the same as `fold`. */
export function foldLoose(text: string): string {
  return fold(fold(text).normalize('NFD').replace(BENGALI_VOWEL_SIGNS, ''))
}

/** P2: the folded words of a text, each once, in its order. O'Brien is one word, Al-Amin two. */
export function searchTokens(text: string): string[] {
  return [...new Set(wordsOf(text))]
}

function wordsOf(text: string): string[] {
  return (
    fold(text)
      .replace(APOSTROPHES, '')
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  )
}

/** P2: the digits of a phone number in ASCII, without an international 00. Empty when there are none. */
export function phoneDigits(text: string): string {
  const digits = asciiDigits(text).replace(/\D/g, '')
  return digits.length > LONGEST_NATIONAL_TAIL ? digits.replace(/^00/, '') : digits
}

const LONGEST_NATIONAL_TAIL = 9
const SHORTEST_PHONE = 6

/**
 * P3: whether two phone numbers are one, with or without the country's code: +880 1712 345678 and 01712-345678.
 * Their last 9 digits decide. Too short ones are never the same.
 */
export function samePhone(a: string, b: string): boolean {
  const [tailA, tailB] = [a, b].map((phone) => phoneDigits(phone).slice(-LONGEST_NATIONAL_TAIL))
  return tailA !== undefined && tailA.length >= SHORTEST_PHONE && tailA === tailB
}

/** The folded words of a name with repetitions, for comparing names. */
export function nameWords(name: string): string[] {
  return wordsOf(name)
}
