// Counts alerts and waits on a thread and a connection of its own: the event loop belongs to people waiting.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { sqliteCode } from '../db/faults.ts'
import { sqlTags } from '../db/sql.ts'
import type { AnalystAnswer, AnalystOrder } from './analyst.ts'
import { analyticsOf } from './analytics.ts'

const { file } = workerData as { file: string }
const db = new Database(file, { readonly: true })
const sql = sqlTags(db)

parentPort?.on('message', (order: AnalystOrder) => {
  if (order === 'stop') {
    db.close()
    parentPort?.close()
  } else parentPort?.postMessage(answerTo(order))
})

function answerTo({ number, query }: Exclude<AnalystOrder, 'stop'>): AnalystAnswer {
  try {
    // One moment for all of it.
    return { number, analytics: db.transaction(() => analyticsOf(sql, query))() }
  } catch (error) {
    const fault = sqliteCode(error)
    if (fault) return { number, fault }
    throw error
  }
}
