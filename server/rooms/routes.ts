import { Refusal } from '../../contract/errors.ts'
import { demandClinic, getOwnVersion } from '../auth/person.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { api } from '../http/api.ts'

const { rooms } = api

export const roomRoutes = {
  list: rooms.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return {
      items: fromRows(
        'rooms',
        context.read.all`select * from rooms where clinicId = ${input.query.clinicId} order by name`,
      ),
    }
  }),
  create: rooms.create.handler(({ input, context }) =>
    context.write((w) => {
      demandClinic(w.actor, input.body.clinicId)
      demandNew(w.sql, 'rooms', input.body.id)
      const room = w.insert('rooms', { ...input.body, version: 1 })
      w.record('room_updated', { clinicIds: [room.clinicId] }, { rooms: [room] })
      return room
    }),
  ),
  get: rooms.get.handler(({ input, context }) => {
    const room = getRecord(context.read, 'rooms', input.params.id)
    demandClinic(context.person, room.clinicId)
    return room
  }),
  update: rooms.update.handler(({ input, context }) =>
    context.write((w) => {
      const current = getOwnVersion(w, 'rooms', input.params.id, input.body.version)
      if (!input.body.active) demandNobodyInBed(w.sql, current.id)
      const room = w.update('rooms', { ...current, ...input.body, version: current.version + 1 })
      w.record('room_updated', { clinicIds: [room.clinicId] }, { rooms: [room] })
      return room
    }),
  ),
}

/** S2: a room is given up when nobody lies in it. */
function demandNobodyInBed(sql: SqlReader, roomId: string): void {
  if (sql.get`select 1 from beds where roomId = ${roomId} and visitId is not null`)
    throw new Refusal('in_use', { by: 'patient_in_bed' })
}
