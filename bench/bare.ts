import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import express from 'express'
import { Server } from 'socket.io'

/** How many bytes the hub's two events of a check-in have, as JSON. */
export type EventSizes = { queue_updated: number; new_checkin: number }

/**
 * What we are measured against (issue 2): a check-in straight on Express, better-sqlite3 and Socket.IO, in one process;
 * a JSON body, one immediate transaction of two single-row inserts, two events to the union of the clinic's and the
 * doctor's room, of the same size as ours. No login, validation, audit or idempotency.
 */
export async function startBare(dataDir: string, sizes: EventSizes): Promise<{ url: string; close(): void }> {
  const db = new Database(join(dataDir, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`
    create table visits (id integer primary key, clinicId integer, doctorId integer, patientId integer, status text, at text);
    create table events (seq integer primary key, type text, body text)`)
  const insertVisit = db.prepare('insert into visits values (?, ?, ?, ?, ?, ?)')
  const insertEvent = db.prepare('insert into events (type, body) values (?, ?)')
  const checkIn = db.transaction((visit: Visit) => {
    insertVisit.run(visit.id, visit.clinicId, visit.doctorId, visit.patientId, visit.status, visit.at)
    return insertEvent.run('queue_updated', JSON.stringify(visit)).lastInsertRowid
  })
  const app = express()
  const http = createServer(app)
  http.keepAliveTimeout = 65_000
  const io = new Server(http, { transports: ['websocket'] })
  io.on('connection', (socket) => socket.join(['clinic_1', 'doctor_1']))
  app.use(express.json())
  app.post('/visits/check-in', (request, response) => {
    const { id, patientId } = request.body as { id: number; patientId: number }
    const visit: Visit = { id, clinicId: 1, doctorId: 1, patientId, status: 'waiting', at: new Date().toISOString() }
    const seq = Number(checkIn.immediate(visit))
    io.to(['clinic_1', 'doctor_1']).emit('queue_updated', padded('queue_updated', seq, visit, sizes.queue_updated))
    io.to(['clinic_1', 'doctor_1']).emit('new_checkin', padded('new_checkin', seq, visit, sizes.new_checkin))
    response.json(visit)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () => {
      void io.close()
      http.closeAllConnections()
      db.close()
    },
  }
}

type Visit = { id: number; clinicId: number; doctorId: number; patientId: number; status: string; at: string }

function padded(type: string, seq: number, visit: Visit, bytes: number) {
  const event = { seq, type, at: visit.at, clinicId: 1, doctorId: 1, visits: [visit], padding: '' }
  event.padding = 'x'.repeat(Math.max(0, bytes - JSON.stringify(event).length))
  return event
}
