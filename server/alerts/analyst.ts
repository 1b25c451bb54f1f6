import { Worker } from 'node:worker_threads'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Databases } from '../db/open.ts'

export type AnalyticsQuery = { clinicId: string; from: string; to: string }
export type AnalystOrder = { number: number; query: AnalyticsQuery } | 'stop'
export type AnalystAnswer = { number: number; analytics: AlertAnalytics } | { number: number; fault: string }

export type Analyst = {
  /** L5. @throws Refusal `unavailable` when the numbers could not be read */
  alerts(query: AnalyticsQuery): Promise<AlertAnalytics>
  close(): Promise<void>
}

type Asked = { resolve(analytics: AlertAnalytics): void; reject(error: unknown): void }

/** Has long ranges counted by a thread with a connection of its own, one question after the other (design 1). */
export function openAnalyst({ file }: Databases): Analyst {
  const asked = new Map<number, Asked>()
  let worker: Worker | undefined
  let closing: Promise<unknown> | undefined
  let last = 0

  return {
    alerts: (query) =>
      new Promise((resolve, reject) => {
        if (closing) return reject(new Refusal('unavailable', { why: 'closing' }))
        const number = ++last
        asked.set(number, { resolve, reject })
        worker ??= begin()
        worker.postMessage({ number, query } satisfies AnalystOrder)
      }),
    close: async () => {
      closing ??= worker && stop(worker)
      await closing
    },
  }

  /** Not before it is needed: most hubs count nothing on most days. */
  function begin(): Worker {
    const begun = new Worker(new URL('./analytics-worker.ts', import.meta.url), { workerData: { file } })
    begun.on('message', (answer: AnalystAnswer) => {
      const one = asked.get(answer.number)
      asked.delete(answer.number)
      if ('fault' in answer) one?.reject(new Refusal('unavailable', { why: answer.fault }))
      else one?.resolve(answer.analytics)
    })
    begun.on('error', (error) => fail(error))
    // A thread that failed is made again for the next question.
    begun.once('exit', () => {
      worker = undefined
      fail(new Refusal('unavailable', { why: 'closing' }))
    })
    begun.unref()
    return begun
  }

  function fail(error: unknown): void {
    for (const one of asked.values()) one.reject(error)
    asked.clear()
  }
}

function stop(worker: Worker): Promise<unknown> {
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  worker.ref()
  worker.postMessage('stop' satisfies AnalystOrder)
  return ended
}
