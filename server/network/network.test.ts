import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPairingString } from '../../contract/discovery.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { askLan, askToPair, onLoopback, type PairedStation, pairStation } from '../../test/support/lan-station.ts'

/** A UDP port that nobody has. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0)
  await once(socket, 'listening')
  const { port } = socket.address() as AddressInfo
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

let clinic: TestClinic
beforeAll(async () => {
  const findable = { mdnsPort: await freePort(), broadcastPort: await freePort() }
  clinic = await aClinic({ hub: { ...onLoopback, lan: { ...onLoopback.lan, findable } } })
})
afterAll(() => clinic.close())

const network = () => clinic.as.administrator.network
const stepsOf = async () => Object.fromEntries((await network().check({})).steps.map((step) => [step.name, step]))

test('it tells where it can be reached, and a pairing string that says the same', async () => {
  const { hubId, lan } = clinic.hub
  const told = await network().get({})
  expect(told).toMatchObject({ hubId, port: lan?.port, cards: 'all', rotation: null })
  expect(told.present.map(({ address, listening }) => [address, listening])).toEqual([
    ['127.0.0.1', true],
    ['127.0.0.2', true],
  ])
  expect(readPairingString(told.pairingString)).toEqual({
    hubId,
    addresses: [`127.0.0.1:${lan?.port}`, `127.0.0.2:${lan?.port}`],
    fingerprint: told.fingerprint,
  })
})

test('only the chosen cards are listened on, also after a restart', async () => {
  const station = await pairStation(clinic)
  const reach = (address: string) =>
    askLan(clinic, { path: '/api/info', address, identity: station.identity }).then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => error.code,
    )
  const chosen = await network().choose({ body: { cards: ['lo-127.0.0.2'] } })
  expect(chosen.present.map(({ chosen: is, listening }) => [is, listening])).toEqual([
    [false, false],
    [true, true],
  ])
  expect([await reach('127.0.0.1'), await reach('127.0.0.2')]).toEqual(['ECONNREFUSED', 200])
  await clinic.restart()
  expect([await reach('127.0.0.1'), await reach('127.0.0.2')]).toEqual(['ECONNREFUSED', 200])
  await network().choose({ body: { cards: 'all' } })
  expect([await reach('127.0.0.1'), await reach('127.0.0.2')]).toEqual([200, 200])
  expect(clinic.hub.databases.read.all`select action, outcome from audit where action = 'network.choose'`).toHaveLength(
    2,
  )
})

describe('the doctor', () => {
  test('tries every step, and all is well', async () => {
    const { steps } = await network().check({})
    expect(steps.map(({ name, outcome, why }) => [name, outcome, why])).toEqual(
      ['card', 'port', 'mdns', 'broadcast', 'reachable', 'certificate', 'clock', 'version'].map((name) => [
        name,
        'passed',
        'fine',
      ]),
    )
  })

  test('no card chosen: nothing behind it is tried', async () => {
    await network().choose({ body: { cards: [] } })
    expect(await stepsOf()).toMatchObject({
      card: { outcome: 'failed', why: 'no_card', facts: { present: 2 } },
      port: { outcome: 'skipped', why: 'not_reached' },
      reachable: { outcome: 'skipped', why: 'not_reached' },
      certificate: { outcome: 'passed' },
    })
    await network().choose({ body: { cards: 'all' } })
  })

  test('a clock that was set back is behind what is on record', async () => {
    const now = clinic.clock.now()
    clinic.clock.set(now - 3_600_000)
    expect((await stepsOf()).clock).toMatchObject({ outcome: 'failed', why: 'clock_differs', facts: { seconds: 3600 } })
    clinic.clock.set(now)
    expect((await stepsOf()).clock).toMatchObject({ outcome: 'passed' })
  })

  test('both ways of being found gone: that is a failure; one of them: a word', async () => {
    const blockers = await Promise.all(
      [0, 0].map(async () => {
        const socket = createSocket('udp4')
        socket.bind({ port: 0, address: '0.0.0.0', exclusive: true })
        await once(socket, 'listening')
        return socket
      }),
    )
    const [mdnsPort = 0, taken = 0] = blockers.map((socket) => (socket.address() as AddressInfo).port)
    for (const [broadcastPort, outcome] of [
      [taken, 'failed'],
      [await freePort(), 'warned'],
    ] as const) {
      const findable = { mdnsPort, broadcastPort }
      const other = await aClinic({ hub: { ...onLoopback, lan: { ...onLoopback.lan, findable } } })
      const { steps } = await other.as.administrator.network.check({})
      expect(steps.find(({ name }) => name === 'mdns')).toMatchObject({ outcome, why: 'mdns_port_taken' })
      expect(steps.find(({ name }) => name === 'reachable')).toMatchObject({ outcome: 'passed' })
      await other.close()
    }
    for (const socket of blockers) socket.close()
  })
})

describe('a change of the root', () => {
  type Renewed = { certificate: string; root: string; crossSigned: string | null }
  const renew = async (station: PairedStation) => {
    const answer = await askLan(clinic, {
      method: 'POST',
      path: '/api/devices/self/certificate',
      identity: station.identity,
      ca: station.root,
    })
    expect(answer.status).toBe(200)
    return answer.body as Renewed
  }

  test('stations go on with the old one, fetch the new one over their link, and those that did not are out at its end', async () => {
    const [prompt, late] = [await pairStation(clinic, 'Prompt'), await pairStation(clinic, 'Late')]
    const before = await network().get({})
    const during = await network().rotateRoot({})
    expect(during.fingerprint).not.toBe(before.fingerprint)
    expect(during.rotation?.waitingFor).toEqual(expect.arrayContaining([prompt.deviceId, late.deviceId]))
    expect(await refusal(network().rotateRoot({}), 'in_use')).toMatchObject({ data: { by: 'rotation' } })

    // Who pins the old root alone reaches the hub as before, also after a restart in the middle of it.
    await clinic.restart()
    for (const { identity, root } of [prompt, late])
      expect((await askLan(clinic, { path: '/api/info', identity, ca: root })).status).toBe(200)

    const { certificate, root, crossSigned } = await renew(prompt)
    expect(crossSigned).not.toBeNull()
    const renewed = { ...prompt, root, identity: { ...prompt.identity, cert: certificate } }
    const info = await askLan(clinic, { path: '/api/info', identity: renewed.identity, ca: root })
    expect(info.body).toMatchObject({ device: { id: prompt.deviceId } })
    await expect.poll(async () => (await network().get({})).rotation?.waitingFor).not.toContain(prompt.deviceId)
    expect((await network().get({})).rotation?.waitingFor).toContain(late.deviceId)

    expect((await network().finishRotation({})).rotation).toBeNull()
    expect(await askLan(clinic, { path: '/api/clinics', identity: renewed.identity, ca: root })).toMatchObject({
      code: 'not_signed_in',
    })
    expect(await askLan(clinic, { path: '/api/clinics', identity: late.identity })).toMatchObject({
      code: 'not_paired',
    })
    await expect(askLan(clinic, { path: '/api/info', identity: late.identity, ca: late.root })).rejects.toThrow()
    expect(await renew(renewed)).toMatchObject({ root, crossSigned: null })
  })

  test('who is just being paired is sent away, to ask anew: the root that they were told of is another', async () => {
    await clinic.as.administrator.pairing.open({})
    const { id } = await askToPair(clinic)
    await network().rotateRoot({})
    expect(await clinic.as.administrator.pairing.state({})).toMatchObject({
      openUntil: null,
      requests: [{ phase: 'failed' }],
    })
    expect(await askLan(clinic, { path: `/api/pairing/requests/${id}` })).toMatchObject({ code: 'pairing_failed' })
    await network().finishRotation({})
  })

  test('two at once are one', async () => {
    const outcomes = await Promise.allSettled([network().rotateRoot({}), network().rotateRoot({})])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await network().finishRotation({})
  })
})
