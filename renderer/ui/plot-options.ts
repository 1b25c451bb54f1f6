import uPlot from 'uplot'

/** One row of a plot's numbers; `null` where there is none. */
export type PlotSeries = { name: string; kind: 'bars' | 'line'; values: readonly (number | null)[] }

/** A band behind the values: the weightier, the darker. */
export type Shade = { from: number; to: number; weight: 1 | 2 | 3 }

/** What is plotted, in its own units and words; at most two series. */
export type PlotSpec = {
  /** Of bars whole numbers from 0, of lines instants in milliseconds; ascending. */
  xs: readonly number[]
  /** What stands under the axis; `before` is the tick that it follows. */
  xTick: (x: number, before: number | undefined) => string
  /** What a point is called when it is pointed at. */
  xName: (x: number) => string
  /** The distances that ticks may have: the first that leaves room for their words is taken. */
  xSteps: readonly number[]
  yWords: (y: number) => string
  ySteps: readonly number[]
  /** Otherwise from nothing to a little above the most. */
  yRange?: readonly [low: number, high: number]
  series: readonly PlotSeries[]
  shades?: readonly Shade[]
  /** Lines: the zone of the clinic's clock. */
  timeZone?: string
}

/** The colours and the letter that the page has now, and whether it reads from right to left. */
export type Look = {
  ink: string
  inkSoft: string
  faint: string
  line: string
  surface: string
  shade: string
  font: string
  mirrored: boolean
}

const TEXT = 11
const WEIGHTS = { 1: 0.12, 2: 0.24, 3: 0.4 } as const satisfies Record<Shade['weight'], number>
/** A day or less is never drawn as if it were a moment. */
const LEAST_SPAN_MS = 30 * 60_000
/** Room above the highest bar for its number. */
const HEADROOM = 1.15
// The numbers of uPlot's own enums, which are types alone.
const [BOTTOM, RIGHT, LEFT] = [2, 1, 3]

export function dataOf({ xs, series }: PlotSpec): uPlot.AlignedData {
  return [[...xs], ...series.map(({ values }) => [...values])]
}

/** The library's options for a plot: no zooming, no legend of its own, colours and sides as the page has them. */
export function optionsOf(spec: PlotSpec, look: Look, size: { width: number; height: number }): uPlot.Options {
  const { timeZone } = spec
  return {
    ...size,
    ms: 1,
    ...(timeZone ? { tzDate: (at: number) => uPlot.tzDate(new Date(at), timeZone) } : {}),
    padding: [8, look.mirrored ? 0 : 12, 0, look.mirrored ? 12 : 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { show: isOfLines(spec) } },
    scales: {
      x: { time: timeZone !== undefined, range: (_plot, low, high) => xRange(spec, low, high) },
      y: { range: (_plot, _low, high) => yRange(spec, high) },
    },
    axes: axesOf(spec, look),
    series: [{}, ...spec.series.map((_one, index) => seriesOf(spec, look, index))],
    hooks: {
      drawClear: [(plot) => drawShades(plot, spec.shades ?? [], look)],
      draw: [(plot) => drawNumbers(plot, spec, look)],
    },
  }
}

const isOfLines = ({ series }: PlotSpec): boolean => series.some(({ kind }) => kind === 'line')

export function xRange(spec: PlotSpec, low: number | null, high: number | null): [number, number] {
  const [first, last] = [low ?? 0, high ?? 0]
  if (!isOfLines(spec)) return [-0.5, spec.xs.length - 0.5]
  const span = Math.max(last - first, LEAST_SPAN_MS)
  const middle = (first + last) / 2
  return [middle - span * 0.54, middle + span * 0.54]
}

export function yRange({ yRange: given }: PlotSpec, high: number | null): [number, number] {
  return given ? [given[0], given[1]] : [0, Math.max(1, high ?? 0) * HEADROOM]
}

function axesOf(spec: PlotSpec, look: Look): uPlot.Axis[] {
  const font = `${TEXT}px ${look.font}`
  const twoLines = spec.xs.some((x, index) => spec.xTick(x, spec.xs[index - 1]).includes('\n'))
  const common = { stroke: look.inkSoft, font, ticks: { show: false }, gap: 6 }
  return [
    {
      ...common,
      side: BOTTOM,
      size: twoLines ? 38 : 24,
      // What can't be left out needs no room.
      space: spec.xSteps.length === 1 ? 1 : 56,
      incrs: [...spec.xSteps],
      grid: { show: false },
      border: { show: true, stroke: look.line, width: 1 },
      values: (_plot, splits) => splits.map((x, index) => spec.xTick(x, splits[index - 1])),
    },
    {
      ...common,
      side: look.mirrored ? RIGHT : LEFT,
      size: 48,
      space: 28,
      incrs: [...spec.ySteps],
      grid: { show: true, stroke: look.line, width: 1 },
      values: (_plot, splits) => splits.map(spec.yWords),
    },
  ]
}

/** The first is drawn in ink, the second fainter, beside its bars or as a broken line. */
function seriesOf({ series }: PlotSpec, look: Look, index: number): uPlot.Series {
  const second = index > 0
  if (series[index]?.kind === 'line') {
    const points = { show: true, size: 6, width: 1.5, stroke: look.ink, fill: second ? look.surface : look.ink }
    return { stroke: look.ink, width: 1.5, spanGaps: true, points, ...(second ? { dash: [4, 3] } : {}) }
  }
  const align = series.length === 1 ? 0 : second ? 1 : -1
  const bars = uPlot.paths.bars?.({ size: [series.length === 1 ? 0.7 : 0.38, 48], align })
  const fill = second ? look.faint : look.inkSoft
  return { width: 0, fill, points: { show: false }, ...(bars ? { paths: bars } : {}) }
}

function drawShades({ ctx, bbox, valToPos }: uPlot, shades: readonly Shade[], look: Look): void {
  ctx.save()
  ctx.fillStyle = look.shade
  for (const { from, to, weight } of shades) {
    const top = valToPos(to, 'y', true)
    ctx.globalAlpha = WEIGHTS[weight]
    ctx.fillRect(bbox.left, top, bbox.width, valToPos(from, 'y', true) - top)
  }
  ctx.restore()
}

/** Bars of one series have their number above them, where there is room. */
function drawNumbers({ ctx, bbox, valToPos }: uPlot, spec: PlotSpec, look: Look): void {
  const [bars, second] = spec.series
  if (!bars || second || bars.kind === 'line') return
  const ratio = uPlot.pxRatio
  ctx.save()
  ctx.font = `${TEXT * ratio}px ${look.font}`
  ctx.fillStyle = look.ink
  ctx.textAlign = 'center'
  ctx.textBaseline = 'bottom'
  const room = bbox.width / spec.xs.length
  for (const [index, value] of bars.values.entries()) {
    const words = value ? spec.yWords(value) : ''
    if (!value || ctx.measureText(words).width > room) continue
    ctx.fillText(words, valToPos(spec.xs[index] ?? 0, 'x', true), valToPos(value, 'y', true) - 3 * ratio)
  }
  ctx.restore()
}

/** What is said of a point: where it stands, and each number that there is. */
export function saidOf(spec: PlotSpec, index: number): string {
  const x = spec.xs[index]
  if (x === undefined) return ''
  const numbers = spec.series.flatMap(({ name, values }) => {
    const value = values[index] ?? null
    return value === null ? [] : [`${name} ${spec.yWords(value)}`]
  })
  return [spec.xName(x), ...(numbers.length > 0 ? numbers : ['–'])].join(' · ')
}

/** The point at which the first series is highest, said; `undefined` while there is nothing but nothing. */
export function peakOf(spec: PlotSpec): string | undefined {
  const values = spec.series[0]?.values ?? []
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  return most > 0 ? saidOf(spec, values.indexOf(most)) : undefined
}

/** Where an arrow key leads: on to the next point that has a number. `undefined`: not a key of a plot. */
export function pointAfter(spec: PlotSpec, key: string, from: number | null): number | undefined {
  const known = spec.xs.flatMap((_x, index) =>
    spec.series.some(({ values }) => (values[index] ?? null) !== null) ? [index] : [],
  )
  const [first, last] = [known[0], known.at(-1)]
  if (key === 'Home') return first
  if (key === 'End') return last
  if (key === 'ArrowRight') return from === null ? first : (known.find((index) => index > from) ?? last)
  if (key === 'ArrowLeft') return from === null ? last : (known.findLast((index) => index < from) ?? first)
  return undefined
}
