import type { RulePack } from '../contract/rule-packs.ts'
import { type Review, type Risk, type RiskSubject, review, type Vitals } from '../contract/triage.ts'
import type { Urgency } from '../contract/visits.ts'
import { highestAlert } from './risk-alert.ts'
import { findingsOf } from './risk-findings.ts'
import { scoreVitals } from './risk-score.ts'
import { missingFor } from './rule-pack-rows.ts'
import { choosePacks } from './rule-packs.ts'
import { highestLevel, isAbove } from './triage-level.ts'

/**
 * T3, T4: what the rule packs in force say of a patient's vitals: the page asks as the nurse types, the hub when they are
 * kept. Several packs may look; the highest level counts, and none lowers. Decision support, not diagnosis (T6).
 * Throws RangeError for values that are no whole numbers, and for packs that can't be in force together.
 */
export function assessRisk(vitals: Vitals, subject: RiskSubject, inForce: readonly RulePack[]): Risk {
  const { score: scorePack, blocked, levels } = choosePacks(subject, inForce)
  const score = scorePack ? scoreVitals(scorePack, vitals) : null
  const findings = levels.flatMap((pack) => findingsOf(pack, vitals))
  const packs = [...(scorePack ? [scorePack] : []), ...levels]
  const levelFrom = (pack: RulePack): Urgency | null =>
    pack.kind === 'score'
      ? (score?.level ?? null)
      : highestLevel(findings.filter((finding) => finding.pack.id === pack.id).map(({ level }) => level))
  return {
    score,
    blocked,
    pregnancyNotKnown: score !== null && subject.pregnancy === 'not_known' && subject.sex !== 'male',
    findings,
    packs: packs.map((pack) => packUsed(pack, vitals)),
    complete: packs.length > 0 && packs.every((pack) => missingFor(pack, vitals).length === 0),
    level: highestLevel(packs.map(levelFrom)),
    review: soonest([score?.review ?? null, ...findings.map((finding) => finding.review)]),
    alert: highestAlert(packs.map((pack) => alertOf(pack, levelFrom(pack)))),
  }
}

function packUsed(pack: RulePack, vitals: Vitals): Risk['packs'][number] {
  const { id, version, title, acknowledgement } = pack
  const sources = pack.sources.map((source) => `${source.publisher}: ${source.title} (${source.year})`)
  return { id, version, title, acknowledgement, sources, missing: missingFor(pack, vitals) }
}

/** L2: the highest alert whose threshold the level has reached. */
function alertOf(pack: RulePack, level: Urgency | null): Risk['alert'] {
  if (level === null) return null
  return highestAlert(pack.alerts.filter((alert) => !isAbove(alert.level, level)).map(({ severity }) => severity))
}

function soonest(reviews: readonly (Review | null)[]): Review | null {
  return review.options.toReversed().find((each) => reviews.includes(each)) ?? null
}
