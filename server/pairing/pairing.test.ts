import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { askLan, askToPair, onLoopback, pairStation, stationKeys } from '../../test/support/lan-station.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic({ hub: onLoopback })
})
afterAll(() => clinic.close())
afterEach(() => clinic.as.administrator.pairing.close({}))

const admin = () => clinic.as.administrator.pairing
const open = () => admin().open({})
const approve = (id: string, digits: string, name = `Desk ${uuidv7()}`) =>
  admin().approve({ params: { id }, body: { digits, name } })
const outcomeOf = (id: string) => askLan(clinic, { path: `/api/pairing/requests/${id}` })
const ask = (fields: object = {}) =>
  askLan(clinic, {
    method: 'POST',
    path: '/api/pairing/requests',
    body: { id: uuidv7(), name: 'Till', stationKey: stationKeys().stationKey, ...fields },
  })
const reveal = (id: string) =>
  askLan(clinic, {
    method: 'POST',
    path: `/api/pairing/requests/${id}/nonce`,
    body: { stationNonce: randomBytes(32).toString('base64url') },
  })
const rowsOf = (action: string) =>
  clinic.hub.databases.read.all<{ outcome: string; device: string }>`
    select outcome, device from audit where action = ${action} order by id desc`
const wrongOf = (digits: string) => (digits === '000000' ? '000001' : '000000')

test('a computer is paired by typing its six digits, and is somebody from then on', async () => {
  const { deviceId, identity, root } = await pairStation(clinic, 'Reception 1')
  const info = await askLan(clinic, { path: '/api/info', identity, ca: root })
  expect(info.body).toMatchObject({ device: { id: deviceId, name: 'Reception 1' }, hubId: clinic.hub.hubId })
  const { items } = await clinic.as.administrator.devices.list({})
  expect(items.find(({ id }) => id === deviceId)).toMatchObject({ name: 'Reception 1', revokedAt: null })
  expect(rowsOf('pairing.approve')[0]).toMatchObject({ outcome: 'done', device: 'loopback' })
})

test('nobody can ask before an administrator has opened it, and nothing is written for who tries', async () => {
  const before = clinic.hub.databases.read.get<{ id: number }>`select max(id) as id from audit`
  for (let each = 0; each < 50; each++) expect(await ask()).toMatchObject({ status: 409, code: 'pairing_closed' })
  expect(clinic.hub.databases.read.get`select max(id) as id from audit`).toEqual(before)
})

test('five may ask, a sixth not', async () => {
  await open()
  for (let each = 0; each < 5; each++) expect((await ask()).status).toBe(200)
  expect((await ask()).code).toBe('pairing_closed')
  expect(await admin().state({})).toMatchObject({ left: 0, requests: { length: 5 } })
})

test('ten minutes later it is closed, and who asked before is told so', async () => {
  await open()
  const { id, digits } = await askToPair(clinic)
  clinic.clock.pass(10)
  expect((await ask()).code).toBe('pairing_closed')
  expect((await outcomeOf(id)).body).toMatchObject({ code: 'pairing_failed', data: { why: 'expired' } })
  expect(await refusal(approve(id, digits), 'pairing_failed')).toMatchObject({ data: { why: 'expired' } })
  expect(await admin().state({})).toMatchObject({ openUntil: null, left: 0 })
})

describe('digits', () => {
  test('wrong ones end the request: the right ones no longer help', async () => {
    await open()
    const { id, digits } = await askToPair(clinic)
    expect(await refusal(approve(id, wrongOf(digits)), 'pairing_failed')).toMatchObject({
      data: { why: 'wrong_digits' },
    })
    expect(await refusal(approve(id, digits), 'pairing_failed')).toMatchObject({ data: { why: 'wrong_digits' } })
    expect((await outcomeOf(id)).body).toMatchObject({ data: { why: 'wrong_digits' } })
    expect(rowsOf('pairing.approve')[0]).toMatchObject({ outcome: 'pairing_failed' })
  })

  test('a hundred guesses at once are one guess', async () => {
    await open()
    const { id, digits } = await askToPair(clinic)
    const guesses = Array.from({ length: 100 }, (_, guess) => String(guess * 9973).padStart(6, '0'))
    const outcomes = await Promise.allSettled(
      guesses.filter((guess) => guess !== digits).map((guess) => approve(id, guess)),
    )
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    await refusal(approve(id, digits), 'pairing_failed')
  })

  test('the right ones serve once', async () => {
    await open()
    const { id, digits } = await askToPair(clinic)
    const name = `Desk ${uuidv7()}`
    await approve(id, digits, name)
    expect(await refusal(approve(id, digits), 'pairing_failed')).toMatchObject({ data: { why: 'used' } })
    const { items } = await clinic.as.administrator.devices.list({})
    expect(items.filter((device) => device.name === name)).toHaveLength(1)
  })

  test('typed before the nonces are exchanged, they end the request', async () => {
    await open()
    const id = uuidv7()
    await ask({ id })
    expect(await refusal(approve(id, '123456'), 'pairing_failed')).toMatchObject({ data: { why: 'wrong_digits' } })
    expect((await reveal(id)).body).toMatchObject({ data: { why: 'wrong_digits' } })
  })

  test('of one request do not serve another', async () => {
    await open()
    const [one, other] = [await askToPair(clinic), await askToPair(clinic)]
    if (one.digits !== other.digits) await refusal(approve(other.id, one.digits), 'pairing_failed')
    await approve(one.id, one.digits)
  })

  test('a name that another computer has is said first, and costs no try', async () => {
    await open()
    await pairStation(clinic, 'Taken')
    const { id, digits } = await askToPair(clinic)
    expect(await refusal(approve(id, digits, 'Taken'), 'already_exists')).toMatchObject({ data: { field: 'name' } })
    await approve(id, digits, 'Free')
  })
})

describe('nonces', () => {
  test('the hub gives its own once', async () => {
    await open()
    const { id } = await askToPair(clinic)
    expect((await reveal(id)).body).toMatchObject({ code: 'pairing_failed', data: { why: 'used' } })
  })

  test('and to one of many who ask at once', async () => {
    await open()
    const id = uuidv7()
    await ask({ id })
    const answers = await Promise.all(Array.from({ length: 20 }, () => reveal(id)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('nobody gets one for a request that is not there', async () => {
    await open()
    expect((await reveal(uuidv7())).body).toMatchObject({ data: { why: 'unknown' } })
    expect((await outcomeOf(uuidv7())).body).toMatchObject({ data: { why: 'unknown' } })
  })
})

test('an id can be asked with once', async () => {
  await open()
  const id = uuidv7()
  await ask({ id })
  expect(await ask({ id })).toMatchObject({ code: 'already_exists' })
})

test('what is not a point of P-256 is no key, and takes nobody’s place', async () => {
  await open()
  const spki = { publicKeyEncoding: { type: 'spki', format: 'der' } } as const
  const other = generateKeyPairSync('ec', {
    namedCurve: 'secp256k1',
    ...spki,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const offCurve = Buffer.from(stationKeys().stationKey, 'base64url')
  offCurve[90] = (offCurve[90] ?? 0) ^ 1
  const wrong = [
    Buffer.alloc(91),
    randomBytes(91),
    offCurve,
    Buffer.concat([other.publicKey, Buffer.alloc(91)]).subarray(0, 91),
  ]
  for (const key of wrong) {
    const answer = await ask({ stationKey: key.toString('base64url') })
    expect(answer).toMatchObject({
      status: 400,
      code: 'bad_input',
      body: { data: { fields: [{ field: 'stationKey' }] } },
    })
  }
  expect(await admin().state({})).toMatchObject({ left: 5 })
})

test('who waits hears at once: approved, refused, closed', async () => {
  await open()
  const [one, two, three] = [await askToPair(clinic), await askToPair(clinic), await askToPair(clinic)]
  const waiting = [one, two, three].map(({ id }) => outcomeOf(id))
  await approve(one.id, one.digits)
  expect((await waiting[0])?.body).toMatchObject({ phase: 'approved' })
  await admin().refuse({ params: { id: two.id } })
  expect((await waiting[1])?.body).toMatchObject({ data: { why: 'refused' } })
  await admin().close({})
  expect((await waiting[2])?.body).toMatchObject({ data: { why: 'refused' } })
  expect(await refusal(admin().refuse({ params: { id: one.id } }), 'pairing_failed')).toMatchObject({
    data: { why: 'used' },
  })
})

test('a computer that pairs anew with its key is a new device, and no longer the old one', async () => {
  const keys = stationKeys()
  const before = await pairStation(clinic, 'Twice', keys)
  const { items: first } = await clinic.as.administrator.devices.list({})
  expect(first.find(({ id }) => id === before.deviceId)?.revokedAt).toBeNull()
  const after = await pairStation(clinic, 'Twice', keys)
  const { items } = await clinic.as.administrator.devices.list({})
  expect(items.find(({ id }) => id === before.deviceId)?.revokedAt).not.toBeNull()
  expect((await askLan(clinic, { path: '/api/info', identity: after.identity })).body).toMatchObject({
    device: { id: after.deviceId },
  })
})
