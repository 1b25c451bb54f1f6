import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lengthsOf } from './consultation-lengths.ts'
import { drawsOf } from './draws.ts'
import { estimateWaits, toldMinutes } from './expected-wait.ts'
import { MINUTE_MS } from './instants.ts'
import { anyLine, NOON } from './queue-visits.fixture.ts'
import { aDoctor, aQuestion, inPool, plainCustom } from './wait-question.fixture.ts'
import type { WaitQuestion } from './wait-question.ts'

const runs = { numRuns: 60 }
const TIMES = 40
const someLengths = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }).map((list) =>
  lengthsOf(
    list.map((minutes) => minutes * MINUTE_MS),
    15,
  ),
)

/** Any line, for a pool or one of up to three doctors, who have somebody inside or not; and appointments to come. */
const anyQuestion: fc.Arbitrary<WaitQuestion> = fc
  .record({
    line: anyLine(15),
    places: fc.array(fc.constantFrom('pool', '0', '1', '2'), { minLength: 15, maxLength: 15 }),
    lengths: someLengths,
    inside: fc.array(fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }), { minLength: 1, maxLength: 3 }),
    due: fc.array(fc.integer({ min: -60, max: 200 }), { maxLength: 6 }),
    raised: fc.constantFrom(0, 0.1),
    urgentPerHour: fc.constantFrom(0, 0.5),
  })
  .map(({ line, places, lengths, inside, due, raised, urgentPerHour }) =>
    aQuestion({
      waiting: line.map((visit, index) => {
        const place = places[index] ?? 'pool'
        const at = place === 'pool' ? { doctorId: null, poolId: 'pool' } : { doctorId: place, poolId: null }
        return { ...visit, ...at, serviceId: null }
      }),
      doctors: inside.map((elapsed, index) =>
        aDoctor({
          id: String(index),
          lengths: () => lengths,
          present:
            elapsed === undefined ? [] : [{ id: `inside ${index}`, serviceId: null, elapsedMs: elapsed * MINUTE_MS }],
        }),
      ),
      toCome: due.map((minutes, index) => ({
        id: `x${index}`,
        doctorId: '0',
        serviceId: 's',
        dueMs: NOON + minutes * MINUTE_MS,
      })),
      custom: {
        ...plainCustom,
        raised,
        urgentPerHour,
        urgent: [{ urgency: 'immediate', doctorId: null, poolId: 'pool', serviceId: null }],
      },
    }),
  )

describe('Q11 properties', () => {
  test('Q11 never negative, P50 at most P80, told and untold; none for immediate', () => {
    fc.assert(
      fc.property(anyQuestion, fc.string(), (question, seed) => {
        const { waits, forecasts } = estimateWaits(question, drawsOf(seed), TIMES)
        const immediate = question.waiting.filter((visit) => visit.urgency === 'immediate').map(({ id }) => id)
        for (const wait of waits) {
          expect(wait.p50Ms).toBeGreaterThanOrEqual(0)
          expect(wait.p80Ms).toBeGreaterThanOrEqual(wait.p50Ms)
          const { p50, p80 } = toldMinutes(wait)
          expect(p80).toBeGreaterThanOrEqual(p50)
          expect(immediate).not.toContain(wait.visitId)
        }
        for (const { unseen } of forecasts) expect(unseen).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  })

  test('Q11 the same seed answers the same, also when it was asked before, and however the visits come in', () => {
    fc.assert(
      fc.property(anyQuestion, fc.string(), (question, seed) => {
        const before = structuredClone(question.waiting)
        const first = estimateWaits(question, drawsOf(seed), TIMES)
        const other = { ...question, waiting: question.waiting.toReversed() }
        const sorted = (list: typeof first.waits) => [...list].sort((a, b) => a.visitId.localeCompare(b.visitId))
        expect(estimateWaits(question, drawsOf(seed), TIMES)).toEqual(first)
        expect(sorted(estimateWaits(other, drawsOf(seed), TIMES).waits)).toEqual(sorted(first.waits))
        expect(question.waiting).toEqual(before)
      }),
      runs,
    )
  })

  test('Q11 somebody more ahead never makes it shorter', () => {
    // Among walk-ins of one level: where the order interleaves, one more appointment may bring a walk-in's turn nearer.
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        someLengths,
        (waits, more, count, lengths) => {
          const doctors = Array.from({ length: count }, (_, index) =>
            aDoctor({ id: 'chen', present: [], lengths: () => lengths, row: index }),
          )
          const waiting = waits.map((minutes, index) => inPool(`A${index}`, minutes, { urgency: 'very_urgent' }))
          const without = estimateWaits(aQuestion({ waiting, doctors }), drawsOf('s'), TIMES)
          const ahead = inPool('more', more, { urgency: 'very_urgent' })
          const withOne = estimateWaits(aQuestion({ waiting: [...waiting, ahead], doctors }), drawsOf('s'), TIMES)
          for (const { visitId, p50Ms, p80Ms } of without.waits) {
            const now = withOne.waits.find((wait) => wait.visitId === visitId)
            expect(now?.p50Ms).toBeGreaterThanOrEqual(p50Ms)
            expect(now?.p80Ms).toBeGreaterThanOrEqual(p80Ms)
          }
        },
      ),
      runs,
    )
  })

  test('Q11 the longer the present one has run beyond what is usual, the sooner it is over, until nothing is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 18 }), (elapsed) => {
        const lengths = lengthsOf(
          Array.from({ length: 20 }, (_, index) => (index + 1) * MINUTE_MS),
          10,
        )
        const wait = (minutes: number) =>
          estimateWaits(
            aQuestion({
              waiting: [inPool('A', 1)],
              doctors: [
                aDoctor({
                  present: [{ id: 'i', serviceId: null, elapsedMs: minutes * MINUTE_MS }],
                  lengths: () => lengths,
                }),
              ],
            }),
            drawsOf('s'),
          ).waits[0]?.p50Ms ?? -1
        expect(wait(elapsed + 1)).toBeLessThanOrEqual(wait(elapsed))
      }),
    )
  })
})
