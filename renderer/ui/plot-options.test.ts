import { expect, test } from 'vitest'
import { dataOf, type Look, optionsOf, type PlotSpec, pointAfter, saidOf, xRange, yRange } from './plot-options.ts'

const look: Look = {
  ...{ ink: 'ink', inkSoft: 'soft', faint: 'faint', line: 'line', surface: 'surface', shade: 'shade' },
  ...{ font: 'Inter', mirrored: false },
}
const size = { width: 640, height: 180 }
const bars: PlotSpec = {
  xs: [0, 1, 2, 3],
  xTick: (x) => `${x}h`,
  xName: (x) => `${x}:00`,
  xSteps: [1, 2, 4],
  yWords: String,
  ySteps: [1, 2, 5],
  series: [{ name: 'Raised', kind: 'bars', values: [null, 4, null, 2] }],
}
const at = (minute: number) => Date.parse('2026-03-09T03:00:00.000Z') + minute * 60_000
const lines: PlotSpec = {
  ...bars,
  xs: [at(0), at(10)],
  yRange: [40, 230],
  series: [
    { name: 'Upper', kind: 'line', values: [120, 95] },
    { name: 'Lower', kind: 'line', values: [80, null] },
  ],
  timeZone: 'Asia/Dhaka',
}

test('the numbers reach the library as they are, with their gaps', () => {
  expect(dataOf(bars)).toEqual([
    [0, 1, 2, 3],
    [null, 4, null, 2],
  ])
  expect(optionsOf(bars, look, size).series).toHaveLength(2)
  expect(optionsOf(lines, look, size).series).toHaveLength(3)
})

test('bars have half a step of room at both ends and begin at nothing; lines keep the frame that they were given', () => {
  expect(xRange(bars, 0, 3)).toEqual([-0.5, 3.5])
  const [low, high] = yRange(bars, 4)
  expect(low).toBe(0)
  expect(high).toBeGreaterThan(4)
  expect(yRange(bars, null)[1]).toBeGreaterThanOrEqual(1)
  expect(yRange(lines, 95)).toEqual([40, 230])
})

test('one look at a patient stands in the middle of half an hour, not at an edge of nothing', () => {
  const [from, to] = xRange({ ...lines, xs: [at(0)] }, at(0), at(0))
  expect((from + to) / 2).toBe(at(0))
  expect(to - from).toBeGreaterThanOrEqual(30 * 60_000)
})

test('the axis of the values stands where reading begins', () => {
  const sideOf = (mirrored: boolean) => optionsOf(bars, { ...look, mirrored }, size).axes?.[1]?.side
  expect([sideOf(false), sideOf(true)]).toEqual([3, 1])
})

test('U4 colours are the page’s: none is written here', () => {
  const [, first, second] = optionsOf(lines, look, size).series
  expect([first?.stroke, second?.stroke, second?.points?.fill]).toEqual(['ink', 'ink', 'surface'])
  expect(first?.dash).toBeUndefined()
  expect(second?.dash).toBeDefined()
  expect(optionsOf(bars, look, size).series[1]?.fill).toBe('soft')
})

test('a point is said with its place and every number that there is', () => {
  expect(saidOf(bars, 1)).toBe('1:00 · Raised 4')
  expect(saidOf(bars, 2)).toBe('2:00 · –')
  expect(saidOf(lines, 0)).toContain('Upper 120 · Lower 80')
  expect(saidOf(lines, 1)).toMatch(/Upper 95$/)
})

test('U1 the arrow keys walk the points that have a number, and stop at the ends', () => {
  const walk = (key: string, from: number | null) => pointAfter(bars, key, from)
  expect([walk('ArrowRight', null), walk('ArrowRight', 1), walk('ArrowRight', 3)]).toEqual([1, 3, 3])
  expect([walk('ArrowLeft', null), walk('ArrowLeft', 3), walk('ArrowLeft', 1)]).toEqual([3, 1, 1])
  expect([walk('Home', 3), walk('End', null), walk('a', 1)]).toEqual([1, 3, undefined])
})
