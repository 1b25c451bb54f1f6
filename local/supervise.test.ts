import { expect, test } from 'vitest'
import { ROLE_CHANGED } from './settings.ts'
import { type Happening, LONG_LIFE_MS, LONGEST_WAIT_MS, type Supervision, supervise } from './supervise.ts'

const always = () => true
const never = () => false

/** A supervisor of processes that end when the test says so, on the test's clock. */
function aSupervisor(again: Supervision['again']) {
  const said: Happening[] = []
  const started: { end: (code: number | null) => Promise<void>; stopped: boolean }[] = []
  let now = 0
  let planned: { act: () => void; at: number } | undefined
  const supervised = supervise({
    again,
    say: (what) => said.push(what),
    start: () => {
      const { promise, resolve } = Promise.withResolvers<number | null>()
      const one = {
        stopped: false,
        end: async (code: number | null) => {
          resolve(code)
          await promise
        },
      }
      started.push(one)
      const stop = () => {
        one.stopped = true
        resolve(0)
      }
      return { ended: promise, stop }
    },
    timers: {
      now: () => now,
      later: (act, ms) => {
        planned = { act, at: now + ms }
        return () => {
          planned = undefined
        }
      },
    },
  })
  const pass = (ms: number) => {
    now += ms
    if (!planned || planned.at > now) return
    const { act } = planned
    planned = undefined
    act()
  }
  const last = () => {
    const one = started.at(-1)
    if (!one) throw new Error('nothing was started')
    return one
  }
  return { supervised, said, started, pass, last, isPlanned: () => planned !== undefined }
}

const waits = (said: Happening[]) => said.flatMap((what) => (what.kind === 'died' ? [what.againInMs] : []))

test('a process that dies again and again is started with growing waits, and each is said', async () => {
  const { said, started, pass, last } = aSupervisor(always)
  for (let death = 1; death <= 9; death += 1) {
    await last().end(1)
    expect(started).toHaveLength(death)
    pass(waits(said).at(-1) ?? 0)
    expect(started).toHaveLength(death + 1)
  }
  expect(waits(said)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, LONGEST_WAIT_MS, LONGEST_WAIT_MS, LONGEST_WAIT_MS])
})

test('nothing is started before its wait is over', async () => {
  const { started, pass, last } = aSupervisor(always)
  await last().end(null)
  pass(499)
  expect(started).toHaveLength(1)
  pass(1)
  expect(started).toHaveLength(2)
})

test('who lived long is started with the first wait again', async () => {
  const { said, pass, last } = aSupervisor(always)
  await last().end(1)
  pass(500)
  await last().end(1)
  pass(1000)
  pass(LONG_LIFE_MS)
  await last().end(1)
  expect(waits(said)).toEqual([500, 1000, 500])
})

test('a change of role starts it at once, whatever else is started again', async () => {
  for (const again of [always, never]) {
    const { said, started, last } = aSupervisor(again)
    await last().end(ROLE_CHANGED)
    expect(started).toHaveLength(2)
    expect(said).toEqual([{ kind: 'role_changed' }])
  }
})

test('a launcher ends with the code of what it started', async () => {
  const { supervised, said, started, last } = aSupervisor(never)
  await last().end(3)
  expect(await supervised.ended).toBe(3)
  expect([started.length, said.length]).toEqual([1, 0])
})

test('what is asked before a start is the code that it ended with', async () => {
  const { supervised, started, pass, last } = aSupervisor((code) => code !== 0)
  await last().end(null)
  pass(500)
  expect(started).toHaveLength(2)
  await last().end(0)
  expect(await supervised.ended).toBe(0)
})

test('stopping ends the process, and what waits to be started never is', async () => {
  const living = aSupervisor(always)
  await living.supervised.stop()
  expect(living.last().stopped).toBe(true)
  expect(living.said).toEqual([])

  const waiting = aSupervisor(always)
  await waiting.last().end(1)
  await waiting.supervised.stop()
  // It is what was asked for: a system that stops its service must not call that a failure.
  expect(await waiting.supervised.ended).toBe(0)
  expect(waiting.isPlanned()).toBe(false)
  waiting.pass(LONGEST_WAIT_MS)
  expect(waiting.started).toHaveLength(1)
})
