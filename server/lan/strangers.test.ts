import { readFileSync } from 'node:fs'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, routes } from '../../test/support/api-input.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import {
  askLan,
  type Identity,
  onLoopback,
  type PairedStation,
  pairStation,
  stationKeys,
  upgradeStatus,
} from '../../test/support/lan-station.ts'
import { makeRoot, makeStationCertificate } from '../trust/certificates.ts'

let clinic: TestClinic
let station: PairedStation
beforeAll(async () => {
  clinic = await aClinic({ hub: onLoopback })
  station = await pairStation(clinic, 'Reception')
})
afterAll(() => clinic.close())

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
function requestTo(route: Route) {
  const path = `/api${route.path.replace(/\{\w+\}/g, () => uuidv7())}`
  return { method: route.method, path, ...(route.method === 'GET' ? {} : { body: {} }) }
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
    expect(await upgradeStatus(clinic)).toBe(403)
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
      expect(await upgradeStatus(clinic, identity), what).toBe(403)
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
