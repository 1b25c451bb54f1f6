import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiClient, signIn } from '../test/support/api-client.ts'
import { PASSWORD } from '../test/support/clinic.ts'
import { smallHub } from '../test/support/small-hub.ts'
import { pairs } from '../test/support/small-pairing.ts'
import { entryOf } from './entry.ts'
import { readHere, whoAnswers } from './proof.ts'
import { writeRole } from './settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-start-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a computer that was never asked is run by the program that asks', () => {
  expect(entryOf('hub')).toMatch(/server.main\.ts$/)
  expect(entryOf('station')).toMatch(/station.main\.ts$/)
  expect(entryOf('new')).toMatch(/station.main\.ts$/)
})

test('a hub that is given up is asked anew what it is, on the same port, and keeps its records', async () => {
  writeRole(folder, 'hub')
  const launcher = spawn(process.execPath, [
    'local/start.ts',
    '--data',
    folder,
    '--port',
    '0',
    '--lan-port',
    '0',
    '--public-port',
    '0',
  ])
  const ended = once(launcher, 'exit')
  const words = lines(launcher.stdout)
  const url = await saysWhere(words, /hub is ready: (\S+)/)
  const administrator = { id: uuidv7(), username: 'admin', displayName: 'Ada Min', password: PASSWORD }
  const clinic = { id: uuidv7(), name: 'Kept', timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
  await apiClient(url).setup.begin({ body: { clinic, administrator } })
  const { api } = await signIn(url, 'admin', PASSWORD)
  await api.network.resign({})
  const station = await saysWhere(words, /^Anteroom is ready to be set up: (\S+)/)
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"role":"hub"}' }
  await fetch(`${station}/station/role`, asked)
  const again = await saysWhere(words, /hub is ready: (\S+)/)
  expect((await apiClient(again).hub.info({})).name).toBe('Kept')
  launcher.kill('SIGTERM')
  await ended
})

function lines(input: Readable): AsyncIterator<string> {
  return createInterface({ input })[Symbol.asyncIterator]()
}

async function saysWhere(words: AsyncIterator<string>, pattern: RegExp): Promise<string> {
  for (;;) {
    const { value, done } = await words.next()
    const found = pattern.exec(value ?? '')?.[1]
    if (found) return found
    if (done) throw new Error(`it ended before it said ${pattern}`)
  }
}

test('--hub is for who joins one: a computer that was not asked yet does, the hub itself says that it cannot', async () => {
  const hub = await smallHub()
  pairs(hub)
  const options = ['local/start.ts', '--data', folder, '--port', '0', '--hub', `127.0.0.1:${hub.port}`]
  const station = spawn(process.execPath, options)
  const gone = once(station, 'exit')
  expect(await saysWhere(lines(station.stdout), /digits .*:\s+(\d{6})$/)).toMatch(/^\d{6}$/)
  station.kill('SIGTERM')
  await gone
  await hub.stop()
  writeRole(folder, 'hub')
  const refused = spawn(process.execPath, options)
  expect(await saysWhere(lines(refused.stderr), /(is the clinic's hub)/)).not.toBe('')
  expect((await once(refused, 'close'))[0]).toBe(1)
})

test('npm start runs the hub where that is the role, says where to look, and ends with it', async () => {
  writeRole(folder, 'hub')
  const launcher = spawn(process.execPath, [
    'local/start.ts',
    '--data',
    folder,
    '--port',
    '0',
    '--lan-port',
    '0',
    '--public-port',
    '0',
  ])
  const ended = once(launcher, 'exit')
  const where = await new Promise<string>((resolve) => {
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
      if (url) resolve(url[0])
    })
  })
  const here = readHere(folder)
  expect(where).toBe(`http://127.0.0.1:${here?.port}`)
  const open = readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
  expect(open).toEqual(['public'])
  launcher.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
  expect(await whoAnswers(here?.port ?? 0, here?.publicKey ?? '')).toBe('nobody')
})

/** Each process that the launcher starts says its own number. */
const SAYS_PID = "--import=data:text/javascript,process.send&&console.log('child:'+process.pid)"
const DIES_AT_ONCE = "--import=data:text/javascript,process.send&&process.kill(process.pid,'SIGKILL')"

test('a hub that is killed in the middle of its work is started again, and it is said', async () => {
  writeRole(folder, 'hub')
  const ports = ['--port', '0', '--lan-port', '0', '--public-port', '0']
  const launcher = spawn(process.execPath, ['local/start.ts', '--data', folder, ...ports], {
    env: { ...process.env, NODE_OPTIONS: SAYS_PID },
  })
  const ended = once(launcher, 'exit')
  const words = lines(launcher.stdout)
  const pid = Number(await saysWhere(words, /^child:(\d+)$/))
  await saysWhere(words, /hub is ready: (\S+)/)
  process.kill(pid, 'SIGKILL')
  const told = lines(launcher.stderr)
  expect(await saysWhere(told, /ended unexpectedly \(killed\). It starts again in (\S+) s/)).toBe('0.5')
  expect(Number(await saysWhere(words, /^child:(\d+)$/))).not.toBe(pid)
  await saysWhere(words, /hub is ready: (\S+)/)
  launcher.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
})

test('one that is killed before it was ready ends the launcher, which says so', async () => {
  writeRole(folder, 'hub')
  const launcher = spawn(process.execPath, ['local/start.ts', '--data', folder, '--port', '0'], {
    env: { ...process.env, NODE_OPTIONS: DIES_AT_ONCE },
  })
  const ended = once(launcher, 'exit')
  expect(await saysWhere(lines(launcher.stderr), /(Start it again)/)).toBe('Start it again')
  expect((await ended)[0]).toBe(1)
})

test('as a service it starts its hub again by itself: a port that was taken is had once it is free', async () => {
  writeRole(folder, 'hub')
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const ports = ['--port', String(port), '--lan-port', '0', '--public-port', '0']
  const launcher = spawn(process.execPath, ['local/start.ts', '--service', '--data', folder, ...ports])
  const ended = once(launcher, 'exit')
  const told = lines(launcher.stderr)
  expect(await saysWhere(told, /^Port (\d+) is in use/)).toBe(String(port))
  expect(await saysWhere(told, /starts again in (\S+) s/)).toBe('0.5')
  await new Promise((resolve) => other.close(resolve))
  expect(await saysWhere(lines(launcher.stdout), /hub is ready: (\S+)/)).toBe(`http://127.0.0.1:${port}`)
  launcher.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
})
