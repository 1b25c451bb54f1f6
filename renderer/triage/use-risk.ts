import { useMemo } from 'react'
import type { Patient } from '../../contract/patients.ts'
import type { RulePack } from '../../contract/rule-packs.ts'
import type { Pregnancy, Risk, RiskSubject } from '../../contract/triage.ts'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { assessRisk } from '../../rules/risk.ts'
import { ageMonthsAt } from '../../rules/risk-age.ts'
import { isAbove, lowers, raisedLevel } from '../../rules/triage-level.ts'
import { type TriageDraft, vitalsOf } from './fields.ts'

/** From when to when pregnancy is asked about, in months lived. */
const FERTILE = { from: 10 * 12, below: 60 * 12 }

export type Asked = { ageMonths: number | null; age: boolean; pregnancy: boolean }

/** T3: the questions that this patient needs besides the vital signs. */
export function questionsFor(patient: Patient | undefined, day: string): Asked {
  const ageMonths = patient ? ageMonthsAt(patient, day) : null
  const maybe = ageMonths === null || (ageMonths >= FERTILE.from && ageMonths < FERTILE.below)
  return { ageMonths, age: ageMonths === null, pregnancy: patient?.sex !== 'male' && maybe }
}

/** Who was not asked: a man or a child is not pregnant; of everybody else it is not known. */
export const pregnancyOf = ({ pregnancy: ask }: Asked, draft: TriageDraft): Pregnancy =>
  ask ? (draft.pregnancy ?? 'not_known') : 'no'

/** T3: what the packs in force say while it is typed, by the same code as at the hub. */
export function useRisk(
  draft: TriageDraft,
  { patient, asked, packs }: { patient: Patient | undefined; asked: Asked; packs: readonly RulePack[] | undefined },
): Risk | undefined {
  return useMemo(() => {
    if (!packs) return undefined
    const ageBand = asked.age ? draft.ageBand : null
    const pregnancy = pregnancyOf(asked, draft)
    const subject: RiskSubject = { ageMonths: asked.ageMonths, ageBand, sex: patient?.sex ?? 'not_known', pregnancy }
    return assessRisk(vitalsOf(draft), subject, packs)
  }, [draft, packs, asked, patient])
}

/** T1: at least what somebody gave and what the rules ask for. */
export function proposedLevel(
  { triaged, urgency }: Pick<Visit, 'triaged' | 'urgency'>,
  asked: Urgency | null,
): Urgency {
  return raisedLevel(triaged || isAbove(urgency, 'standard') ? urgency : 'standard', asked)
}

export const isLowering = (
  { triaged, urgency }: Pick<Visit, 'triaged' | 'urgency'>,
  asked: Urgency | null,
  chosen: Urgency,
): boolean => lowers({ present: urgency, triaged, asked, chosen })
