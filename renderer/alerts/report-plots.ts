import type { AlertAnalytics, Spread } from '../../contract/alerts.ts'
import type { Severity } from '../../contract/severity.ts'
import type { Urgency } from '../../contract/visits.ts'
import type { PlotSeries, PlotSpec } from '../ui/plot-options.ts'
import { clockText } from './clock-text.ts'

/** The words of a report's charts, in the reader's language. */
export type PlotWords = {
  raised: string
  arrived: string
  median: string
  p90: string
  severity: (severity: Severity) => string
  urgency: (urgency: Urgency) => string
}

export type ReportPlots = Record<
  'raisedByHour' | 'answeredByHour' | 'raisedBySeverity' | 'answeredBySeverity' | 'waits' | 'arrivals' | 'waitsByHour',
  PlotSpec
>

/** L5: what of a report has a shape: counts, times to answer and waits, by hour, severity and level. */
export function plotsOf(report: AlertAnalytics, words: PlotWords): ReportPlots {
  const { byHour, bySeverity, waits, arrivals } = report
  const severities = bySeverity.map(({ severity }) => words.severity(severity))
  const raised = (rows: readonly { raised: number }[]) =>
    counts(
      words.raised,
      rows.map((row) => row.raised),
    )
  const answered = (rows: readonly { toAcknowledge: Spread }[]) =>
    times(
      words,
      rows.map((row) => row.toAcknowledge),
    )
  const waited = (rows: readonly { toCall: Spread }[]) =>
    times(
      words,
      rows.map((row) => row.toCall),
    )
  return {
    raisedByHour: hourly(raised(byHour)),
    answeredByHour: hourly(answered(byHour)),
    raisedBySeverity: named(severities, raised(bySeverity)),
    answeredBySeverity: named(severities, answered(bySeverity)),
    waits: named(
      waits.map(({ urgency }) => words.urgency(urgency)),
      waited(waits),
    ),
    arrivals: hourly(
      counts(
        words.arrived,
        arrivals.map(({ arrived }) => arrived),
      ),
    ),
    waitsByHour: hourly(waited(arrivals)),
  }
}

type Drawn = Pick<PlotSpec, 'yWords' | 'ySteps' | 'series'>

const [MINUTE, HOUR] = [60, 3600]
const SECONDS = [1, 2, 5, 10, 15, 30].concat(
  [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  [1, 2, 3, 4, 6, 12, 24].map((hours) => hours * HOUR),
)

const counts = (name: string, values: number[]): Drawn => ({
  yWords: String,
  ySteps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
  series: [{ name, kind: 'bars', values }],
})

/** What half and what nine in ten waited at most, in seconds. */
function times({ median, p90 }: PlotWords, spreads: readonly Spread[]): Drawn {
  const bars = (name: string, values: (number | null)[]): PlotSeries => ({ name, kind: 'bars', values })
  return {
    yWords: clockText,
    ySteps: SECONDS,
    series: [
      bars(
        median,
        spreads.map((spread) => spread.median),
      ),
      bars(
        p90,
        spreads.map((spread) => spread.p90),
      ),
    ],
  }
}

export const hourName = (hour: number): string => String(hour).padStart(2, '0')

const hourly = (drawn: Drawn): PlotSpec => ({
  xs: Array.from({ length: 24 }, (_none, hour) => hour),
  xTick: hourName,
  xName: (hour) => `${hourName(hour)}:00`,
  xSteps: [1, 2, 3, 4, 6, 12],
  ...drawn,
})

function named(names: readonly string[], drawn: Drawn): PlotSpec {
  const nameOf = (at: number) => names[at] ?? ''
  return { xs: names.map((_name, at) => at), xTick: nameOf, xName: nameOf, xSteps: [1], ...drawn }
}
