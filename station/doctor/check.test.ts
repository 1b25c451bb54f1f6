import { createSocket } from 'node:dgram'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CheckName, CheckStep } from '../../contract/network-check.ts'
import { loopbackCard } from '../../test/support/loopback-card.ts'
import { type SmallHub, smallHub } from '../../test/support/small-hub.ts'
import { anotherPort } from '../../test/support/stations.ts'
import { readAddress } from '../hub/addresses.ts'
import { newDeviceKey } from '../trust/device-key.ts'
import type { Pinned } from '../trust/pinned.ts'
import { type CheckParts, checkConnection } from './check.ts'

let hub: SmallHub
let pinned: Pinned
let ports: { mdnsPort: number; broadcastPort: number }
const ends: (() => unknown)[] = []
const log = pino({ level: 'silent' })

beforeEach(async () => {
  hub = await smallHub()
  ends.push(() => hub.stop())
  const known = await hub.aStation()
  const { key, spki } = newDeviceKey()
  const certificate = await hub.certify(known.deviceId, spki)
  pinned = { ...known, key, certificate, address: `127.0.0.1:${hub.port}` }
  ports = { mdnsPort: await anotherPort(), broadcastPort: await anotherPort() }
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function check(given: Partial<CheckParts> & { cards?: ReturnType<typeof loopbackCard>[] } = {}) {
  const { cards = [loopbackCard()], ...parts } = given
  const discovery = { cards: () => cards, ...ports, log }
  const steps = await checkConnection({
    pinned,
    address: undefined,
    discovery,
    clock: Date.now,
    listenMs: 300,
    ...parts,
  })
  return Object.fromEntries(steps.map((step) => [step.name, step])) as Record<CheckName, CheckStep>
}

const short = (steps: Record<CheckName, CheckStep>) =>
  Object.fromEntries(Object.values(steps).map(({ name, outcome, why }) => [name, `${outcome} ${why}`]))

/** Answers the broadcast question for the hub. */
async function answersBroadcast(port = ports.broadcastPort): Promise<void> {
  const socket = createSocket('udp4')
  socket.on('message', (_question, from) => {
    const answer = { anteroom: 'here', id: hub.hubId, name: 'x', port: hub.port, protocol: 1 }
    socket.send(JSON.stringify(answer), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(port, '0.0.0.0', resolve))
  ends.push(() => new Promise<void>((resolve) => socket.close(() => resolve())))
}

test('all is well; a silent way of finding the hub is a warning while another one works', async () => {
  await answersBroadcast()
  const steps = await check()
  expect(short(steps)).toEqual({
    card: 'passed fine',
    port: 'passed fine',
    mdns: 'warned mdns_silent',
    broadcast: 'passed fine',
    reachable: 'passed fine',
    certificate: 'passed fine',
    clock: 'passed fine',
    version: 'passed fine',
  })
  expect(steps.port.facts).toEqual({ address: `127.0.0.1:${hub.port}` })
})

test('no network card: nothing behind it could be tried', async () => {
  const steps = await check({ cards: [] })
  expect(short(steps)).toMatchObject({
    card: 'failed no_card',
    port: 'skipped not_reached',
    version: 'skipped not_reached',
  })
})

test('only cards of a VPN: to be mended when the hub is not reached, a word when it is', async () => {
  const cards = [{ ...loopbackCard(), name: 'wg0' }]
  expect(short(await check({ cards })).card).toBe('warned only_vpn')
  await hub.stop()
  expect(short(await check({ cards }))).toMatchObject({ card: 'failed only_vpn', port: 'skipped not_reached' })
})

test('nobody takes a connection at the known address: refused', async () => {
  await hub.stop()
  const steps = await check()
  expect(short(steps)).toMatchObject({ card: 'passed fine', port: 'failed refused', mdns: 'skipped not_reached' })
})

test('the hub has another address now: the old one is a warning, and the new one is what is tried', async () => {
  await answersBroadcast()
  await hub.stop()
  await hub.listen('127.0.0.1', 0)
  expect(short(await check())).toMatchObject({
    port: 'warned refused',
    broadcast: 'passed fine',
    reachable: 'passed fine',
    certificate: 'passed fine',
  })
})

test('a typed address is what is asked about, whoever else answers', async () => {
  await answersBroadcast()
  const steps = await check({ address: readAddress('127.0.0.1:9') })
  expect(short(steps)).toMatchObject({ port: 'failed refused', mdns: 'skipped not_reached' })
})

test('never joined, and nobody answers: the last way is what failed', async () => {
  const steps = await check({ pinned: undefined })
  expect(short(steps)).toMatchObject({
    port: 'skipped no_hub_known',
    mdns: 'warned mdns_silent',
    broadcast: 'failed broadcast_silent',
    reachable: 'skipped not_reached',
  })
})

test('never joined, and a hub answers: who it is cannot be told yet', async () => {
  await answersBroadcast()
  expect(short(await check({ pinned: undefined }))).toMatchObject({
    port: 'skipped no_hub_known',
    broadcast: 'passed fine',
    reachable: 'passed fine',
    certificate: 'skipped not_paired',
    version: 'passed fine',
  })
})

test('the mDNS port is taken by another program', async () => {
  const taken = createSocket({ type: 'udp4', reuseAddr: false })
  await new Promise<void>((resolve) => taken.bind(ports.mdnsPort, '0.0.0.0', resolve))
  ends.push(() => new Promise<void>((resolve) => taken.close(() => resolve())))
  expect(short(await check()).mdns).toBe('warned mdns_port_taken')
  expect(short(await check({ pinned: undefined })).mdns).toBe('failed mdns_port_taken')
})

test('something else answers at that address', async () => {
  const plain = createHttp((_request, response) => response.end('hello'))
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  ends.push(() => plain.close())
  const address = readAddress(`127.0.0.1:${(plain.address() as AddressInfo).port}`)
  expect(short(await check({ address }))).toMatchObject({ port: 'passed fine', reachable: 'failed not_a_hub' })
})

test('something takes the connection and says nothing: no answer in time', async () => {
  const silent = createServer((socket) => socket.on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  ends.push(() => silent.close())
  const address = readAddress(`127.0.0.1:${(silent.address() as AddressInfo).port}`)
  expect(short(await check({ address }))).toMatchObject({ port: 'passed fine', reachable: 'failed timed_out' })
})

test('something answers with another protocol than it was asked for: no hub, and nobody waits for it', async () => {
  hub.answers['GET /api/info'] = (_body, { socket }) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    return new Promise(() => undefined)
  }
  const address = { host: hub.address, port: hub.port }
  expect(short(await check({ address }))).toMatchObject({ port: 'passed fine', reachable: 'failed not_a_hub' })
})

test('an impostor', async () => {
  const impostor = await smallHub({ hubId: hub.hubId })
  ends.push(() => impostor.stop())
  const address = readAddress(`127.0.0.1:${impostor.port}`)
  expect(short(await check({ address }))).toMatchObject({
    reachable: 'passed fine',
    certificate: 'failed impostor',
    clock: 'skipped not_reached',
  })
})

test('a certificate past its end, with how far the clocks are apart', async () => {
  await hub.showLeaf({ until: Date.parse('2020-01-01') })
  const steps = await check({ clock: () => Date.now() + 3_600_000 })
  expect(steps.certificate).toMatchObject({ outcome: 'failed', why: 'expired' })
  expect(steps.certificate.facts.seconds).toBeGreaterThan(3590)
})

test('this computer was sent away', async () => {
  hub.knows = false
  expect(short(await check()).certificate).toBe('failed revoked')
})

test.each([
  [200, 'warned clock_differs'],
  [-200, 'warned clock_differs'],
  [60, 'passed fine'],
])('a clock that is %d seconds off', async (seconds, outcome) => {
  const { clock } = await check({ clock: () => Date.now() + seconds * 1000 })
  expect(`${clock.outcome} ${clock.why}`).toBe(outcome)
  expect(Math.abs(Number(clock.facts.seconds) - seconds)).toBeLessThan(3)
})

test.each([
  ['station_too_old', { oldest: 900, newest: 901 }],
  ['hub_too_old', { oldest: 0, newest: 0 }],
])('%s', async (why, protocol) => {
  hub.info.protocol = protocol
  const { version } = await check()
  expect(version).toMatchObject({ outcome: 'failed', why, facts: { hubOldest: protocol.oldest } })
})
