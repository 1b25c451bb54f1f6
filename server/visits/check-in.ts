import type { Appointment } from '../../contract/appointments.ts'
import type { Clinic } from '../../contract/clinics.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { DangerSign, Urgency, Visit } from '../../contract/visits.ts'
import { formatTicket } from '../../rules/ticket.ts'
import { appointmentCanBecome } from '../../rules/transitions.ts'
import { raiseEmergency } from '../alerts/commands.ts'
import { follow } from '../appointments/commands.ts'
import { demand, demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { chargeService, moveDeposits } from '../money/commands.ts'
import { debtOf } from '../money/queries.ts'
import { notifyArrival } from '../notifications/about-visits.ts'
import { knowPatient, livingRecord } from '../patients/commands.ts'
import { findOpenVisit, today } from './queries.ts'
import { announce, type Before, demandArrival, keepStep, scopeOf, stepVisit } from './step.ts'

type Arrival = { arrivedAt?: string | undefined; urgency?: Urgency | undefined; dangerSigns: DangerSign[] }
type CheckedIn = { visit: Visit; alreadyOpen: boolean; owesMinor: number }

type ByAppointment = Arrival & { id: string; appointmentId: string; familyId: string | null }

/** Q4: by appointment, into its doctor's queue. Q2: a second check-in answers with the open visit. */
export function checkIn(w: W<Person>, request: ByAppointment): CheckedIn {
  const appointment = getRecord(w.sql, 'appointments', request.appointmentId)
  demandClinic(w.actor, appointment.clinicId)
  const clinic = getRecord(w.sql, 'clinics', appointment.clinicId)
  const day = today(clinic, w.now)
  const open = findOpenVisit(w.sql, clinic.id, appointment.patientId, day)
  if (open?.appointmentId === appointment.id || open?.nextAppointmentIds.includes(appointment.id))
    return alreadyHere(w, withFamily(w, open, request.familyId), request.dangerSigns)
  if (appointment.day !== day)
    throw new Refusal('bad_input', { fields: [{ field: 'appointmentId', message: `is for ${appointment.day}` }] })
  demandArrivable(appointment)
  if (open) return joinOpen(w, open, appointment, request)
  const before: Before = { visit: null, appointment: { id: appointment.id, status: appointment.status } }
  const arrived = follow(w, appointment, 'checked_in')
  const { patientId, doctorId, serviceId, startsAt: dueAt } = appointment
  const place = { patientId, doctorId, poolId: null, serviceId, appointmentId: appointment.id, dueAt }
  const visit = begin(w, clinic, { ...request, ...place, step: 'check_in', before })
  const payments = moveDeposits(w, { appointmentId: appointment.id, visitId: null }, { visitId: visit.id })
  return welcome(w, visit, request.dangerSigns, {
    appointments: [arrived],
    ...(payments.length > 0 ? { payments } : {}),
  })
}

type WalkIn = Arrival &
  Pick<Visit, 'id' | 'clinicId' | 'serviceId' | 'familyId' | 'doctorId' | 'poolId'> & { patientId: string }

/** Q4: to a doctor or to a pool. */
export function walkIn(w: W<Person>, request: WalkIn): CheckedIn {
  demandClinic(w.actor, request.clinicId)
  const clinic = getRecord(w.sql, 'clinics', request.clinicId)
  const patient = livingRecord(w.sql, request.patientId)
  const open = findOpenVisit(w.sql, clinic.id, patient.id, today(clinic, w.now))
  if (open) return alreadyHere(w, withFamily(w, open, request.familyId), request.dangerSigns)
  const { doctorId, poolId, serviceId, familyId } = request
  if ((doctorId === null) === (poolId === null))
    throw new Refusal('bad_input', {
      fields: [{ field: 'doctorId', message: 'either a doctor or a pool must be given' }],
    })
  demandPlace(w, clinic.id, { doctorId, poolId, serviceId })
  const place = { patientId: patient.id, doctorId, poolId, serviceId, familyId, appointmentId: null, dueAt: null }
  const visit = begin(w, clinic, { ...request, ...place, step: 'walk_in', before: { visit: null } })
  return welcome(w, visit, request.dangerSigns, {})
}

type Emergency = Pick<Visit, 'id' | 'clinicId' | 'label' | 'doctorId' | 'poolId'> & {
  patientId: string | null
  dangerSigns: DangerSign[]
}

/** T0: an `immediate` visit and a critical alert in one commit; no name needed. */
export function emergency(w: W<Person>, request: Emergency): CheckedIn {
  demandClinic(w.actor, request.clinicId)
  const clinic = getRecord(w.sql, 'clinics', request.clinicId)
  const patientId = request.patientId ? livingRecord(w.sql, request.patientId).id : null
  const open = patientId ? findOpenVisit(w.sql, clinic.id, patientId, today(clinic, w.now)) : undefined
  if (open) return alreadyHere(w, open, request.dangerSigns, true)
  const { doctorId, poolId, label } = request
  demandPlace(w, clinic.id, { doctorId, poolId, serviceId: null })
  const place = { patientId, doctorId, poolId, label, serviceId: null, appointmentId: null, dueAt: null }
  const visit = begin(w, clinic, { ...request, ...place, urgency: 'immediate', step: 'emergency' })
  return welcome(w, visit, request.dangerSigns, {}, true)
}

/** Q2: whoever is here already keeps their visit; a danger sign raises the alarm all the same (T0). */
function alreadyHere(w: W<Person>, open: Visit, signs: DangerSign[], alarm = signs.length > 0): CheckedIn {
  const visit = alarm ? worsened(w, open, signs) : open
  return { visit, alreadyOpen: true, owesMinor: debtOf(w.sql, visit) }
}

/** Somebody who is here already collapses: the same visit, now `immediate`. */
function worsened(w: W<Person>, open: Visit, dangerSigns: DangerSign[]): Visit {
  const visit =
    open.urgency === 'immediate' ? open : stepVisit(w, open, { urgency: 'immediate' }, { step: 'emergency' })
  if (visit !== open) announce(w, open, visit)
  raiseEmergency(w, visit, dangerSigns)
  return visit
}

/** Q2: a second appointment of the day joins the open visit as its next stop, with its line (M1) and its deposits. */
function joinOpen(w: W<Person>, open: Visit, appointment: Appointment, request: ByAppointment): CheckedIn {
  const { id, status, doctorId, serviceId } = appointment
  const arrived = follow(w, appointment, 'checked_in')
  const charge = chargeService(w, { ...open, doctorId, serviceId })
  const payments = moveDeposits(w, { appointmentId: id, visitId: null }, { visitId: open.id })
  const nextAppointmentIds = [...open.nextAppointmentIds, id]
  const before: Before = { visit: open, appointment: { id, status }, chargeId: charge?.id }
  const familyId = open.familyId ?? request.familyId
  const visit = stepVisit(w, open, { nextAppointmentIds, familyId }, { step: 'join', before })
  announce(w, open, visit, { appointments: [arrived], payments, ...(charge ? { charges: [charge] } : {}) })
  return alreadyHere(w, visit, request.dangerSigns)
}

/** Q12: whoever is here already becomes one of the family that comes now. */
function withFamily(w: W<Person>, open: Visit, familyId: string | null): Visit {
  if (familyId === null || open.familyId !== null) return open
  const visit = stepVisit(w, open, { familyId }, { step: 'family', before: { visit: open } })
  announce(w, open, visit)
  return visit
}

type Beginning = Pick<Visit, 'id' | 'patientId' | 'doctorId' | 'poolId' | 'serviceId' | 'appointmentId' | 'dueAt'> &
  Partial<Pick<Visit, 'label' | 'familyId'>> &
  Arrival & { step: string; before?: Before | undefined }

/** Writes a new visit with its ticket; the caller announces it. */
function begin(w: W<Person>, clinic: Clinic, begun: Beginning): Visit {
  demandNew(w.sql, 'visits', begun.id)
  const { id, patientId, doctorId, poolId, serviceId, appointmentId, dueAt, label = null, familyId = null } = begun
  const arrivedAt = begun.arrivedAt ?? w.now
  const day = today(clinic, w.now)
  if (arrivedAt !== w.now) demandArrival(w, clinic, day, arrivedAt)
  const visit = w.insert('visits', {
    ...freshVisit,
    ...{ id, clinicId: clinic.id, day, patientId, label, doctorId, poolId, serviceId, appointmentId, dueAt, familyId },
    ticket: nextTicket(w, clinic.id, day, letterOf(w, clinic.id, begun)),
    urgency: firstUrgency(w, begun),
    arrivedAt,
    enteredAt: w.now,
    statusAt: w.now,
    queuedAt: arrivedAt,
  })
  keepStep(w, visit, null, { step: begun.step, before: begun.before })
  return visit
}

/** Announces a new visit with all that came with it; a danger sign raises the alarm (T0). */
function welcome(w: W<Person>, visit: Visit, signs: DangerSign[], more: Changes, alarm = signs.length > 0): CheckedIn {
  const patient = visit.patientId ? getRecord(w.sql, 'patients', visit.patientId) : undefined
  const charge = chargeService(w, visit)
  const owesMinor = debtOf(w.sql, visit)
  if (patient) knowPatient(w, patient.id, visit.clinicId)
  const scope = scopeOf(w, visit)
  w.record('queue_updated', scope, { visits: [visit] })
  w.record('new_checkin', scope, {
    ...more,
    visits: [visit],
    ...(patient ? { patients: [patient] } : {}),
    ...(charge ? { charges: [charge] } : {}),
  })
  notifyArrival(w, visit)
  if (alarm) raiseEmergency(w, visit, signs)
  return { visit, alreadyOpen: false, owesMinor }
}

const freshVisit = {
  nextAppointmentIds: [],
  status: 'waiting',
  triaged: false,
  lookedAt: null,
  arrivedCorrected: false,
  nearFront: false,
  parked: false,
  calledAt: null,
  calls: 0,
  notHere: 0,
  skippedUntil: null,
  skippedCalls: 0,
  awayUntil: null,
  roomId: null,
  outOfOrder: false,
  consultationStartedAt: null,
  endedAt: null,
  endReason: null,
  mergedIntoId: null,
  lookedForBy: null,
  owesReason: null,
  owesById: null,
  version: 1,
} as const satisfies Partial<Visit>

/** T1: rules and reception only raise; a level below `standard` is a clinician's word. */
function firstUrgency(w: W<Person>, { urgency = 'standard', dangerSigns }: Arrival): Urgency {
  if (dangerSigns.length > 0) return 'immediate'
  if (urgency === 'non_urgent') demand(w.actor, 'visit.lowerUrgency')
  return urgency
}

/** Q3: given inside the transaction, from 001 each clinic day, never repeated. */
function nextTicket(w: W, clinicId: string, day: string, letter: string): string {
  const row = w.sql.get<{ last: number }>`
    insert into ticketCounters (clinicId, day, letter, last) values (${clinicId}, ${day}, ${letter}, 1)
    on conflict do update set last = last + 1 returning last`
  return formatTicket(letter, row?.last ?? 1)
}

function letterOf(w: W, clinicId: string, { doctorId, poolId }: Pick<Visit, 'doctorId' | 'poolId'>): string {
  if (doctorId) return getRecord(w.sql, 'doctors', doctorId).ticketLetter
  if (poolId) return getRecord(w.sql, 'pools', poolId).ticketLetter
  const first = w.sql.get<{ ticketLetter: string }>`
    select ticketLetter from pools where clinicId = ${clinicId} union all
    select ticketLetter from doctors where clinicId = ${clinicId} limit 1`
  return first?.ticketLetter ?? 'A'
}

function demandArrivable(appointment: Appointment): void {
  if (!appointmentCanBecome(appointment.status, 'checked_in') || appointment.status === 'fulfilled')
    throw new Refusal('illegal_transition', { from: appointment.status, to: 'checked_in' })
}

/** A doctor, pool and service that are this clinic's, and still in use. */
export function demandPlace(w: W, clinicId: string, place: Pick<Visit, 'doctorId' | 'poolId' | 'serviceId'>): void {
  const demand = (noun: 'doctors' | 'pools' | 'services', id: string | null) => {
    if (!id) return
    const record = getRecord(w.sql, noun, id)
    if (record.clinicId !== clinicId || !record.active) throw new Refusal('not_found', { noun })
  }
  demand('doctors', place.doctorId)
  demand('pools', place.poolId)
  demand('services', place.serviceId)
}
