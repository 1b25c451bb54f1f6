import { forEachOf } from './api.ts'
import type { DayClock } from './day-clock.ts'

export type Act = () => Promise<void>
type Task = { at: number; order: number; act: Act }

/** What is going to happen, in the order in which it will: a discrete-event simulation's list. */
export type Agenda = {
  /** Plans an act for an instant (ms since the epoch). */
  add(at: number, act: Act): void
  nextAt(): number | undefined
  clear(): void
  /** Jumps from act to act up to an instant, one at a time. */
  fastForward(until: number): Promise<void>
  /** The same, but all acts within a window happen at once, as those of many people do. */
  race(until: number, options: { windowMs: number; width: number }): Promise<void>
  /** Lets each act happen when the clock gets there. */
  follow(until: number, stop: AbortSignal): Promise<void>
}

/** An empty agenda on a clock. */
export function createAgenda(clock: DayClock): Agenda {
  const tasks: Task[] = []
  let order = 0
  const earlier = (a: Task, b: Task) => a.at - b.at || a.order - b.order
  const take = (until: number): Task | undefined => {
    const first = tasks[0]
    return first && first.at <= until ? tasks.shift() : undefined
  }
  return {
    add: (at, act) => {
      order += 1
      // The clock has whole milliseconds: at a fraction of one it would still be a little earlier.
      const task = { at: Math.ceil(at), order, act }
      const place = tasks.findIndex((other) => earlier(task, other) < 0)
      tasks.splice(place < 0 ? tasks.length : place, 0, task)
    },
    nextAt: () => tasks[0]?.at,
    clear: () => {
      tasks.length = 0
    },
    fastForward: async (until) => {
      for (let task = take(until); task; task = take(until)) {
        clock.jumpTo(task.at)
        await task.act()
      }
      clock.jumpTo(until)
    },
    race: async (until, { windowMs, width }) => {
      for (let first = take(until); first; first = take(until)) {
        const together = [first]
        const end = Math.min(until, first.at + windowMs)
        for (let task = take(end); task; task = take(end)) together.push(task)
        clock.jumpTo(end)
        await forEachOf(together, width, (task) => task.act())
      }
      clock.jumpTo(until)
    },
    follow: async (until, stop) => {
      while (!stop.aborted && clock.now() < until) {
        const task = take(clock.now())
        if (task) await task.act()
        else await pause(Math.min(100, msUntil(clock, Math.min(tasks[0]?.at ?? until, until))))
      }
    },
  }
}

function msUntil(clock: DayClock, at: number): number {
  return Math.max(1, (at - clock.now()) / Math.max(clock.rate(), 0.01))
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
