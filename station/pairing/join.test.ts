import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writePairingString } from '../../contract/discovery.ts'
import type { Joining, JoinProblem } from '../../contract/station.ts'
import { type SmallHub, smallHub } from '../../test/support/small-hub.ts'
import { pairs, type Twist } from '../../test/support/small-pairing.ts'
import { fingerprintOf } from '../trust/certificates.ts'
import { newDeviceKey } from '../trust/device-key.ts'
import { JoinFailed } from './answers.ts'
import { joinHub } from './join.ts'
import { readTarget } from './target.ts'

let hub: SmallHub
beforeEach(async () => {
  hub = await smallHub({ name: 'Clinic' })
})
afterEach(() => hub.stop())

function joining(to = `${hub.address}:${hub.port}`, stop = new AbortController()) {
  const told: Joining[] = []
  const target = readTarget(to)
  if (!target) throw new Error('no target')
  let shown: (digits: string) => void = () => undefined
  const digits = new Promise<string>((resolve) => {
    shown = resolve
  })
  const tell = (state: Joining) => {
    told.push(state)
    if (state.phase === 'digits') shown(state.digits)
  }
  const done = joinHub(target, 'Desk', { clock: Date.now, signal: stop.signal, tell })
  done.catch(() => undefined)
  return { done, told, digits, stop }
}

async function problem(done: Promise<unknown>): Promise<JoinProblem> {
  const error = await done.then(
    () => new Error('it joined'),
    (reason: unknown) => reason,
  )
  if (error instanceof JoinFailed) return error.problem
  throw error
}

const own = (root = hub.root.certificate) => fingerprintOf(new X509Certificate(root)).slice(0, 22)
const pairingString = (fields: { hubId?: string; fingerprint?: string; addresses?: string[] } = {}) =>
  writePairingString({
    hubId: hub.hubId,
    addresses: [`${hub.address}:${hub.port}`],
    fingerprint: own(),
    ...fields,
  })

test('both sides have the same six digits, and what is pinned is the root and a certificate for the own key', async () => {
  const known = pairs(hub)
  const { done, digits, told } = joining()
  expect(await digits).toMatch(/^\d{6}$/)
  expect(await digits).toBe(known.digits)
  expect(known.name).toBe('Desk')
  known.approve()
  const pinned = await done
  expect(told.map(({ phase }) => phase)).toEqual(['asking', 'digits'])
  expect(pinned).toMatchObject({ hubId: hub.hubId, roots: [hub.root.certificate], deviceName: 'Reception 1', epoch: 1 })
  expect(pinned.address).toBe(`127.0.0.1:${hub.port}`)
})

test('what a hub calls itself is text: it writes nowhere else on a terminal, and turns nothing around', async () => {
  const other = await smallHub({ name: '\u001b]0;title\u0007Clinic \u202eevil\r' })
  const known = pairs(other)
  const { done, digits, told } = joining(`${other.address}:${other.port}`)
  await digits
  known.approve()
  const { hubName } = await done
  for (const name of [hubName, ...told.map((state) => ('hubName' in state ? state.hubName : ''))])
    expect(name).toBe(' ]0;title Clinic  evil ')
  await other.stop()
})

test('an epoch that anybody may have told is not pinned', async () => {
  const known = pairs(hub)
  hub.answers['GET /api/info'] = (_body, { headers }) => {
    const proven = headers.host === `hub-${hub.hubId}`
    return [200, { ...hub.info, epoch: proven ? 1 : 99, device: null, root: null, demonstration: null }]
  }
  const { done, digits } = joining()
  await digits
  known.approve()
  expect((await done).epoch).toBe(1)
})

test('a pairing string finds the hub behind the addresses that do not answer', async () => {
  const known = pairs(hub)
  const { done, digits } = joining(pairingString({ addresses: ['127.0.0.1:9', `127.0.0.1:${hub.port}`] }))
  await digits
  known.approve()
  expect((await done).hubId).toBe(hub.hubId)
})

test('a pairing string for another hub or another root is an impostor, before anything was asked', async () => {
  pairs(hub)
  const other = await smallHub()
  await other.stop()
  expect(await problem(joining(pairingString({ hubId: other.hubId })).done)).toBe('impostor')
  expect(hub.seen).not.toContain('POST /api/pairing/requests')
  expect(await problem(joining(pairingString({ fingerprint: own(other.root.certificate) })).done)).toBe('impostor')
  expect(hub.seen).not.toContain('POST /api/pairing/requests/ID/nonce')
})

test('a relay in the middle: each side has other digits', async () => {
  // It has to show a root of its own to the station, and asks the hub with a key of its own.
  const known = pairs(hub)
  const relay = await smallHub({ hubId: hub.hubId, name: 'Clinic' })
  const middle = pairs(relay)
  const station = joining(`${relay.address}:${relay.port}`)
  const toHub = joining()
  expect(await station.digits).toBe(middle.digits)
  expect(await toHub.digits).toBe(known.digits)
  expect(await station.digits).not.toBe(known.digits)
  station.stop.abort()
  toHub.stop.abort()
  await relay.stop()
})

test('who tells the hub’s root without having its key is an impostor', async () => {
  const relay = await smallHub({ hubId: hub.hubId })
  pairs(relay, { root: hub.root.certificate })
  expect(await problem(joining(`${relay.address}:${relay.port}`).done)).toBe('impostor')
  expect(relay.seen).not.toContain('POST /api/pairing/requests/ID/nonce')
  await relay.stop()
})

test.each<[string, () => Promise<Twist>]>([
  ['a nonce that was not the one committed to', async () => ({ breakCommitment: true })],
  ['another hub’s id', async () => ({ hubId: '01930000-0000-7000-8000-000000000000' })],
  ['a root that is none', async () => ({ root: await hub.certify('x', newDeviceKey().spki) })],
])('%s is an impostor, and no digits are shown', async (_what, twist) => {
  pairs(hub, await twist())
  const { done, told } = joining()
  expect(await problem(done)).toBe('impostor')
  expect(told.some(({ phase }) => phase === 'digits')).toBe(false)
})

test('a certificate for another key is not taken', async () => {
  const known = pairs(hub, { certify: newDeviceKey().spki })
  const { done, digits } = joining()
  await digits
  known.approve()
  expect(await problem(done)).toBe('impostor')
})

test.each<[string, JoinProblem, Parameters<typeof smallHub>[0]]>([
  ['for another name', 'impostor', { leafName: 'another' }],
  ['for another name and past its end', 'impostor', { leafName: 'another', until: Date.parse('2020-01-01') }],
  ['past its end', 'clocks_differ', { until: Date.parse('2020-01-01') }],
])('a leaf %s is told as %s, and no digits are shown', async (_what, as, given) => {
  const other = await smallHub(given)
  pairs(other)
  const { done, told } = joining(`${other.address}:${other.port}`)
  expect(await problem(done)).toBe(as)
  expect(told.some(({ phase }) => phase === 'digits')).toBe(false)
  await other.stop()
})

const failed = (why: string): [number, unknown] => [409, { code: 'pairing_failed', message: '', data: { why } }]

test.each([
  ['refused', 'refused'],
  ['wrong_digits', 'wrong_digits'],
  ['expired', 'expired'],
  ['unknown', 'expired'],
  ['used', 'expired'],
])('a pairing that failed as %s is told as %s', async (why, as) => {
  pairs(hub, { outcome: failed(why) })
  expect(await problem(joining().done)).toBe(as)
})

test('a hub that takes no computers now says so', async () => {
  hub.answers['POST /api/pairing/requests'] = () => [409, { code: 'pairing_closed', message: '' }]
  expect(await problem(joining().done)).toBe('closed')
})

test('whoever is too old is told before anything is asked', async () => {
  hub.info.protocol = { oldest: 900, newest: 901 }
  expect(await problem(joining().done)).toBe('station_too_old')
  hub.info.protocol = { oldest: 0, newest: 0 }
  expect(await problem(joining().done)).toBe('hub_too_old')
  expect(hub.seen.every((name) => name === 'GET /api/info')).toBe(true)
})

test('an address where nobody is, and one where something else is', async () => {
  const plain = createServer((_request, response) => response.end('hello'))
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const { port } = plain.address() as AddressInfo
  expect(await problem(joining(`127.0.0.1:${port}`).done)).toBe('not_a_hub')
  await new Promise((resolve) => plain.close(resolve))
  expect(await problem(joining(`127.0.0.1:${port}`).done)).toBe('unreachable')
})

test('who waits for the digits to be typed can stop', async () => {
  pairs(hub)
  const { done, digits, stop } = joining()
  await digits
  stop.abort()
  await expect(done).rejects.toThrow(/abort/i)
})

test('a nonce is never used twice', async () => {
  const seen = new Set<string>()
  const answers = hub.answers
  pairs(hub)
  const reveal = answers['POST /api/pairing/requests/ID/nonce']
  answers['POST /api/pairing/requests/ID/nonce'] = (body: { stationNonce: string }, request) => {
    seen.add(body.stationNonce)
    return reveal?.(body as never, request) ?? [500, {}]
  }
  for (let i = 0; i < 3; i++) {
    const { digits, stop } = joining()
    await digits
    stop.abort()
  }
  expect(seen.size).toBe(3)
})

test.each([
  ['192.168.1.10', { addresses: [{ host: '192.168.1.10', port: 8743 }] }],
  [' https://desk-1.local:9000/ ', { addresses: [{ host: 'desk-1.local', port: 9000 }] }],
  ['[fd00::1]:9000', { addresses: [{ host: 'fd00::1', port: 9000 }] }],
])('%s is an address', (text, target) => expect(readTarget(text)).toEqual(target))

test.each(['', 'two words', '1.2.3.4:0', '1.2.3.4:70000', 'anteroom:x?at=1'])('"%s" is none', (text) =>
  expect(readTarget(text)).toBeUndefined(),
)
