import type { BoardCall, BoardLine, BoardState } from '../../contract/board.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { Visit } from '../../contract/visits.ts'
import { orderQueue } from '../../rules/queue-order.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { appointmentsInARow, drawnBy, openVisits, poolsOf, today, unpaidOf } from '../visits/queries.ts'

/** A call with what decides on which screens it is shown, and until when. */
export type Call = BoardCall & { visitId: string; doctorId: string | null }
type Line = BoardLine & { doctorIds: readonly string[] }

/** What the screens of one clinic show, before it is cut to one screen. */
export type ClinicBoard = { clinic: Clinic; calls: readonly Call[]; lines: readonly Line[]; message: string | null }

/** As many tickets as a line has room for across the room. */
const NEXT = 3
/** More than a screen shows: those that wait to be announced are among them. */
const CALLS = 12

/** S4: tickets and rooms of this moment, by the rules that the consoles order with (Q5). Not even urgency leaves here. */
export function readBoard(sql: SqlReader, clinicId: string, now: string): ClinicBoard {
  const clinic = getRecord(sql, 'clinics', clinicId)
  const day = today(clinic, now)
  const open = openVisits(sql, clinicId, day)
  const board = sql.find('boards', clinicId)
  const shown = board?.messageUntil && now < board.messageUntil
  return {
    clinic,
    calls: callsOf(sql, open),
    lines: linesOf(sql, clinic, { day, now, open }),
    message: shown ? board.message : null,
  }
}

/** Whoever was called and has not been let go: in the room or on the way there. */
function callsOf(sql: SqlReader, open: readonly Visit[]): Call[] {
  return open.flatMap((visit) => {
    const { id: visitId, ticket, doctorId, calledAt, roomId, status } = visit
    if (calledAt === null || (status !== 'called' && status !== 'in_consultation')) return []
    const room = roomId ? (sql.find('rooms', roomId)?.publicLabel ?? null) : null
    return [{ visitId, doctorId, ticket, room, calledAt }]
  })
}

type Moment = { day: string; now: string; open: readonly Visit[] }

/** The lines in which somebody waits who can be called, doctors first. */
function linesOf(sql: SqlReader, clinic: Clinic, { day, now, open }: Moment): Line[] {
  const unpaid = unpaidOf(sql, clinic, open)
  const line = (drawn: readonly Visit[], lastCalledWereAppointments: number, isOwn = (_visit: Visit) => true) => {
    const { order } = orderQueue(drawn, { now, settings: clinic.settings, lastCalledWereAppointments, unpaid })
    const own = order.filter((entry) => entry.callable && isOwn(entry.visit))
    const tickets = own.map((entry) => entry.visit.ticket)
    return { next: tickets.slice(0, NEXT), more: Math.max(0, tickets.length - NEXT) }
  }
  const doctors = fromRows('doctors', sql.all`select * from doctors where clinicId = ${clinic.id}`)
  const pools = fromRows('pools', sql.all`select * from pools where clinicId = ${clinic.id}`)
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
  const ofDoctors = doctors.map((doctor) => {
    const { id, displayName: name } = doctor
    const poolIds = poolsOf(sql, doctor)
    // Q7: as they will be called, which a pool's patients change.
    const drawn = open.filter((visit) => drawnBy(visit, id, poolIds))
    const own = line(drawn, appointmentsInARow(sql, clinic, id, day), ({ doctorId }) => doctorId === id)
    return { kind: 'doctor' as const, name, doctorIds: [id], ...own }
  })
  const ofPools = pools.map(({ id, name, doctorIds }) => {
    const own = open.filter((visit) => visit.doctorId === null && visit.poolId === id)
    return { kind: 'pool' as const, name, doctorIds, ...line(own, 0) }
  })
  return [...ofDoctors.sort(byName), ...ofPools.sort(byName)].filter(({ next }) => next.length > 0)
}

export type Held = { call: Call; since: number }

/**
 * S4: what a screen has shown stays for at least so long, whatever becomes of the visit; but not once the call was taken
 * back (Q9), for nobody shall follow it. `nowMs` is the world's time, not the clinic's.
 */
export function holdCalls(
  held: readonly Held[],
  calls: readonly Call[],
  { nowMs, holdMs, calledAtNow }: { nowMs: number; holdMs: number; calledAtNow: (visitId: string) => string | null },
): Held[] {
  const same = (a: Call, b: Call) => a.visitId === b.visitId && a.calledAt === b.calledAt
  const present = calls.map((call) => ({ call, since: held.find((one) => same(one.call, call))?.since ?? nowMs }))
  const kept = held.filter(
    ({ call, since }) =>
      nowMs - since < holdMs &&
      !calls.some((other) => other.visitId === call.visitId) &&
      calledAtNow(call.visitId) === call.calledAt,
  )
  return [...present, ...kept].sort((a, b) => b.call.calledAt.localeCompare(a.call.calledAt))
}

/** What one screen shows: all of the clinic, or the lines of some doctors and of the pools that they draw from. */
export function screenOf(board: ClinicBoard, doctorIds: readonly string[] | undefined): BoardState {
  const { name, timeZone, language } = board.clinic
  const mine = (ids: readonly (string | null)[]) =>
    !doctorIds || ids.some((id) => id !== null && doctorIds.includes(id))
  return {
    clinic: { name, timeZone, language },
    calls: board.calls
      .filter((call) => mine([call.doctorId]))
      .slice(0, CALLS)
      .map(({ ticket, room, calledAt }) => ({ ticket, room, calledAt })),
    lines: board.lines
      .filter((line) => mine(line.doctorIds))
      .map(({ kind, name, next, more }) => ({ kind, name, next, more })),
    message: board.message,
  }
}
