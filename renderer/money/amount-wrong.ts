import type { Format } from '../ui/formats.ts'
import { t } from '../ui/i18n.ts'
import { problemWords } from '../ui/problem-words.ts'

/** What is wrong with an amount that was typed: it cannot be read, or is not one up to the most that it may be. */
export const amountWrong = (minor: number | undefined, mostMinor: number, format: Format): string =>
  minor === undefined ? problemWords('must be an amount') : t('money.amountWrong', { most: format.money(mostMinor) })
