import { describe, expect, test } from 'vitest'
import { lengthsOf } from './consultation-lengths.ts'
import { drawsOf } from './draws.ts'
import { beginEstimate, DRAWS, estimateWaits, toldMinutes } from './expected-wait.ts'
import { MINUTE_MS } from './instants.ts'
import { at, NOON } from './queue-visits.fixture.ts'
import { aDoctor, aQuestion, inPool, plainCustom, steady } from './wait-question.fixture.ts'
import type { WaitQuestion } from './wait-question.ts'

const draws = drawsOf('a test')
/** Minutes until each ticket is called, half of the time at most, to the nearest. */
function middle(changes: Partial<WaitQuestion>): Record<string, number> {
  const { waits } = estimateWaits(aQuestion(changes), draws)
  return Object.fromEntries(waits.map(({ visitId, p50Ms }) => [visitId, Math.round(p50Ms / MINUTE_MS)]))
}
const estimateOf = (changes: Partial<WaitQuestion>, id: string) =>
  estimateWaits(aQuestion(changes), draws).waits.find(({ visitId }) => visitId === id)
/** Ten minutes each, give or take what a day is slower or faster. */
const near = (minutes: number) => expect.closeTo(minutes, minutes > 15 ? -0.6 : -0.3)
const present = (minutes: number | undefined) => [
  { id: 'inside', serviceId: null, elapsedMs: minutes === undefined ? undefined : minutes * MINUTE_MS },
]

describe('Q11 the real order', () => {
  test('Q11 one after the other, ten minutes each', () => {
    expect(middle({ waiting: [inPool('A', 9), inPool('B', 8), inPool('C', 7)] })).toEqual({
      A: 0,
      B: near(10),
      C: near(20),
    })
  })

  test('Q11 two doctors of a pool halve it; one who does not draw from it does not', () => {
    const waiting = ['A', 'B', 'C', 'D', 'E'].map((ticket, index) => inPool(ticket, 9 - index))
    const other = aDoctor({ id: 'rao' })
    expect(middle({ waiting, doctors: [aDoctor(), other] }).E).toEqual(near(20))
    expect(middle({ waiting, doctors: [aDoctor(), { ...other, poolIds: new Set() }] }).E).toEqual(near(40))
  })

  test('Q11 who waits for one doctor gains nothing by another', () => {
    const own = { doctorId: 'chen', poolId: null }
    const waiting = [inPool('A', 9, own), inPool('B', 8, own), inPool('C', 7, own)]
    expect(middle({ waiting, doctors: [aDoctor(), aDoctor({ id: 'rao' })] }).C).toEqual(near(20))
  })

  test('Q11 a level counts, and who is not in the line of this moment is not counted', () => {
    const waiting = [inPool('A', 50), inPool('U', 1, { urgency: 'urgent' }), inPool('M', 90, { notHere: 2 })]
    expect(middle({ waiting })).toEqual({ U: 0, A: near(10) })
  })

  test('Q11 priorities change as time passes: a standard patient overtakes a non-urgent one while both wait', () => {
    // 1.5 x (t + 10) = t + 20 at t = 10: the present one takes longer than that.
    const waiting = [inPool('N', 20, { urgency: 'non_urgent' }), inPool('S', 10)]
    const doctors = [aDoctor({ present: present(0), lengths: () => steady(30) })]
    const told = middle({ waiting, doctors })
    expect(told.S).toBeLessThan(told.N ?? 0)
    expect(middle({ waiting }).N).toBe(0)
  })

  test('Q11 Q5 no more than two appointments in a row while a walk-in waits', () => {
    const due = (ticket: string) => inPool(ticket, 20, { dueAt: at(-5), doctorId: 'chen', poolId: null })
    const waiting = [due('A'), due('B'), due('C'), inPool('W', 1)]
    expect(middle({ waiting })).toEqual({ A: 0, B: near(10), W: near(20), C: near(30) })
    expect(middle({ waiting, doctors: [aDoctor({ row: 2 })] }).W).toBe(0)
  })

  test('Q11 appointments to come are counted on from their slot, as often as they are kept here', () => {
    const waiting = [inPool('A', 9), inPool('B', 8), inPool('C', 7)]
    const toCome = [{ id: 'x', doctorId: 'chen', serviceId: 's', dueMs: NOON + 5 * MINUTE_MS }]
    expect(middle({ waiting, toCome }).C).toEqual(near(30))
    expect(middle({ waiting, toCome, custom: { ...plainCustom, missed: 1 } }).C).toEqual(near(20))
    const later = [{ id: 'x', doctorId: 'chen', serviceId: 's', dueMs: NOON + 60 * MINUTE_MS }]
    expect(middle({ waiting, toCome: later }).C).toEqual(near(20))
  })

  test('Q11 an appointment that nobody has ever come so late for is not counted on', () => {
    const waiting = [inPool('A', 9), inPool('B', 8)]
    const toCome = [{ id: 'x', doctorId: 'chen', serviceId: 's', dueMs: NOON - 90 * MINUTE_MS }]
    expect(middle({ waiting, toCome }).B).toEqual(near(10))
  })

  test('Q12 who is away is not called before they are back, and holds up nobody', () => {
    const waiting = [inPool('A', 50, { awayUntil: at(25) }), inPool('B', 8), inPool('C', 7)]
    const told = middle({ waiting })
    expect(told).toMatchObject({ B: 0, C: near(10) })
    expect(told.A).toBeGreaterThanOrEqual(25)
  })

  test('Q7 one who was not there is passed over for one call', () => {
    const waiting = [
      inPool('A', 50, { notHere: 1, skippedUntil: at(60), skippedCalls: 1 }),
      inPool('B', 8),
      inPool('C', 7),
    ]
    expect(middle({ waiting })).toEqual({ B: 0, A: near(10), C: near(20) })
  })

  test('Q1 one on hold comes back near the front, for what is left', () => {
    const held = {
      visit: inPool('H', 60, { status: 'on_hold' as const, doctorId: 'chen' }),
      heldMs: 19 * MINUTE_MS,
      elapsedMs: 5 * MINUTE_MS,
    }
    const waiting = [inPool('A', 9), inPool('B', 8), inPool('C', 7)]
    const custom = { ...plainCustom, holds: steady(21) }
    expect(middle({ waiting, onHold: [held], custom }).C).toEqual(near(25))
  })

  test('Q11 emergencies that nobody knows of yet make it longer', () => {
    const waiting = [inPool('A', 9), inPool('B', 8), inPool('C', 7), inPool('D', 6)]
    const urgent = [{ urgency: 'immediate' as const, doctorId: null, poolId: 'pool', serviceId: null }]
    const often = { ...plainCustom, urgent, urgentPerHour: 3 }
    expect(estimateOf({ waiting, custom: often }, 'D')?.p80Ms).toBeGreaterThan(
      (estimateOf({ waiting }, 'D')?.p80Ms ?? 0) * 1.2,
    )
  })
})

describe('Q11 the doctor', () => {
  test('Q11 conditioned on how long the present consultation has run: only longer ones are drawn', () => {
    const lengths = lengthsOf(
      [5, 5, 5, 5, 5, 5, 5, 30].map((minutes) => minutes * MINUTE_MS),
      10,
    )
    const doctors = (elapsed: number) => [aDoctor({ present: present(elapsed), lengths: () => lengths })]
    const waiting = [inPool('A', 9)]
    expect(middle({ waiting, doctors: doctors(1) }).A).toBe(4)
    expect(middle({ waiting, doctors: doctors(6) }).A).toBe(24)
    expect(middle({ waiting, doctors: doctors(20) }).A).toBe(10)
  })

  test('Q11 one who is called has not begun', () => {
    expect(middle({ waiting: [inPool('A', 9)], doctors: [aDoctor({ present: present(undefined) })] }).A).toEqual(
      near(10),
    )
  })

  test('Q11 an announced late start is waited for, and a break is not worked through', () => {
    const waiting = [inPool('A', 9), inPool('B', 8)]
    const late = aDoctor({ duty: { fromMs: NOON + 40 * MINUTE_MS, breaks: [], endsMs: null } })
    expect(middle({ waiting, doctors: [late] })).toEqual({ A: 40, B: near(50) })
    const breaks = [{ from: NOON + 2 * MINUTE_MS, to: NOON + 62 * MINUTE_MS }]
    expect(middle({ waiting, doctors: [aDoctor({ duty: { fromMs: NOON, breaks, endsMs: null } })] })).toEqual({
      A: 0,
      B: 62,
    })
  })

  test('Q11 past the P95 of the present consultation it says delayed, for a pool only when all of its doctors are', () => {
    const lengths = lengthsOf(
      Array.from({ length: 20 }, (_, index) => (index + 1) * MINUTE_MS),
      10,
    )
    const doctor = (id: string, elapsed: number) => aDoctor({ id, present: present(elapsed), lengths: () => lengths })
    const delayed = (...elapsed: number[]) =>
      estimateOf({ waiting: [inPool('A', 1)], doctors: elapsed.map((one, index) => doctor(`${index}`, one)) }, 'A')
        ?.delayed
    expect([delayed(19), delayed(19.1), delayed(19.1, 3), delayed(19.1, 30)]).toEqual([false, true, false, true])
  })

  test('Q11 none for immediate, and none when nobody on duty draws them', () => {
    const waiting = [
      inPool('I', 1, { urgency: 'immediate' }),
      inPool('A', 1),
      inPool('B', 1, { doctorId: 'gone', poolId: null }),
    ]
    expect(Object.keys(middle({ waiting }))).toEqual(['A'])
  })
})

describe('Q11 what is told', () => {
  test('Q11 P50 to P80, rounded to five minutes, the end up', () => {
    const told = (p50: number, p80: number) =>
      Object.values(toldMinutes({ p50Ms: p50 * MINUTE_MS, p80Ms: p80 * MINUTE_MS }))
    expect([told(0, 0), told(2.4, 2.5), told(2.5, 5), told(11, 16.1), told(12.5, 20)]).toEqual([
      [0, 0],
      [0, 5],
      [5, 5],
      [10, 20],
      [15, 20],
    ])
  })

  test('Q11 medians are never summed: of skewed lengths the sum is longer', () => {
    // Median 5, mean 10: eight such take more than 40 minutes.
    const lengths = lengthsOf(
      [4, 4, 5, 5, 5, 5, 20, 32].map((minutes) => minutes * MINUTE_MS),
      10,
    )
    const waiting = Array.from({ length: 9 }, (_, index) => inPool(`A${index}`, 50 - index))
    expect(middle({ waiting, doctors: [aDoctor({ lengths: () => lengths })] }).A8).toBeGreaterThan(8 * 5 * 1.4)
  })

  test('Q11 a session forecast: the end at this pace, and who is not seen by the scheduled one', () => {
    const waiting = Array.from({ length: 6 }, (_, index) => inPool(`A${index}`, 50 - index))
    const duty = { fromMs: NOON, breaks: [], endsMs: NOON + 35 * MINUTE_MS }
    const [forecast] = estimateWaits(aQuestion({ waiting, doctors: [aDoctor({ duty })] }), draws).forecasts
    expect(forecast?.unseen).toBe(2)
    expect(((forecast?.endsMs ?? 0) - NOON) / MINUTE_MS).toEqual(near(60))
    expect(estimateWaits(aQuestion(), draws).forecasts).toEqual([{ doctorId: 'chen', endsMs: null, unseen: 0 }])
  })

  test('Q11 200 draws, and the same ones in pieces', () => {
    const question = aQuestion({
      waiting: [inPool('A', 9), inPool('B', 8)],
      doctors: [aDoctor({ lengths: () => lengthsOf([], 15) })],
    })
    const estimating = beginEstimate(question, draws)
    let pieces = 1
    while (!estimating.go(7)) pieces += 1
    expect([DRAWS, pieces]).toEqual([200, Math.ceil(200 / 7)])
    expect(estimating.answer()).toEqual(estimateWaits(question, draws))
  })
})
