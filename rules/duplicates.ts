import { nameDistance } from './name-distance.ts'
import { fold, samePhone } from './patient-names.ts'

export type Person = {
  /** All parts of the name in any order. */
  name: string
  birthDate: string | null
  birthDateEstimated: boolean
  phones: readonly string[]
  /** Patient, card and document numbers. */
  identifiers: readonly string[]
}

export type DuplicateReason = 'name' | 'birth_date' | 'phone' | 'identifier'
export type Likeness = { score: number; reasons: DuplicateReason[] }

/** Up to this distance two names may be one person's: Rahim is still close to Rahim Uddin Ahmed. */
export const CLOSE_NAME = 0.25

/** Years by which two birth dates may differ when one of them is estimated. */
const ESTIMATE_YEARS = 3

/**
 * P3: whether two records are likely one person's, how sure (0 to 1) and what speaks for it; `undefined` when they are
 * not. It is a warning: a shared identifier is always one; else the names must be close and the birth date or a phone
 * agree, or the names be the same and the birth dates not clearly different. A shared phone alone is no duplicate, nor
 * are close names with a shared phone and clearly different birth dates (a family).
 */
export function likelyDuplicate(a: Person, b: Person): Likeness | undefined {
  const distance = nameDistance(a.name, b.name)
  const close = distance <= CLOSE_NAME
  const dates = compareBirthDates(a, b)
  const phone = a.phones.some((mine) => b.phones.some((theirs) => samePhone(mine, theirs)))
  const identifier = sharesIdentifier(a, b)
  const base = scoreOf({ close, same: distance === 0, dates, phone, identifier })
  if (base === undefined) return undefined
  const reasons: DuplicateReason[] = []
  if (close) reasons.push('name')
  if (dates === 'same') reasons.push('birth_date')
  if (phone) reasons.push('phone')
  if (identifier) reasons.push('identifier')
  return { score: Math.round((base - distance * 0.1) * 1000) / 1000, reasons }
}

type BirthDates = 'same' | 'near' | 'unknown' | 'different'

function scoreOf(found: {
  close: boolean
  same: boolean
  dates: BirthDates
  phone: boolean
  identifier: boolean
}): number | undefined {
  if (found.identifier) return found.close ? 1 : 0.9
  if (!found.close || found.dates === 'different') return undefined
  if (found.dates === 'same') return found.phone ? 0.98 : 0.9
  if (found.phone) return found.dates === 'near' ? 0.85 : 0.8
  if (!found.same) return undefined
  return found.dates === 'near' ? 0.7 : 0.6
}

/**
 * `near`: what mistyping or estimating makes of one date: one of year, month and day differs, month and day are
 * exchanged, or an estimate lies within some years.
 */
function compareBirthDates(a: Person, b: Person): BirthDates {
  if (a.birthDate === null || b.birthDate === null) return 'unknown'
  const [yearA, monthA, dayA] = a.birthDate.split('-')
  const [yearB, monthB, dayB] = b.birthDate.split('-')
  if (a.birthDateEstimated || b.birthDateEstimated) {
    return Math.abs(Number(yearA) - Number(yearB)) <= ESTIMATE_YEARS ? 'near' : 'different'
  }
  const agreeing = [yearA === yearB, monthA === monthB, dayA === dayB].filter(Boolean).length
  if (agreeing === 3) return 'same'
  const exchanged = yearA === yearB && monthA === dayB && dayA === monthB
  return exchanged || (agreeing === 2 && Math.abs(Number(yearA) - Number(yearB)) <= 10) ? 'near' : 'different'
}

function sharesIdentifier(a: Person, b: Person): boolean {
  const mine = new Set(a.identifiers.map(plainIdentifier).filter((identifier) => identifier !== ''))
  return b.identifiers.some((identifier) => mine.has(plainIdentifier(identifier)))
}

function plainIdentifier(identifier: string): string {
  return fold(identifier).replace(/[^\p{L}\p{N}]/gu, '')
}
