import { currentLanguage } from './i18n.ts'

export type SortValue = string | number | null | undefined

/** Numbers by size, words as the reader's language orders them: "Room 2" before "Room 10". */
export function compareValues(one: unknown, other: unknown, language = currentLanguage()): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return collatorOf(language).compare(String(one), String(other))
}

let kept: { language: string; collator: Intl.Collator } | undefined

function collatorOf(language: string): Intl.Collator {
  if (kept?.language !== language)
    kept = { language, collator: new Intl.Collator(language, { numeric: true, sensitivity: 'base' }) }
  return kept.collator
}
