import type { Appointment } from '../../contract/appointments.ts'
import { Refusal } from '../../contract/errors.ts'
import { type Urgency, urgency as urgencyLevels, type Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { follow } from '../appointments/commands.ts'
import { demand, type Person } from '../auth/person.ts'
import { followPatient } from '../consultations/follow.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { moveDeposits } from '../money/commands.ts'
import { notifyArrival } from '../notifications/about-visits.ts'
import { knowPatient, livingRecord } from '../patients/commands.ts'
import { demandPlace } from './check-in.ts'
import { findOpenVisit } from './queries.ts'
import { announce, demandArrival, statusBeforeArrival, stepVisit, visitFor } from './step.ts'

/** Q12: comes back at a time: keeps the clock, is not called meanwhile. `null`: is back. */
export function setAway(
  w: W<Person>,
  id: string,
  { version, until }: { version: number; until: string | null },
): Visit {
  const visit = visitFor(w, id, version)
  demandInLine(visit)
  if (until !== null && until <= w.now)
    throw new Refusal('bad_input', { fields: [{ field: 'until', message: 'must be in the future' }] })
  const next = stepVisit(w, visit, { awayUntil: until }, { step: until ? 'away' : 'back' })
  announce(w, visit, next)
  return next
}

type Update = {
  version: number
  arrivedAt?: string | undefined
  urgency?: Urgency | undefined
  reason?: string | undefined
}

/** Q4: corrects the arrival, with a mark. T1: raises the level; lowering is for clinicians, with a reason. */
export function updateVisit(w: W<Person>, id: string, request: Update): Visit {
  const visit = visitFor(w, id, request.version)
  if (!isOpen(visit.status)) throw new Refusal('illegal_transition', { from: visit.status, to: visit.status })
  const change = { ...arrivalChange(w, visit, request.arrivedAt), ...levelChange(w, visit, request) }
  const next = stepVisit(w, visit, change, { step: 'update', reason: request.reason })
  announce(w, visit, next)
  return next
}

function arrivalChange(w: W, visit: Visit, arrivedAt: string | undefined): Partial<Visit> {
  if (arrivedAt === undefined || arrivedAt === visit.arrivedAt) return {}
  demandArrival(w, getRecord(w.sql, 'clinics', visit.clinicId), visit.day, arrivedAt)
  const queuedAt = visit.queuedAt === visit.arrivedAt ? arrivedAt : visit.queuedAt
  return { arrivedAt, queuedAt, arrivedCorrected: true }
}

function levelChange(w: W<Person>, visit: Visit, { urgency, reason }: Update): Partial<Visit> {
  if (urgency === undefined || urgency === visit.urgency) return {}
  const levels = urgencyLevels.options
  if (levels.indexOf(urgency) > levels.indexOf(visit.urgency)) {
    demand(w.actor, 'visit.lowerUrgency')
    if (!reason) throw new Refusal('reason_required', { field: 'reason' })
  }
  // A level that a clinician gave is a first look; reception's is not.
  return w.actor.clinical ? { urgency, triaged: true, lookedAt: w.now } : { urgency }
}

type Transfer = Pick<Visit, 'doctorId' | 'poolId'> & { version: number; reason?: string | undefined }

/** Q9: to another doctor or pool; waiting time and history stay. */
export function transfer(w: W<Person>, id: string, request: Transfer): Visit {
  const from = visitFor(w, id, request.version)
  const visit = transferQuietly(w, id, request)
  notifyArrival(w, visit, from)
  return visit
}

/** The same, for one of many: whoever moves them all says so once (S3). */
export function transferQuietly(w: W<Person>, id: string, { version, reason, ...to }: Transfer): Visit {
  const visit = visitFor(w, id, version)
  if (!['waiting', 'in_triage', 'called', 'in_consultation', 'on_hold'].includes(visit.status))
    throw new Refusal('illegal_transition', { from: visit.status, to: 'waiting' })
  if ((to.doctorId === null) === (to.poolId === null))
    throw new Refusal('bad_input', {
      fields: [{ field: 'doctorId', message: 'either a doctor or a pool must be given' }],
    })
  demandPlace(w, visit.clinicId, { ...to, serviceId: null })
  const change: Partial<Visit> = {
    ...to,
    status: visit.status === 'in_triage' ? 'in_triage' : 'waiting',
    roomId: null,
    calledAt: null,
    parked: false,
    consultationStartedAt: null,
  }
  const next = stepVisit(w, visit, change, { step: 'transfer', reason, before: { visit } })
  announce(w, visit, next)
  return next
}

/**
 * Q9, wrong patient: the visit moves to the right one with its ticket, lines and payments. Appointments stay with the
 * person who booked them, as they were before, and so do their deposits.
 */
export function reassign(
  w: W<Person>,
  id: string,
  request: { version: number; patientId: string; reason: string },
): Visit {
  const visit = visitFor(w, id, request.version)
  const patient = livingRecord(w.sql, request.patientId)
  if (patient.id === visit.patientId) throw new Refusal('illegal_transition', { from: 'patient', to: 'same_patient' })
  if (isOpen(visit.status) && findOpenVisit(w.sql, visit.clinicId, patient.id, visit.day))
    throw new Refusal('already_exists', { field: 'patientId' })
  const { foreign, ...returned } = returnAppointments(w, visit, patient.id)
  const change: Partial<Visit> = {
    patientId: patient.id,
    label: null,
    nextAppointmentIds: visit.nextAppointmentIds.filter((id) => !foreign.has(id)),
    ...(visit.appointmentId && foreign.has(visit.appointmentId) ? { appointmentId: null, dueAt: null } : {}),
  }
  const next = stepVisit(w, visit, change, { step: 'reassign', reason: request.reason })
  knowPatient(w, patient.id, visit.clinicId)
  w.audit({ detail: { fromPatient: visit.patientId, toPatient: patient.id } })
  announce(w, visit, next, { patients: [patient], ...returned })
  followPatient(w, [visit.id])
  return next
}

/** What somebody else had booked is theirs again, as it was, with the deposits on it. */
function returnAppointments(w: W<Person>, visit: Visit, patientId: string) {
  const booked = [visit.appointmentId, ...visit.nextAppointmentIds].flatMap((id) =>
    id ? [getRecord(w.sql, 'appointments', id)] : [],
  )
  const taken = (one: Appointment) => one.status === 'checked_in' || one.status === 'fulfilled'
  const others = booked.filter((one) => one.patientId !== patientId && taken(one))
  return {
    foreign: new Set(others.map((one) => one.id)),
    appointments: others.map((one) => giveBack(w, visit, one)),
    payments: others.flatMap(({ id }) => moveDeposits(w, { appointmentId: id, visitId: visit.id }, { visitId: null })),
  }
}

/** A5: what was seen for is seen for no more when it was somebody else who came. */
function giveBack(w: W<Person>, visit: Visit, appointment: Appointment): Appointment {
  return follow(w, follow(w, appointment, 'checked_in'), statusBeforeArrival(w.sql, visit.id, appointment.id))
}

function demandInLine(visit: Visit): void {
  if (visit.status !== 'waiting' && visit.status !== 'in_triage')
    throw new Refusal('illegal_transition', { from: visit.status, to: 'away' })
}
