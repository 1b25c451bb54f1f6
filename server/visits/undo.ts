import { appointmentStatus } from '../../contract/appointments.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { Visit } from '../../contract/visits.ts'
import { follow } from '../appointments/commands.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { moveDeposits } from '../money/commands.ts'
import { chargesOf, paymentsOf } from '../money/queries.ts'
import { announce, type Before, stepVisit, visitFor } from './step.ts'

type LastStep = { id: string; step: string; before: string | null }

/** Q9: takes back the last call, check-in or transfer; possible until the next step. */
export function undo(w: W<Person>, id: string, version: number): Visit {
  const visit = visitFor(w, id, version)
  const last = w.sql.get<LastStep>`
    select id, step, before from visitSteps where visitId = ${id} and undone = 0 order by at desc, id desc limit 1`
  if (!last?.before) throw new Refusal('nothing_to_undo')
  const before = JSON.parse(last.before) as Before
  w.sql.run`update visitSteps set undone = 1 where id = ${last.id}`
  const next = before.visit ? putBack(w, visit, before.visit) : takeBackCheckIn(w, visit, before)
  w.sql.run`update visitSteps set undone = 1 where visitId = ${id} and step = 'undo'`
  return next
}

function putBack(w: W<Person>, current: Visit, before: Visit): Visit {
  // The step was the last one, so nothing else has changed since.
  const { version: _, ...was } = before
  const next = stepVisit(w, current, was, { step: 'undo' })
  announce(w, current, next)
  return next
}

/** The visit is cancelled, its lines are reversed, and the appointment is as it was; the ticket stays used (Q3). */
function takeBackCheckIn(w: W<Person>, visit: Visit, before: Before): Visit {
  const paid = paymentsOf(w.sql, visit.id)
  if (paid.some((payment) => payment.appointmentId === null)) throw new Refusal('nothing_to_undo')
  const more: Changes = {
    charges: chargesOf(w.sql, visit.id).map((line) =>
      w.update('charges', { ...line, reversedAt: w.now, reverseReason: 'check_in_undone', version: line.version + 1 }),
    ),
  }
  if (before.appointment) {
    const status = appointmentStatus.parse(before.appointment.status)
    more.appointments = [follow(w, before.appointment.id, status)]
    more.payments = moveDeposits(w, { appointmentId: before.appointment.id, visitId: visit.id }, { visitId: null })
  }
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
