import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'

type Texts = { [key: string]: string | Texts }

const texts: z.ZodType<Texts> = z.lazy(() => z.record(z.string(), z.union([z.string(), texts])))
const folder = join(import.meta.dirname, '../../resources/translations')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const others = files.filter((name) => name !== 'en.json').map((name) => name.replace('.json', ''))

const wordsOf = (language: string): Map<string, string> =>
  new Map(flat(texts.parse(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')))))

const flat = (tree: Texts, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : flat(value, `${before}${key}.`),
  )

/** What is the same in every language: names, keys of the keyboard, units, formats, the menus of another maker. */
const NAMES = [
  'Settings › Network & internet',
  'Windows Security › Firewall & network protection › Allow an app',
  'Private network',
  'Public network',
  'docs/operations.md',
  ...['language=en', 'bn', 'ar', 'anteroom', 'Anteroom', 'Windows', 'Wi-Fi', 'VPN', 'mDNS', 'QR', 'tcp', 'udp'],
  ...['Ctrl', 'Enter', 'K', 'L', 'F4', 'F6', 'F8', '7m', '001', 'CSV', 'JPEG', 'PNG', 'WebP', 'PDF', 'PIN'],
  ...['NEWS2', 'SpO2', 'ACVPU', 'MB', 'kB', 'min', 'l/min', 'mmHg', '°C', 'kg', 'cm', 'mmol/l'],
]
const escaped = NAMES.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
const names = new RegExp(`(?<![A-Za-z0-9])(?:${escaped.join('|')})(?![A-Za-z0-9])`, 'g')

const PLACES = /\{\{[^}]*\}\}|\$t\([^)]*\)|<\/?\w+\s*\/?>/g
const placesOf = (text: string): string[] => [...new Set(text.match(PLACES) ?? [])].sort()
/** The words themselves: without what a program fills in, and without names. */
const bare = (text: string): string => text.replace(PLACES, ' ').replace(names, ' ')

const hasLetters = (text: string): boolean => /\p{L}/u.test(text)

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script_Extensions=Arabic}/u,
  bn: /\p{Script_Extensions=Bengali}/u,
}

const PLURAL = /^(.*)_(zero|one|two|few|many|other)$/
const english = wordsOf('en')
/** `x` of `x_two`: English has plural forms of it too, or counts in it. A key that merely ends like that is none. */
const pluralOf = (key: string): string | undefined => {
  const stem = PLURAL.exec(key)?.[1]
  if (stem === undefined) return undefined
  const forms = english.has(`${stem}_one`) && english.has(`${stem}_other`)
  return forms || english.get(stem)?.includes('{{count}}') ? stem : undefined
}
const englishOf = (key: string): string =>
  english.get(key) ?? english.get(`${pluralOf(key)}_other`) ?? english.get(pluralOf(key) ?? '') ?? ''

/** The keys that a language needs: English ones, with the plural forms of that language. */
function keysFor(language: string, translated: ReadonlyMap<string, string>): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
  const keys = [...english].flatMap(([key, text]) => {
    // Where one form is enough in English, another language may need several.
    const counts = text.includes('{{count}}') && translated.has(`${key}_other`)
    const stem = counts ? key : pluralOf(key)
    // i18next asks for `_zero` in every language, when there is one.
    if (stem === undefined || key.endsWith('_zero')) return [key]
    return pluralCategories.map((form) => `${stem}_${form}`)
  })
  return [...new Set(keys)].sort()
}

/** Whether a plural form is said of one number only, which its words may then say themselves: Arabic has one for two. */
function saysItsNumber(language: string, key: string): boolean {
  const rules = new Intl.PluralRules(language)
  const numbers = Array.from({ length: 200 }, (_, number) => number)
  return numbers.filter((number) => key.endsWith(`_${rules.select(number)}`)).length === 1
}

/** What a program fills in that the translation does not have, or has on its own. */
function wrongPlaces(language: string, [key, text]: readonly [string, string]): string[] {
  const plural = pluralOf(key) !== undefined
  const meant = placesOf(plural ? englishOf(key.replace(PLURAL, '$1_other')) : englishOf(key))
  const here = placesOf(text)
  const mayLack = (place: string): boolean =>
    plural &&
    (key.endsWith('_zero') ||
      !englishOf(key).includes(place) ||
      (place === '{{count}}' && saysItsNumber(language, key)))
  const lacking = meant.filter((place) => !here.includes(place) && !mayLack(place))
  return [...lacking, ...here.filter((place) => !meant.includes(place))]
}

test('U7 the console speaks English, Bengali and Arabic', () => {
  expect(files.sort()).toEqual(['ar.json', 'bn.json', 'en.json'])
})

describe.each(others)('U7 %s', (language) => {
  const translated = wordsOf(language)
  const script = SCRIPTS[language] ?? /\p{L}/u
  /** The keys of the texts of which something is so. */
  const keysWhere = (so: (text: string, inEnglish: string) => boolean): string[] =>
    [...translated].filter(([key, text]) => so(text, englishOf(key))).map(([key]) => key)

  test('has every text, in every plural form that the language has, and none besides', () => {
    const needed = keysFor(language, translated)
    expect(needed.filter((key) => !translated.has(key))).toEqual([])
    // The one form of English may stand beside the forms of the language.
    const besides = [...translated.keys()].filter((key) => !needed.includes(key) && !english.has(key))
    expect(besides).toEqual([])
  })

  test('every text has the places that a program fills in, and the same tags', () => {
    const wrong = [...translated].map((text) => [text[0], ...wrongPlaces(language, text)])
    expect(wrong.filter(({ length }) => length > 1)).toEqual([])
  })

  test('no text is empty, and none is English', () => {
    expect(keysWhere((text, inEnglish) => text.trim() === '' && inEnglish !== '')).toEqual([])
    expect(keysWhere((text, inEnglish) => text === inEnglish && hasLetters(bare(text)))).toEqual([])
  })

  test('every word is in the letters of the language, but for names and units', () => {
    const foreign = (text: string) => (bare(text).match(/\p{L}/gu) ?? []).filter((letter) => !script.test(letter))
    expect(keysWhere((text) => foreign(text).length > 0)).toEqual([])
    expect(keysWhere((text, inEnglish) => hasLetters(bare(inEnglish)) && !script.test(text))).toEqual([])
  })
})
