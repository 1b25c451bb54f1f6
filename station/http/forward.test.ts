import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SmallHub, smallHub } from '../../test/support/small-hub.ts'
import { aPairedStation, away, live, type TestStation } from '../../test/support/stations.ts'

let hub: SmallHub
let desk: TestStation
beforeEach(async () => {
  hub = await smallHub()
  desk = await aPairedStation(hub)
  await desk.until(live)
})
afterEach(async () => {
  await desk.close()
  await hub.stop()
})

const at = (path: string) => `${desk.station.url}${path}`
const json = { 'content-type': 'application/json' }
type Echo = { method: string; url: string; headers: Record<string, string>; body: unknown }

/** A socket of a page, opened as a browser does. */
async function aSocket(headers: Record<string, string> = {}): Promise<Socket> {
  const socket = connect(desk.station.port, '127.0.0.1')
  const all = { host: `127.0.0.1:${desk.station.port}`, upgrade: 'websocket', connection: 'Upgrade', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET /socket.io/?EIO=4 HTTP/1.1\r\n${lines.join('')}\r\n`)
  return socket
}

test('body, query, token and its own cookies reach the hub, and no other hub’s; its answer and its cookies come back', async () => {
  const own = `rt_${hub.hubId}_session=abc`
  const response = await fetch(at('/api/anything?a=1&b=%20x'), {
    method: 'PUT',
    headers: {
      ...json,
      authorization: 'Bearer secret-token',
      cookie: `other=1; ${own}; rt_another-hub_session=secret; more=2`,
    },
    body: JSON.stringify({ name: 'অমর' }),
  })
  const echo = (await response.json()) as Echo
  expect(echo).toMatchObject({ method: 'PUT', url: '/api/anything?a=1&b=%20x', body: { name: 'অমর' } })
  expect(echo.headers).toMatchObject({ authorization: 'Bearer secret-token', cookie: own })
  expect(response.headers.getSetCookie()).toEqual(['rt_a_b=1; HttpOnly; Path=/api/auth'])
})

test('the hub is asked by its own name, and hears of no page', async () => {
  const response = await fetch(at('/api/x'), {
    method: 'POST',
    headers: { ...json, origin: desk.station.url, referer: `${desk.station.url}/today` },
    body: '{}',
  })
  const { headers } = (await response.json()) as Echo
  expect(headers.host).toBe(`hub-${hub.hubId}`)
  expect(headers.origin).toBeUndefined()
  expect(headers.referer).toBeUndefined()
})

test('what is refused by the hub is refused with its own words', async () => {
  hub.answers['GET /api/no'] = () => [409, { code: 'in_use', message: 'It is still in use.', data: { by: 'x' } }]
  const response = await fetch(at('/api/no'))
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ code: 'in_use', data: { by: 'x' } })
})

test('a body is passed on as it comes, not when it is whole', async () => {
  let begun: () => void = () => undefined
  const arrived = new Promise<void>((resolve) => {
    begun = resolve
  })
  const answered = new Promise<number | undefined>((resolve, reject) => {
    const asked = httpRequest(at('/api/slow'), { method: 'POST', headers: json }, ({ statusCode }) =>
      resolve(statusCode),
    )
    asked.on('error', reject)
    asked.write('{"half":')
    void arrived.then(() => asked.end('true}'))
  })
  // The hub has the head of the request before the page has sent the rest.
  await expect.poll(() => hub.seen).toContain('POST /api/slow')
  begun()
  expect(await answered).toBe(200)
})

test('a socket carries what it is given, both ways', async () => {
  const socket = await aSocket({ origin: desk.station.url })
  const [head] = (await once(socket, 'data')) as [Buffer]
  expect(head.toString()).toMatch(/^HTTP\/1.1 101/)
  socket.write('ping')
  const [echo] = (await once(socket, 'data')) as [Buffer]
  expect(echo.toString()).toBe('ping')
  socket.destroy()
})

test.each([
  ['another host', { host: 'evil.example' }],
  ['another origin', { origin: 'http://evil.example' }],
])('a socket from %s does not reach the hub', async (_what, headers) => {
  const socket = await aSocket(headers)
  await once(socket, 'close')
  expect(hub.seen.filter((name) => name.startsWith('UPGRADE'))).toEqual([])
})

test('with the hub gone a request is answered at once, and sockets end', async () => {
  const socket = await aSocket()
  await once(socket, 'data')
  const ended = once(socket, 'close')
  await hub.stop()
  await ended
  await desk.until(away)
  const begun = performance.now()
  const response = await fetch(at('/api/x'))
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ code: 'hub_away' })
  expect(performance.now() - begun).toBeLessThan(500)
  await once(await aSocket(), 'close')
})

test('what is under way when the hub goes is told so', async () => {
  hub.answers['GET /api/never'] = () => new Promise(() => undefined)
  const asked = fetch(at('/api/never'))
  await expect.poll(() => hub.seen).toContain('GET /api/never')
  await hub.stop()
  expect(await (await asked).json()).toMatchObject({ code: 'hub_away' })
})

test('a page that leaves in the middle does not end the link', async () => {
  hub.answers['GET /api/never'] = () => new Promise(() => undefined)
  const stop = new AbortController()
  const asked = fetch(at('/api/never'), { signal: stop.signal })
  await expect.poll(() => hub.seen).toContain('GET /api/never')
  stop.abort()
  await expect(asked).rejects.toThrow()
  expect((await fetch(at('/api/x'))).status).toBe(200)
  expect(desk.station.state().link.state).toBe('live')
})

test('a browser that is killed resets its socket: the link and the other sockets stay', async () => {
  const other = await aSocket()
  const killed = await aSocket()
  for (const socket of [other, killed]) await once(socket, 'data')
  const before = hub.sockets()
  killed.resetAndDestroy()
  await expect.poll(() => hub.sockets()).toBeLessThan(before)
  expect(desk.station.state().link.state).toBe('live')
  other.write('still here')
  expect(String((await once(other, 'data'))[0])).toBe('still here')
  other.destroy()
})

test('no token and nothing of a body comes into the log', async () => {
  const headers = { ...json, authorization: 'Bearer secret-token', cookie: `rt_${hub.hubId}_a=secret-cookie` }
  await fetch(at('/api/patients?q=Beeblebrox'), { method: 'POST', headers, body: '{"name":"Beeblebrox"}' })
  await hub.stop()
  await fetch(at('/api/patients?q=Beeblebrox'), { method: 'POST', headers, body: '{"name":"Beeblebrox"}' })
  await desk.until(away)
  expect(desk.lines.length).toBeGreaterThan(0)
  expect(desk.lines.join('')).not.toMatch(/secret|Beeblebrox|PRIVATE KEY/)
})
