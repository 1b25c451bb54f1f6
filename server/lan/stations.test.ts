import { once } from 'node:events'
import { Agent } from 'node:https'
import type { Socket } from 'socket.io-client'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import { listen } from '../../test/support/console.ts'
import {
  askLan,
  liveFeed,
  onLoopback,
  type PairedStation,
  pairStation,
  signInAt,
  upgradeStatus,
} from '../../test/support/lan-station.ts'

let clinic: TestClinic
let station: PairedStation
beforeAll(async () => {
  clinic = await aClinic({ hub: onLoopback })
  station = await pairStation(clinic, 'Reception')
})
afterAll(() => clinic.close())

/** The arguments of the first such event. */
function firstOf(socket: Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve) => socket.once(event, (...all: unknown[]) => resolve(all)))
}

describe('a paired station', () => {
  test('gets the API, and nothing but that', async () => {
    const { identity } = station
    const { token } = await signInAt(clinic, station, 'receptionist')
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
    const { token } = await signInAt(clinic, station, 'receptionist')
    const body = { id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Silva' }
    const { identity } = station
    expect((await askLan(clinic, { method: 'POST', path: '/api/patients', body, token, identity })).status).toBe(200)
    const row = clinic.hub.databases.read.get`select device, action from audit where recordId = ${body.id}`
    expect(row).toEqual({ device: station.deviceId, action: 'patient.register' })
  })
})

describe('a session belongs to the computer where it was begun', () => {
  const me = { path: '/api/auth/me' }

  test('its token is refused everywhere else, also once it was used at home', async () => {
    const other = await pairStation(clinic)
    const { token } = await signInAt(clinic, station, 'nurse')
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
    const { sessionId, cookie } = await signInAt(clinic, station, 'cashier')
    const renew = { method: 'POST', path: '/api/auth/refresh', body: { sessionId }, headers: { cookie } }
    const unlock = { ...renew, path: '/api/auth/unlock', body: { sessionId, secret: PASSWORD } }
    for (const asked of [renew, unlock])
      expect(await askLan(clinic, { ...asked, identity: other.identity })).toMatchObject({ code: 'not_signed_in' })
    expect((await askLan(clinic, { ...renew, identity: station.identity })).status).toBe(200)
  })

  test('and so is a socket with its token', async () => {
    const other = await pairStation(clinic)
    const { token } = await signInAt(clinic, station, 'doctor')
    const socket = liveFeed(clinic, other, token)
    const [error] = (await firstOf(socket, 'connect_error')) as [Error]
    expect(error.message).toBe('not_signed_in')
    socket.close()
  })
})

describe('the live feed', () => {
  test.each([['websocket'], ['polling']])('reaches a station over its link by %s', async (transport) => {
    const { token } = await signInAt(clinic, station, 'receptionist')
    const socket = liveFeed(clinic, station, token, [transport])
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
    const { token, sessionId, cookie } = await signInAt(clinic, lost, 'doctor')
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false, ...lost.identity })
    const me = { path: '/api/auth/me', token, identity: lost.identity }
    expect((await askLan(clinic, { ...me, agent })).status).toBe(200)
    const [kept] = Object.values(agent.freeSockets).flat()
    const socket = liveFeed(clinic, lost, token)
    await firstOf(socket, 'connected')

    const over = Promise.all([firstOf(socket, 'disconnect'), once(kept ?? fail(), 'close')])
    const began = performance.now()
    await clinic.as.administrator.devices.revoke({ params: { id: lost.deviceId } })
    await over
    expect(performance.now() - began).toBeLessThan(2000)

    expect(await askLan(clinic, me)).toMatchObject({ code: 'not_paired' })
    expect(await upgradeStatus(clinic, lost.identity)).toBe(403)
    const ended = clinic.hub.databases.read.get`select endReason from sessions where id = ${sessionId}`
    expect(ended).toEqual({ endReason: 'device_revoked' })
    const renew = { method: 'POST', path: '/api/auth/refresh', body: { sessionId }, headers: { cookie } }
    expect(await askLan(clinic, { ...renew, identity: station.identity })).toMatchObject({ code: 'not_signed_in' })
    const { items } = await clinic.as.administrator.devices.list({})
    expect(items.find(({ id }) => id === lost.deviceId)).toMatchObject({ online: false, revokedAt: expect.any(String) })
    agent.destroy()
  })

  test('others go on', async () => {
    const { token } = await signInAt(clinic, station, 'nurse')
    const socket = liveFeed(clinic, station, token)
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
    const desk = await listen(clinic.hub.url, {
      token: clinic.people.receptionist.token,
      clinicId: clinic.clinicId,
    })
    const find = async () => {
      const { items } = await clinic.as.administrator.devices.list({})
      return items.find(({ id }) => id === fresh.deviceId)
    }
    const agent = new Agent({ keepAlive: true, rejectUnauthorized: false, ...fresh.identity })
    await askLan(clinic, { path: '/api/info', agent })
    await expect.poll(async () => (await find())?.online).toBe(true)
    agent.destroy()
    await expect.poll(async () => (await find())?.online, { timeout: 15_000 }).toBe(false)
    const heard = () =>
      desk.events().flatMap(({ changes }) => (changes.devices ?? []).filter(({ id }) => id === fresh.deviceId))
    await expect.poll(() => heard().map(({ online }) => online)).toEqual([true, false])
    desk.close()
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
