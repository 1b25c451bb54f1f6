import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeRole } from '../local/settings.ts'
import type { Desktop } from './desktop.ts'
import { type Ready, startProcess } from './process.ts'

const folder = mkdtempSync(join(tmpdir(), 'anteroom-process-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A process whose words are the test's, on a computer with that safe. */
function aProcess(backend: 'gnome_libsecret' | 'basic_text' = 'gnome_libsecret') {
  const child = Object.assign(new EventEmitter(), {
    pid: undefined,
    postMessage: (message: unknown) => told.push(message),
  })
  const told: unknown[] = []
  const heard: unknown[] = []
  const forked: string[] = []
  const desktop = {
    utilityProcess: {
      fork: (entry: string) => {
        forked.push(entry)
        return child
      },
    },
    safeStorage: {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => backend,
      encryptString: (text: string) => Buffer.from(`sealed ${text}`),
      decryptString: (sealed: Buffer) => {
        if (!sealed.toString().startsWith('sealed ')) throw new Error('another user')
        return sealed.toString().slice(7)
      },
    },
  }
  const running = startProcess(desktop as unknown as Desktop, [`--data=${folder}`], {
    ready: (where) => heard.push(where),
    fault: (fault) => heard.push(fault),
  })
  return { child, told, heard, forked, running }
}

test('the process of the role that the settings name is started', () => {
  expect(aProcess().forked[0]).toMatch(/station.main\.ts$/)
  writeRole(folder, 'hub')
  expect(aProcess().forked[0]).toMatch(/server.main\.ts$/)
})

test('a key is sealed by the computer’s safe and comes back', () => {
  const { child, told } = aProcess()
  const key = Buffer.from([0, 255, 7]).toString('base64')
  child.emit('message', { kind: 'protect', id: 1, value: key })
  const [sealed] = told as [{ value: string }]
  expect(sealed).toMatchObject({ kind: 'answer', id: 1 })
  expect(sealed.value).not.toBe(key)
  child.emit('message', { kind: 'unprotect', id: 2, value: sealed.value })
  expect(told[1]).toEqual({ kind: 'answer', id: 2, value: key })
})

test('what another user sealed does not open; a safe that is none is not used', () => {
  const { child, told } = aProcess()
  child.emit('message', { kind: 'unprotect', id: 3, value: Buffer.from('other').toString('base64') })
  expect(told).toEqual([{ kind: 'answer', id: 3, value: null }])
  const poor = aProcess('basic_text')
  poor.child.emit('message', { kind: 'protect', id: 4, value: 'AAAA' })
  expect(poor.told).toEqual([{ kind: 'answer', id: 4, value: null }])
})

test('words that are not in the protocol are not heard', () => {
  const { child, told, heard } = aProcess()
  for (const message of ['ready', { kind: 'ready', port: 0, publicKey: '' }, { kind: 'ready', port: 1 }, null])
    child.emit('message', message)
  expect([told, heard]).toEqual([[], []])
  child.emit('message', { kind: 'ready', port: 8742, publicKey: 'k' })
  expect(heard).toMatchObject([{ port: 8742, publicKey: 'k' }])
})

test('its sign of life is its own answer to what it is asked then, or its end', async () => {
  const { child, told, heard } = aProcess()
  child.emit('message', { kind: 'ready', port: 8742, publicKey: 'k' })
  const [{ isAlive }] = heard as [Ready]
  const answer = isAlive()
  expect(told).toEqual([{ kind: 'ping', id: 1 }])
  child.emit('message', { kind: 'pong', id: 1 })
  expect(await answer).toBe(true)
  child.emit('exit', 0)
  expect(await isAlive()).toBe(false)
})

test('one that is asked to stop is told so, and its end is its code', async () => {
  const { child, told, running } = aProcess()
  running.stop()
  expect(told).toEqual([{ kind: 'stop' }])
  child.emit('exit', 0)
  expect(await running.ended).toBe(0)
})

test('settings that cannot be read are a fault of the process, said where its own would be, and nothing is started', async () => {
  writeFileSync(join(folder, 'settings.json'), '{ "role": "hu')
  const { forked, heard, running } = aProcess()
  expect([forked, await running.ended]).toEqual([[], 1])
  expect(heard).toMatchObject([{ message: expect.stringMatching(/settings.json is not valid JSON/) }])
  rmSync(join(folder, 'settings.json'))
})
