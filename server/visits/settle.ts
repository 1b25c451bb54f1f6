import type { Appointment } from '../../contract/appointments.ts'
import type { Charge } from '../../contract/money.ts'
import type { Visit } from '../../contract/visits.ts'
import { appointmentCanBecome, appointmentStatusFor } from '../../rules/transitions.ts'
import { follow } from '../appointments/commands.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { balanceOf, chargesOf } from '../money/queries.ts'
import { announce, type Before, stepVisit } from './step.ts'

/** M2: paying off what is due completes a visit that waits for it. */
export function settleIfPaid(w: W, visitId: string): void {
  const visit = getRecord(w.sql, 'visits', visitId)
  if (visit.status !== 'awaiting_payment' || balanceOf(w.sql, visitId) > 0) return
  const { visit: ended, ...more } = endVisit(w, visit, 'completed', { step: 'paid' })
  announce(w, visit, ended, more)
}

type Ending = 'completed' | 'left' | 'cancelled' | 'no_show'
type About = {
  step: string
  reason?: string | null | undefined
  change?: Partial<Visit>
  before?: Before | undefined
}

/** Ends a visit, and takes its appointments along (A5); a completed one goes on to its next stop. The caller announces. */
export function endVisit(w: W, current: Visit, status: Ending, { step, reason = null, change = {}, before }: About) {
  if (status === 'completed' && current.nextAppointmentIds.length > 0) return toNextStop(w, current, change, before)
  const ended = { status, endedAt: w.now, endReason: reason, awayUntil: null, skippedUntil: null, ...change }
  const visit = stepVisit(w, current, ended, { step, reason, before })
  return { visit, appointments: followVisit(w, visit), charges: takeBackLines(w, current, status) }
}

/** Why the lines of who was never seen were taken back; the pages word it. */
export const NOT_SEEN = 'not_seen'

/** Nobody owes for a consultation that never began. What was paid already stays, to be given back by a person. */
export function takeBackLines(w: W, visit: Visit, status: Ending): Charge[] {
  if (status === 'completed' || wasSeen(w, visit)) return []
  const due = chargesOf(w.sql, visit.id).filter((line) => line.reversedAt === null)
  const unseen = hadEarlierStop(w, visit) ? linesOfStopsToCome(w, visit, due) : due
  return unseen.map((line) =>
    w.update('charges', { ...line, reversedAt: w.now, reverseReason: NOT_SEEN, version: line.version + 1 }),
  )
}

/** M2: what was taken back when this visit ended is asked of who comes back, as it was; what earlier endings took is not. */
export function askAgain(w: W<Person>, { id, endedAt }: Visit): Charge[] {
  const taken = chargesOf(w.sql, id).filter((line) => line.reverseReason === NOT_SEEN && line.reversedAt === endedAt)
  const made = { createdAt: w.now, createdById: w.actor.userId, reversedAt: null, reverseReason: null, version: 1 }
  return taken.map((line) => w.insert('charges', { ...line, ...made, id: newId() }))
}

/** Q2: whether the visit has come here from a doctor who saw the patient. */
function hadEarlierStop(w: W, { id }: Visit): boolean {
  return w.sql.get`select 1 from visitSteps where visitId = ${id} and step = 'next_stop' and undone = 0` !== undefined
}

/** One line for each appointment that is still to come, the newest of its service: what was done before is owed. */
function linesOfStopsToCome(w: W, { appointmentId, nextAppointmentIds }: Visit, due: readonly Charge[]): Charge[] {
  const left = [...due]
  return [appointmentId, ...nextAppointmentIds].flatMap((id) => {
    const stop = id ? w.sql.find('appointments', id) : undefined
    const at = left.findLastIndex(
      ({ doctorId, serviceId }) => doctorId === stop?.doctorId && serviceId === stop?.serviceId,
    )
    return at < 0 ? [] : left.splice(at, 1)
  })
}

/**
 * Whether a doctor has begun with the patient at this stop of the visit, also one who gave them over since (Q9); and also
 * in a visit that has joined this one (P4): its lines are here, and what was done is owed.
 */
function wasSeen(w: W, { id, patientId }: Visit): boolean {
  const begun = w.sql.get`select 1 from visitSteps s
    where s.visitId in (select ${id} union all select id from visits where patientId = ${patientId} and mergedIntoId = ${id})
    and s."to" = 'in_consultation' and s.undone = 0
    and not exists (select 1 from visitSteps n where n.visitId = s.visitId and n.step = 'next_stop' and n.undone = 0
      and (n.at, n.id) > (s.at, s.id))`
  return begun !== undefined
}

/** Q2: the next appointment of the day, with the waiting time and the history kept. */
function toNextStop(w: W, current: Visit, change: Partial<Visit>, before: Before | undefined) {
  const [nextId = '', ...nextAppointmentIds] = current.nextAppointmentIds
  const next = getRecord(w.sql, 'appointments', nextId)
  const appointments = followVisit(w, { ...current, status: 'completed', nextAppointmentIds: [] })
  const onward: Partial<Visit> = {
    ...change,
    status: 'waiting',
    doctorId: next.doctorId,
    poolId: null,
    serviceId: next.serviceId,
    appointmentId: next.id,
    nextAppointmentIds,
    dueAt: next.startsAt,
    roomId: null,
    calledAt: null,
    consultationStartedAt: null,
  }
  return { visit: stepVisit(w, current, onward, { step: 'next_stop', before }), appointments, charges: [] }
}

/** A5: brings the appointments of a visit to where its status puts them. */
export function followVisit(w: W, visit: Visit): Appointment[] {
  const status = appointmentStatusFor(visit.status)
  return [visit.appointmentId, ...visit.nextAppointmentIds].flatMap((id) => {
    const appointment = id ? w.sql.find('appointments', id) : undefined
    if (!appointment || appointment.status === status || !appointmentCanBecome(appointment.status, status)) return []
    return [follow(w, appointment, status)]
  })
}
