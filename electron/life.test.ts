import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { ToChild } from '../local/parent.ts'
import type { Child } from './desktop.ts'
import { createGate } from './gate.ts'
import { oneAtATime, watchLife } from './life.ts'
import { isStatusPage } from './status.ts'

/** Questions that the test answers. */
function questions() {
  const open: ((isAlive: boolean) => void)[] = []
  const ask = oneAtATime(() => new Promise((resolve) => void open.push(resolve)))
  return { open, ask }
}

/** A process that answers when the test has it do so. */
function aProcess() {
  const told: ToChild[] = []
  const child = Object.assign(new EventEmitter(), {
    pid: undefined,
    postMessage: (message: ToChild) => void told.push(message),
  })
  return { child, told, ...watchLife(child as Child) }
}

/** Once all that waits for nothing but this turn has gone on. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('who comes while a question is under way shares the next one, and none is answered by one asked before they came', async () => {
  const { open, ask } = questions()
  const said: string[] = []
  const first = ask().then((is) => said.push(`first ${is}`))
  const later = [1, 2, 3].map((name) => ask().then((is) => said.push(`${name} ${is}`)))
  await turn()
  expect(open).toHaveLength(1)
  open[0]?.(true)
  await first
  await turn()
  expect([said, open.length]).toEqual([['first true'], 2])
  const last = ask()
  open[1]?.(false)
  await Promise.all(later)
  expect(said).toEqual(['first true', '1 false', '2 false', '3 false'])
  await turn()
  expect(open).toHaveLength(3)
  open[2]?.(true)
  expect(await last).toBe(true)
})

test('who comes when nothing is under way asks at once', async () => {
  const { open, ask } = questions()
  for (const nth of [0, 1, 2]) {
    const answer = ask()
    expect(open).toHaveLength(nth + 1)
    open[nth]?.(true)
    expect(await answer).toBe(true)
  }
})

test('a page of fifty files costs two questions', async () => {
  const { open, ask } = questions()
  const all = Promise.all(Array.from({ length: 50 }, ask))
  for (const nth of [0, 1]) {
    await turn()
    open[nth]?.(true)
  }
  expect(await all).toEqual(Array(50).fill(true))
  expect(open).toHaveLength(2)
})

test('a process that dies while it is asked is dead to all who wait, and to who asks later, without a question', async () => {
  const { child, told, isAlive } = aProcess()
  const waiting = [isAlive(), isAlive(), isAlive()]
  child.emit('exit', 9)
  expect(await Promise.all(waiting)).toEqual([false, false, false])
  expect(await isAlive()).toBe(false)
  expect(told).toEqual([{ kind: 'ping', id: 1 }])
})

test('an answer to an earlier question is none to a later one', async () => {
  const { child, told, isAlive, answered } = aProcess()
  const first = isAlive()
  answered(1)
  expect(await first).toBe(true)
  await turn()
  const second = isAlive()
  expect(told.at(-1)).toEqual({ kind: 'ping', id: 2 })
  answered(1)
  child.emit('exit', 0)
  expect(await second).toBe(false)
})

test('a request that was let in by nobody yet waits, and goes nowhere when the gate was shut or opened for another', async () => {
  const url = 'http://127.0.0.1:8742/api/x'
  for (const meanwhile of ['shut', 'another'] as const) {
    const gate = createGate(isStatusPage)
    const { open, ask } = questions()
    gate.open({ port: 8742, isAlive: ask })
    const may = gate.mayReach(url)
    if (meanwhile === 'shut') gate.shut()
    else gate.open({ port: 8743, isAlive: async () => true })
    open[0]?.(true)
    expect(await may).toBe(false)
  }
})

test('a process that gives no sign of life is sent nothing: no request, no socket', async () => {
  const gate = createGate(isStatusPage)
  const { child, isAlive } = aProcess()
  gate.open({ port: 8742, isAlive })
  const asked = ['http://127.0.0.1:8742/', 'ws://127.0.0.1:8742/socket.io/'].map(gate.mayReach)
  child.emit('exit', 9)
  expect(await Promise.all(asked)).toEqual([false, false])
})
