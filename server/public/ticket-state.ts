import type { Clinic } from '../../contract/clinics.ts'
import type { TicketState } from '../../contract/public.ts'
import type { TicketStateName } from '../../contract/public-words.ts'
import type { Visit } from '../../contract/visits.ts'
import type { Wait } from '../../contract/waits.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { roomNow } from '../doctors/rooms.ts'
import { hasRated } from '../ratings/queries.ts'
import { lineOf, today } from '../visits/queries.ts'

type Line = ReturnType<typeof lineOf>

/** What many tickets are told from at one moment: each doctor's line is put in order once. */
export type Moment = {
  sql: SqlReader
  now: string
  lineOf(doctorId: string): Line
}

export function momentOf(sql: SqlReader, now: string): Moment {
  const lines = new Map<string, Line>()
  return {
    sql,
    now,
    lineOf: (doctorId) => {
      const line = lines.get(doctorId) ?? lineOf(sql, getRecord(sql, 'doctors', doctorId), now)
      lines.set(doctorId, line)
      return line
    },
  }
}

/** S5: for how long an appointment's patient may rate, in days after it. */
export const RATING_DAYS = 3

/** P4: a ticket whose visit was joined with another's shows that one. */
export function ticketVisit(sql: SqlReader, visitId: string): Visit | undefined {
  const visit = sql.find('visits', visitId)
  return visit?.mergedIntoId ? ticketVisit(sql, visit.mergedIntoId) : visit
}

/** What a ticket's page shows; after its clinic day nothing but that it is over (Q2, S5). */
export function ticketStateOf(moment: Moment, visit: Visit): TicketState {
  const { sql, now } = moment
  const clinic = getRecord(sql, 'clinics', visit.clinicId)
  const shown = { ...quiet, clinic: publicClinic(clinic) }
  if (visit.day !== today(clinic, now)) return { ...shown, state: 'over' }
  const { state, position } = placeOf(moment, visit)
  const wait = position === null ? undefined : sql.find('waits', visit.id)
  const rated = hasRated(sql, visit.id)
  return {
    ...shown,
    ticket: visit.ticket,
    state,
    position,
    expectedWait: wait ? rangeOf(wait) : null,
    delayed: wait?.delayed ?? false,
    calledTo: state === 'called' ? labelOf(sql, visit, now) : null,
    calls: visit.calls,
    awayUntil: state === 'away' ? visit.awayUntil : null,
    mayRate: mayRate(visit) && !rated,
    rated,
  }
}

/** Q11: P50 to P80, as they were rounded to five minutes. */
function rangeOf({ p50Minutes: from, p80Minutes: to }: Wait): TicketState['expectedWait'] {
  return from === null || to === null ? null : { from, to }
}

export function mayRate({ status }: Visit): boolean {
  return status === 'completed' || status === 'awaiting_payment'
}

/** S5: until when the visit of an appointment may be rated. */
export function ratingIsOver(clinic: Clinic, day: string, now: string): boolean {
  return today(clinic, now) > addDays(day, RATING_DAYS)
}

export function publicClinic({ name, language, timeZone }: Clinic): TicketState['clinic'] {
  return { name, language, timeZone }
}

const quiet = {
  ticket: null,
  position: null,
  expectedWait: null,
  delayed: false,
  calledTo: null,
  calls: 0,
  awayUntil: null,
  mayRate: false,
  rated: false,
} as const satisfies Partial<TicketState>

type Place = { state: TicketStateName; position: number | null }

function placeOf(moment: Moment, visit: Visit): Place {
  switch (visit.status) {
    case 'waiting':
    case 'in_triage':
      return placeInLine(moment, visit)
    case 'called':
      return { state: 'called', position: null }
    case 'in_consultation':
      return { state: 'with_doctor', position: null }
    case 'on_hold':
      return { state: 'on_hold', position: null }
    case 'awaiting_payment':
      return { state: 'to_pay', position: null }
    case 'completed':
      return { state: 'finished', position: null }
    case 'no_show':
      return { state: 'missed', position: null }
    case 'left':
    case 'cancelled':
      return { state: 'left', position: null }
  }
}

/** How many are called before; of a pool's ticket, with the doctor who comes to it first (Q4). */
function placeInLine(moment: Moment, visit: Visit): Place {
  const entries = doctorsOf(moment.sql, visit).flatMap((doctorId) => {
    const { order, missed } = moment.lineOf(doctorId)
    if (missed.some(({ id }) => id === visit.id)) return [{ missed: true, callable: false, before: 0 }]
    const entry = order.find((each) => each.visit.id === visit.id)
    return entry ? [{ missed: false, callable: entry.callable, before: entry.place - 1 }] : []
  })
  if (entries.some(({ missed }) => missed)) return { state: 'missed', position: null }
  const callable = entries.filter((entry) => entry.callable)
  if (callable.length > 0) {
    const position = Math.min(...callable.map(({ before }) => before))
    return { state: position === 0 ? 'next' : 'waiting', position }
  }
  return { state: heldBack(visit, moment.now, entries.length > 0), position: null }
}

function heldBack(visit: Visit, now: string, inLine: boolean): TicketStateName {
  if (visit.awayUntil !== null && visit.awayUntil > now) return 'away'
  if (visit.skippedUntil !== null && visit.skippedUntil > now && visit.skippedCalls > 0) return 'skipped'
  return inLine ? 'pay_first' : 'waiting'
}

/** The doctors who may call this visit. */
function doctorsOf(sql: SqlReader, { doctorId, poolId, clinicId }: Visit): string[] {
  if (doctorId !== null) return [doctorId]
  const doctors = fromRows('doctors', sql.all`select * from doctors where clinicId = ${clinicId} and active = 1`)
  const drawing = poolId === null ? undefined : new Set(getRecord(sql, 'pools', poolId).doctorIds)
  return doctors.filter(({ id }) => drawing?.has(id) ?? true).map(({ id }) => id)
}

/** S2: the room that the call named, or where the doctor is today. */
function labelOf(sql: SqlReader, { roomId, doctorId }: Visit, now: string): string | null {
  const room = roomId ?? (doctorId && roomNow(sql, getRecord(sql, 'doctors', doctorId), now))
  return room ? getRecord(sql, 'rooms', room).publicLabel : null
}
