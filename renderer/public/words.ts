import type en from '../../resources/translations/public/en.json'
import type { Language } from '../ui/i18n.ts'

// The public pages' own words: a phone loads one language, and no library for it.

export type Words = typeof en
export type Key = keyof Words

export const LANGUAGES = { en: 'English', bn: 'বাংলা', ar: 'العربية' } as const satisfies Record<Language, string>

const loaders: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import('../../resources/translations/public/en.json'),
  bn: () => import('../../resources/translations/public/bn.json'),
  ar: () => import('../../resources/translations/public/ar.json'),
}

const KEPT = 'anteroom-language'

let words: Words | undefined
let current: Language = 'en'

export const language = (): Language => current

/** The words of a language, with its direction. Latin digits everywhere, as on the paper and over the door. */
export const locale = (): string => `${current}-u-nu-latn`

export async function speak(wanted: Language): Promise<void> {
  words = (await loaders[wanted]()).default
  current = wanted
  document.documentElement.lang = wanted
  document.documentElement.dir = wanted === 'ar' ? 'rtl' : 'ltr'
}

/** What was chosen on this phone before, else the phone's own language, else the clinic's. */
export function usualLanguage(clinics: Language): Language {
  const known = (text: string): Language | undefined => (text in LANGUAGES ? (text as Language) : undefined)
  const phones = navigator.languages.map((each) => known(each.slice(0, 2).toLowerCase()))
  return known(kept()) ?? phones.find((each) => each !== undefined) ?? clinics
}

export function keepLanguage(chosen: Language): void {
  try {
    localStorage.setItem(KEPT, chosen)
  } catch {
    // A phone that keeps nothing is asked again the next time.
  }
}

function kept(): string {
  try {
    return localStorage.getItem(KEPT) ?? ''
  } catch {
    // As above.
    return ''
  }
}

type Values = Record<string, string | number>

/** The words of a key; `{{name}}` is put in. With a `count` its plural, by the rules of the language. */
export function t(key: Key, values: Values = {}): string {
  return (words?.[key] ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** The plural of a key, by the rules of the language: `before` with 3 is `before_few` in Arabic. */
export function plural(key: 'before', count: number): string {
  return t(`${key}_${new Intl.PluralRules(current).select(count)}`, { count })
}
