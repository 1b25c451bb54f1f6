import type { AppointmentStatus } from '../contract/appointments.ts'
import type { Urgency, VisitStatus } from '../contract/visits.ts'

/** Q1: what each status may become. Anything else is refused. */
export const VISIT_TRANSITIONS = {
  waiting: ['in_triage', 'called', 'left', 'cancelled', 'no_show'],
  in_triage: ['waiting', 'called', 'left', 'cancelled'],
  called: ['in_consultation', 'waiting', 'left', 'cancelled', 'no_show'],
  in_consultation: ['on_hold', 'waiting', 'awaiting_payment', 'completed', 'left', 'cancelled'],
  on_hold: ['waiting', 'in_consultation', 'left', 'cancelled'],
  awaiting_payment: ['completed', 'left', 'cancelled'],
  completed: ['in_consultation'],
  left: ['waiting'],
  cancelled: [],
  no_show: ['waiting'],
} as const satisfies Record<VisitStatus, readonly VisitStatus[]>

/** Q1: the statuses of a visit that is not over. A patient has at most one such visit in a clinic and day (Q2). */
export const OPEN_STATUSES = [
  'waiting',
  'in_triage',
  'called',
  'in_consultation',
  'on_hold',
  'awaiting_payment',
] as const satisfies readonly VisitStatus[]

/** Whether Q1 allows the transition. That reopening a completed visit is the same day's only is the caller's check. */
export function canBecome(from: VisitStatus, to: VisitStatus): boolean {
  return includes(VISIT_TRANSITIONS[from], to)
}

export function isOpen(status: VisitStatus): boolean {
  return includes(OPEN_STATUSES, status)
}

/** Q1: cancelling, and reopening what was completed, are kept with a reason. */
export function needsReason(from: VisitStatus, to: VisitStatus): boolean {
  return to === 'cancelled' || (from === 'completed' && to === 'in_consultation')
}

/** Q8: from `urgent` up a no-show needs the name of who looked for the patient: they may have collapsed. */
export function needsLookedForBy(urgency: Urgency): boolean {
  return isUrgentOrAbove(urgency)
}

export function isUrgentOrAbove(urgency: Urgency): boolean {
  return urgency === 'immediate' || urgency === 'very_urgent' || urgency === 'urgent'
}

/**
 * A5: what each status of an appointment may become. `checked_in` goes back to `booked` or `confirmed` when the
 * check-in is undone, and to `cancelled` or `no_show` only along with its visit; `fulfilled` goes back to `checked_in`
 * when its visit is reopened.
 */
export const APPOINTMENT_TRANSITIONS = {
  booked: ['confirmed', 'checked_in', 'cancelled', 'no_show'],
  confirmed: ['checked_in', 'cancelled', 'no_show'],
  checked_in: ['fulfilled', 'booked', 'confirmed', 'cancelled', 'no_show'],
  fulfilled: ['checked_in'],
  cancelled: ['checked_in'],
  no_show: ['checked_in'],
} as const satisfies Record<AppointmentStatus, readonly AppointmentStatus[]>

export function appointmentCanBecome(from: AppointmentStatus, to: AppointmentStatus): boolean {
  return includes(APPOINTMENT_TRANSITIONS[from], to)
}

/**
 * A5: what a visit's new status makes of its appointment. One who left without being seen did come, so their
 * appointment is cancelled and not a no-show.
 */
export function appointmentStatusFor(visit: VisitStatus): AppointmentStatus {
  switch (visit) {
    case 'completed':
      return 'fulfilled'
    case 'no_show':
      return 'no_show'
    case 'left':
    case 'cancelled':
      return 'cancelled'
    case 'waiting':
    case 'in_triage':
    case 'called':
    case 'in_consultation':
    case 'on_hold':
    case 'awaiting_payment':
      return 'checked_in'
  }
}

function includes<T>(list: readonly T[], item: T): boolean {
  return list.includes(item)
}
