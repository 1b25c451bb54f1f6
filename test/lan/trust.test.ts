import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, signIn } from '../support/api-client.ts'
import { PASSWORD } from '../support/clinic.ts'
import { listen } from '../support/console.ts'
import { eventually, type LanHub, type LanStation, pair, removeFolders, startHub, startStation } from './clinic.ts'
import { createLan, type Lan, whyNoNetworks } from './network.ts'

let lan: Lan
let hub: LanHub
let station: LanStation

beforeEach(async ({ skip }) => {
  const why = whyNoNetworks()
  if (why) skip(why)
  lan = createLan()
  hub = await startHub(lan.host('hub', '10.77.0.1'))
  station = await startStation(lan.host('front', '10.77.0.11'))
})

afterEach(async () => {
  await lan?.close()
  removeFolders()
})

/** The digits that the station shows, and the request on the hub that they are for. */
async function digitsOf(to: string): Promise<{ digits: string; id: string }> {
  await station.post('join', { to, name: 'Front desk' })
  const { joining } = await station.until((state) => state.joining?.phase === 'digits')
  const { requests } = await hub.admin.pairing.state({})
  const ready = requests.filter(({ phase }) => phase === 'ready')
  if (joining?.phase !== 'digits' || !ready[0]) throw new Error('no digits to type')
  return { digits: joining.digits, id: ready[0].id }
}

test('a relay in the middle of a pairing makes other digits, and nothing is signed', async () => {
  await hub.admin.pairing.open({})
  const middle = lan.host('middle', '10.77.0.66')
  await middle.node('test/lan/relay.ts', '10.77.0.1', hub.hubId).said(/(relaying)/)
  const { digits, id } = await digitsOf('10.77.0.66')
  const approved = hub.admin.pairing.approve({ params: { id }, body: { digits, name: 'Front desk' } })
  expect((await refusal(approved, 'pairing_failed')).data).toEqual({ why: 'wrong_digits' })
  expect((await hub.admin.devices.list({})).items).toEqual([])
  await station.until(({ joining }) => joining?.phase === 'failed')
})

test('a pairing string names the root: a relay does not come as far as digits', async () => {
  await hub.admin.pairing.open({})
  const { pairingString } = await hub.admin.network.get({})
  const middle = lan.host('middle', '10.77.0.66')
  await middle.node('test/lan/relay.ts', '10.77.0.1', hub.hubId).said(/(relaying)/)
  await station.post('join', { to: pairingString.replace('10.77.0.1:', '10.77.0.66:'), name: 'Front desk' })
  const { joining } = await station.until((state) => state.joining?.phase === 'failed')
  expect(joining).toEqual({ phase: 'failed', problem: 'impostor' })
})

test('digits are tried once: wrong ones end the attempt, and the right ones come too late', async () => {
  await hub.admin.pairing.open({})
  const { digits, id } = await digitsOf('10.77.0.1')
  const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, '0')
  const approve = (typed: string) =>
    hub.admin.pairing.approve({ params: { id }, body: { digits: typed, name: 'Desk' } })
  expect((await refusal(approve(wrong), 'pairing_failed')).data).toEqual({ why: 'wrong_digits' })
  await refusal(approve(digits), 'pairing_failed')
  const { joining } = await station.until((state) => state.joining?.phase === 'failed')
  expect(joining).toEqual({ phase: 'failed', problem: 'wrong_digits' })
  expect((await hub.admin.devices.list({})).items).toEqual([])
})

test('a hub that was not opened takes nobody', async () => {
  await station.post('join', { to: '10.77.0.1', name: 'Front desk' })
  const { joining } = await station.until((state) => state.joining?.phase === 'failed')
  expect(joining).toEqual({ phase: 'failed', problem: 'closed' })
})

test('an impostor with the same name, id and address is refused, and hears no password', async () => {
  await pair(hub, station)
  // Whoever knows the id can say it: it is no secret. The root's key is.
  const other = await startHub(lan.host('impostor', '10.77.0.66'))
  await other.stop()
  const database = new Database(join(other.dataDir, 'anteroom.db'))
  database.prepare('update hub set hubId = ?').run(hub.hubId)
  database.close()
  rmSync(join(other.dataDir, 'trust'), { recursive: true })
  await hub.stop('SIGKILL')
  hub.host.exec('ip', 'address', 'del', '10.77.0.1/24', 'dev', 'eth0')
  other.host.exec('ip', 'address', 'add', '10.77.0.1/24', 'broadcast', '+', 'dev', 'eth0')
  await other.restart()
  await station.until(({ link }) => link.state === 'searching')
  // Time enough to find it by every way, more than once.
  await expect(station.until(({ link }) => link.state === 'live', 12)).rejects.toThrow('not within')
  const login = await fetch(`${station.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD }),
  })
  expect(login.status).toBe(503)
  const { steps } = (await (await station.post('check', {})).json()) as { steps: { name: string; why: string }[] }
  expect(steps.find(({ name }) => name === 'certificate')?.why).toBe('impostor')
})

test('who is not paired reaches which hub it is and the pairing, and nothing else', async () => {
  const stranger = lan.host('stranger', '10.77.0.66')
  const lines = stranger.exec(process.execPath, 'test/lan/stranger.ts', '10.77.0.1', hub.hubId).trim().split('\n')
  const open = lines.filter((line) => !/ (403|closed)$/.test(line)).map((line) => line.replace(/ \d+$/, ''))
  expect(lines.length).toBeGreaterThan(80)
  expect(open.sort()).toEqual(
    [
      'GET /api/info',
      'POST /api/pairing/requests',
      'POST /api/pairing/requests/0199c1d5-0000-7000-8000-000000000000/nonce',
      'GET /api/pairing/requests/0199c1d5-0000-7000-8000-000000000000',
    ].sort(),
  )
})

test('a revoked station is out within two seconds, its sockets included, and stays out', async () => {
  await pair(hub, station)
  const { token, api } = await signIn(station.url, 'admin', PASSWORD)
  const console = await listen(station.url, { token, clinicId: hub.clinicId })
  const [device] = (await hub.admin.devices.list({})).items
  const closed = new Promise<number>((resolve) => console.socket.once('disconnect', () => resolve(performance.now())))
  await hub.admin.devices.revoke({ params: { id: device?.id ?? '' } })
  const revoked = performance.now()
  expect((await closed) - revoked).toBeLessThan(2000)
  await expect(api.auth.me({})).rejects.toThrow()
  const { link } = await station.until((state) => state.link.state === 'refused', 10)
  expect(link).toMatchObject({ state: 'refused', why: 'revoked' })
  console.close()
  await station.restart()
  await station.until((state) => state.link.state === 'refused')
})

test('the wire carries no password, token or name of a patient', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-capture-'))
  const file = join(folder, 'wire.pcap')
  const capture = await lan.capture(file)
  const later = await startStation(lan.host('room', '10.77.0.12'))
  await pair(hub, later)
  const { api, token, cookie } = await signIn(later.url, 'admin', PASSWORD)
  const console = await listen(later.url, { token, clinicId: hub.clinicId })
  const patient = { id: uuidv7(), familyName: 'Quillfeather', givenName: 'Zephyrine', phones: ['+49170555123'] }
  await api.patients.register({ body: { ...patient, clinicId: hub.clinicId } })
  await eventually(() => console.events().some(({ type }) => type === 'patient_created'), 5)
  await api.patients.search({ query: { q: 'Quillfeather' } })
  console.close()
  await capture.stop()
  const wire = readFileSync(file).toString('latin1')
  // It was that network, and that time: what is said openly is there.
  for (const open of ['_anteroom', `id=${hub.hubId}`]) expect(wire.includes(open), open).toBe(true)
  const secrets = [PASSWORD, token, token.slice(0, 24), cookie.split('=')[1] ?? '?', 'Quillfeather', 'Zephyrine']
  for (const secret of secrets) expect(wire.includes(secret), secret).toBe(false)
  rmSync(folder, { recursive: true })
})
