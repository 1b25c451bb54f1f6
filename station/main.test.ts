import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROLE_CHANGED } from '../local/settings.ts'
import { type SmallHub, smallHub } from '../test/support/small-hub.ts'
import { pairs } from '../test/support/small-pairing.ts'

let data: string
let hub: SmallHub
const running: ChildProcess[] = []
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'anteroom-station-'))
  hub = await smallHub({ name: 'Clinic' })
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await hub.stop()
  rmSync(data, { recursive: true, force: true })
})

function start(...args: string[]) {
  const main = join(import.meta.dirname, 'main.ts')
  // It is told where the hub is: nothing is asked of the network that this computer happens to be on.
  const own = ['--data', data, '--port', '0', '--cards', 'none']
  const child = spawn(process.execPath, [main, ...own, ...args], { stdio: 'pipe' })
  running.push(child)
  let said = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes) => {
      said += bytes
      for (const look of [...waiting]) look()
    })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const says = (what: RegExp) =>
    new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const match = what.exec(said)
        if (!match) return
        waiting.delete(look)
        resolve(match)
      }
      waiting.add(look)
      look()
    })
  return { child, says, ended, said: () => said }
}

test('--help says its options', async () => {
  const { ended, said } = start('--help')
  expect(await ended).toBe(0)
  expect(said()).toMatch(/--hub ADDRESS/)
  expect(said()).toMatch(/--data FOLDER/)
})

test('--hub joins at once, prints the digits, is live, and stops when asked', async () => {
  const known = pairs(hub)
  const { child, says, ended } = start('--hub', `127.0.0.1:${hub.port}`)
  const [, digits] = await says(/Computers: {2}(\d{6})/)
  expect(digits).toBe(known.digits)
  known.approve()
  await says(/Live: Clinic at 127\.0\.0\.1/)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const again = start('--hub', `127.0.0.1:${hub.port}`)
  await again.says(/paired with Clinic already/)
  await again.says(/Live: Clinic/)
})

test('an address that is none is one line with what to do', async () => {
  const { ended, said } = start('--hub', 'two words')
  expect(await ended).toBe(1)
  expect(said(), 'it is not said to be ready before').not.toContain('ready')
  expect(said()).toContain('two words is neither an address nor a pairing string. See --help.')
})

test('an option without its value is one line with what to do', async () => {
  const { ended, said } = start('--hub')
  expect(await ended).toBe(1)
  expect(said()).toContain('The option --hub needs a value. See --help.')
})

test('another role: the answer first, then the process ends so that it is started in it', async () => {
  const { says, ended } = start()
  const [, url] = await says(/^Anteroom is ready to be set up: (http:\S+)/)
  const answer = await fetch(`${url}/station/role`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"role":"hub"}',
  })
  expect(await answer.json()).toEqual({ role: 'hub' })
  expect(await ended).toBe(ROLE_CHANGED)
  expect(JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'))).toMatchObject({ role: 'hub' })
})
