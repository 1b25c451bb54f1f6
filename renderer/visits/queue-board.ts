import { create } from 'zustand'
import type { Clinic } from '../../contract/clinics.ts'
import type { Visit } from '../../contract/visits.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { balance, isUnpaidMark } from '../../rules/money.ts'
import { nextOrderChange } from '../../rules/queue-change.ts'
import { appointmentsCalledInARow, nextToCall, orderQueue, type QueueEntry } from '../../rules/queue-order.ts'
import type { QueueContext } from '../../rules/queue-standing.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { Records } from '../live/store.ts'

/** One line of people: a doctor's own, a pool's, or of those who wait for whoever is free first. */
export type Line = {
  key: string
  /** `anybody`: no doctor and no pool was named, so every doctor draws from it. */
  kind: 'doctor' | 'pool' | 'anybody'
  id: string
  /** As they will be called; a doctor's line has only their own of those that they draw from. */
  order: readonly QueueEntry<Visit>[]
  missed: readonly Visit[]
  /** Called, or in consultation. */
  present: readonly Visit[]
}

export type QueueBoard = {
  day: string
  lines: readonly Line[]
  onHold: readonly Visit[]
  toPay: readonly Visit[]
  /** Q2: open at an earlier day's turnover. */
  leftOpen: readonly Visit[]
  /** The place of each waiting visit in its line. */
  entries: ReadonlyMap<string, QueueEntry<Visit>>
  /** Whom a doctor's call-next would take (Q7), out of the own line or a pool's. */
  next: ReadonlySet<string>
  waiting: number
  /** The longest wait began then. */
  longestSince: string | null
  /** When time alone may change an order. */
  changesAt: number | null
}

export const emptyBoard: QueueBoard = {
  day: '',
  lines: [],
  onHold: [],
  toPay: [],
  leftOpen: [],
  entries: new Map(),
  next: new Set(),
  waiting: 0,
  longestSince: null,
  changesAt: null,
}

/** The lines of this moment, by the same rules that the hub orders with (Q5). */
export const useQueueBoard = create<QueueBoard>(() => emptyBoard)

export const useEntry = (visitId: string): QueueEntry<Visit> | undefined =>
  useQueueBoard((board) => board.entries.get(visitId))

export function buildBoard(nouns: Records, clinic: Clinic, now: number): QueueBoard {
  const iso = new Date(now).toISOString()
  const day = clinicDay(iso, clinic.timeZone, clinic.settings.dayTurnover)
  const open = Object.values(nouns.visits).filter((visit) => visit.clinicId === clinic.id && isOpen(visit.status))
  const today = open.filter((visit) => visit.day === day)
  const context: QueueContext = {
    now: iso,
    settings: clinic.settings,
    lastCalledWereAppointments: 0,
    unpaid: unpaidOf(nouns, clinic, today),
  }
  const changes: number[] = []
  const next = new Set<string>()
  const lines = lineKeys(nouns, clinic.id, today).map((line) => {
    const own = today.filter((visit) => belongsTo(visit, line))
    const drawn = line.kind === 'doctor' ? today.filter((visit) => isForDoctor(visit, line.id, nouns)) : own
    const row = line.kind === 'doctor' ? rowOf(nouns, line.id, day, clinic) : 0
    const mine = { ...context, lastCalledWereAppointments: row }
    const change = nextOrderChange(drawn, mine)
    if (change) changes.push(Date.parse(change))
    // Q7: a doctor's own stand as they will be called: those of a pool take turns too.
    const { order, missed } = orderQueue(drawn, mine)
    const first = line.kind === 'doctor' ? nextToCall(order) : undefined
    if (first) next.add(first.visit.id)
    return {
      ...line,
      order: order.filter(({ visit }) => belongsTo(visit, line)),
      missed: missed.filter((visit) => belongsTo(visit, line)),
      present: own.filter(isPresent).sort(byStatusAt),
    }
  })
  const entries = new Map(lines.flatMap((line) => line.order.map((entry) => [entry.visit.id, entry] as const)))
  const waiting = [...entries.values()].map((entry) => entry.visit.arrivedAt)
  return {
    day,
    lines,
    onHold: today.filter((visit) => visit.status === 'on_hold').sort(byStatusAt),
    toPay: today.filter((visit) => visit.status === 'awaiting_payment').sort(byStatusAt),
    leftOpen: open.filter((visit) => visit.day < day).sort(byStatusAt),
    entries,
    next,
    waiting: waiting.length,
    longestSince: waiting.reduce<string | null>(
      (longest, at) => (longest === null || at < longest ? at : longest),
      null,
    ),
    changesAt: changes.length > 0 ? Math.min(...changes) : null,
  }
}

/** What one doctor's call-next draws from: the own line and the pools' (Q4), in one order. */
export function orderForDoctor(nouns: Records, clinic: Clinic, doctorId: string, now: number) {
  const iso = new Date(now).toISOString()
  const day = clinicDay(iso, clinic.timeZone, clinic.settings.dayTurnover)
  const mine = Object.values(nouns.visits).filter(
    (visit) => visit.clinicId === clinic.id && visit.day === day && isForDoctor(visit, doctorId, nouns),
  )
  return orderQueue(mine, {
    now: iso,
    settings: clinic.settings,
    lastCalledWereAppointments: rowOf(nouns, doctorId, day, clinic),
    unpaid: unpaidOf(nouns, clinic, mine),
  })
}

/** Whether this doctor draws the visit: their own, of one of their pools, or anybody's. */
export function isForDoctor(visit: Visit, doctorId: string, nouns: Records): boolean {
  if (visit.doctorId !== null) return visit.doctorId === doctorId
  if (visit.poolId === null) return true
  const pool = nouns.pools[visit.poolId]
  return pool?.active === true && pool.doctorIds.includes(doctorId)
}

type LineKey = Pick<Line, 'key' | 'kind' | 'id'>

/** Doctors and pools who work, and those who don't but have somebody waiting. */
function lineKeys(nouns: Records, clinicId: string, today: readonly Visit[]): LineKey[] {
  const busy = new Set(today.map((visit) => visit.doctorId ?? visit.poolId))
  const shown = <T extends { id: string; clinicId: string; active: boolean }>(all: Readonly<Record<string, T>>) =>
    Object.values(all).filter((each) => each.clinicId === clinicId && (each.active || busy.has(each.id)))
  const doctors = shown(nouns.doctors).sort((a, b) => a.displayName.localeCompare(b.displayName))
  const pools = shown(nouns.pools).sort((a, b) => a.name.localeCompare(b.name))
  const anybody = today.some((visit) => visit.doctorId === null && visit.poolId === null)
  return [
    ...(anybody ? [{ key: 'anybody', kind: 'anybody' as const, id: 'anybody' }] : []),
    ...doctors.map(({ id }) => ({ key: `doctor-${id}`, kind: 'doctor' as const, id })),
    ...pools.map(({ id }) => ({ key: `pool-${id}`, kind: 'pool' as const, id })),
  ]
}

function belongsTo(visit: Visit, line: LineKey): boolean {
  if (line.kind === 'doctor') return visit.doctorId === line.id
  return visit.doctorId === null && visit.poolId === (line.kind === 'pool' ? line.id : null)
}

function rowOf(nouns: Records, doctorId: string, day: string, clinic: Clinic): number {
  const called = Object.values(nouns.visits).filter(
    (visit) => visit.doctorId === doctorId && visit.day === day && visit.calledAt !== null,
  )
  called.sort((a, b) => (b.calledAt ?? '').localeCompare(a.calledAt ?? ''))
  return appointmentsCalledInARow(called.slice(0, 10), clinic.settings)
}

// M2: asked for only where the clinic wants to be paid first.
function unpaidOf(nouns: Records, clinic: Clinic, visits: readonly Visit[]): ReadonlySet<string> {
  if (!clinic.settings.payBefore) return new Set()
  const charges = Map.groupBy(Object.values(nouns.charges), (charge) => charge.visitId)
  const payments = Map.groupBy(Object.values(nouns.payments), (payment) => payment.visitId ?? '')
  const unpaid = visits.filter((visit) => {
    const balanceMinor = balance(charges.get(visit.id) ?? [], payments.get(visit.id) ?? [])
    return isUnpaidMark({ payBefore: true, balanceMinor, urgency: visit.urgency })
  })
  return new Set(unpaid.map((visit) => visit.id))
}

const isPresent = (visit: Visit) => visit.status === 'called' || visit.status === 'in_consultation'
const byStatusAt = (a: Visit, b: Visit) => a.statusAt.localeCompare(b.statusAt)
