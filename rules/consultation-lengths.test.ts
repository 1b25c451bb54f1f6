import { describe, expect, test } from 'vitest'
import { lateAfter, lengthsOf, quantile, remaining, resampled } from './consultation-lengths.ts'
import { paceOf } from './consultation-pace.ts'
import { MINUTE_MS } from './instants.ts'

const minutes = (...values: number[]) => values.map((value) => value * MINUTE_MS)
const meanOf = ({ values, upTo }: ReturnType<typeof lengthsOf>) =>
  values.reduce((sum, value, index) => sum + value * ((upTo[index] ?? 0) - (upTo[index - 1] ?? 0)), 0) / MINUTE_MS

describe('Q11 lengths', () => {
  test('Q11 the last 20 alone, newest first', () => {
    const lengths = lengthsOf(minutes(...Array.from({ length: 30 }, (_, index) => index + 1)), 99)
    expect([lengths.observed, quantile(lengths, 0), quantile(lengths, 1)]).toEqual([20, MINUTE_MS, 20 * MINUTE_MS])
  })

  test('Q11 until there are eight they are pulled towards the configured length, from eight on not at all', () => {
    expect(meanOf(lengthsOf([], 15))).toBeCloseTo(15)
    expect(meanOf(lengthsOf(minutes(5, 5), 15))).toBeCloseTo((2 * 5 + 6 * 15) / 8)
    expect(meanOf(lengthsOf(minutes(5, 5, 5, 5, 5, 5, 5), 15))).toBeCloseTo((7 * 5 + 15) / 8)
    expect(meanOf(lengthsOf(minutes(5, 5, 5, 5, 5, 5, 5, 5), 15))).toBeCloseTo(5)
  })

  test('Q11 what is left is drawn from those that are longer', () => {
    const lengths = lengthsOf(minutes(4, 5, 6, 7, 8, 9, 10, 20), 1)
    const left = (elapsed: number, chance: number) => remaining(lengths, elapsed * MINUTE_MS, chance) / MINUTE_MS
    expect([left(0, 0), left(8, 0), left(8, 0.5), left(8, 0.99)]).toEqual([4, 1, 2, 12])
    expect([left(30, 0), left(30, 0.5)]).toEqual([0, 7.5])
    expect(lateAfter(lengths)).toBe(20 * MINUTE_MS)
  })

  test('Q11 a bootstrap sample has the size of what it is drawn from', () => {
    expect(resampled(lengthsOf(minutes(3), 15), () => 0)).toHaveLength(8)
    expect(resampled(lengthsOf(minutes(...Array.from({ length: 12 }, () => 3)), 15), () => 0.5)).toEqual(
      minutes(...Array.from({ length: 12 }, () => 3)),
    )
  })
})

describe('Q11 how consultations follow each other', () => {
  const stay = (waiting: number, called: number | undefined, from: number, to: number) => ({
    waitingMs: waiting * MINUTE_MS,
    calledMs: called === undefined ? undefined : called * MINUTE_MS,
    fromMs: from * MINUTE_MS,
    toMs: to * MINUTE_MS,
  })

  test('Q11 a pause is counted where the next one waited already', () => {
    const { pausesMs, walksMs } = paceOf([stay(0, 10, 11, 20), stay(5, 22, 24, 30), stay(31, 32, 33, 40)])
    expect([pausesMs, walksMs]).toEqual([minutes(2), minutes(1, 2, 1)])
  })

  test('Q7 one who was called ahead waited for nothing; a meal is no pause', () => {
    const { pausesMs, walksMs } = paceOf([stay(0, 1, 2, 20), stay(0, 15, 21, 30), stay(0, 90, 91, 95)])
    expect([pausesMs, walksMs]).toEqual([minutes(0), minutes(1, 1, 1)])
  })
})
