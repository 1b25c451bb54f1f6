import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { alsoHeard, inOrder, MOST_HEARD, MOST_KEPT, MOST_OF_A_HOST, type Place, roomFor } from './crowd.ts'

const HUB = '0192f000-0000-7000-8000-000000000001'
const FAKE = '0192f000-0000-7000-8000-000000000002'
const known = { hubId: HUB, address: '192.168.1.10:8743' }

const place = (host: string, given: Partial<Place> & { port?: number } = {}): Place => ({
  hubId: FAKE,
  address: { host, port: given.port ?? 8743 },
  via: new Set(['broadcast']),
  answers: true,
  ...given,
})
const both = new Set(['mdns', 'broadcast'] as const)
const hosts = (count: number, given: Partial<Place> = {}) =>
  Array.from({ length: count }, (_, index) => place(`10.0.${index >> 8}.${index & 255}`, given))

test('one address has a few places, however many it claims', () => {
  const claims = Array.from({ length: MOST_OF_A_HOST }, (_, port) => place('10.0.0.1', { port: port + 1 }))
  expect(roomFor(place('10.0.0.1', { port: 99 }), claims, undefined)).toEqual({ kept: false })
  expect(roomFor(place('10.0.0.2'), claims, undefined)).toEqual({ kept: true })
})

test('who does not answer makes room for who comes, the oldest first', () => {
  const [first, ...others] = hosts(MOST_KEPT, { answers: false })
  const full = [first, ...others].filter((one) => one !== undefined)
  expect(roomFor(place('192.168.1.9'), full, undefined)).toEqual({ kept: true, instead: first })
  const ports = Array.from({ length: MOST_OF_A_HOST }, (_, port) =>
    place('10.0.0.1', { port: port + 1, answers: port !== 2 }),
  )
  expect(roomFor(place('10.0.0.1', { port: 99 }), ports, undefined)).toEqual({ kept: true, instead: ports[2] })
})

test('among as many as are kept, all of which answer, another stranger finds no room, and the known hub does', () => {
  const full = hosts(MOST_KEPT)
  expect(roomFor(place('192.168.1.9'), full, known)).toEqual({ kept: false })
  expect(roomFor(place('192.168.1.9', { hubId: HUB }), full, known)).toEqual({ kept: true, instead: full[0] })
  const claiming = hosts(MOST_KEPT, { hubId: HUB, via: both })
  expect(roomFor(place('192.168.1.9', { hubId: HUB }), claiming, known)).toEqual({ kept: false })
  expect(roomFor(place('192.168.1.10'), claiming, known)).toEqual({ kept: true, instead: claiming[0] })
})

test('in order: where the known hub was last, who says to be it, who answers by both ways, and the rest as they came', () => {
  const [one, two] = [place('10.0.0.1'), place('10.0.0.2')]
  const likely = [place('192.168.1.10'), place('10.0.0.3', { hubId: HUB }), place('10.0.0.4', { via: both })]
  expect(inOrder([one, ...likely.toReversed(), two], known)).toEqual([...likely, one, two])
  expect(inOrder([one, ...likely, two], undefined).at(0)).toBe(likely[2])
})

test('whatever is claimed in whatever order: bounded, few of an address, and the known hub’s last address stays', () => {
  const claim = fc.record({
    host: fc.integer({ min: 1, max: 60 }).map((last) => `10.0.0.${last}`),
    port: fc.integer({ min: 1, max: 9 }),
    hubId: fc.constantFrom(HUB, FAKE),
    via: fc.constantFrom<Place['via']>(both, new Set(['mdns'])),
    answers: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 400 }), (claims) => {
      const last = place('192.168.1.10', { answers: false })
      const kept = claims.reduce<Place[]>(
        (places, { host, ...given }) => {
          const newcomer = place(host, given)
          const room = roomFor(newcomer, places, known)
          return room.kept ? [...places.filter((one) => one !== room.instead), newcomer] : places
        },
        [last],
      )
      expect(kept).toContain(last)
      expect(kept.length).toBeLessThanOrEqual(MOST_KEPT)
      for (const { address } of kept)
        expect(kept.filter((one) => one.address.host === address.host).length).toBeLessThanOrEqual(MOST_OF_A_HOST)
    }),
  )
})

test('one address that claims to be the pinned hub a hundred times pushes nobody else out; many do not fill more than is asked', () => {
  const real = { host: '192.168.1.10', port: 8743 }
  const ports = Array.from({ length: 100 }, (_, port) => ({ host: '10.0.0.1', port: port + 1 }))
  const heard = ports.reduce(alsoHeard, [real])
  expect(heard).toEqual([real, ...ports.slice(-MOST_OF_A_HOST)])
  const many = hosts(100).map(({ address }) => address)
  expect(many.reduce(alsoHeard, [])).toEqual(many.slice(-MOST_HEARD))
})
