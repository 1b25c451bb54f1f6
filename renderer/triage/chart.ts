import type { RulePack } from '../../contract/rule-packs.ts'
import type { MeasuredVital, TriageRecord } from '../../contract/triage.ts'
import { mayCount } from '../../rules/rule-pack-rows.ts'
import type { Format } from '../ui/formats.ts'
import type { PlotSpec, Shade } from '../ui/plot-options.ts'
import { shown } from './fields.ts'

type Bounds = { low: number; high: number; shades: Shade[] }

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
export function plotOf(vital: Charted, taken: readonly TriageRecord[], installed: readonly RulePack[]): Bounds {
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

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TIME_STEPS = [
  ...[5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 90, 180, 365].map((days) => days * DAY),
]
const VALUE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500]

/** The lower pressure is drawn with the upper one. */
type Drawn = Charted | 'diastolic'

type Words = { format: Format; timeZone: string; nameOf: (vital: Drawn) => string }

/** One vital sign of a patient as a plot: the values, and the bands behind them. The two pressures share one. */
export function specOf(
  vital: Charted,
  taken: readonly TriageRecord[],
  installed: readonly RulePack[],
  { format, timeZone, nameOf }: Words,
): PlotSpec {
  const { low, high, shades } = plotOf(vital, taken, installed)
  const drawn: Drawn[] = vital === 'systolic' ? ['systolic', 'diastolic'] : [vital]
  const looks = taken.filter((record) => drawn.some((one) => record[one] !== null))
  const xs = looks.map(({ takenAt }) => Date.parse(takenAt))
  return {
    xs,
    xTick: tickWords(xs, format),
    xName: (x) => format.dateAndTime(new Date(x).toISOString()),
    xSteps: TIME_STEPS,
    yWords: (value) => shown(vital, value),
    ySteps: VALUE_STEPS,
    yRange: [low, high],
    series: drawn.map((one) => ({ name: nameOf(one), kind: 'line', values: looks.map((record) => record[one]) })),
    shades,
    timeZone,
  }
}

/** The time, and under it the day where a new one begins, if there is more than one. */
function tickWords(xs: readonly number[], format: Format): PlotSpec['xTick'] {
  const days = new Set(xs.map(format.dayOfInstant))
  return (x, before) => {
    const day = format.dayOfInstant(x)
    const isNew = days.size > 1 && (before === undefined || format.dayOfInstant(before) !== day)
    return isNew ? `${format.time(x)}\n${format.shortDay(day)}` : format.time(x)
  }
}
