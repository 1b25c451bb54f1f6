import { t } from './i18n.ts'

/** What is wrong with a field, in the reader's language: the contract's sentence is its own key. */
export function problemWords(message: string): string {
  const key = message
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  // The schema library's own sentences are for programmers.
  const plain = /^(Invalid|Too|Unrecognized)/.test(message) ? t('problem.unclear') : sentence(message)
  return t(`problem.${key as 'must_not_be_empty'}`, { defaultValue: plain })
}

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
