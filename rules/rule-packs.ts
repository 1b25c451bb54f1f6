import type { LevelPack, RulePack, ScorePack } from '../contract/rule-packs.ts'
import type { BlockedReason, RiskSubject } from '../contract/triage.ts'
import { isWithin, type Months, monthsOf, overlap } from './risk-age.ts'

export type ChosenPacks = {
  score: ScorePack | undefined
  /** Why there is no score; empty when there is one. */
  blocked: BlockedReason[]
  levels: LevelPack[]
}

/**
 * T3, T4: the packs that look at this patient. Points are added up only for who is surely in the score's ages and neither
 * pregnant nor within 6 weeks after birth; otherwise `blocked` says every reason. Packs that raise the level are taken
 * when they may apply: they can do no harm but to be careful. Without an age, only those for any age are.
 * Throws RangeError when two scores, or two versions of one pack, are in force.
 */
export function choosePacks(subject: RiskSubject, inForce: readonly RulePack[]): ChosenPacks {
  const ids = inForce.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice) throw new RangeError(`Two versions of a rule pack are in force: ${twice}`)
  const months = monthsOf(subject)
  const levels = inForce.filter((pack) => pack.kind === 'levels').filter((pack) => looksAt(pack, subject, months))
  const scores = inForce.filter((pack) => pack.kind === 'score')
  if (scores.length > 1) throw new RangeError(`Two scores are in force: ${scores.map(({ id }) => id).join(', ')}`)
  const [score] = scores
  if (!score) return { score, blocked: [], levels }
  const blocked = blockedFor(score, subject, months)
  return { score: blocked.length === 0 ? score : undefined, blocked, levels }
}

function looksAt({ appliesTo }: LevelPack, { pregnancy }: RiskSubject, months: Months | undefined): boolean {
  if (!appliesTo.pregnancy.includes(pregnancy)) return false
  return appliesTo.ageMonths === null || (months !== undefined && overlap(months, appliesTo.ageMonths))
}

function blockedFor({ appliesTo }: ScorePack, subject: RiskSubject, months: Months | undefined): BlockedReason[] {
  const { ageMonths } = appliesTo
  const { pregnancy } = subject
  const blocked: BlockedReason[] = []
  if (months === undefined) blocked.push('age_not_known')
  else if (ageMonths !== null && !isWithin(months, ageMonths)) blocked.push('under_16')
  if (pregnancy === 'pregnant' || pregnancy === 'after_birth') blocked.push(pregnancy)
  return blocked
}
