import { afterEach, beforeEach, expect, test } from 'vitest'
import { pair, removeFolders, startHub, startStation } from './clinic.ts'
import { createLan, type Host, type Lan, whyNoNetworks } from './network.ts'

let lan: Lan

beforeEach(({ skip }) => {
  const why = whyNoNetworks()
  if (why) skip(why)
  lan = createLan()
})

afterEach(async () => {
  await lan?.close()
  removeFolders()
})

const MDNS = 5353
const BROADCAST = 8745

/** Drops what comes in and goes out on UDP ports, as some access points do. */
function block(host: Host, ...ports: number[]): void {
  host.exec('nft', 'add', 'table', 'inet', 'blocked')
  for (const hook of ['input', 'output']) {
    host.exec('nft', 'add', 'chain', 'inet', 'blocked', hook, `{ type filter hook ${hook} priority 0; }`)
    for (const port of ports)
      for (const end of ['dport', 'sport'])
        host.exec('nft', 'add', 'rule', 'inet', 'blocked', hook, 'udp', end, String(port), 'drop')
  }
}

test('mDNS alone finds the hub within two seconds', async () => {
  const hub = await startHub(lan.host('hub', '10.77.0.1'))
  const front = lan.host('front', '10.77.0.11')
  block(front, BROADCAST)
  const station = await startStation(front)
  const { found } = await station.until((state) => state.found.length > 0, 2)
  expect(found).toMatchObject([
    { hubId: hub.hubId, name: 'Lakeside Clinic', addresses: ['10.77.0.1:8743'], via: ['mdns'] },
  ])
})

test('a default route into another network, as a VPN has it, hides nothing', async () => {
  const front = lan.host('front', '10.77.0.11')
  front.plug('tun0', '10.99.0.2', { alone: true })
  front.exec('ip', 'route', 'add', 'default', 'via', '10.99.0.1', 'dev', 'tun0')
  const hubHost = lan.host('hub', '10.77.0.1')
  hubHost.plug('tun0', '10.99.1.2', { alone: true })
  hubHost.exec('ip', 'route', 'add', 'default', 'via', '10.99.1.1', 'dev', 'tun0')
  const hub = await startHub(hubHost)
  const station = await startStation(front)
  const { found } = await station.until((state) => state.found[0]?.via.includes('mdns'))
  expect(found.map(({ hubId }) => hubId)).toEqual([hub.hubId])
  await pair(hub, station)
})

test('two hubs of one name are two; one stops, and the other stays', async () => {
  const one = await startHub(lan.host('one', '10.77.0.1'))
  const two = await startHub(lan.host('two', '10.77.0.2'))
  const station = await startStation(lan.host('front', '10.77.0.11'))
  const both = await station.until(({ found }) => found.length === 2 && found.every(({ via }) => via.includes('mdns')))
  expect(new Set(both.found.map(({ hubId }) => hubId))).toEqual(new Set([one.hubId, two.hubId]))
  expect(both.found.map(({ name }) => name)).toEqual(['Lakeside Clinic', 'Lakeside Clinic'])
  await one.stop()
  const left = await station.until(({ found }) => found.length === 1)
  expect(left.found[0]?.hubId).toBe(two.hubId)
  // It is there to stay, and found by who comes later.
  const later = await startStation(lan.host('later', '10.77.0.12'))
  const seen = await later.until(({ found }) => found[0]?.via.includes('mdns'))
  expect(seen.found.map(({ hubId }) => hubId)).toEqual([two.hubId])
})

test('a hub that was killed is no longer listed', async () => {
  const hub = await startHub(lan.host('hub', '10.77.0.1'))
  const station = await startStation(lan.host('front', '10.77.0.11'))
  await station.until(({ found }) => found.length === 1)
  await hub.stop('SIGKILL')
  await station.until(({ found }) => found.length === 0)
})

test('a card that was pulled and put back before anybody looked: mDNS is heard there again', async () => {
  const front = lan.host('front', '10.77.0.11')
  block(front, BROADCAST)
  const station = await startStation(front)
  await station.until(({ searching }) => !searching)
  front.unplug('eth0')
  front.plug('eth0', '10.77.0.11')
  await startHub(lan.host('hub', '10.77.0.1'))
  await station.until(({ found }) => found[0]?.via.includes('mdns'), 10)
})

test('where mDNS is blocked, the broadcast finds the hub', async () => {
  const hubHost = lan.host('hub', '10.77.0.1')
  block(hubHost, MDNS)
  const hub = await startHub(hubHost)
  const station = await startStation(lan.host('front', '10.77.0.11'))
  const { found } = await station.until((state) => state.found.length > 0)
  expect(found).toMatchObject([{ hubId: hub.hubId, via: ['broadcast'] }])
  await pair(hub, station)
})

test.each(['hub', 'front'])(
  'another program has port 5353 on the computer %s: it connects all the same',
  async (name) => {
    const hosts = { hub: lan.host('hub', '10.77.0.1'), front: lan.host('front', '10.77.0.11') }
    await hosts[name === 'hub' ? 'hub' : 'front'].node('test/lan/take-port.ts', String(MDNS)).said(/(taken)/)
    const hub = await startHub(hosts.hub)
    const station = await startStation(hosts.front)
    await pair(hub, station)
    expect((await station.until(({ link }) => link.state === 'live')).link).toMatchObject({ address: '10.77.0.1:8743' })
  },
)

test.each(['address', 'pairing string'])('where nothing is heard at all, the %s connects', async (way) => {
  const hub = await startHub(lan.host('hub', '10.77.0.1'))
  const front = lan.host('front', '10.77.0.11')
  block(front, MDNS, BROADCAST)
  const station = await startStation(front)
  const { pairingString } = await hub.admin.network.get({})
  await pair(hub, station, way === 'address' ? '10.77.0.1' : pairingString)
  // Nor is it needed later: the last good address leads there.
  await station.restart()
  await station.until(({ link }) => link.state === 'live')
})
