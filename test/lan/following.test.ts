import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LanHub, type LanStation, pair, removeFolders, startHub, startStation } from './clinic.ts'
import { createLan, type Lan, whyNoNetworks } from './network.ts'

let lan: Lan
let hub: LanHub
let stations: LanStation[]

beforeEach(async ({ skip }) => {
  const why = whyNoNetworks()
  if (why) skip(why)
  lan = createLan()
  hub = await startHub(lan.host('hub', '10.77.0.1'))
  stations = []
  for (const [index, name] of ['front', 'room1', 'cash'].entries()) {
    const station = await startStation(lan.host(name, `10.77.0.${11 + index}`))
    await pair(hub, station)
    stations.push(station)
  }
})

afterEach(async () => {
  await lan?.close()
  removeFolders()
})

const everyStation = <T>(act: (station: LanStation) => Promise<T>) => Promise.all(stations.map(act))
const liveAt = (address: string) => (station: LanStation) =>
  station.until(({ link }) => link.state === 'live' && link.address === address, 30)
const away = (station: LanStation) => station.until(({ link }) => link.state === 'searching', 10)

test("the hub's address changes: every station is live again within 30 seconds, untouched", async () => {
  hub.host.exec('ip', 'address', 'del', '10.77.0.1/24', 'dev', 'eth0')
  await everyStation(away)
  hub.host.exec('ip', 'address', 'add', '10.77.0.99/24', 'broadcast', '+', 'dev', 'eth0')
  await everyStation(liveAt('10.77.0.99:8743'))
})

test('the hub is killed and started again: every station finds it where it was', async () => {
  await hub.stop('SIGKILL')
  await everyStation(away)
  await hub.restart()
  await everyStation(liveAt('10.77.0.1:8743'))
})

test("the hub's cable is pulled and plugged in again", async () => {
  hub.host.unplug('eth0')
  await everyStation(away)
  hub.host.plug('eth0', '10.77.0.1')
  await everyStation(liveAt('10.77.0.1:8743'))
})

test('a second card comes, the first one goes: the stations change over', async () => {
  hub.host.plug('eth1', '10.77.0.2')
  hub.host.unplug('eth0')
  await everyStation(liveAt('10.77.0.2:8743'))
})

test('a station says within ten seconds that its hub is away, and so do its pages', async () => {
  const [front] = stations
  if (!front) throw new Error('no station')
  hub.host.exec('ip', 'link', 'set', 'eth0', 'down')
  await away(front)
  const response = await fetch(`${front.url}/api/info`)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ code: 'hub_away' })
})
