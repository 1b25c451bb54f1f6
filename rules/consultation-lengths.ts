import { MINUTE_MS } from './instants.ts'

/** Q11: so many recent consultations are looked at. */
export const RECENT = 20
/** Q11: until there are so many, they are pulled towards the configured length. */
export const ENOUGH = 8

/** Lengths that may be drawn, shortest first, each with the share of those up to it. In milliseconds. */
export type Lengths = { values: readonly number[]; upTo: readonly number[]; observed: number }

/**
 * How lengths lie around their mean: eight equal parts of a log-normal with sigma 0.45, about what consultations show
 * (Cayirli and Veral, Production and Operations Management 12:4, 2003, give coefficients of variation of 0.35 to 0.85).
 */
const SHAPE = [0.46, 0.616, 0.737, 0.856, 0.985, 1.144, 1.369, 1.832] as const
const SHAPE_MEAN = SHAPE.reduce((sum, factor) => sum + factor, 0) / SHAPE.length

/**
 * Q11: the lengths of one doctor and visit type: the recent ones, newest first, and with fewer than eight the configured
 * length in the place of those that are missing. Pure observation from eight on.
 */
export function lengthsOf(recentMs: readonly number[], configuredMinutes: number, most = RECENT): Lengths {
  const recent = recentMs.slice(0, most)
  const missing = Math.max(0, ENOUGH - recent.length)
  const weighted = recent.map((value) => ({ value, weight: 1 }))
  if (missing > 0)
    for (const factor of SHAPE) {
      const value = (configuredMinutes * MINUTE_MS * factor) / SHAPE_MEAN
      weighted.push({ value, weight: missing / SHAPE.length })
    }
  weighted.sort((a, b) => a.value - b.value)
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
  let sum = 0
  const upTo = weighted.map(({ weight }) => {
    sum += weight
    return sum / total
  })
  return { values: weighted.map(({ value }) => value), upTo, observed: recent.length }
}

/** The length below which a share (0 to 1) lies. */
export function quantile({ values, upTo }: Lengths, share: number): number {
  const index = upTo.findIndex((sum) => sum >= share - 1e-9)
  return values[index < 0 ? values.length - 1 : index] ?? 0
}

/** The length at a chance in [0, 1): each as often as it was seen. */
export function drawn({ values, upTo }: Lengths, chance: number): number {
  const index = upTo.findIndex((sum) => sum > chance + 1e-9)
  return values[index < 0 ? values.length - 1 : index] ?? 0
}

/** Q11: past this a present consultation is `delayed`. */
export function lateAfter(lengths: Lengths): number {
  return quantile(lengths, 0.95)
}

/**
 * What is left of a consultation that has run so long: drawn from the lengths beyond it alone. Past all that was ever
 * seen, up to half as long again.
 */
export function remaining(lengths: Lengths, elapsedMs: number, chance: number): number {
  const { values, upTo } = lengths
  const first = values.findIndex((value) => value > elapsedMs)
  if (first < 0) return chance * 0.5 * elapsedMs
  const below = first === 0 ? 0 : (upTo[first - 1] ?? 0)
  return drawn(lengths, below + chance * (1 - below)) - elapsedMs
}

/**
 * A bootstrap sample, as large as what it is drawn from, so that what few observations leave unknown shows in the range.
 * `chance` gives a number in [0, 1) for each of its places.
 */
export function resampled(lengths: Lengths, chance: (place: number) => number): number[] {
  const size = Math.max(ENOUGH, lengths.observed)
  return Array.from({ length: size }, (_, place) => drawn(lengths, chance(place)))
}
