import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { follow } from '../appointments/commands.ts'
import { demand, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { moveDeposits } from '../money/commands.ts'
import { chargesOf, paymentsOf } from '../money/queries.ts'
import { findOpenVisit, openVisits, today } from './queries.ts'
import { followVisit } from './settle.ts'
import { announce, type Before, stepVisit, visitFor } from './step.ts'

type LastStep = { id: string; step: string; before: string | null }

/**
 * Q9, U4: takes back the last call, check-in, transfer or finish; possible until the next step. It restores what was,
 * whether or not Q1 knows that way: Q1 is about acts that go forward.
 */
export function undo(w: W<Person>, id: string, version: number): Visit {
  const visit = visitFor(w, id, version)
  const last = w.sql.get<LastStep>`
    select id, step, before from visitSteps where visitId = ${id} and undone = 0 order by at desc, id desc limit 1`
  if (!last?.before) throw new Refusal('nothing_to_undo')
  const before = JSON.parse(last.before) as Before
  w.sql.run`update visitSteps set undone = 1 where visitId = ${id} and id = ${last.id}`
  const next = before.visit ? putBack(w, visit, before.visit, before) : takeBackCheckIn(w, visit, before)
  w.sql.run`update visitSteps set undone = 1 where visitId = ${id} and step = 'undo'`
  return next
}

function putBack(w: W<Person>, current: Visit, visit: Visit, before: Before): Visit {
  // The step was the last one, so nothing else of this visit has changed since; its doctor may have begun with another.
  const { version: _, ...was } = visit
  if (was.status === 'in_consultation') demandFreeDoctor(w, was)
  if (before.payments !== undefined) demandUnfinishable(w, current, before.payments)
  const more = before.appointment ? takeBackArrival(w, current, before) : { appointments: followVisit(w, visit) }
  const next = stepVisit(w, current, was, { step: 'undo' })
  announce(w, current, next, more)
  return next
}

function demandFreeDoctor(w: W<Person>, { id, clinicId, day, doctorId }: Omit<Visit, 'version'>): void {
  const other = openVisits(w.sql, clinicId, day).find(
    (one) => one.status === 'in_consultation' && one.doctorId === doctorId && one.id !== id,
  )
  if (other) throw new Refusal('nothing_to_undo')
}

/** A finish makes no lines; what is in the till, though, was taken for it. One who came again has a visit already (Q2). */
function demandUnfinishable(w: W<Person>, { id, clinicId, patientId, day, status }: Visit, payments: number): void {
  demand(w.actor, 'visit.consult')
  if (paymentsOf(w.sql, id).length !== payments) throw new Refusal('nothing_to_undo')
  if (isOpen(status)) return
  const over = day !== today(getRecord(w.sql, 'clinics', clinicId), w.now)
  if (over || (patientId && findOpenVisit(w.sql, clinicId, patientId, day))) throw new Refusal('nothing_to_undo')
}

/** The lines of an arrival are reversed, its deposits go back to the appointment, and that is as it was. */
function takeBackArrival(w: W<Person>, visit: Visit, { visit: was, appointment, chargeId }: Before): Changes {
  if (paymentsOf(w.sql, visit.id).some((payment) => payment.appointmentId === null))
    throw new Refusal('nothing_to_undo')
  const lines = chargesOf(w.sql, visit.id).filter((line) => !line.reversedAt && (!was || line.id === chargeId))
  const more: Changes = {
    charges: lines.map((line) =>
      w.update('charges', { ...line, reversedAt: w.now, reverseReason: 'check_in_undone', version: line.version + 1 }),
    ),
  }
  if (!appointment) return more
  const booked = getRecord(w.sql, 'appointments', appointment.id)
  const payments = moveDeposits(w, { appointmentId: booked.id, visitId: visit.id }, { visitId: null })
  return { ...more, appointments: [follow(w, booked, appointment.status)], payments }
}

/** The visit is cancelled and its arrival is taken back; the ticket stays used (Q3). */
function takeBackCheckIn(w: W<Person>, visit: Visit, before: Before): Visit {
  const more = takeBackArrival(w, visit, before)
  const change: Partial<Visit> = {
    status: 'cancelled',
    endedAt: w.now,
    endReason: 'check_in_undone',
    appointmentId: null,
  }
  const next = stepVisit(w, visit, change, { step: 'undo' })
  announce(w, visit, next, more)
  return next
}
