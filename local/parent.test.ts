import { fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findParent, type ToChild, type ToParent, toParent } from './parent.ts'
import { whoAnswers } from './proof.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-parent-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const hub = (...args: string[]) => {
  const child = fork('server/main.ts', ['--data', folder, ...args], { silent: true })
  return { child, ended: once(child, 'exit') }
}

test('a hub tells who started it where it listens, and proves on that port that it is the one', async () => {
  const { child, ended } = hub('--port', '0')
  const ready = toParent.parse((await once(child, 'message'))[0]) satisfies ToParent
  if (ready.kind !== 'ready') throw new Error(`it said ${ready.kind}`)
  expect(await whoAnswers(ready.port, ready.publicKey)).toBe('proven')
  child.send({ kind: 'stop' } satisfies ToChild)
  expect((await ended)[0]).toBe(0)
})

test('a hub gives a sign of life when it is asked for one', async () => {
  const { child, ended } = hub('--port', '0')
  await once(child, 'message')
  child.send({ kind: 'ping', id: 7 } satisfies ToChild)
  expect((await once(child, 'message'))[0]).toEqual({ kind: 'pong', id: 7 })
  child.send({ kind: 'stop' } satisfies ToChild)
  expect((await ended)[0]).toBe(0)
})

test('a sign of life is given for as long as the port is its own: not before, and not while it leaves', () => {
  const said: unknown[] = []
  const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => said.push(message) })
  Reflect.set(process, 'parentPort', port)
  let isListening = true
  const ping = (id: number) => port.emit('message', { data: { kind: 'ping', id } satisfies ToChild })
  try {
    const parent = findParent(() => undefined)
    ping(1)
    parent?.ready({ port: 8742, publicKey: 'k', isListening: () => isListening })
    ping(2)
    isListening = false
    ping(3)
  } finally {
    Reflect.deleteProperty(process, 'parentPort')
  }
  expect(said).toEqual([
    { kind: 'ready', port: 8742, publicKey: 'k' },
    { kind: 'pong', id: 2 },
  ])
})

test('a hub whose launcher is gone ends in order', async () => {
  const { child, ended } = hub('--port', '0')
  await once(child, 'message')
  child.disconnect()
  expect((await ended)[0]).toBe(0)
})

test('a hub that cannot start says why and what to do', async () => {
  const first = hub('--port', '0')
  await once(first.child, 'message')
  const second = hub('--port', '0')
  const [told] = await once(second.child, 'message')
  expect(toParent.parse(told)).toMatchObject({ kind: 'fault', message: expect.stringContaining('hub') })
  expect((await second.ended)[0]).toBe(1)
  first.child.kill('SIGTERM')
  await first.ended
})
