import { Refusal } from '../../contract/errors.ts'
import type { Permission } from '../../contract/permissions.ts'
import type { Visit, VisitStatus } from '../../contract/visits.ts'
import { needsLookedForBy, needsReason } from '../../rules/transitions.ts'
import { demand, isClinicianOf, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { balanceOf, paymentsOf } from '../money/queries.ts'
import { findOpenVisit, openVisits, today } from './queries.ts'
import { askAgain, endVisit, followVisit } from './settle.ts'
import { announce, type Before, demandTransition, stepVisit, visitFor } from './step.ts'

export type StatusRequest = {
  version: number
  status: VisitStatus
  reason?: string | undefined
  lookedForById?: string | undefined
  owes: boolean
}

/** Q1: takes a visit one legal step further. Each step has its own permission. */
export function setStatus(w: W<Person>, id: string, request: StatusRequest): Visit {
  const visit = visitFor(w, id, request.version)
  const { status } = request
  const reason = request.reason ?? null
  demandTransition(visit, status)
  demand(w.actor, permissionFor(visit.status, status))
  if (needsReason(visit.status, status) && !reason) throw new Refusal('reason_required', { field: 'reason' })
  switch (status) {
    case 'waiting':
      return backToWaiting(w, visit, reason)
    case 'in_triage':
      return plain(w, visit, { status }, 'triage', reason)
    case 'in_consultation':
      return startConsultation(w, visit, reason)
    case 'on_hold':
      return holdVisit(w, visit, reason)
    case 'awaiting_payment':
      return toCashDesk(w, visit, 'to_cash_desk', reason)
    case 'completed':
      return complete(w, visit, request)
    case 'no_show':
      return noShow(w, visit, request)
    case 'left':
    case 'cancelled':
      return ended(w, visit, status, reason)
    case 'called':
      // A call has a place, an order and its own permission: it goes through callVisit.
      throw new Refusal('illegal_transition', { from: visit.status, to: status })
  }
}

function permissionFor(from: VisitStatus, to: VisitStatus): Permission {
  if (from === 'in_triage' || to === 'in_triage')
    return to === 'left' || to === 'cancelled' ? 'visit.move' : 'visit.triage'
  switch (to) {
    case 'in_consultation':
    case 'awaiting_payment':
      return 'visit.consult'
    case 'completed':
      return from === 'awaiting_payment' ? 'visit.settle' : 'visit.consult'
    case 'waiting':
      return from === 'left' || from === 'no_show' ? 'visit.checkIn' : 'visit.call'
    case 'on_hold':
    case 'called':
      return 'visit.call'
    case 'left':
    case 'cancelled':
    case 'no_show':
      return 'visit.move'
  }
}

function plain(w: W<Person>, visit: Visit, change: Partial<Visit>, step: string, reason: string | null): Visit {
  const next = stepVisit(w, visit, change, { step, reason })
  announce(w, visit, next)
  return next
}

/** From a call, a hold, a consultation, or from having left: each comes back to its own place (Q1, Q8). */
function backToWaiting(w: W<Person>, visit: Visit, reason: string | null): Visit {
  const common = { status: 'waiting', roomId: null, parked: false } as const
  switch (visit.status) {
    case 'called':
      return plain(w, visit, { ...common, doctorId: visit.poolId ? null : visit.doctorId }, 'call_withdrawn', reason)
    case 'in_triage':
      // T5: a look counts; T1: but without a record nobody has decided on the level.
      return plain(w, visit, { status: 'waiting' }, 'triage_ended', reason)
    case 'on_hold':
    case 'in_consultation':
      return plain(w, visit, { ...common, nearFront: true, queuedAt: w.now }, 'back_from_hold', reason)
    default:
      return comeBack(w, visit, reason)
  }
}

/** Q8: who had left or was missed re-enters near the front, and the appointment is theirs again. */
function comeBack(w: W<Person>, visit: Visit, reason: string | null): Visit {
  demandReopenable(w, visit, 'waiting')
  const fresh = { notHere: 0, skippedUntil: null, skippedCalls: 0, endedAt: null, endReason: null, lookedForBy: null }
  const next = stepVisit(
    w,
    visit,
    { ...fresh, status: 'waiting', roomId: null, nearFront: true },
    { step: 'returned', reason },
  )
  announce(w, visit, next, { appointments: followVisit(w, next), charges: askAgain(w, visit) })
  return next
}

export function startConsultation(w: W<Person>, visit: Visit, reason: string | null): Visit {
  const reopened = visit.status === 'completed'
  if (reopened) demandReopenable(w, visit, 'in_consultation')
  const doctorId = visit.doctorId ?? w.actor.doctorId
  const clinic = getRecord(w.sql, 'clinics', visit.clinicId)
  const other = openVisits(w.sql, clinic.id, today(clinic, w.now)).find(
    (one) => one.status === 'in_consultation' && one.doctorId === doctorId && one.id !== visit.id,
  )
  if (other) throw new Refusal('patient_still_open', { visitId: other.id })
  const change: Partial<Visit> = {
    status: 'in_consultation',
    doctorId,
    poolId: null,
    parked: false,
    nearFront: false,
    consultationStartedAt: visit.consultationStartedAt ?? w.now,
    endedAt: null,
    endReason: null,
  }
  const next = stepVisit(w, visit, change, { step: reopened ? 'reopen' : 'start', reason })
  announce(w, visit, next, reopened ? { appointments: followVisit(w, next) } : {})
  return next
}

/** Q1 on hold (the laboratory, say); Q7 parked for an `immediate` patient. */
export function holdVisit(w: W<Person>, visit: Visit, reason: string | null, parked = false): Visit {
  demandTransition(visit, 'on_hold')
  return plain(w, visit, { status: 'on_hold', parked }, parked ? 'park' : 'hold', reason)
}

/** Ends a consultation: on to the next stop of the day, to the cash desk, or home. */
export function finishVisit(w: W<Person>, visit: Visit): Visit {
  if (visit.status !== 'in_consultation')
    throw new Refusal('illegal_transition', { from: visit.status, to: 'awaiting_payment' })
  if (visit.nextAppointmentIds.length === 0 && balanceOf(w.sql, visit.id) > 0)
    return toCashDesk(w, visit, 'finish', null)
  const { visit: done, ...more } = endVisit(w, visit, 'completed', { step: 'finish', before: inside(w, visit) })
  announce(w, visit, done, more)
  return done
}

function toCashDesk(w: W<Person>, visit: Visit, step: string, reason: string | null): Visit {
  const next = stepVisit(w, visit, { status: 'awaiting_payment' }, { step, reason, before: inside(w, visit) })
  announce(w, visit, next)
  return next
}

/** U4: what undo puts back of a consultation that was finished, unless money has come in since. */
function inside(w: W, visit: Visit): Before | undefined {
  return visit.status === 'in_consultation' ? { visit, payments: paymentsOf(w.sql, visit.id).length } : undefined
}

/** Q1: balance zero, or *owes* with a reason and the person who let it. */
function complete(w: W<Person>, visit: Visit, { reason, owes }: StatusRequest): Visit {
  if (visit.status === 'in_consultation' && visit.nextAppointmentIds.length > 0) return finishVisit(w, visit)
  const balanceMinor = balanceOf(w.sql, visit.id)
  if (balanceMinor > 0 && !owes) throw new Refusal('balance_due', { balanceMinor })
  if (balanceMinor > 0 && !reason) throw new Refusal('reason_required', { field: 'reason' })
  const change = balanceMinor > 0 ? { owesReason: reason ?? null, owesById: w.actor.userId } : {}
  const step = balanceMinor > 0 ? 'owes' : 'complete'
  const before = inside(w, visit)
  const { visit: done, ...more } = endVisit(w, visit, 'completed', { step, reason, change, before })
  announce(w, visit, done, more)
  return done
}

/** Q8: a person's act; from `urgent` up somebody has looked for the patient. */
function noShow(w: W<Person>, visit: Visit, { reason, lookedForById }: StatusRequest): Visit {
  if (needsLookedForBy(visit.urgency) && !lookedForById)
    throw new Refusal('reason_required', { field: 'lookedForById' })
  if (lookedForById && !isClinicianOf(w.sql, visit.clinicId, lookedForById))
    throw new Refusal('bad_input', {
      fields: [{ field: 'lookedForById', message: 'must name a clinician of this clinic' }],
    })
  const change = { lookedForBy: lookedForById ?? null }
  const { visit: gone, ...more } = endVisit(w, visit, 'no_show', { step: 'no_show', reason, change })
  announce(w, visit, gone, more)
  return gone
}

function ended(w: W<Person>, visit: Visit, status: 'left' | 'cancelled', reason: string | null): Visit {
  const { visit: gone, ...more } = endVisit(w, visit, status, { step: status, reason })
  announce(w, visit, gone, more)
  return gone
}

/** Only today's visit opens again, and only while the patient has no other one (Q2). */
function demandReopenable(w: W, visit: Visit, to: VisitStatus): void {
  const clinic = getRecord(w.sql, 'clinics', visit.clinicId)
  if (visit.day !== today(clinic, w.now)) throw new Refusal('illegal_transition', { from: visit.status, to })
  if (visit.patientId && findOpenVisit(w.sql, visit.clinicId, visit.patientId, visit.day))
    throw new Refusal('already_exists', { field: 'patientId' })
}
