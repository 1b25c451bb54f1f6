import type { Forecast, Wait } from '../../contract/waits.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import type { Answer } from './answer.ts'

export type About = { clinicId: string; day: string }

/** What was told last, of a clinic's day. */
export function keptWaits(sql: SqlReader, { clinicId, day }: About): { waits: Wait[]; forecasts: Forecast[] } {
  return {
    waits: fromRows('waits', sql.all`select * from waits where clinicId = ${clinicId} and day = ${day}`),
    forecasts: fromRows('forecasts', sql.all`select * from forecasts where clinicId = ${clinicId} and day = ${day}`),
  }
}

/** The records that an answer changes, in their next version; a new one has its first. */
export function changesOf(sql: SqlReader, about: About, answer: Answer): { waits: Wait[]; forecasts: Forecast[] } {
  return { waits: changedWaits(sql, about, answer), forecasts: changedForecasts(sql, about, answer) }
}

function changedWaits(sql: SqlReader, about: About, { visits }: Answer): Wait[] {
  const known = new Map(keptWaits(sql, about).waits.map((wait) => [wait.id, wait]))
  const told = visits.map(({ visitId, ...range }) => ({ id: visitId, ...range }))
  // Those who wait and get no estimate any more; of who is not in the line nothing is shown, so nothing need be said.
  const asked = new Set(told.map((wait) => wait.id))
  const gone = [...known.values()].flatMap(({ id, p50Minutes }) => {
    if (asked.has(id) || p50Minutes === null || !stillWaits(sql, id)) return []
    return [{ id, p50Minutes: null, p80Minutes: null, delayed: false }]
  })
  return [...told, ...gone].flatMap((next) => {
    const before = known.get(next.id)
    if (!before) return [{ ...next, ...about, version: 1 }]
    const same =
      before.p50Minutes === next.p50Minutes && before.p80Minutes === next.p80Minutes && before.delayed === next.delayed
    return same ? [] : [{ ...before, ...next, version: before.version + 1 }]
  })
}

function stillWaits(sql: SqlReader, visitId: string): boolean {
  const status = sql.find('visits', visitId)?.status
  return status === 'waiting' || status === 'in_triage'
}

function changedForecasts(sql: SqlReader, about: About, { doctors }: Answer): Forecast[] {
  const rows = sql.all`select * from forecasts where clinicId = ${about.clinicId}`
  const known = new Map(fromRows('forecasts', rows).map((forecast) => [forecast.id, forecast]))
  const told = new Map(doctors.map(({ doctorId, ...outlook }) => [doctorId, outlook]))
  // Who is not on duty any more has no end to foresee.
  for (const id of known.keys()) if (!told.has(id)) told.set(id, { endsAt: null, unseen: 0 })
  return [...told].flatMap(([id, outlook]) => {
    const before = known.get(id)
    if (!before) return outlook.endsAt === null ? [] : [{ id, ...about, ...outlook, version: 1 }]
    const same = before.endsAt === outlook.endsAt && before.unseen === outlook.unseen
    return same && before.day === about.day ? [] : [{ ...before, ...about, ...outlook, version: before.version + 1 }]
  })
}
