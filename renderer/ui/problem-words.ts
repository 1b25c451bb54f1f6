import { t } from './i18n.ts'

/** What is wrong with a field, in the reader's language: the contract's sentence is its own key. */
export function problemWords(message: string): string {
  const limit = limitWords(message)
  if (limit) return limit
  const key = message
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  // The schema library's own sentences are for programmers.
  const plain = /^(Invalid|Too|Unrecognized)/.test(message) ? t('problem.unclear') : sentence(message)
  return t(`problem.${key as 'must_not_be_empty'}`, { defaultValue: plain })
}

const LIMIT = /^Too (?:big|small): expected (\w+) to (?:be|have) (<=|>=)(-?\d+(?:\.\d+)?)\b/
const BETWEEN = /^must be between (\S+) and (\S+)$/

/** How long, how much or how many it may be: the one thing that the schema library says well. */
function limitWords(message: string): string | undefined {
  const [, least, most] = BETWEEN.exec(message) ?? []
  if (least && most) return t('problem.between', { least, most })
  const [, kind, side, number] = LIMIT.exec(message) ?? []
  if (!kind || !number) return undefined
  const counted = kind !== 'number' && kind !== 'int'
  if (side === '>=' && counted && number === '1') return t('problem.must_not_be_empty')
  if (kind === 'string') return t(side === '<=' ? 'problem.tooLong' : 'problem.tooShort', { number })
  return t(side === '<=' ? 'problem.tooMuch' : 'problem.tooLittle', { number })
}

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
