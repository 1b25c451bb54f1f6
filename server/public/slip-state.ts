import type { Appointment } from '../../contract/appointments.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { SlipState } from '../../contract/public.ts'
import { BY_PATIENT, type SlipStateName } from '../../contract/public-words.ts'
import type { Visit } from '../../contract/visits.ts'
import type { TokenKeys } from '../auth/tokens.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { showsSlipDetails } from '../phone-pages/queries.ts'
import { hasRated } from '../ratings/queries.ts'
import { today } from '../visits/queries.ts'
import { mayRate, publicClinic, ratingIsOver } from './ticket-state.ts'
import { tokenOf } from './tokens.ts'

type Moment = { sql: SqlReader; now: string; keys: TokenKeys }

/** What an appointment slip's page shows, until the time for its rating is over (S5). */
export function slipStateOf({ sql, now, keys }: Moment, appointment: Appointment): SlipState {
  const clinic = getRecord(sql, 'clinics', appointment.clinicId)
  const shown = { ...quiet, clinic: publicClinic(clinic) }
  if (ratingIsOver(clinic, appointment.day, now)) return { ...shown, state: 'over' }
  const visit = visitOf(sql, appointment)
  const details = showsSlipDetails(sql, clinic.id)
  const rated = visit !== undefined && hasRated(sql, visit.id)
  const doctor = getRecord(sql, 'doctors', appointment.doctorId)
  return {
    ...shown,
    state: nameOf(appointment, today(clinic, now)),
    startsAt: appointment.startsAt,
    day: appointment.day,
    doctor: details ? doctor.displayName : null,
    service: details ? getRecord(sql, 'services', appointment.serviceId).name : null,
    moved: appointment.moves > 0,
    doctorLateUntil: isLate(clinic, appointment, doctor.expectedAt) ? doctor.expectedAt : null,
    moveAsked: appointment.moveAsked,
    cancelledByPatient: appointment.cancelReason?.startsWith(BY_PATIENT) ?? false,
    mayChange: isChangeable(appointment, now),
    ticketPath: visit?.day === today(clinic, now) ? `/t/${tokenOf(keys, 'ticket', visit.id)}` : null,
    mayRate: visit !== undefined && mayRate(visit) && !rated,
    rated,
  }
}

/** A patient changes an appointment until it begins; after that it is for the desk. */
export function isChangeable({ status, startsAt }: Appointment, now: string): boolean {
  return (status === 'booked' || status === 'confirmed') && startsAt > now
}

/** The visit that an appointment has become, or was joined to as its next stop (Q2). */
export function visitOf(sql: SqlReader, appointment: Appointment): Visit | undefined {
  const { id, patientId, day, clinicId } = appointment
  const visits = fromRows(
    'visits',
    sql.all`select * from visits where patientId = ${patientId} and day = ${day} and clinicId = ${clinicId}
      and status <> 'cancelled' order by enteredAt desc`,
  )
  return visits.find((visit) => visit.appointmentId === id || visit.nextAppointmentIds.includes(id))
}

const quiet = {
  startsAt: null,
  day: null,
  doctor: null,
  service: null,
  moved: false,
  doctorLateUntil: null,
  moveAsked: null,
  cancelledByPatient: false,
  mayChange: false,
  ticketPath: null,
  mayRate: false,
  rated: false,
} as const satisfies Partial<SlipState>

function nameOf({ status, day }: Appointment, present: string): SlipStateName {
  switch (status) {
    case 'booked':
    case 'confirmed':
      return day < present ? 'missed' : status
    case 'checked_in':
      return 'here'
    case 'fulfilled':
      return 'finished'
    case 'cancelled':
      return 'cancelled'
    case 'no_show':
      return 'missed'
  }
}

/** Q12: an announced late start concerns those who are booked before it on its day. */
function isLate(clinic: Clinic, { status, startsAt, day }: Appointment, expectedAt: string | null): boolean {
  const open = status === 'booked' || status === 'confirmed'
  return open && expectedAt !== null && expectedAt > startsAt && today(clinic, expectedAt) === day
}
