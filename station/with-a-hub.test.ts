import { once } from 'node:events'
import { connect } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROTOCOL } from '../contract/protocol.ts'
import { apiClient, refusal, signIn } from '../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../test/support/clinic.ts'
import { listen } from '../test/support/console.ts'
import { loopbackCard } from '../test/support/loopback-card.ts'
import { anotherPort, aStation, away, live, pinnedRoots, type TestStation } from '../test/support/stations.ts'

let clinic: TestClinic
let desk: TestStation
let host = '127.0.0.1'
let ports: { mdnsPort: number; broadcastPort: number }
const sockets: { disconnect(): void }[] = []

beforeEach(async () => {
  host = '127.0.0.1'
  ports = { mdnsPort: await anotherPort(), broadcastPort: await anotherPort() }
  clinic = await aClinic({
    hub: { lanPort: 0, lan: { listCards: () => [loopbackCard(host)], findable: ports, keepAwake: false } },
  })
  desk = await aStation({ cards: () => [loopbackCard()], ...ports })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect()
  await desk.close()
  await clinic.close()
})

const administrator = () => clinic.as.administrator

/** Joins as two people do: one at the station, one at the hub. */
async function join(name = 'Reception 1', to = `127.0.0.1:${clinic.hub.lan?.port}`) {
  await administrator().pairing.open({})
  desk.station.join(to)
  const { joining } = await desk.until((state) => state.joining?.phase === 'digits')
  const digits = joining?.phase === 'digits' ? joining.digits : ''
  const { requests } = await administrator().pairing.state({})
  const id = requests.find(({ phase }) => phase === 'ready')?.id ?? ''
  await administrator().pairing.approve({ params: { id }, body: { digits, name } })
  return desk.until(live)
}

async function signedIn(username = 'receptionist') {
  return signIn(desk.station.url, username, PASSWORD)
}

function feed(token: string): Socket {
  const socket = io(desk.station.url, {
    transports: ['websocket'],
    auth: { token, protocol: PROTOCOL, feed: 'batched' },
    reconnection: false,
  })
  sockets.push(socket)
  return socket
}

test('by address: found, joined, signed in, and what one console does another one sees', async () => {
  await desk.until(({ found }) => found.some(({ hubId }) => hubId === clinic.hub.hubId))
  expect(await join()).toMatchObject({ role: 'station', deviceName: 'Reception 1', hub: { hubId: clinic.hub.hubId } })
  const { api, token, cookie, session } = await signedIn()
  expect(cookie).toContain(`rt_${session.hubId}_${session.sessionId}=`)
  const console = await listen(desk.station.url, { token, clinicId: clinic.clinicId })
  sockets.push({ disconnect: () => console.close() })
  const visit = await clinic.aVisit()
  const seen = () => console.events().flatMap(({ changes }) => (changes.visits ?? []).map(({ id }) => id))
  await expect.poll(seen).toContain(visit.id)
  expect((await api.visits.get({ params: { id: visit.id } })).visit.id).toBe(visit.id)
  const refreshed = await fetch(`${desk.station.url}/api/auth/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ sessionId: session.sessionId }),
  })
  expect(refreshed.status).toBe(200)
  const log = desk.lines.join('')
  for (const secret of [token, PASSWORD, cookie.split('=')[1] ?? '']) expect(log).not.toContain(secret)
})

test('a stock client that begins by polling is carried too', async () => {
  await join()
  const { token } = await signedIn()
  const socket = io(desk.station.url, {
    transports: ['polling'],
    auth: { token, protocol: PROTOCOL },
    reconnection: false,
  })
  sockets.push(socket)
  await new Promise((resolve, reject) => {
    socket.once('connected', resolve)
    socket.once('connect_error', reject)
  })
  const ack = await socket.timeout(5000).emitWithAck('join_queue_room', { clinicId: clinic.clinicId })
  expect(ack).toEqual({ ok: true })
})

test('a session is its computer’s: elsewhere its token opens nothing', async () => {
  await join()
  const { token } = await signedIn()
  const atHub = apiClient(clinic.hub.url, () => ({ authorization: `Bearer ${token}` }))
  await refusal(atHub.auth.me({}), 'not_signed_in')
  const here = apiClient(desk.station.url, () => ({ authorization: `Bearer ${clinic.people.administrator.token}` }))
  await refusal(here.auth.me({}), 'not_signed_in')
})

test('by the pairing string from the hub’s page', async () => {
  const { pairingString } = await administrator().network.get({})
  expect(await join('Reception 1', pairingString)).toMatchObject({ hub: { hubId: clinic.hub.hubId } })
})

test('wrong digits: the station is told, and nothing is pinned', async () => {
  await administrator().pairing.open({})
  desk.station.join(`127.0.0.1:${clinic.hub.lan?.port}`)
  const { joining } = await desk.until((state) => state.joining?.phase === 'digits')
  const digits = joining?.phase === 'digits' ? joining.digits : ''
  const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, '0')
  const [request] = (await administrator().pairing.state({})).requests
  const approving = administrator().pairing.approve({
    params: { id: request?.id ?? '' },
    body: { digits: wrong, name: 'Reception 1' },
  })
  await refusal(approving, 'pairing_failed')
  const state = await desk.until(({ joining }) => joining?.phase === 'failed')
  expect(state).toMatchObject({ joining: { problem: 'wrong_digits' }, hub: null, link: { state: 'none' } })
})

test('a hub that takes no computers now', async () => {
  desk.station.join(`127.0.0.1:${clinic.hub.lan?.port}`)
  const { joining } = await desk.until((state) => state.joining?.phase === 'failed')
  expect(joining).toMatchObject({ problem: 'closed' })
})

test('revoked: sockets are cut and every request refused within two seconds', async () => {
  await join()
  const { token } = await signedIn()
  const socket = feed(token)
  await new Promise((resolve) => socket.once('connected', resolve))
  const cut = new Promise((resolve) => socket.once('disconnect', resolve))
  const [device] = (await administrator().devices.list({})).items
  const begun = performance.now()
  await administrator().devices.revoke({ params: { id: device?.id ?? '' } })
  await cut
  await desk.until(({ link }) => link.state === 'refused' && link.why === 'revoked')
  expect(performance.now() - begun).toBeLessThan(2000)
  const answer = await fetch(`${desk.station.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(503)
})

test('a hub that comes back on another card and another port is followed by itself', async () => {
  await join()
  const before = desk.station.state().link
  host = '127.0.0.5'
  await clinic.restart()
  const begun = performance.now()
  const { link } = await desk.until(
    ({ link }) => link.state === 'live' && link.address === `127.0.0.5:${clinic.hub.lan?.port}`,
  )
  expect(performance.now() - begun).toBeLessThan(15_000)
  expect(link).not.toEqual(before)
  const { api } = await signedIn()
  expect((await api.auth.me({})).username).toBe('receptionist')
})

test('a change of the hub’s root reaches the station over its link', async () => {
  await join()
  await administrator().network.rotateRoot({})
  await expect
    .poll(async () => (await administrator().network.get({})).rotation?.waitingFor, { timeout: 15_000 })
    .toEqual([])
  await administrator().network.finishRotation({})
  await expect.poll(() => pinnedRoots(desk).length, { timeout: 10_000 }).toBe(1)
  await desk.restart()
  await desk.until(live)
  expect((await signedIn()).session.user.username).toBe('receptionist')
})

test('what it is called at the hub is what it says it is called', async () => {
  await join()
  const [device] = (await administrator().devices.list({})).items
  const { id = '', version = 0 } = device ?? {}
  await administrator().devices.rename({ params: { id }, body: { version, name: 'Room 2' } })
  await desk.until(({ deviceName }) => deviceName === 'Room 2')
})

test('the wire carries no password and no token in the clear', async () => {
  await join()
  const port = clinic.hub.lan?.port ?? 0
  const plain = connect(port, '127.0.0.1')
  plain.write('GET /api/info HTTP/1.1\r\nHost: x\r\n\r\n')
  plain.on('error', () => undefined)
  plain.on('data', (bytes) => expect(bytes.toString()).not.toContain('HTTP/1.1 200'))
  await once(plain, 'close')
})

test('leaving a live hub is an administrator’s act; one that is away does not hold the computer', async () => {
  await join()
  const leave = (token?: string) =>
    fetch(`${desk.station.url}/station/role`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ role: 'new' }),
    })
  expect((await leave()).status).toBe(401)
  expect((await leave('not-a-token')).status).toBe(401)
  expect((await leave((await signedIn('receptionist')).token)).status).toBe(403)
  expect(desk.station.state().hub).not.toBeNull()
  await desk.restart()
  await desk.until(live)
  const { token } = await signedIn('administrator')
  expect((await leave(token)).status).toBe(200)
  await desk.until(({ hub }) => hub === null)
  await join('Reception 2')
  await clinic.hub.close()
  await desk.until(away)
  expect((await leave()).status).toBe(200)
  await desk.until(({ hub }) => hub === null)
})
