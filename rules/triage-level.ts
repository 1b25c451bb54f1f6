import { type Urgency, urgency } from '../contract/visits.ts'

/** T1: the five levels, most urgent first; the index is the rank. */
const LEVELS = urgency.options

/** T1: whether `one` is more urgent than `other`. */
export function isAbove(one: Urgency, other: Urgency): boolean {
  return LEVELS.indexOf(one) < LEVELS.indexOf(other)
}

/** T1: the most urgent of the levels; `null` stands for none, and is the answer when there is none. */
export function highestLevel(levels: readonly (Urgency | null)[]): Urgency | null {
  return levels.reduce<Urgency | null>((highest, level) => {
    if (level === null) return highest
    return highest === null || isAbove(level, highest) ? level : highest
  }, null)
}

/** T1: what the rules make of a level: they only raise. `null`: they ask for nothing. */
export function raisedLevel(present: Urgency, asked: Urgency | null): Urgency {
  return asked !== null && isAbove(asked, present) ? asked : present
}

export type LevelChoice = {
  /** What the visit has now. */
  present: Urgency
  /** Whether anybody ever decided on it: untriaged counts as `standard` (Q5), and that is nobody's decision. */
  triaged: boolean
  /** What the rule packs ask for at least. */
  asked: Urgency | null
  chosen: Urgency
}

/**
 * T1: whether a choice lowers the level: below what somebody gave, or below what the rules ask for. What an untriaged
 * patient has above `standard`, reception raised; that counts as given.
 */
export function lowers({ present, triaged, asked, chosen }: LevelChoice): boolean {
  const given = triaged || isAbove(present, 'standard') ? present : 'non_urgent'
  return isAbove(raisedLevel(given, asked), chosen)
}

/** T1: what is missing for a choice; `undefined` when it may be made. Lowering needs a named clinician and a reason. */
export function levelObstacle(
  choice: LevelChoice,
  by: { isClinician: boolean; reason: string | null },
): 'needs_clinician' | 'needs_reason' | undefined {
  if (!lowers(choice)) return undefined
  if (!by.isClinician) return 'needs_clinician'
  return by.reason?.trim() ? undefined : 'needs_reason'
}
