import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BoardCall } from '../../contract/board.ts'
import { advance, arrive, below, emptyHall, type Hall, HERO_MS } from './hall.ts'

const call = (ticket: string, minute = 0, room = '2'): BoardCall => ({
  ticket,
  room,
  calledAt: `2026-11-20T05:${String(minute).padStart(2, '0')}:00.000Z`,
})
const always = () => true
const newestFirst = (...calls: BoardCall[]) => calls.sort((a, b) => b.calledAt.localeCompare(a.calledAt))
const quiet = (now: number) => ({ now, speaking: false })
const tickets = (calls: readonly BoardCall[]) => calls.map(({ ticket }) => ticket)

describe('S4: the calls on a screen', () => {
  test('a call takes the large place at once, and is below before it has it', () => {
    const first = advance(arrive(emptyHall, [call('A001')], always), quiet(0))
    expect(first.hero?.ticket).toBe('A001')
    const both = arrive(first, newestFirst(call('A001'), call('B001', 1)), always)
    expect(tickets(below(both, 3))).toEqual(['B001'])
  })

  test('two rooms at once: one after the other, each for 10 s and until it has been said', () => {
    const calls = newestFirst(call('A001'), call('B001'))
    const first = advance(arrive(emptyHall, calls, always), quiet(0))
    expect(first.hero?.ticket).toBe('A001')
    expect(advance(first, quiet(HERO_MS - 1))).toBe(first)
    expect(advance(first, { now: HERO_MS + 5_000, speaking: true })).toBe(first)
    expect(advance(first, quiet(HERO_MS)).hero?.ticket).toBe('B001')
  })

  test('a recall takes over its own ticket’s place without waiting, and is announced again', () => {
    const first = advance(arrive(emptyHall, [call('A001')], always), quiet(0))
    const again = advance(arrive(first, [call('A001', 1)], always), quiet(2_000))
    expect(again.hero).toEqual(call('A001', 1))
    expect(again.heroSince).toBe(2_000)
  })

  test('what stood there before the page was opened is shown, and not announced', () => {
    const hall = advance(
      arrive(emptyHall, newestFirst(call('A001'), call('B001', 1)), () => false),
      quiet(50),
    )
    expect(hall.hero?.ticket).toBe('B001')
    expect(hall.heroSince).toBe(Number.NEGATIVE_INFINITY)
    expect(tickets(below(hall, 3))).toEqual(['A001'])
    expect(
      advance(arrive(hall, newestFirst(call('A001'), call('B001', 1), call('C001', 2)), always), quiet(60)).hero,
    ).toEqual(call('C001', 2))
  })

  test('one who is taken back is gone at once, from the large place and from those to be announced', () => {
    const first = advance(arrive(emptyHall, newestFirst(call('A001'), call('B001', 1)), always), quiet(0))
    const without = advance(arrive(first, [call('B001', 1)], always), quiet(500))
    expect(without.hero?.ticket).toBe('B001')
    expect(without.heroSince).toBe(500)
    expect(advance(arrive(first, [call('A001')], always), quiet(HERO_MS)).hero?.ticket).toBe('A001')
  })

  test('a call that is gone and comes back (a finish undone) is not announced again', () => {
    const first = advance(arrive(emptyHall, [call('A001')], always), quiet(0))
    const gone = advance(arrive(first, [], always), quiet(60_000))
    expect(gone.hero).toBeNull()
    const back = arrive(gone, [call('A001')], always)
    expect(back.queue).toEqual([])
    expect(advance(back, quiet(70_000)).heroSince).toBe(Number.NEGATIVE_INFINITY)
  })

  test('each call gets the large place exactly once, in the order of calling, whatever the bursts', () => {
    const bursts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(bursts, fc.integer({ min: 100, max: 30_000 }), (sizes, gap) => {
        let hall: Hall = emptyHall
        let now = 0
        const all: BoardCall[] = []
        const announced: string[] = []
        const step = (to: number) => {
          for (; now <= to; now += 250) {
            const before = hall
            hall = advance(hall, quiet(now))
            if (hall.heroSince !== before.heroSince && hall.hero) announced.push(hall.hero.ticket)
          }
        }
        for (const size of sizes) {
          for (let index = 0; index < size; index += 1)
            all.push(call(`A${String(all.length).padStart(3, '0')}`, all.length))
          hall = arrive(hall, newestFirst(...all), always)
          step(now + gap)
        }
        step(now + all.length * (HERO_MS + 500))
        expect(announced).toEqual(tickets(all))
      }),
      { numRuns: 60 },
    )
  })
})
