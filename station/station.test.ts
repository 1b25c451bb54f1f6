import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StationState } from '../contract/station.ts'
import { Fault } from '../local/fault.ts'
import { whoAnswers } from '../local/proof.ts'
import { type SmallHub, smallHub } from '../test/support/small-hub.ts'
import { pairs } from '../test/support/small-pairing.ts'
import { aPairedStation, aStation, live, type TestStation } from '../test/support/stations.ts'

let hub: SmallHub
let desk: TestStation
let pagesDir: string
const roles: string[] = []
beforeEach(async () => {
  hub = await smallHub({ name: 'Clinic' })
  pagesDir = mkdtempSync(join(tmpdir(), 'anteroom-pages-'))
  mkdirSync(join(pagesDir, 'console'))
  writeFileSync(join(pagesDir, 'console/index.html'), '<meta name="anteroom-install" content="__INSTALL__" />')
  roles.length = 0
  desk = await aStation({ role: 'new', pagesDir, onRoleChange: (role) => roles.push(role) })
})
afterEach(async () => {
  await desk.close()
  await hub.stop()
  rmSync(pagesDir, { recursive: true })
})

const at = (path: string) => `${desk.station.url}${path}`
const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  fetch(at(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const state = async (query = '') => (await (await fetch(at(`/station/state${query}`))).json()) as StationState
const settings = () => JSON.parse(readFileSync(join(desk.dataDir, 'settings.json'), 'utf8'))

test('a computer that was never asked says so, and its page too', async () => {
  expect(await state()).toMatchObject({
    role: 'new',
    computerName: 'Desk',
    hub: null,
    deviceName: null,
    link: { state: 'none' },
    found: [],
    joining: null,
  })
  const page = await fetch(at('/'))
  expect(await page.text()).toBe('<meta name="anteroom-install" content="new" />')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await fetch(at('/api/info'))).status).toBe(503)
})

test('joined over its page: the digits, the link, the role in the settings, the page’s word', async () => {
  const known = pairs(hub)
  const asked = await post('/station/join', { to: `127.0.0.1:${hub.port}`, name: 'Room 2' })
  expect(await asked.json()).toMatchObject({ joining: { phase: 'asking' } })
  const { joining, revision } = await desk.until((now) => now.joining?.phase === 'digits')
  expect(joining).toEqual({ phase: 'digits', hubName: 'Clinic', digits: known.digits })
  expect(known.name).toBe('Room 2')
  expect((await post('/station/join', { to: '127.0.0.1', name: 'x' })).status).toBe(409)
  const next = state(`?after=${revision}`)
  known.approve()
  expect((await next).revision).toBeGreaterThan(revision)
  await desk.until(live)
  expect(await state()).toMatchObject({ role: 'station', deviceName: 'Reception', joining: null })
  expect(settings()).toMatchObject({ role: 'station' })
  expect(await (await fetch(at('/today'))).text()).toContain('content="station"')
  const again = await post('/station/join', { to: '127.0.0.1', name: 'x' })
  expect(await again.json()).toMatchObject({ code: 'in_use', data: { by: 'hub' } })
})

test('a joining that was called off is over, and another may begin', async () => {
  pairs(hub)
  await post('/station/join', { to: `127.0.0.1:${hub.port}`, name: 'Desk' })
  await desk.until((now) => now.joining?.phase === 'digits')
  expect(await (await post('/station/join/cancel')).json()).toMatchObject({ joining: null })
  await post('/station/join', { to: `127.0.0.1:${hub.port}`, name: 'Desk' })
  await desk.until((now) => now.joining?.phase === 'digits')
})

test('a pairing that failed says why, until the next try', async () => {
  hub.answers['POST /api/pairing/requests'] = () => [409, { code: 'pairing_closed', message: '' }]
  await post('/station/join', { to: `127.0.0.1:${hub.port}`, name: 'Desk' })
  await desk.until((now) => now.joining?.phase === 'failed' && now.joining.problem === 'closed')
  pairs(hub)
  expect((await post('/station/join', { to: `127.0.0.1:${hub.port}`, name: 'Desk' })).status).toBe(200)
  await desk.until((now) => now.joining?.phase === 'digits')
})

test('what cannot be saved on this computer is said as that; nothing is pinned, and it may be tried again', async () => {
  const known = pairs(hub)
  const inTheWay = join(desk.dataDir, 'settings.json.new')
  mkdirSync(inTheWay)
  desk.station.join(`127.0.0.1:${hub.port}`)
  await desk.until(({ joining }) => joining?.phase === 'digits')
  known.approve()
  await desk.until(({ joining }) => joining?.phase === 'failed')
  expect(await state()).toMatchObject({ joining: { problem: 'not_saved' }, hub: null, link: { state: 'none' } })
  rmSync(inTheWay, { recursive: true })
  desk.station.join(`127.0.0.1:${hub.port}`)
  await desk.until(live)
  expect(settings()).toMatchObject({ role: 'station' })
})

test.each([
  [{ to: 'two words', name: 'Desk' }, 'to'],
  [{ to: '127.0.0.1', name: '' }, 'name'],
  [{ to: '127.0.0.1' }, 'name'],
  [{ to: '127.0.0.1', name: 'Desk', more: 1 }, 'more'],
])('bad input is named: %j', async (body, field) => {
  const answer = await post('/station/join', body)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'bad_input', data: { fields: [{ field }] } })
})

test('a page that knows the latest waits for the next; one from before a restart does not', async () => {
  const { revision } = await state()
  let answered = false
  const waiting = state(`?after=${revision}`).then((next) => {
    answered = true
    return next
  })
  expect((await state('?after=9999')).revision).toBe(revision)
  expect(answered).toBe(false)
  await post('/station/join', { to: '127.0.0.1:9', name: 'Desk' })
  expect((await waiting).revision).toBeGreaterThan(revision)
})

test('the connection doctor answers over its route, and names a bad address', async () => {
  const answer = await post('/station/check', {})
  expect(await answer.json()).toMatchObject({
    steps: [{ name: 'card', outcome: 'failed', why: 'no_card' }, {}, {}, {}, {}, {}, {}, {}],
  })
  expect((await post('/station/check', { address: 'two words' })).status).toBe(400)
})

/** As a page of another site would: browsers set these by themselves. */
function asked(headers: Record<string, string>, method = 'GET', path = '/station/state'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(at(path), { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end(method === 'POST' ? '{}' : undefined)
  })
}

test.each(['/station/state', '/api/info', '/', '/health'])('%s answers to its own names alone', async (path) => {
  expect(await asked({ host: 'evil.example' }, 'GET', path)).toBe(403)
  expect(await asked({ host: `localhost:${desk.station.port}` }, 'GET', path)).not.toBe(403)
})

test.each(['/station/search', '/station/role', '/api/auth/login'])(
  'POST %s: not from another site, and JSON only',
  async (path) => {
    const json = { 'content-type': 'application/json' }
    expect(await asked({ ...json, origin: 'http://evil.example' }, 'POST', path)).toBe(403)
    expect(await asked({ 'content-type': 'text/plain' }, 'POST', path)).toBe(415)
  },
)

test('unknown paths are refused in the house’s shape', async () => {
  expect(await (await fetch(at('/station/nothing'))).json()).toMatchObject({ code: 'not_found' })
  expect(await (await post('/nothing')).json()).toMatchObject({ code: 'not_found' })
})

test('it proves that it is the one that was started', async () => {
  expect(await whoAnswers(desk.station.port, desk.station.publicKey)).toBe('proven')
  expect(await (await fetch(at('/health'))).json()).toEqual({ ok: true, role: 'new', link: 'none' })
})

test('the first answer of a new computer: it is the hub', async () => {
  const answer = await post('/station/role', { role: 'hub' })
  expect(await answer.json()).toEqual({ role: 'hub' })
  await expect.poll(() => roles).toEqual(['hub'])
  expect(settings()).toMatchObject({ role: 'hub' })
})

test('a file that cannot be read, or a port that is taken, is a clear fault', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-station-'))
  mkdirSync(join(dataDir, 'station'))
  writeFileSync(join(dataDir, 'station/hub.json'), '{')
  await expect(aStation({ dataDir })).rejects.toThrow(Fault)
  rmSync(dataDir, { recursive: true })
  await expect(aStation({ port: desk.station.port })).rejects.toThrow(/in use by another program/)
})

test('a station stays one over a restart', async () => {
  await desk.close()
  desk = await aPairedStation(hub)
  await desk.until(live)
  await desk.restart()
  expect((await desk.until(live)).role).toBe('station')
})
