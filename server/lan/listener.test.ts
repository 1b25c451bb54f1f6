import { once } from 'node:events'
import { Agent } from 'node:https'
import { connect, createServer } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import {
  askLan,
  checkedName,
  onLoopback,
  type PairedStation,
  pairStation,
  upgradeStatus,
} from '../../test/support/lan-station.ts'
import { loopbackCard } from '../../test/support/loopback-card.ts'
import { makeRoot } from '../trust/certificates.ts'

let clinic: TestClinic
let station: PairedStation
beforeAll(async () => {
  clinic = await aClinic({ hub: onLoopback })
  station = await pairStation(clinic, 'Reception')
})
afterAll(() => clinic.close())

const port = () => clinic.hub.lan?.port ?? 0

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
      expect(await upgradeStatus(clinic, identity, { host })).toBe(403)
    },
  )

  test.each(['127.0.0.1', '10.9.8.7:8743', '[fe80::1]:8743', '[::1]'])('Host "%s" may be ours', async (host) => {
    expect((await askLan(clinic, { path: '/api/info', headers: { host } })).status).toBe(200)
  })

  test('a page is refused, also one of a paired computer', async () => {
    const { identity } = station
    const headers = { origin: `https://127.0.0.1:${port()}` }
    expect(await askLan(clinic, { path: '/api/info', identity, headers })).toMatchObject({ code: 'forbidden' })
    expect(await upgradeStatus(clinic, identity, headers)).toBe(403)
  })

  test('takes JSON only', async () => {
    const { identity } = station
    const headers = { 'content-type': 'text/plain' }
    const asked = { method: 'POST', path: '/api/auth/login', body: {}, identity, headers }
    expect(await askLan(clinic, asked)).toMatchObject({ status: 415 })
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
          lan: { ...onLoopback.lan, listCards: () => addresses.map((address) => loopbackCard(address)) },
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

  test('a certificate that has ended meanwhile, as while the computer slept, is a new one as soon as somebody comes', async () => {
    let now = Date.now()
    const slept = await aClinic({ hub: { ...onLoopback, lan: { ...onLoopback.lan, now: () => now } } })
    const before = await shownBy(slept)
    expect(await shownBy(slept)).toBe(before)
    now += 100 * DAY_MS
    await expect.poll(() => shownBy(slept)).not.toBe(before)
    await slept.close()
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
