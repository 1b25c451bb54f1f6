import ar from '../../resources/translations/board/ar.json' with { type: 'json' }
import bn from '../../resources/translations/board/bn.json' with { type: 'json' }
import en from '../../resources/translations/board/en.json' with { type: 'json' }

export type Language = 'en' | 'bn' | 'ar'
export type Words = { [Key in keyof typeof en]: string }

// All three at once: they are smaller than a translation library, and a screen asks for nothing later.
const words = { en, bn, ar } satisfies Record<Language, Words>

export const wordsOf = (language: Language): Words => words[language]

export const isLanguage = (text: string | null): text is Language => text !== null && text in words

/** Puts values where a text has `{{name}}`. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
