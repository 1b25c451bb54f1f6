import i18next, { type TFunction } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '../../resources/translations/en.json' with { type: 'json' }
import { apart } from './direction.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

export type Language = 'en' | 'bn' | 'ar'

const RIGHT_TO_LEFT: readonly Language[] = ['ar']

// Further languages are one file each, loaded when somebody reads them.
const translations = import.meta.glob<{ default: typeof en }>([
  '../../resources/translations/*.json',
  '!../../resources/translations/en.json',
])

/** The languages that there are words for. */
export const languages: readonly Language[] = (['en', 'bn', 'ar'] as const).filter(
  (language) => language === 'en' || `../../resources/translations/${language}.json` in translations,
)

export async function startTranslations() {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes; what is put into a sentence is only kept apart from its direction.
    interpolation: { escapeValue: true, escape: apart, useRawValueToEscape: true },
    returnNull: false,
  })
}

const KEPT_KEY = 'anteroom.language'

/** For whoever has not signed in yet: what was read last at this computer, at first the language of the computer itself. */
export function languageHere(): Language {
  const wished = [localStorage.getItem(KEPT_KEY), ...navigator.languages.map((each) => each.slice(0, 2))]
  const known = wished.flatMap((each) => languages.filter((language) => language === each))
  return known[0] ?? 'en'
}

export async function changeLanguage(language: Language) {
  const load = translations[`../../resources/translations/${language}.json`]
  if (load && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await load()).default)
  }
  localStorage.setItem(KEPT_KEY, language)
  document.documentElement.lang = language
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr'
  await i18next.changeLanguage(language)
}

/** The English words: the shape of every translation. */
export type Words = typeof en

/** Words outside a component; within one, `useTranslation`. */
export const t: TFunction = i18next.t

export const currentLanguage = (): string => i18next.language
