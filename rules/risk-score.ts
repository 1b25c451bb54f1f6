import type { ScorePack } from '../contract/rule-packs.ts'
import { type RiskParameter, type RiskScore, riskBand, type Vitals } from '../contract/triage.ts'
import { bandOf, mayCount, missingFor, parametersOf } from './rule-pack-rows.ts'
import { highestLevel } from './triage-level.ts'

type Row = ScorePack['parameters'][number]
/** Points that are certain have `least` equal to `most`. */
type Points = { parameter: RiskParameter; least: number; most: number }

/**
 * T3: the points of a set of vitals and what follows from them. While something is missing there is no total, only
 * "at least N": whatever the missing values turn out to be, the total will not be below it, and a band or level that N
 * has reached already counts.
 * Source: Royal College of Physicians, NEWS2 (2017), as the pack's data has it.
 */
export function scoreVitals(pack: ScorePack, vitals: Vitals): RiskScore {
  const points = parametersOf(pack).map((parameter) => pointsFor(pack, parameter, vitals))
  const missing = missingFor(pack, vitals)
  const complete = missing.length === 0
  const atLeast = points.reduce((sum, { least }) => sum + least, 0)
  return {
    pack: { id: pack.id, version: pack.version },
    total: complete ? atLeast : null,
    atLeast,
    complete,
    missing,
    spo2Scale: vitals.spo2Scale,
    subScores: points.map(({ parameter, least, most }) => ({
      parameter,
      value: vitals[parameter],
      points: least === most ? least : null,
    })),
    ...consequences(pack, atLeast, points, complete),
  }
}

function consequences(pack: ScorePack, atLeast: number, points: readonly Points[], complete: boolean) {
  const byTotal = bandOf(pack.totals, atLeast)
  const singles = points.filter(({ least, most }) => least === most && least === pack.single.points)
  const single = singles.length > 0 && isHigher(pack.single.band, byTotal.band)
  const { band, review } = single ? pack.single : byTotal
  const level = highestLevel([byTotal.level, ...singles.map(({ parameter }) => pack.single.levels[parameter] ?? null)])
  return { band: !complete && band === riskBand.options[0] ? null : band, review, level }
}

function isHigher(one: RiskScore['band'] & string, other: RiskScore['band'] & string): boolean {
  return riskBand.options.indexOf(one) > riskBand.options.indexOf(other)
}

/** Not taken, it may be any of the row's points; not known whether on oxygen, those of either row. */
function pointsFor(pack: ScorePack, parameter: RiskParameter, vitals: Vitals): Points {
  const rows = pack.parameters.filter((row) => row.parameter === parameter && mayCount(row, vitals))
  const possible = rows.flatMap((row) => possiblePoints(row, vitals))
  return { parameter, least: Math.min(...possible), most: Math.max(...possible) }
}

function possiblePoints(row: Row, vitals: Vitals): number[] {
  switch (row.parameter) {
    case 'oxygen':
      return vitals.oxygen === null ? Object.values(row.choices) : [row.choices[vitals.oxygen]]
    case 'consciousness':
      return vitals.consciousness === null ? Object.values(row.choices) : [row.choices[vitals.consciousness]]
    default: {
      const value = vitals[row.parameter]
      return value === null ? row.bands.map((band) => band.points) : [bandOf(row.bands, value).points]
    }
  }
}
