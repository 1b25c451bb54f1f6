import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LEAF_MS, openTrust, type TrustOptions } from './trust.ts'

const DAY_MS = 86_400_000
const hubId = uuidv7()
const NOW = Date.parse('2026-11-20T09:00:00.000Z')

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'anteroom-trust-')), 'trust')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const start = (options: Partial<TrustOptions> = {}) =>
  openTrust({ folder, hubId, epoch: 1, now: () => NOW, latest: () => 0, ...options })
const shown = (trust: Awaited<ReturnType<typeof start>>) => new X509Certificate(trust.leaf().chain)
const agreed = () => Promise.resolve()

test('a hub is the same after a restart: root and leaf are made once', async () => {
  const [one, two] = [await start(), await start()]
  expect(two.root()).toEqual(one.root())
  expect(two.leaf()).toEqual(one.leaf())
})

test('its files are for its user only, and nothing half-written stays', async () => {
  await start()
  expect(readdirSync(folder).sort()).toEqual(['leaf.json', 'root.json'])
  for (const name of ['leaf.json', 'root.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('the leaf is for the hub’s name and epoch, signed by the root, and holds for wrong clocks', async () => {
  const trust = await start({ epoch: 3 })
  const leaf = shown(trust)
  const root = new X509Certificate(trust.root().certificate)
  expect(leaf.subjectAltName).toBe(`DNS:hub-${hubId}, URI:urn:anteroom:epoch:3`)
  expect(leaf.verify(root.publicKey) && leaf.checkIssued(root)).toBe(true)
  expect([leaf.ca, root.ca]).toEqual([false, true])
  expect(leaf.checkPrivateKey(createPrivateKey(trust.leaf().key))).toBe(true)
  for (const certificate of [leaf, root]) expect(Date.parse(certificate.validFrom)).toBe(Date.parse('2000-01-01'))
  expect(Date.parse(leaf.validTo)).toBe(NOW + LEAF_MS)
  expect(trust.leaf().until).toBe(NOW + LEAF_MS)
})

describe('the leaf is renewed', () => {
  test('when two thirds of its life are over, and not before', async () => {
    let now = NOW
    const trust = await start({ now: () => now })
    const first = trust.leaf()
    now += 60 * DAY_MS - 1000
    expect(await trust.renewLeaf()).toBe(false)
    expect(trust.leaf()).toEqual(first)
    now += 2000
    expect(await trust.renewLeaf()).toBe(true)
    expect(trust.leaf().until).toBe(now + LEAF_MS)
  })

  test('at a start that comes too late for it, and for another epoch', async () => {
    const first = (await start()).leaf()
    expect((await start({ now: () => NOW + 200 * DAY_MS })).leaf().until).toBe(NOW + 290 * DAY_MS)
    const promoted = await start({ epoch: 2 })
    expect(promoted.leaf()).not.toEqual(first)
    expect(shown(promoted).subjectAltName).toContain('epoch:2')
  })

  test('a clock that was set back does not shorten it: what is on record counts', async () => {
    const trust = await start({ now: () => NOW - 3650 * DAY_MS, latest: () => NOW })
    expect(trust.leaf().until).toBe(NOW + LEAF_MS)
    expect(await trust.renewLeaf()).toBe(false)
  })

  test('a leaf file that is damaged is made anew', async () => {
    await start()
    writeFileSync(join(folder, 'leaf.json'), '{"key":')
    expect(shown(await start()).checkHost(`hub-${hubId}`)).toBe(`hub-${hubId}`)
  })

  test('one with the key of another is made anew too: nobody could connect with it', async () => {
    const first = await start()
    const file = JSON.parse(readFileSync(join(folder, 'leaf.json'), 'utf8')) as object
    const { key } = JSON.parse(readFileSync(join(folder, 'root.json'), 'utf8')) as { key: string }
    writeFileSync(join(folder, 'leaf.json'), JSON.stringify({ ...file, key }))
    const again = await start()
    expect(again.leaf()).not.toEqual(first.leaf())
    expect(shown(again).checkPrivateKey(createPrivateKey(again.leaf().key))).toBe(true)
  })
})

test('a root file that is damaged is a fault: no hub replaces its root in silence', async () => {
  await start()
  const whole = JSON.parse(readFileSync(join(folder, 'root.json'), 'utf8')) as { key: string; certificate: string }
  const { key } = JSON.parse(readFileSync(join(folder, 'leaf.json'), 'utf8')) as { key: string }
  const damaged = [
    { ...whole, key: 'x' },
    { ...whole, certificate: whole.certificate.slice(0, 200) },
    { ...whole, key },
  ]
  for (const text of ['{"key":', '', ...damaged.map((one) => JSON.stringify(one))]) {
    writeFileSync(join(folder, 'root.json'), text)
    await expect(start()).rejects.toMatchObject({ name: 'Fault', message: expect.stringContaining('damaged') })
  }
})

describe('a change of the root', () => {
  test('the old root vouches for the new one, and its key is gone', async () => {
    const trust = await start()
    const before = trust.root()
    const oldKey = (JSON.parse(readFileSync(join(folder, 'root.json'), 'utf8')) as { key: string }).key
    await trust.rotate('2026-11-20T09:00:00.000Z', agreed)
    const cross = new X509Certificate(trust.rotation()?.crossSigned ?? '')
    const [old, next] = [new X509Certificate(before.certificate), new X509Certificate(trust.root().certificate)]
    expect(cross.verify(old.publicKey) && cross.checkIssued(old)).toBe(true)
    expect([cross.subject, cross.publicKey.equals(next.publicKey)]).toEqual([next.subject, true])
    expect(shown(trust).verify(next.publicKey)).toBe(true)
    expect(trust.accepted().map(({ fingerprint256 }) => fingerprint256)).toEqual(
      [next, old].map((one) => one.fingerprint256),
    )
    expect(readFileSync(join(folder, 'root.json'), 'utf8')).not.toContain(JSON.stringify(oldKey).slice(1, -1))
  })

  test('goes on after a restart, and ends for good', async () => {
    const trust = await start()
    await trust.rotate('2026-11-20T09:00:00.000Z', agreed)
    const again = await start()
    expect(again.rotation()).toEqual(trust.rotation())
    expect(again.accepted()).toHaveLength(2)
    await again.finishRotation()
    expect([again.rotation(), again.accepted().length]).toEqual([null, 1])
    expect((await start()).accepted()).toHaveLength(1)
    expect(again.leaf().chain.match(/BEGIN CERTIFICATE/g)).toHaveLength(1)
  })

  test('changes nothing when it could not be put on record', async () => {
    const trust = await start()
    const before = trust.root()
    await expect(trust.rotate('', () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('full')
    expect(trust.root()).toEqual(before)
    await trust.rotate('', agreed)
    await expect(trust.rotate('', agreed)).rejects.toMatchObject({ code: 'in_use' })
  })
})
