import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantMs } from './instants.ts'
import { nextOrderChange } from './queue-change.ts'
import { firstOf, nextToCall, orderQueue, type QueueEntry, standingsOf } from './queue-order.ts'
import { type QueueContext, type QueueVisit, standingOf } from './queue-standing.ts'
import { anyContext, anyLine, at, context, NOON, settings, waiting } from './queue-visits.fixture.ts'

const ids = (entries: readonly QueueEntry[]) => entries.map(({ visit }) => visit.id)
const groundOf = (entry: QueueEntry, of: QueueContext) => standingOf(entry.visit, instantMs(of.now), of).ground
const runs = { numRuns: 400 }

describe('Q5 properties', () => {
  test('Q5 the order is total: however the visits come in, the same line comes out', () => {
    const shuffled = anyLine().chain((line) =>
      fc.tuple(fc.constant(line), fc.shuffledSubarray(line, { minLength: line.length, maxLength: line.length })),
    )
    fc.assert(
      fc.property(shuffled, anyContext, ([line, other], of) => {
        expect(orderQueue(other, of)).toEqual(orderQueue(line, of))
      }),
      runs,
    )
  })

  test('Q5 nobody is lost or doubled, places count from 1, callable ones before the others', () => {
    fc.assert(
      fc.property(anyLine(), anyContext, (line, of) => {
        const before = structuredClone(line)
        const { order, missed } = orderQueue(line, of)
        expect([...ids(order), ...missed.map(({ id }) => id)].sort()).toEqual(line.map(({ id }) => id).sort())
        expect(order.map(({ place }) => place)).toEqual(order.map((_, index) => index + 1))
        const callable = order.map((entry) => entry.callable)
        expect(callable).toEqual([...callable].sort((a, b) => Number(b) - Number(a)))
        expect(nextToCall(order)).toBe(order[0]?.callable ? order[0] : undefined)
        expect(line).toEqual(before)
      }),
      runs,
    )
  })

  test('Q5 no lower level ever before an immediate, nor below very urgent before a very urgent, at any time', () => {
    fc.assert(
      fc.property(anyLine(), anyContext, fc.nat(300), (line, of, later) => {
        const { order } = orderQueue(line, { ...of, now: at(later) })
        const levels = order.filter(({ callable }) => callable).map(({ visit }) => visit.urgency)
        const rank = levels.map((level) => ['immediate', 'very_urgent'].indexOf(level) >>> 0)
        expect(rank).toEqual([...rank].sort((a, b) => a - b))
      }),
      runs,
    )
  })

  test('Q5 no urgent patient behind one who is neither higher nor past the maximum wait', () => {
    fc.assert(
      fc.property(anyLine(), anyContext, (line, of) => {
        const grounds = orderQueue(line, of)
          .order.filter(({ callable }) => callable)
          .map((entry) => groundOf(entry, of))
        const last = grounds.lastIndexOf('urgent')
        const before = grounds.slice(0, Math.max(0, last))
        expect(
          before.filter((ground) => !['immediate', 'very_urgent', 'past_maximum', 'urgent'].includes(ground)),
        ).toEqual([])
      }),
      runs,
    )
  })

  test('Q5 a walk-in never waits behind more than two appointments in a row, those just called included', () => {
    fc.assert(
      fc.property(anyLine(40), anyContext, (line, of) => {
        const grounds = orderQueue(line, of)
          .order.filter(({ callable }) => callable)
          .map((entry) => groundOf(entry, of))
        const most = of.settings.appointmentsInARow
        let row = Math.min(of.lastCalledWereAppointments, most)
        for (const ground of grounds.slice(0, grounds.lastIndexOf('walk_in') + 1)) {
          if (ground === 'walk_in') row = 0
          if (ground === 'appointment') row += 1
          expect(row).toBeLessThanOrEqual(most)
        }
      }),
      runs,
    )
  })

  test('Q5 a walk-in goes before a due appointment only when its turn has come', () => {
    fc.assert(
      fc.property(anyLine(40), (line) => {
        const of = context()
        const entries = orderQueue(line, of).order.filter(({ callable }) => callable)
        entries.forEach((entry, index) => {
          const turn = entry.reasons.some(({ code }) => code === 'walk_in_turn')
          const dueLater = entries.slice(index).some((other) => groundOf(other, of) === 'appointment')
          expect(turn).toBe(groundOf(entry, of) === 'walk_in' && dueLater)
          if (!turn) return
          expect(entries.slice(index - 2, index).map((other) => groundOf(other, of))).toEqual([
            'appointment',
            'appointment',
          ])
        })
      }),
      runs,
    )
  })

  test('Q5 calling them one by one follows the order that was shown', () => {
    fc.assert(
      fc.property(anyLine(12), anyContext, (line, of) => {
        const shown = ids(orderQueue(line, of).order.filter(({ callable }) => callable))
        let row = of.lastCalledWereAppointments
        let left: QueueVisit[] = line
        for (const id of shown) {
          const next = nextToCall(orderQueue(left, { ...of, lastCalledWereAppointments: row }).order)
          expect(next?.visit.id).toBe(id)
          const ground = next && groundOf(next, of)
          if (ground === 'walk_in') row = 0
          if (ground === 'appointment') row += 1
          left = left.filter((visit) => visit.id !== id)
        }
      }),
      runs,
    )
  })

  test('Q7 the first of all is found without ordering them', () => {
    fc.assert(
      fc.property(anyLine(40), anyContext, (line, of) => {
        const { callable, held } = standingsOf(line, instantMs(of.now), of)
        const first = firstOf([...held, ...callable], of.lastCalledWereAppointments, of.settings)
        expect(first?.visit.id).toBe(nextToCall(orderQueue(line, of).order)?.visit.id)
      }),
      runs,
    )
  })

  test('Q5 of two walk-ins at one level the longer waiting is first, at any time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(300),
        (longer, more, later) => {
          const { order } = orderQueue([waiting('A', longer), waiting('B', longer + more)], context({ now: at(later) }))
          expect(ids(order)).toEqual(['B', 'A'])
        },
      ),
    )
  })

  test('Q5 raising the level never costs places', () => {
    const levels = ['non_urgent', 'standard', 'urgent', 'very_urgent', 'immediate'] as const
    fc.assert(
      fc.property(anyLine(15), fc.nat(14), fc.nat(3), (line, index, from) => {
        const chosen = line[index]
        const [low, high] = [levels[from], levels[from + 1]]
        if (!chosen || !low || !high || chosen.nearFront || chosen.dueAt !== null) return
        const place = (urgency: QueueVisit['urgency']) => {
          const changed = line.map((visit) => (visit === chosen ? { ...visit, triaged: true, urgency } : visit))
          return ids(orderQueue(changed, context()).order).indexOf(chosen.id)
        }
        expect(place(high)).toBeLessThanOrEqual(place(low))
      }),
      runs,
    )
  })
})

describe('Q5 the next change of the order by time alone', () => {
  test('Q5 never missed: until then the order is the same, at every instant', () => {
    fc.assert(
      fc.property(
        anyLine(),
        anyContext,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        (line, of, samples) => {
          const change = nextOrderChange(line, of)
          const until = change === null ? NOON + 10 * 3_600_000 : instantMs(change)
          expect(until).toBeGreaterThan(NOON)
          const picture = (ms: number) =>
            orderQueue(line, { ...of, now: new Date(ms).toISOString() }).order.map(({ visit, callable }) => [
              visit.id,
              callable,
            ])
          const now = picture(NOON)
          for (const share of [...samples, 1]) {
            const ms = Math.min(until - 1, NOON + Math.floor((until - NOON) * share))
            expect(picture(ms)).toEqual(now)
          }
        },
      ),
      { numRuns: 1500 },
    )
  })

  test('Q5 the minute a standard patient overtakes a non-urgent one', () => {
    // 1.5 x (t + 10) = t + 20 at t = 10; at the tie the longer waiting is still first.
    const line = [waiting('S', 10), waiting('N', 20, { urgency: 'non_urgent' })]
    expect(nextOrderChange(line, context())).toBe(new Date(NOON + 600_001).toISOString())
  })

  test('Q5 to the millisecond, however little the rates differ', () => {
    // 1.001 x (t + 600,000) = t + 600,700 at t = 100,000.
    const of = context({ settings: { ...settings, accumulation: { standard: 1.001, non_urgent: 1 } } })
    const earlier = new Date(NOON - 600_700).toISOString()
    const line = [waiting('S', 10), waiting('N', 0, { urgency: 'non_urgent', queuedAt: earlier, arrivedAt: earlier })]
    const tickets = (ms: number) => ids(orderQueue(line, { ...of, now: new Date(ms).toISOString() }).order)
    expect(nextOrderChange(line, of)).toBe(new Date(NOON + 100_001).toISOString())
    expect([tickets(NOON + 100_000), tickets(NOON + 100_001)]).toEqual([
      ['N', 'S'],
      ['S', 'N'],
    ])
  })

  test('Q5 slots, the maximum wait, coming back and the end of a skip', () => {
    expect(nextOrderChange([waiting('A', 5, { dueAt: at(7) })], context())).toBe(at(7))
    expect(nextOrderChange([waiting('A', 5)], context())).toBe(at(115))
    expect(nextOrderChange([waiting('A', 5, { dueAt: at(-2) })], context())).toBe(at(118))
    const inNoTime = new Date(NOON + 1).toISOString()
    expect(nextOrderChange([waiting('A', 5, { awayUntil: inNoTime })], context())).toBe(inNoTime)
    expect(nextOrderChange([waiting('A', 5, { awayUntil: at(3) })], context())).toBe(at(3))
    expect(nextOrderChange([waiting('A', 5, { skippedUntil: at(4), skippedCalls: 1 })], context())).toBe(at(4))
    expect(nextOrderChange([waiting('A', 5, { skippedUntil: at(4), skippedCalls: 0 })], context())).toBe(at(115))
  })

  test('Q5 nothing more to come', () => {
    expect(nextOrderChange([], context())).toBeNull()
    expect(nextOrderChange([waiting('A', 500)], context())).toBeNull()
    expect(nextOrderChange([waiting('A', 5, { notHere: 2, awayUntil: at(3) })], context())).toBeNull()
  })
})

test('Q5 five hundred waiting are ordered in a few milliseconds', () => {
  const urgencies = ['standard', 'non_urgent', 'urgent'] as const
  const line = Array.from({ length: 500 }, (_, index) =>
    waiting(`A${index}`, (index * 7919) % 118, {
      urgency: urgencies[index % 11 === 0 ? 2 : index % 2] ?? 'standard',
      dueAt: index % 3 === 0 ? at(((index * 31) % 120) - 60) : null,
    }),
  )
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now()
    orderQueue(line, context({ settings }))
    nextOrderChange(line, context({ settings }))
    return performance.now() - start
  })
  // The fastest of several: the machine may be busy with other tests.
  expect(Math.min(...times)).toBeLessThan(15)
})
