import { execFileSync } from 'node:child_process'
import { createPublicKey, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UPDATE_PART } from '../contract/updates.ts'
import { fetchUpdate } from '../electron/updates.ts'
import { aClinic, type TestClinic } from './support/clinic.ts'
import { loopbackCard } from './support/loopback-card.ts'
import { aStation, live, type TestStation } from './support/stations.ts'

let folder: string
let clinic: TestClinic
let desk: TestStation
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-update-'))
  const listCards = () => [loopbackCard()]
  clinic = await aClinic({ hub: { lanPort: 0, lan: { listCards, findable: null, keepAwake: false } } })
  desk = await aStation({ cards: listCards })
})
afterAll(async () => {
  await desk?.close()
  await clinic?.close()
  rmSync(folder, { recursive: true })
})

const sign = (...args: string[]) => execFileSync(process.execPath, ['build/sign-update.ts', ...args], { stdio: 'pipe' })
const at = (name: string) => join(folder, name)

async function pairDesk() {
  const { pairing } = clinic.as.administrator
  await pairing.open({})
  desk.station.join(`127.0.0.1:${clinic.hub.lan?.port}`)
  const { joining } = await desk.until((state) => state.joining?.phase === 'digits')
  const digits = joining?.phase === 'digits' ? joining.digits : ''
  const { requests } = await pairing.state({})
  const id = requests.find(({ phase }) => phase === 'ready')?.id ?? ''
  await pairing.approve({ params: { id }, body: { digits, name: 'Desk' } })
  await desk.until(live)
}

test('a paired station gets the hub’s update over its link, whole and checked; nobody else gets anything', async () => {
  sign('--new-key', at('maker.key'), '--public-key', at('maker.pub'))
  writeFileSync(at('anteroom-x64.deb'), randomBytes(UPDATE_PART + 5))
  sign('--key', at('maker.key'), '--version', '9.0.0', '--out', join(clinic.dataDir, 'updates'), at('anteroom-x64.deb'))
  const publicKey = createPublicKey(readFileSync(at('maker.pub')))
  const installed = { version: '0.1.0', platform: 'linux', arch: 'x64', folder: at('user'), publicKey }

  expect(await fetchUpdate(desk.station.url, installed)).toBeUndefined()
  expect((await fetch(`${clinic.hub.url}/api/updates/latest`)).status).toBe(403)
  await pairDesk()
  const update = await fetchUpdate(desk.station.url, installed)
  expect(update).toMatchObject({ version: '9.0.0' })
  expect(readFileSync(at('user/anteroom-x64.deb')).equals(readFileSync(at('anteroom-x64.deb')))).toBe(true)
})
