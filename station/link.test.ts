import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loopbackCard } from '../test/support/loopback-card.ts'
import { type SmallHub, smallHub } from '../test/support/small-hub.ts'
import { aPairedStation, away, live, pinnedRoots, spkiOf, type TestStation } from '../test/support/stations.ts'

let hub: SmallHub
let desk: TestStation
const more: { stop(): Promise<void> }[] = []
beforeEach(async () => {
  hub = await smallHub()
})
afterEach(async () => {
  await desk.close()
  await hub.stop()
  for (const one of more.splice(0)) await one.stop()
})

const refused = (why: string) => desk.until(({ link }) => link.state === 'refused' && link.why === why)

/** Answers the broadcast question with where a hub is. */
async function answersBroadcast(where: () => SmallHub): Promise<number> {
  const socket: Socket = createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (_question, { port, address }) => {
    const { hubId, info, port: at } = where()
    socket.send(JSON.stringify({ anteroom: 'here', id: hubId, name: info.name, port: at, protocol: 1 }), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve))
  more.push({ stop: () => new Promise((resolve) => socket.close(() => resolve())) })
  return (socket.address() as AddressInfo).port
}

test('it is live at the address where the hub was last, and says what the hub is called', async () => {
  desk = await aPairedStation(hub)
  const state = await desk.until(live)
  expect(state).toMatchObject({
    role: 'station',
    hub: { hubId: hub.hubId, name: 'Small' },
    deviceName: 'Reception',
    link: { state: 'live', address: `127.0.0.1:${hub.port}` },
    searching: false,
  })
})

test('a hub that stops is searched for, and live again as soon as it is back', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  await hub.stop()
  await desk.until(away)
  await hub.listen()
  await desk.until(live)
})

test('a hub that takes connections and says nothing any more is away within ten seconds', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  const begun = performance.now()
  hub.answers['GET /api/info'] = () => new Promise(() => undefined)
  await desk.until(away)
  expect(performance.now() - begun).toBeLessThan(10_000)
  delete hub.answers['GET /api/info']
  await desk.until(live)
})

test('a hub that went to another address is followed by its id, also after a restart of the station', async () => {
  const broadcastPort = await answersBroadcast(() => hub)
  desk = await aPairedStation(hub, { cards: () => [loopbackCard()], broadcastPort, mdnsPort: 45_353 })
  await desk.until(live)
  await hub.stop()
  await hub.listen('127.0.0.1', 0)
  await desk.until(({ link }) => link.state === 'live' && link.address === `127.0.0.1:${hub.port}`)
  await desk.restart({ cards: () => [] })
  await desk.until(live)
})

test('an impostor with the same name, id and address hears nothing', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  const { port } = hub
  await hub.stop()
  const impostor = await smallHub({ hubId: hub.hubId, name: 'Small' })
  more.push(impostor)
  await impostor.stop()
  await impostor.listen('127.0.0.1', port)
  await desk.until(away)
  await expect.poll(() => desk.lines.join(''), { timeout: 10_000 }).toContain('not the hub that was pinned')
  const answer = await fetch(`${desk.station.url}/api/auth/login`, { method: 'POST', headers: { authorization: 'x' } })
  expect(answer.status).toBe(503)
  expect(impostor.seen).toEqual([])
  await impostor.stop()
  await hub.listen('127.0.0.1', port)
  await desk.until(live)
})

test('a leaf of the right root for another name is an impostor too', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  const other = await smallHub()
  more.push(other)
  await hub.showLeaf({ hubId: other.hubId })
  await hub.stop()
  await hub.listen()
  await expect.poll(() => desk.lines.join(''), { timeout: 10_000 }).toContain('not the hub that was pinned')
  await desk.until(away)
  await hub.showLeaf({})
  await desk.until(live)
})

test('never down an epoch, also after a restart; up is kept', async () => {
  desk = await aPairedStation(hub)
  hub.info.epoch = 3
  await desk.until(live)
  await hub.stop()
  await desk.until(away)
  hub.info.epoch = 2
  await hub.listen()
  await refused('older_epoch')
  await desk.restart()
  await refused('older_epoch')
  hub.info.epoch = 3
  await desk.until(live)
})

test.each([
  ['station_too_old', { oldest: 900, newest: 901 }],
  ['hub_too_old', { oldest: 0, newest: 0 }],
])('%s: which side to update is said, and it is live when that is done', async (why, protocol) => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  hub.info.protocol = protocol
  await refused(why)
  expect((await fetch(`${desk.station.url}/api/x`)).status).toBe(503)
  hub.info.protocol = { oldest: 1, newest: 1 }
  await desk.until(live)
})

test('a computer that the hub does not know any more is told so', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  hub.knows = false
  await refused('revoked')
})

test('a new root that the pinned one vouches for is taken, and the old one forgotten once the new one is used', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  const { crossSigned } = await hub.rotate()
  hub.answers['POST /api/devices/self/certificate'] = async () => {
    const certificate = await hub.certify('device', spkiOf(desk))
    return [200, { certificate, root: hub.root.certificate, crossSigned }]
  }
  await expect.poll(() => pinnedRoots(desk), { timeout: 15_000 }).toEqual([hub.root.certificate])
  expect(desk.station.state().link.state).toBe('live')
})

test('a new root that nobody vouches for is not taken', async () => {
  desk = await aPairedStation(hub)
  await desk.until(live)
  const pinned = pinnedRoots(desk)
  const stranger = await smallHub({ hubId: hub.hubId })
  more.push(stranger)
  await hub.rotate()
  for (const crossSigned of [null, stranger.root.certificate]) {
    hub.answers['POST /api/devices/self/certificate'] = async () => {
      const certificate = await stranger.certify('device', spkiOf(desk))
      return [200, { certificate, root: stranger.root.certificate, crossSigned }]
    }
    const asked = hub.seen.length
    await expect.poll(() => hub.seen.slice(asked), { timeout: 10_000 }).toContain('POST /api/devices/self/certificate')
    await expect.poll(() => desk.lines.join(''), { timeout: 10_000 }).toContain('not right')
    expect(pinnedRoots(desk)).toEqual(pinned)
  }
})
