import type { LevelPack } from '../contract/rule-packs.ts'
import type { RiskFinding, Vitals } from '../contract/triage.ts'
import { bandOf, mayCount } from './rule-pack-rows.ts'

type Row = LevelPack['parameters'][number]
type Raises = { level: RiskFinding['level'] | null; review: RiskFinding['review'] }

/** T4: every vital sign that raises the level by itself, in the pack's order. What was not taken raises nothing. */
export function findingsOf(pack: LevelPack, vitals: Vitals): RiskFinding[] {
  return pack.parameters
    .filter((row) => mayCount(row, vitals))
    .flatMap((row) => {
      const value = vitals[row.parameter]
      const raises = raisedBy(row, vitals)
      if (value === null || !raises?.level) return []
      const { level, review } = raises
      return [{ pack: { id: pack.id, version: pack.version }, parameter: row.parameter, value, level, review }]
    })
}

function raisedBy(row: Row, vitals: Vitals): Raises | undefined {
  switch (row.parameter) {
    case 'oxygen':
      return vitals.oxygen === null ? undefined : row.choices[vitals.oxygen]
    case 'consciousness':
      return vitals.consciousness === null ? undefined : row.choices[vitals.consciousness]
    default: {
      const value = vitals[row.parameter]
      return value === null ? undefined : bandOf(row.bands, value)
    }
  }
}
