import { describe, expect, test } from 'vitest'
import { createAgenda } from './agenda.ts'
import { createStore, judgeFrame } from './console-store.ts'
import { createDayClock } from './day-clock.ts'
import { makePeople } from './people.ts'
import { createRandom, seededId, shuffled } from './random.ts'

describe('the seeded stream', () => {
  test('is the same for the same seed, and another for another', () => {
    const draws = (seed: string) => Array.from({ length: 5 }, createRandom(seed).next)
    expect(draws('1')).toEqual(draws('1'))
    expect(draws('1')).not.toEqual(draws('2'))
  })

  test('a fork does not depend on what was drawn before', () => {
    const random = createRandom('1')
    const first = random.fork('visit', 3).next()
    random.next()
    expect(random.fork('visit', 3).next()).toBe(first)
  })

  test('makes identifiers of version 7 that carry their time', () => {
    const id = seededId(Date.parse('2026-11-20T09:41:00.000Z'), createRandom('1'))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-20T09:41:00.000Z'))
  })

  test('shuffling loses nobody', () => {
    expect(shuffled(createRandom('1'), [1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4])
  })
})

test('people are as many as asked for, have a name each, and children have a guardian', () => {
  const { people, families } = makePeople({ random: createRandom('1'), count: 500, today: '2026-11-20', madeAt: 0 })
  expect(people).toHaveLength(500)
  expect(new Set(people.map((person) => person.id)).size).toBe(500)
  for (const person of people) expect(`${person.familyName}${person.givenName}`).not.toBe('')
  const children = people.filter((person) => (person.birthDate ?? '') > '2011-11-21')
  expect(children.every((child) => child.guardian)).toBe(true)
  expect(families.length).toBeGreaterThan(20)
})

test('the day clock stands, runs and never goes back', async () => {
  const clock = createDayClock(1_000)
  expect(clock.now()).toBe(1_000)
  clock.jumpTo(5_000)
  clock.jumpTo(2_000)
  expect(clock.now()).toBe(5_000)
  clock.run(100)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(clock.now()).toBeGreaterThanOrEqual(6_500)
})

describe('the agenda', () => {
  test('acts in the order of time, also what is planned on the way, and sets the clock', async () => {
    const clock = createDayClock(0)
    const agenda = createAgenda(clock)
    const acted: string[] = []
    agenda.add(300, async () => void acted.push(`third at ${clock.now()}`))
    agenda.add(100, async () => {
      acted.push(`first at ${clock.now()}`)
      agenda.add(200, async () => void acted.push(`second at ${clock.now()}`))
    })
    agenda.add(900, async () => void acted.push('too late'))
    await agenda.fastForward(500)
    expect(acted).toEqual(['first at 100', 'second at 200', 'third at 300'])
    expect(clock.now()).toBe(500)
  })

  test('a race does what lies in one window at once', async () => {
    const agenda = createAgenda(createDayClock(0))
    let under = 0
    let most = 0
    const act = async () => {
      under += 1
      most = Math.max(most, under)
      await new Promise((resolve) => setTimeout(resolve, 5))
      under -= 1
    }
    for (const at of [10, 20, 30, 500]) agenda.add(at, act)
    await agenda.race(1_000, { windowMs: 100, width: 8 })
    expect(most).toBe(3)
  })
})

test('a store replaces a record that is older and keeps one that is newer', () => {
  const store = createStore()
  const room = (version: number, name: string) => ({
    rooms: [{ id: 'r', clinicId: 'c', name, publicLabel: '1', active: true, version }],
  })
  store.apply(room(2, 'new'))
  store.apply(room(1, 'old'))
  expect(store.get('rooms', 'r')?.name).toBe('new')
})

test('a frame is the next one, known, a gap, or of another feed', () => {
  const place = { feed: 'f', seq: 10 }
  const frame = (feed: string, after: number, upTo: number) => judgeFrame(place, { feed, after, upTo, events: [] })
  expect(frame('f', 10, 12)).toBe('apply')
  expect(frame('f', 8, 10)).toBe('known')
  expect(frame('f', 11, 12)).toBe('gap')
  expect(frame('g', 10, 12)).toBe('other_feed')
})
