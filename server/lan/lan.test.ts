import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request as httpsRequest } from 'node:https'
import { connect, createServer } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { io, type Socket } from 'socket.io-client'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Input, type Route, routes } from '../../test/support/api-input.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import {
  askLan,
  checkedName,
  type Identity,
  loopbackCard,
  onLoopback,
  type PairedStation,
  pairStation,
  stationKeys,
} from '../../test/support/lan-station.ts'
import { makeRoot, makeStationCertificate, tlsName } from '../trust/certificates.ts'

let clinic: TestClinic
let station: PairedStation
beforeAll(async () => {
  clinic = await aClinic({ hub: onLoopback })
  station = await pairStation(clinic, 'Reception')
})
afterAll(() => clinic.close())

const port = () => clinic.hub.lan?.port ?? 0
const spki = (key: string) => new Uint8Array(Buffer.from(key, 'base64url'))

/** A computer with a certificate of another root, or of its own, for the same device. */
async function stranger(of: {
  deviceId: string
  keys?: { key: string; stationKey: string }
  own?: boolean
}): Promise<Identity> {
  const keys = of.keys ?? stationKeys()
  const root = of.own
    ? { key: keys.key, certificate: (await makeRoot(clinic.hub.hubId)).certificate }
    : await makeRoot(clinic.hub.hubId)
  return {
    key: keys.key,
    cert: await makeStationCertificate(root, { deviceId: of.deviceId, key: spki(keys.stationKey) }),
  }
}

const open = ['hub.info', 'pairing.ask', 'pairing.reveal', 'pairing.outcome']

/** Requests of every route of the contract, with any id where one belongs. */
function requestTo(route: Route, input: Partial<Input> = {}) {
  const path = `/api${route.path.replace(/\{\w+\}/g, () => uuidv7())}`
  return { method: route.method, path, ...(route.method === 'GET' ? {} : { body: input.body ?? {} }) }
}

describe('who is not paired', () => {
  const everything = routes.filter(({ name }) => !open.includes(name))

  test.each(everything)('gets nothing of $name', async (route) => {
    const { token } = clinic.people.administrator
    expect(await askLan(clinic, { ...requestTo(route), token })).toMatchObject({ status: 403, code: 'not_paired' })
  })

  test('may ask which hub it is, and to be paired', async () => {
    expect((await askLan(clinic, { path: '/api/info' })).body).toMatchObject({ hubId: clinic.hub.hubId, device: null })
    for (const route of routes.filter(({ name }) => open.slice(1).includes(name)))
      expect((await askLan(clinic, requestTo(route))).code).not.toBe('not_paired')
  })

  test.each([
    '/',
    '/health',
    '/api/docs',
    '/api/openapi.json',
    '/api/info/',
    '/api//info',
    '/api/info/../setup',
    '/api/%69nfo',
    '/API/info',
    '/api/pairing/requests/../state',
    '/assets/app.js',
    '/socket.io/?EIO=4&transport=polling',
    'http://hub/api/info',
  ])('gets nothing of %s', async (path) => {
    expect(await askLan(clinic, { path })).toMatchObject({ status: 403, code: 'not_paired' })
  })

  test('gets no socket by an upgrade', async () => {
    expect(await upgradeStatus()).toBe(403)
  })

  test('is not believed for a certificate: made by itself, of another root, for the same name, with the same key', async () => {
    const keys = stationKeys()
    const mine = await pairStation(clinic, 'Same key', keys)
    const shown = {
      'its own, with the name of a device': await stranger({ deviceId: station.deviceId, own: true }),
      'of another root, with the name of a device': await stranger({ deviceId: station.deviceId }),
      'of another root, with the key of a device': await stranger({ deviceId: mine.deviceId, keys }),
      'of our root, for a key that nobody has paired': await signedHere(),
    }
    for (const [what, identity] of Object.entries(shown)) {
      expect(await askLan(clinic, { path: '/api/clinics', identity }), what).toMatchObject({ code: 'not_paired' })
      expect((await askLan(clinic, { path: '/api/info', identity })).body, what).toMatchObject({ device: null })
      expect(await upgradeStatus(identity), what).toBe(403)
    }
    expect((await askLan(clinic, { path: '/api/info', identity: mine.identity })).body).toMatchObject({
      device: { name: 'Same key' },
    })
  })

  /** Signed by our own root, as a file that was copied from the hub could be used; the table does not know it. */
  async function signedHere(): Promise<Identity> {
    const root = JSON.parse(readFileSync(`${clinic.dataDir}/trust/root.json`, 'utf8')) as {
      key: string
      certificate: string
    }
    const keys = stationKeys()
    return {
      key: keys.key,
      cert: await makeStationCertificate(root, { deviceId: station.deviceId, key: spki(keys.stationKey) }),
    }
  }
})

/** The status of the answer to an upgrade: 101, or a refusal. */
function upgradeStatus(identity?: Identity, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = httpsRequest({
      host: '127.0.0.1',
      port: port(),
      path: '/socket.io/?EIO=4&transport=websocket',
      agent: false,
      rejectUnauthorized: false,
      ...identity,
      headers: {
        host: tlsName(clinic.hub.hubId),
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asking.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asking.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asking.on('error', reject)
    asking.end()
  })
}

describe('the listener', () => {
  test('one address cannot take all connections', async () => {
    const sockets = Array.from({ length: 250 }, () =>
      connect({ port: port(), host: '127.0.0.1', localAddress: '127.0.0.7' }),
    )
    const open = new Set(sockets)
    for (const socket of sockets) socket.on('error', () => undefined).on('close', () => open.delete(socket))
    await expect.poll(() => open.size).toBe(200)
    expect((await askLan(clinic, { path: '/api/info' })).status).toBe(200)
    for (const socket of sockets) socket.destroy()
  })

  test('speaks TLS 1.3 and nothing older', async () => {
    const socket = tlsConnect({ host: '127.0.0.1', port: port(), rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toMatch(/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/)
  })

  test('has no answer for plain HTTP', async () => {
    const socket = connect(port(), '127.0.0.1')
    let heard = ''
    socket.on('data', (part) => {
      heard += part.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.write('GET /api/info HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    await once(socket, 'close')
    expect(heard).not.toContain('HTTP/1.1')
  })

  test('proves itself with its name, whatever the address, and only to who trusts its root', async () => {
    const ca = station.root
    for (const address of ['127.0.0.1', '127.0.0.2'])
      expect((await askLan(clinic, { path: '/api/info', ca, address })).status).toBe(200)
    const other = (await makeRoot(clinic.hub.hubId)).certificate
    await expect(askLan(clinic, { path: '/api/info', ca: other })).rejects.toThrow(/self-signed|unable to/)
    const wrong = checkedName(uuidv7())
    const socket = tlsConnect({ host: '127.0.0.1', port: port(), ca, ...wrong })
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  test.each(['evil.example', 'localhost', 'hub-', '127.0.0.1.evil.example', '1.2.3'])(
    'wrong Host "%s"',
    async (host) => {
      const { identity } = station
      const answer = await askLan(clinic, { path: '/api/info', identity, headers: { host } })
      expect(answer).toMatchObject({ status: 403, code: 'forbidden' })
      expect(await upgradeStatus(identity, { host })).toBe(403)
    },
  )

  test.each(['127.0.0.1', '10.9.8.7:8743', '[fe80::1]:8743', '[::1]'])('Host "%s" may be ours', async (host) => {
    expect((await askLan(clinic, { path: '/api/info', headers: { host } })).status).toBe(200)
  })

  test('a page is refused, also one of a paired computer', async () => {
    const { identity } = station
    const headers = { origin: `https://127.0.0.1:${port()}` }
    expect(await askLan(clinic, { path: '/api/info', identity, headers })).toMatchObject({ code: 'forbidden' })
    expect(await upgradeStatus(identity, headers)).toBe(403)
  })

  test('takes JSON only', async () => {
    const { identity } = station
    const headers = { 'content-type': 'text/plain' }
    const asked = { method: 'POST', path: '/api/auth/login', body: {}, identity, headers }
    expect(await askLan(clinic, asked)).toMatchObject({ status: 415 })
  })
})

describe('a paired station', () => {
  test('gets the API, and nothing but that', async () => {
    const { identity } = station
    const { token } = await signInAt(station, 'receptionist')
    expect((await askLan(clinic, { path: '/api/clinics', identity, token })).status).toBe(200)
    for (const path of ['/', '/health', '/api/docs', '/api/openapi.json', '/assets/app.js'])
      expect(await askLan(clinic, { path, identity }), path).toMatchObject({ status: 404, code: 'not_found' })
  })

  test.each(['/api/%', '/api/%E0%A4%A', '/api/patients/%FF', '/socket.io/%', '/%'])(
    'an address that cannot be read ends nothing: %s',
    async (path) => {
      const { status } = await askLan(clinic, { path, identity: station.identity })
      expect([400, 401, 404], path).toContain(status)
      expect((await askLan(clinic, { path: '/api/info' })).status).toBe(200)
    },
  )

  test('sets nothing up, however it is written', async () => {
    const { identity } = station
    for (const path of ['/api/setup', '/api/%73etup', '/api/info/../setup', '/api//setup'])
      for (const method of ['GET', 'POST'])
        expect([403, 404], path).toContain((await askLan(clinic, { method, path, identity })).status)
  })

  test('what is for paired computers is for those alone', async () => {
    const asked = { method: 'POST', path: '/api/devices/self/certificate' }
    expect((await askLan(clinic, { ...asked, identity: station.identity })).status).toBe(200)
    expect(await askLan(clinic, asked)).toMatchObject({ code: 'not_paired' })
  })

  test('the audit names it', async () => {
    const { token } = await signInAt(station, 'receptionist')
    const body = { id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Silva' }
    const { identity } = station
    expect((await askLan(clinic, { method: 'POST', path: '/api/patients', body, token, identity })).status).toBe(200)
    const row = clinic.hub.databases.read.get`select device, action from audit where recordId = ${body.id}`
    expect(row).toEqual({ device: station.deviceId, action: 'patient.register' })
  })
})

type Signed = { token: string; sessionId: string; cookie: string }

async function signInAt({ identity }: Pick<PairedStation, 'identity'>, username: string): Promise<Signed> {
  const body = { username, password: PASSWORD }
  const answer = await askLan(clinic, { method: 'POST', path: '/api/auth/login', body, identity })
  const { accessToken, sessionId } = answer.body as { accessToken: string; sessionId: string }
  return { token: accessToken, sessionId, cookie: answer.cookie }
}

describe('a session belongs to the computer where it was begun', () => {
  const me = { path: '/api/auth/me' }

  test('its token is refused everywhere else, also once it was used at home', async () => {
    const other = await pairStation(clinic)
    const { token } = await signInAt(station, 'nurse')
    expect((await askLan(clinic, { ...me, token, identity: station.identity })).status).toBe(200)
    for (let each = 0; each < 2; each++)
      expect(await askLan(clinic, { ...me, token, identity: other.identity })).toMatchObject({ code: 'not_signed_in' })
    const atHub = await fetch(`${clinic.hub.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(atHub.status).toBe(401)
    expect((await askLan(clinic, { ...me, token, identity: station.identity })).status).toBe(200)
  })

  test('a token of the hub’s own computer is refused at a station', async () => {
    const { token } = clinic.people.doctor
    expect(await askLan(clinic, { ...me, token, identity: station.identity })).toMatchObject({ code: 'not_signed_in' })
  })

  test('so is its cookie, and the session goes on where it belongs', async () => {
    const other = await pairStation(clinic)
    const { sessionId, cookie } = await signInAt(station, 'cashier')
    const renew = { method: 'POST', path: '/api/auth/refresh', body: { sessionId }, headers: { cookie } }
    const unlock = { ...renew, path: '/api/auth/unlock', body: { sessionId, secret: PASSWORD } }
    for (const asked of [renew, unlock])
      expect(await askLan(clinic, { ...asked, identity: other.identity })).toMatchObject({ code: 'not_signed_in' })
    expect((await askLan(clinic, { ...renew, identity: station.identity })).status).toBe(200)
  })

  test('and so is a socket with its token', async () => {
    const other = await pairStation(clinic)
    const { token } = await signInAt(station, 'doctor')
    const socket = liveFeed(other, token)
    const [error] = (await firstOf(socket, 'connect_error')) as [Error]
    expect(error.message).toBe('not_signed_in')
    socket.close()
  })
})

function liveFeed({ identity }: Pick<PairedStation, 'identity'>, token: string, transports = ['websocket']): Socket {
  return io(`https://127.0.0.1:${port()}`, {
    transports,
    ...identity,
    rejectUnauthorized: false,
    reconnection: false,
    extraHeaders: { host: tlsName(clinic.hub.hubId) },
    auth: { token, feed: 'batched', clinicId: clinic.clinicId },
  })
}

/** The arguments of the first such event. */
function firstOf(socket: Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve) => socket.once(event, (...all: unknown[]) => resolve(all)))
}

describe('the live feed', () => {
  test.each([['websocket'], ['polling']])('reaches a station over its link by %s', async (transport) => {
    const { token } = await signInAt(station, 'receptionist')
    const socket = liveFeed(station, token, [transport])
    const heard: string[] = []
    socket.on('connect_error', (error) => heard.push(error.message))
    socket.on('events', ({ events }) => heard.push(...events.map(({ type }: { type: string }) => type)))
    await expect.poll(() => socket.connected || heard.join()).toBe(true)
    await clinic.aPatient()
    await expect.poll(() => heard).toContain('patient_created')
    socket.close()
  })
})

describe('a station that is revoked', () => {
  test('is out within two seconds: connections, sockets, sessions, and what it shows later', async () => {
    const lost = await pairStation(clinic, 'Stolen')
    const { token, sessionId, cookie } = await signInAt(lost, 'doctor')
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false, ...lost.identity })
    const me = { path: '/api/auth/me', token, identity: lost.identity }
    expect((await askLan(clinic, { ...me, agent })).status).toBe(200)
    const [kept] = Object.values(agent.freeSockets).flat()
    const socket = liveFeed(lost, token)
    await firstOf(socket, 'connected')

    const over = Promise.all([firstOf(socket, 'disconnect'), once(kept ?? fail(), 'close')])
    const began = performance.now()
    await clinic.as.administrator.devices.revoke({ params: { id: lost.deviceId } })
    await over
    expect(performance.now() - began).toBeLessThan(2000)

    expect(await askLan(clinic, me)).toMatchObject({ code: 'not_paired' })
    expect(await upgradeStatus(lost.identity)).toBe(403)
    const ended = clinic.hub.databases.read.get`select endReason from sessions where id = ${sessionId}`
    expect(ended).toEqual({ endReason: 'device_revoked' })
    const renew = { method: 'POST', path: '/api/auth/refresh', body: { sessionId }, headers: { cookie } }
    expect(await askLan(clinic, { ...renew, identity: station.identity })).toMatchObject({ code: 'not_signed_in' })
    const { items } = await clinic.as.administrator.devices.list({})
    expect(items.find(({ id }) => id === lost.deviceId)).toMatchObject({ online: false, revokedAt: expect.any(String) })
    agent.destroy()
  })

  test('others go on', async () => {
    const { token } = await signInAt(station, 'nurse')
    const socket = liveFeed(station, token)
    await firstOf(socket, 'connected')
    const lost = await pairStation(clinic)
    await clinic.as.administrator.devices.revoke({ params: { id: lost.deviceId } })
    await clinic.as.administrator.devices.revoke({ params: { id: lost.deviceId } })
    expect((await askLan(clinic, { path: '/api/auth/me', token, identity: station.identity })).status).toBe(200)
    expect(socket.connected).toBe(true)
    socket.close()
  })
})

function fail(): never {
  throw new Error('there is none')
}

describe('devices', () => {
  test('everybody hears of a station that comes, and of one that goes', async () => {
    const fresh = await pairStation(clinic, 'Nurse')
    const find = async () => {
      const { items } = await clinic.as.administrator.devices.list({})
      return items.find(({ id }) => id === fresh.deviceId)
    }
    const agent = new Agent({ keepAlive: true, rejectUnauthorized: false, ...fresh.identity })
    await askLan(clinic, { path: '/api/info', agent })
    await expect.poll(async () => (await find())?.online).toBe(true)
    agent.destroy()
    await expect.poll(async () => (await find())?.online, { timeout: 15_000 }).toBe(false)
    const types = clinic.hub.databases.read.all<{ changes: string }>`
      select changes from events where type = 'device_updated' and instr(changes, ${fresh.deviceId}) order by seq desc
      limit 2`
    expect(types.map(({ changes }) => JSON.parse(changes).devices[0].online)).toEqual([false, true])
  })

  test('have names of their own', async () => {
    const fresh = await pairStation(clinic, 'Cash')
    const rename = (version: number, name: string) =>
      clinic.as.administrator.devices.rename({ params: { id: fresh.deviceId }, body: { version, name } })
    const { items } = await clinic.as.administrator.devices.list({})
    const { version = 0 } = items.find(({ id }) => id === fresh.deviceId) ?? {}
    await expect(rename(version, 'Reception')).rejects.toMatchObject({ code: 'already_exists' })
    expect(await rename(version, 'Cash desk')).toMatchObject({ name: 'Cash desk' })
    await expect(rename(version, 'Cash')).rejects.toMatchObject({ code: 'stale_version' })
  })
})

describe('cards', () => {
  const DAY_MS = 86_400_000

  test('come and go, and the hub follows', async () => {
    let cards = [loopbackCard('127.0.0.1')]
    const lan = { ...onLoopback.lan, listCards: () => cards }
    const roaming = await aClinic({ hub: { ...onLoopback, lan } })
    const reach = (address: string) =>
      askLan(roaming, { path: '/api/info', address }).then(
        () => true,
        () => false,
      )
    expect([await reach('127.0.0.1'), await reach('127.0.0.3')]).toEqual([true, false])
    cards = [loopbackCard('127.0.0.3')]
    await expect.poll(() => roaming.hub.lan?.addresses, { timeout: 10_000 }).toEqual(['127.0.0.3'])
    expect([await reach('127.0.0.1'), await reach('127.0.0.3')]).toEqual([false, true])
    cards = []
    await expect.poll(() => roaming.hub.lan?.addresses, { timeout: 10_000 }).toEqual([])
    cards = [loopbackCard('127.0.0.1'), loopbackCard('127.0.0.3')]
    await expect.poll(() => roaming.hub.lan?.addresses.length, { timeout: 10_000 }).toBe(2)
    await roaming.close()
  })

  test('a port that is taken on all of them is a fault, on one of them it is not', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.2')
    await once(other, 'listening')
    const { port: taken } = other.address() as { port: number }
    const start = (...addresses: string[]) =>
      aClinic({
        hub: {
          ...onLoopback,
          lanPort: taken,
          lan: { ...onLoopback.lan, listCards: () => addresses.map(loopbackCard) },
        },
      })
    await expect(start('127.0.0.2')).rejects.toThrow(`Port ${taken} of the network is in use`)
    const both = await start('127.0.0.1', '127.0.0.2')
    expect(both.hub.lan?.addresses).toEqual(['127.0.0.1'])
    const { steps } = await both.as.administrator.network.check({})
    expect(steps.find(({ name }) => name === 'port')).toMatchObject({
      outcome: 'warned',
      why: 'port_taken',
      facts: { address: '127.0.0.2' },
    })
    other.close()
    await expect.poll(() => both.hub.lan?.addresses.length, { timeout: 15_000 }).toBe(2)
    await both.close()
  })

  test('the certificate is renewed while connections go on, and stations need nothing for it', async () => {
    let now = Date.now()
    const renewing = await aClinic({ hub: { ...onLoopback, lan: { ...onLoopback.lan, now: () => now } } })
    const paired = await pairStation(renewing)
    const agent = new Agent({
      keepAlive: true,
      maxSockets: 1,
      ca: paired.root,
      ...checkedName(renewing.hub.hubId),
      ...paired.identity,
    })
    const serial = () => shownBy(renewing)
    await askLan(renewing, { path: '/api/info', agent, ca: paired.root })
    const before = await serial()
    now += 59 * DAY_MS
    await renewing.hub.lan?.renewLeaf()
    expect(await serial()).toBe(before)
    now += 2 * DAY_MS
    await renewing.hub.lan?.renewLeaf()
    expect(await serial()).not.toBe(before)
    expect((await askLan(renewing, { path: '/api/info', agent, ca: paired.root })).status).toBe(200)
    expect((await askLan(renewing, { path: '/api/info', identity: paired.identity, ca: paired.root })).status).toBe(200)
    agent.destroy()
    await renewing.close()
  })

  /** The serial number of the certificate that a new connection is shown. */
  async function shownBy({ hub }: TestClinic): Promise<string> {
    const socket = tlsConnect({ host: '127.0.0.1', port: hub.lan?.port ?? 0, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    const { serialNumber } = socket.getPeerCertificate()
    socket.destroy()
    return serialNumber
  }
})
