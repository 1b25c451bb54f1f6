import type { RulePack } from '../../contract/rule-packs.ts'
import type { MeasuredVital, TriageRecord } from '../../contract/triage.ts'
import { mayCount } from '../../rules/rule-pack-rows.ts'

export type Shade = { from: number; to: number; weight: 1 | 2 | 3 }
export type Plot = { low: number; high: number; shades: Shade[] }

/** What a chart shows at least, in the unit that is kept. */
const FRAMES = {
  respiration: [5, 35],
  spo2: [80, 100],
  systolic: [40, 230],
  pulse: [30, 150],
  temperatureTenths: [340, 410],
} as const satisfies Partial<Record<MeasuredVital, readonly [number, number]>>
export type Charted = keyof typeof FRAMES
export const CHARTED = Object.keys(FRAMES) as Charted[]

/** The frame of a chart and, behind the values, what the packs of the last look count: the darker, the more. */
export function plotOf(vital: Charted, taken: readonly TriageRecord[], installed: readonly RulePack[]): Plot {
  const lower = vital === 'systolic' ? taken.flatMap((record) => record.diastolic ?? []) : []
  const values = [...taken.flatMap((record) => record[vital] ?? []), ...lower]
  const [least, most] = FRAMES[vital]
  const [low, high] = [Math.min(least, ...values), Math.max(most, ...values)]
  const last = taken.at(-1)
  const used = installed.filter((pack) =>
    last?.risk.packs.some(({ id, version }) => id === pack.id && version === pack.version),
  )
  const shades = last ? used.flatMap((pack) => shadesOf(pack, vital, last)) : []
  return { low, high, shades: shades.flatMap((shade) => within(shade, low, high)) }
}

type Open = { from: number; to: number; weight: 1 | 2 | 3 | 0 }

function shadesOf(pack: RulePack, vital: Charted, last: TriageRecord): Open[] {
  if (pack.kind === 'score') {
    const row = pack.parameters.find((one) => one.parameter === vital && mayCount(one, last))
    return row && 'bands' in row ? row.bands.map((band) => ({ ...ends(band), weight: weightOf(band.points) })) : []
  }
  const row = pack.parameters.find((one) => one.parameter === vital && mayCount(one, last))
  return row && 'bands' in row
    ? row.bands.map((band) => ({ ...ends(band), weight: band.level === null ? 0 : band.level === 'urgent' ? 2 : 3 }))
    : []
}

// Whole numbers: a band ends half way to the next.
const ends = ({ from, to }: { from?: number | undefined; to?: number | undefined }) => ({
  from: from === undefined ? Number.NEGATIVE_INFINITY : from - 0.5,
  to: to === undefined ? Number.POSITIVE_INFINITY : to + 0.5,
})

const weightOf = (points: number): Open['weight'] => (points >= 3 ? 3 : points === 2 ? 2 : points === 1 ? 1 : 0)

function within({ from, to, weight }: Open, low: number, high: number): Shade[] {
  const [a, b] = [Math.max(from, low), Math.min(to, high)]
  return weight === 0 || a >= b ? [] : [{ from: a, to: b, weight }]
}
