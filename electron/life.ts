import type { ToChild } from '../local/parent.ts'
import type { Child } from './desktop.ts'

/** Asked anew each time: whether the process that is trusted lives, and still listens on its port. Never rejects. */
export type SignOfLife = () => Promise<boolean>

/**
 * One question at a time. Whoever comes while one is under way shares the next: what it answers was asked for after they
 * came, and a page of fifty files costs a few questions rather than fifty.
 */
export function oneAtATime(ask: SignOfLife): SignOfLife {
  let underWay: Promise<unknown> | undefined
  let next: Promise<boolean> | undefined
  const begin = () => {
    const answer = ask()
    underWay = answer
    void answer.then(() => {
      if (underWay === answer) underWay = undefined
    })
    return answer
  }
  return () => {
    if (next) return next
    if (!underWay) return begin()
    next = underWay.then(() => {
      next = undefined
      return begin()
    })
    return next
  }
}

/** Of a process of our own, over its message port: `true` with its answer, `false` once its end is known. */
export function watchLife(child: Child): { isAlive: SignOfLife; answered(id: number): void } {
  const waiting = new Map<number, (isAlive: boolean) => void>()
  let ended = false
  let id = 0
  child.on('exit', () => {
    ended = true
    for (const resolve of waiting.values()) resolve(false)
    waiting.clear()
  })
  return {
    isAlive: oneAtATime(() => {
      if (ended) return Promise.resolve(false)
      const { promise, resolve } = Promise.withResolvers<boolean>()
      id += 1
      waiting.set(id, resolve)
      child.postMessage({ kind: 'ping', id } satisfies ToChild)
      return promise
    }),
    answered: (to) => {
      waiting.get(to)?.(true)
      waiting.delete(to)
    },
  }
}
