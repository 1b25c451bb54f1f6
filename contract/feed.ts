import * as z from 'zod'
import { alert, alertOutcome, alertReason } from './alerts.ts'
import { appointment } from './appointments.ts'
import { attachment } from './attachments.ts'
import { bed } from './beds.ts'
import { board } from './board.ts'
import { clinic, closure, pool, snapshotAt } from './clinics.ts'
import { consultation } from './consultations.ts'
import { device } from './devices.ts'
import { doctor, leave, schedule } from './doctors.ts'
import { followUp } from './follow-ups.ts'
import { charge, payment } from './money.ts'
import { notification, notificationPreferences } from './notifications.ts'
import { order } from './orders.ts'
import { allergies, patient } from './patients.ts'
import { phoneCall } from './phone-calls.ts'
import { prescription } from './prescriptions.ts'
import { room } from './rooms.ts'
import { route } from './route.ts'
import { rulePackChoice } from './rule-packs.ts'
import { service } from './services.ts'
import { diagnosisTerm, medicine } from './short-lists.ts'
import { triageRecord } from './triage.ts'
import { presence, staffStatus, user } from './users.ts'
import { id, instant } from './values.ts'
import { visit } from './visits.ts'
import { forecast, wait } from './waits.ts'

/** Every noun that a change may carry: its key in `changes` and in the console's store. */
export const nouns = {
  clinics: clinic,
  closures: closure,
  pools: pool,
  doctors: doctor,
  schedules: schedule,
  leaves: leave,
  services: service,
  rooms: room,
  beds: bed,
  boards: board,
  devices: device,
  users: user,
  staff: staffStatus,
  presence,
  patients: patient,
  allergies,
  appointments: appointment,
  phoneCalls: phoneCall,
  visits: visit,
  waits: wait,
  forecasts: forecast,
  charges: charge,
  payments: payment,
  alerts: alert,
  alertReasons: alertReason,
  alertOutcomes: alertOutcome,
  triageRecords: triageRecord,
  rulePackChoices: rulePackChoice,
  consultations: consultation,
  prescriptions: prescription,
  orders: order,
  attachments: attachment,
  followUps: followUp,
  medicines: medicine,
  diagnosisTerms: diagnosisTerm,
  notifications: notification,
  notificationPreferences,
}
export type Nouns = { [K in keyof typeof nouns]: z.infer<(typeof nouns)[K]> }
export type Noun = keyof Nouns

/** Clinical content lives in nouns of its own, so that hiding it means dropping a key. */
export const clinicalNouns: readonly Noun[] = [
  'allergies',
  'alertReasons',
  'alertOutcomes',
  'triageRecords',
  'consultations',
  'prescriptions',
  'orders',
  'attachments',
]

type ChangeShape = { [K in Noun]: z.ZodOptional<z.ZodArray<(typeof nouns)[K]>> }
const changeShape = Object.fromEntries(
  Object.entries(nouns).map(([key, schema]) => [key, z.array(schema).optional()]),
) as ChangeShape

/** The full public view of each record that was touched. */
export const changes = z.strictObject(changeShape)
export type Changes = z.infer<typeof changes>

/** `type` decides only what people notice; `changes` is what happened. */
export const eventType = z.enum([
  'appointment_created',
  'appointment_updated',
  'appointment_cancelled',
  'phone_call_updated',
  'queue_updated',
  'visit_status_changed',
  'new_checkin',
  'waits_updated',
  'charge_updated',
  'payment_processed',
  'payment_refunded',
  'patient_created',
  'patient_updated',
  'patient_merged',
  'clinic_updated',
  'doctor_updated',
  'schedule_updated',
  'service_updated',
  'user_updated',
  'staff_status_changed',
  'presence_changed',
  'room_updated',
  'bed_updated',
  'board_updated',
  'device_updated',
  'triage_updated',
  'risk_updated',
  'rule_packs_updated',
  'consultation_updated',
  'prescription_updated',
  'order_updated',
  'attachment_updated',
  'follow_up_updated',
  'short_list_updated',
  'patient_alert',
  'alert_acknowledged',
  'alert_escalated',
  'alert_resolved',
  'alert_updated',
  'clinic_alert',
  'hospital_alert',
  'new_notification',
  'notification_read',
  'all_notifications_read',
  'notification_preferences_updated',
])
export type EventType = z.infer<typeof eventType>

export const feedEvent = z.strictObject({
  seq: z.int(),
  type: eventType,
  at: instant,
  clinicId: id.nullable(),
  doctorId: id.nullable(),
  actorId: id.nullable(),
  changes,
})
export type FeedEvent = z.infer<typeof feedEvent>

/** One commit, filtered to what its reader may see; `after` is where the reader must stand to apply it. */
export const frame = z.strictObject({
  feed: z.string(),
  after: z.int(),
  upTo: z.int(),
  events: z.array(feedEvent),
})
export type Frame = z.infer<typeof frame>

/** What a socket says when it connects. */
export const handshake = z.strictObject({
  token: z.string(),
  protocol: z.int().optional(),
  /** `batched`: one frame a commit under `events`; otherwise each event under its own name. */
  feed: z.enum(['batched', 'named']).default('named'),
  /** Rooms to be in from the first moment; the same checks as for joining. */
  clinicId: id.optional(),
  doctorId: id.optional(),
})

/** The hub's clock, and how fast it runs: 1, but for a demonstration whose day is played faster. */
const hubTime = { at: instant, rate: z.number() }

/** The hub's first word on a socket. */
export const connected = z.strictObject({ feed: z.string(), seq: z.int(), userId: id, sessionId: id, ...hubTime })
export type Connected = z.infer<typeof connected>

export const heartbeat = z.strictObject({ feed: z.string(), seq: z.int(), ...hubTime })
export type Heartbeat = z.infer<typeof heartbeat>

/** Refusals and answers of the socket's own requests. */
export type Ack = { ok: true } | { ok: false; code: string; message: string }
export type ResumeAnswer = { frames: Frame[] } | { reset: true } | { ok: false; code: string; message: string }

/** What a console may ask for on its socket, each with an acknowledgement. */
export type ClientRequests = {
  join_queue_room: (room: { clinicId: string }, answer: (ack: Ack) => void) => void
  leave_queue_room: (room: { clinicId: string }, answer: (ack: Ack) => void) => void
  join_doctor_room: (room: { doctorId: string }, answer: (ack: Ack) => void) => void
  leave_doctor_room: (room: { doctorId: string }, answer: (ack: Ack) => void) => void
  join_patient_room: (room: { patientId: string }, answer: (ack: Ack) => void) => void
  leave_patient_room: (room: { patientId: string }, answer: (ack: Ack) => void) => void
  resume: (from: { feed: string; after: number }, answer: (answer: ResumeAnswer) => void) => void
}

export const feed = {
  snapshot: route({
    method: 'GET',
    path: '/clinics/{id}/snapshot',
    summary: 'All that a console shows of today, and the place on the feed where that was true',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: z.strictObject({ ...snapshotAt, day: z.iso.date(), data: changes }),
    errors: ['not_found'],
  }),
  events: route({
    method: 'GET',
    path: '/events',
    summary: 'The events after a place on the feed',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id, after: z.coerce.number().int().min(0) } },
    output: z.strictObject({ feed: z.string(), reset: z.boolean(), frames: z.array(frame) }),
    errors: ['not_found'],
  }),
}
