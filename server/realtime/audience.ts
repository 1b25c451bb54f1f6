import { type Changes, clinicalNouns, type EventType, type FeedEvent } from '../../contract/feed.ts'
import type { RoutedEvent, Scope } from '../db/outbox.ts'

type Audience = 'clinic_and_doctor' | 'clinic' | 'clinical' | 'asked' | 'all_staff' | 'person'

/** The one table from an event's type to who hears it (design 4). */
const audiences = {
  appointment_created: 'clinic_and_doctor',
  appointment_updated: 'clinic_and_doctor',
  appointment_cancelled: 'clinic_and_doctor',
  phone_call_updated: 'clinic',
  queue_updated: 'clinic_and_doctor',
  visit_status_changed: 'clinic_and_doctor',
  new_checkin: 'clinic_and_doctor',
  waits_updated: 'clinic',
  charge_updated: 'clinic_and_doctor',
  payment_processed: 'clinic_and_doctor',
  payment_refunded: 'clinic_and_doctor',
  patient_created: 'clinic',
  patient_updated: 'clinic',
  patient_merged: 'clinic',
  clinic_updated: 'clinic',
  doctor_updated: 'clinic_and_doctor',
  schedule_updated: 'clinic_and_doctor',
  service_updated: 'clinic',
  user_updated: 'clinic',
  staff_status_changed: 'clinic_and_doctor',
  presence_changed: 'clinic',
  room_updated: 'clinic',
  bed_updated: 'clinic',
  board_updated: 'clinic',
  device_updated: 'all_staff',
  triage_updated: 'clinical',
  risk_updated: 'clinical',
  rule_packs_updated: 'clinic',
  consultation_updated: 'clinical',
  prescription_updated: 'clinical',
  order_updated: 'clinical',
  attachment_updated: 'clinical',
  follow_up_updated: 'clinic',
  short_list_updated: 'clinic',
  patient_alert: 'clinical',
  alert_acknowledged: 'asked',
  alert_escalated: 'asked',
  alert_resolved: 'asked',
  alert_updated: 'asked',
  clinic_alert: 'clinic',
  hospital_alert: 'all_staff',
  new_notification: 'person',
  notification_read: 'person',
  all_notifications_read: 'person',
  notification_preferences_updated: 'person',
} as const satisfies Record<EventType, Audience>

export const ALL_STAFF = 'staff'
export const clinicRoom = (clinicId: string) => `clinic_${clinicId}`
export const doctorRoom = (doctorId: string) => `doctor_${doctorId}`
export const clinicalRoom = (clinicId: string) => `clinical_${clinicId}`
/** One for each clinic: who watches over a patient hears what their own clinics say of them. */
export const patientRoom = (patientId: string, clinicId: string) => `patient_${patientId}_${clinicId}`
export const userRoom = (userId: string) => `user_${userId}`

/** The rooms that hear an event of this type about that scope. */
export function roomsOf(type: EventType, scope: Scope): string[] {
  const rooms = (scope.userIds ?? []).map(userRoom)
  const audience: Audience = audiences[type]
  switch (audience) {
    case 'person':
      break
    case 'all_staff':
      rooms.push(ALL_STAFF)
      break
    case 'clinical':
      rooms.push(...clinicalRooms(scope))
      break
    case 'asked':
      rooms.push(...clinicalRooms(scope))
      if (scope.reach === 'clinic') rooms.push(...scope.clinicIds.map(clinicRoom))
      if (scope.reach === 'hub') rooms.push(ALL_STAFF)
      break
    case 'clinic':
      rooms.push(...scope.clinicIds.map(clinicRoom))
      break
    case 'clinic_and_doctor':
      rooms.push(...scope.clinicIds.map(clinicRoom))
      for (const doctorId of scope.doctorIds ?? []) if (doctorId) rooms.push(doctorRoom(doctorId))
      break
  }
  return [...new Set(rooms)]
}

function clinicalRooms({ clinicIds, patientIds = [] }: Scope): string[] {
  const watched = patientIds.flatMap((patientId) =>
    patientId ? clinicIds.map((clinicId) => patientRoom(patientId, clinicId)) : [],
  )
  return [...clinicIds.map(clinicalRoom), ...watched]
}

/** Who reads: the rooms they are in, and whether they may receive clinical content. */
export type Viewer = { rooms: ReadonlySet<string>; clinical: boolean }

/** What a viewer sees of some events. */
export function visibleTo(viewer: Viewer, events: readonly RoutedEvent[]): FeedEvent[] {
  return events
    .filter((event) => event.rooms.some((room) => viewer.rooms.has(room)))
    .map((event) => seenBy(viewer, event))
}

function seenBy({ clinical }: Viewer, { rooms: _, ...event }: RoutedEvent): FeedEvent {
  return clinical ? event : { ...event, changes: withoutClinical(event.changes) }
}

export function hasClinical(changes: Changes): boolean {
  return clinicalNouns.some((noun) => changes[noun] !== undefined)
}

export function withoutClinical(changes: Changes): Changes {
  if (!hasClinical(changes)) return changes
  return Object.fromEntries(
    Object.entries(changes).filter(([noun]) => !clinicalNouns.some((hidden) => hidden === noun)),
  )
}
