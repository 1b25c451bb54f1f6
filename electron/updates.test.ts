import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UPDATE_PART } from '../contract/updates.ts'
import { offeredUpdate, updatePart } from '../server/updates/offered.ts'
import type { Desktop } from './desktop.ts'
import { createGate } from './gate.ts'
import { offerUpdates } from './offering.ts'
import { builtInKey, fetchUpdate, type Installed, isNewer, isWhole } from './updates.ts'

let folder: string
let server: Server
let origin: string
let asked: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-updates-'))
  mkdirSync(join(folder, 'hub/updates'), { recursive: true })
  asked = []
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://hub')
    asked.push(url.pathname)
    const name = url.pathname.split('/').at(-1) ?? ''
    const offset = Number(url.searchParams.get('offset'))
    const dataDir = join(folder, 'hub')
    const answer =
      name === 'latest' ? { offer: await offeredUpdate(dataDir) } : await updatePart(dataDir, { name, offset })
    response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const sign = (...args: string[]) => execFileSync(process.execPath, ['build/sign-update.ts', ...args], { stdio: 'pipe' })
const at = (name: string) => join(folder, name)

/** Two parts and a bit, so that fetching takes more than one request. */
const CONTENT = Buffer.alloc(UPDATE_PART * 2 + 17, 'anteroom')

/** An update of that version on the hub, signed with a key of its own name. */
function publish(version: string, key = 'maker'): void {
  sign('--new-key', at(`${key}.key`), '--public-key', at(`${key}.pub`))
  writeFileSync(at('anteroom-x64.deb'), CONTENT)
  sign('--key', at(`${key}.key`), '--version', version, '--out', at('hub/updates'), at('anteroom-x64.deb'))
}

function installed(version = '0.1.0'): Installed {
  const publicKey = builtInKey(at('maker.pub'))
  if (!publicKey) throw new Error('there is no key')
  return { version, platform: 'linux', arch: 'x64', folder: at('user'), publicKey }
}

test('a newer version that its maker signed is fetched whole, and fetched once', async () => {
  publish('0.2.0')
  const update = await fetchUpdate(origin, installed())
  expect(update).toMatchObject({ version: '0.2.0', path: at('user/anteroom-x64.deb') })
  expect(readFileSync(at('user/anteroom-x64.deb')).equals(CONTENT)).toBe(true)
  const requests = asked.length
  expect(requests).toBe(4)
  await fetchUpdate(origin, installed())
  expect(asked.length - requests).toBe(1)
})

test('what another key signed is not fetched', async () => {
  publish('0.2.0', 'stranger')
  sign('--new-key', at('maker.key'), '--public-key', at('maker.pub'))
  await expect(fetchUpdate(origin, installed())).rejects.toThrow('not signed')
  expect(asked).toEqual(['/api/updates/latest'])
})

test('a manifest that was changed after it was signed is not believed', async () => {
  publish('0.2.0')
  const file = at('hub/updates/manifest.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('0.2.0', '0.3.0'))
  await expect(fetchUpdate(origin, installed())).rejects.toThrow('not signed')
})

test('a file that is not what was signed is thrown away, whether changed, cut or longer', async () => {
  publish('0.2.0')
  const file = at('hub/updates/anteroom-x64.deb')
  for (const content of [Buffer.from(CONTENT).fill(0, 5, 6), CONTENT.subarray(0, -1)]) {
    writeFileSync(file, content)
    await expect(fetchUpdate(origin, installed())).rejects.toThrow('not what was signed')
    expect(() => readFileSync(at('user/anteroom-x64.deb'))).toThrow('ENOENT')
  }
})

test('what lies ready is looked at again before it is started', async () => {
  publish('0.2.0')
  const update = await fetchUpdate(origin, installed())
  if (!update) throw new Error('nothing was fetched')
  expect(await isWhole(update.path, update.file)).toBe(true)
  appendFileSync(update.path, 'x')
  expect(await isWhole(update.path, update.file)).toBe(false)
})

test('nobody is offered the same version, an older one, another system’s, or anything without a key', async () => {
  publish('0.2.0')
  expect(await fetchUpdate(origin, installed('0.2.0'))).toBeUndefined()
  expect(await fetchUpdate(origin, installed('0.10.0'))).toBeUndefined()
  expect(await fetchUpdate(origin, { ...installed(), platform: 'win32' })).toBeUndefined()
  expect(builtInKey(at('no.pub'))).toBeUndefined()
})

test('who looks while somebody looks has the same answer: an update is fetched into its file once', async () => {
  const { platform, arch } = process
  const ending = platform === 'win32' ? 'exe' : platform === 'darwin' ? 'dmg' : 'deb'
  sign('--new-key', at('maker.key'), '--public-key', at('maker.pub'))
  const installer = at(`anteroom-${arch}.${ending}`)
  writeFileSync(installer, CONTENT)
  sign('--key', at('maker.key'), '--version', '0.2.0', '--out', at('hub/updates'), installer)
  const app = { getPath: () => at('user'), getVersion: () => '0.1.0' }
  const gate = createGate(() => false)
  gate.open({ port: Number(new URL(origin).port), isAlive: () => Promise.resolve(true) })
  const found: unknown[] = []
  const desktop = { app } as unknown as Desktop
  const { look } = offerUpdates(desktop, { gate, keyFile: at('maker.pub'), found: (offer) => found.push(offer) })
  expect(await Promise.all([look(), look()])).toEqual([{ version: '0.2.0' }, { version: '0.2.0' }])
  expect(asked.filter((path) => path === '/api/updates/latest')).toHaveLength(1)
  expect(await look()).toEqual({ version: '0.2.0' })
  expect(found).toEqual([{ version: '0.2.0' }])
})

test('a hub without an update offers none; one that is away neither', async () => {
  sign('--new-key', at('maker.key'), '--public-key', at('maker.pub'))
  expect(await fetchUpdate(origin, installed())).toBeUndefined()
  server.close()
  server.closeAllConnections()
  expect(await fetchUpdate(origin, installed())).toBeUndefined()
})

test('the hub hands out what the manifest names, and no other file', async () => {
  publish('0.2.0')
  cpSync(at('maker.key'), at('hub/updates/maker.key'))
  const dataDir = at('hub')
  await expect(updatePart(dataDir, { name: 'maker.key', offset: 0 })).rejects.toMatchObject({ code: 'not_found' })
  await expect(updatePart(dataDir, { name: '../updates/anteroom-x64.deb', offset: 0 })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a private key is never made in the repository', () => {
  expect(() => sign('--new-key', 'build/update.key')).toThrow('outside the repository')
})

test.each([
  ['0.2.0', '0.1.9', true],
  ['0.10.0', '0.9.0', true],
  ['1.0.0', '1.0.0', false],
  ['0.9.0', '0.10.0', false],
])('%s after %s: %s', (offered, has, newer) => expect(isNewer(offered, has)).toBe(newer))
