// Copies the write-ahead log back into the database, on a thread and a connection of its own: the event loop belongs to
// people waiting.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import type { CheckpointAnswer, CheckpointOrder } from './checkpoint.ts'
import { sqliteCode } from './faults.ts'

const { file } = workerData as { file: string }
const db = new Database(file, { timeout: 0 })
db.pragma('synchronous = FULL')
db.pragma('fullfsync = ON')
db.pragma('wal_autocheckpoint = 0')

parentPort?.on('message', (order: CheckpointOrder) => {
  if (order === 'stop') {
    db.close()
    parentPort?.close()
  } else parentPort?.postMessage(copyBack())
})

function copyBack(): CheckpointAnswer {
  try {
    const [row] = db.pragma('wal_checkpoint(passive)') as [{ log: number; checkpointed: number }]
    return { pages: row.log }
  } catch (error) {
    return { fault: sqliteCode(error) ?? 'unknown' }
  }
}
