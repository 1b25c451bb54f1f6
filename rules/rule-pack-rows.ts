import type { Edges, RulePack } from '../contract/rule-packs.ts'
import type { RiskParameter, Vitals } from '../contract/triage.ts'

type Row = RulePack['parameters'][number]
/** What a pack's rows may ask of the vitals besides the value itself. */
type Circumstances = Pick<Vitals, 'spo2Scale' | 'oxygen'>

/** The vital signs that a pack looks at, each once, in its order. */
export function parametersOf(pack: RulePack): RiskParameter[] {
  return [...new Set(pack.parameters.map(({ parameter }) => parameter))]
}

/** T3: those of them that were not taken. 0 was. */
export function missingFor(pack: RulePack, vitals: Vitals): RiskParameter[] {
  return parametersOf(pack).filter((parameter) => vitals[parameter] === null)
}

/**
 * Whether a row may count for this patient. Not known whether on air or oxygen, both rows may: the caller has an answer
 * only when they agree.
 */
export function mayCount(row: Row, vitals: Circumstances): boolean {
  if (!('when' in row)) return true
  const { spo2Scale = vitals.spo2Scale, oxygen } = row.when
  if (spo2Scale !== vitals.spo2Scale) return false
  return oxygen === undefined || vitals.oxygen === null || oxygen === vitals.oxygen
}

/** The one band that holds a value. Throws RangeError for what is no whole number: it must not fall between two bands. */
export function bandOf<Band extends Edges>(bands: readonly Band[], value: number): Band {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`)
  const holding = bands.find(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => value >= from && value <= to,
  )
  if (!holding) throw new RangeError(`No band holds ${value}`)
  return holding
}
