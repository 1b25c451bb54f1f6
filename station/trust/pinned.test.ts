import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../local/fault.ts'
import { smallHub } from '../../test/support/small-hub.ts'
import { newDeviceKey } from './device-key.ts'
import { openPinnedFile, type Pinned } from './pinned.ts'

let data: string
let pinned: Pinned
const file = () => join(data, 'station/hub.json')

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'anteroom-pinned-'))
  const hub = await smallHub()
  const known = await hub.aStation()
  const { key, spki } = newDeviceKey()
  const certificate = await hub.certify(known.deviceId, spki)
  await hub.stop()
  pinned = { ...known, certificate, key, address: '10.0.0.1:8743' }
})
afterEach(() => rmSync(data, { recursive: true }))

test('what was pinned is there after a restart, in a file that only its user can read', async () => {
  await (await openPinnedFile(data)).keep(pinned)
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  expect(statSync(join(data, 'station')).mode & 0o777).toBe(0o700)
  const again = await openPinnedFile(data)
  expect(again.get()).toEqual(pinned)
  again.update({ epoch: 2, address: '10.0.0.2:8743' })
  expect((await openPinnedFile(data)).get()).toEqual({ ...pinned, epoch: 2, address: '10.0.0.2:8743' })
  expect(readdirSync(join(data, 'station'))).toEqual(['hub.json'])
})

test('what did not change is not written', async () => {
  const opened = await openPinnedFile(data)
  await opened.keep(pinned)
  const before = statSync(file()).ino
  opened.update({ epoch: 1 })
  expect(statSync(file()).ino).toBe(before)
})

test('what could not be written is known all the same, and written as soon as it can be', async () => {
  const opened = await openPinnedFile(data)
  await opened.keep(pinned)
  // A folder stands where the next file would be written.
  mkdirSync(`${file()}.new`)
  expect(() => opened.update({ epoch: 5 })).toThrow()
  expect(opened.get()?.epoch).toBe(5)
  rmSync(`${file()}.new`, { recursive: true })
  opened.update({})
  expect((await openPinnedFile(data)).get()?.epoch).toBe(5)
})

test('forgotten is gone, key and all', async () => {
  const opened = await openPinnedFile(data)
  await opened.keep(pinned)
  opened.forget()
  expect(readdirSync(join(data, 'station'))).toEqual([])
  expect((await openPinnedFile(data)).get()).toBeUndefined()
})

test('with a safe the key is not in the file', async () => {
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  const safe = { protect: async (key: Buffer) => turned(key), unprotect: async (key: Buffer) => turned(key) }
  await (await openPinnedFile(data, safe)).keep(pinned)
  const { key } = JSON.parse(readFileSync(file(), 'utf8'))
  expect(Buffer.from(key.base64, 'base64').toString()).not.toContain('PRIVATE KEY')
  expect((await openPinnedFile(data, safe)).get()).toEqual(pinned)
  await expect(openPinnedFile(data)).rejects.toThrow(Fault)
  const shut = { ...safe, unprotect: async () => null }
  await expect(openPinnedFile(data, shut)).rejects.toThrow(/safe, which does not open/)
})

test('a computer without a safe keeps the key in the file', async () => {
  const none = { protect: async () => null, unprotect: async () => null }
  await (await openPinnedFile(data, none)).keep(pinned)
  expect((await openPinnedFile(data)).get()).toEqual(pinned)
})

test('a file that cannot be used is a clear fault', async () => {
  await (await openPinnedFile(data)).keep(pinned)
  const whole = readFileSync(file(), 'utf8')
  const without = (change: object) => JSON.stringify({ ...JSON.parse(whole), ...change })
  const broken = [
    '',
    whole.slice(0, 200),
    '{}',
    without({ roots: [] }),
    without({ certificate: 'x' }),
    without({ more: 1 }),
    without({ key: { kept: 'plain', base64: 'AAAA' } }),
  ]
  for (const text of broken) {
    mkdirSync(join(data, 'station'), { recursive: true })
    writeFileSync(file(), text)
    await expect(openPinnedFile(data), text.slice(0, 30)).rejects.toThrow(/paired, cannot be used/)
  }
})
