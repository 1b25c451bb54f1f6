import { demandClinic } from '../auth/person.ts'
import type { SqlReader } from '../db/sql.ts'
import { api } from '../http/api.ts'
import { resumeFrom } from '../realtime/resume.ts'
import { baseRooms, clinicRooms } from '../realtime/rooms.ts'
import { snapshotOf } from './snapshot.ts'

const { feed } = api

export const feedRoutes = {
  snapshot: feed.snapshot.handler(({ input, context: { hub, person, now } }) => {
    demandClinic(person, input.params.id)
    // The data and its place on the feed belong to one moment.
    return hub.readTogether((sql) => ({
      feed: hub.feed,
      seq: positionOf(sql),
      at: now,
      ...snapshotOf(sql, input.params.id, person, now),
    }))
  }),
  events: feed.events.handler(({ input, context: { hub, person } }) => {
    const { clinicId, after } = input.query
    demandClinic(person, clinicId)
    return hub.readTogether((sql) => {
      const viewer = {
        rooms: new Set([...baseRooms(person), ...clinicRooms(person, clinicId)]),
        clinical: person.clinical,
      }
      const answer = resumeFrom({ feed: hub.feed, read: sql }, positionOf(sql), viewer, { feed: hub.feed, after })
      return 'reset' in answer
        ? { feed: hub.feed, reset: true, frames: [] }
        : { feed: hub.feed, reset: false, frames: answer.frames }
    })
  }),
}

function positionOf(sql: SqlReader): number {
  return sql.get<{ seq: number }>`select seq from sqlite_sequence where name = 'events'`?.seq ?? 0
}
