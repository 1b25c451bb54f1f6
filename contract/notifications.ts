import * as z from 'zod'
import { patient } from './patients.ts'
import { route } from './route.ts'
import { cursor, id, instant, limit, version } from './values.ts'

/** S3: what somebody is told of. The first nine concern a doctor's list and hours, then the till, then reception. */
export const notificationKind = z.enum([
  'appointment_created',
  'appointment_moved',
  'appointment_cancelled',
  'appointments_rebooked',
  'check_in',
  'transfer',
  'schedule_changed',
  'leave_entered',
  'leave_withdrawn',
  'payment_due',
  'doctor_left',
])
export type NotificationKind = z.infer<typeof notificationKind>

/**
 * What the words are made of, in the reader's language: ids, codes and instants, never anything typed. Names are joined
 * by the reader from what they may see.
 */
export const notificationParameters = z.strictObject({
  appointmentId: id.optional(),
  patientId: id.optional(),
  /** The ticket of the visit. */
  ticket: z.string().optional(),
  /** Whose list it has come to. */
  doctorId: id.optional(),
  /** Whose list it was on. */
  fromDoctorId: id.optional(),
  startsAt: instant.optional(),
  /** When it was to start before it was moved. */
  fromStart: instant.optional(),
  /** Of a leave. */
  from: instant.optional(),
  to: instant.optional(),
  /** How many were rebooked at once (Q12), and whether that was taken back. */
  appointments: z.int().optional(),
  visits: z.int().optional(),
  undone: z.boolean().optional(),
})
export type NotificationParameters = z.infer<typeof notificationParameters>

/** S3: stored in the commit that caused it, for one person. */
export const notification = z.strictObject({
  id,
  userId: id,
  clinicId: id,
  kind: notificationKind,
  /** The visit that it is about: once that has gone on, there is nothing left to be told of. */
  visitId: id.nullable(),
  parameters: notificationParameters,
  at: instant,
  readAt: instant.nullable(),
  version,
})
export type Notification = z.infer<typeof notification>

/** `sound` also pops up; `silent` is counted at the bell. */
export const notificationLevel = z.enum(['pop_up', 'sound', 'silent'])
export type NotificationLevel = z.infer<typeof notificationLevel>

const levels = z.strictObject(
  Object.fromEntries(notificationKind.options.map((kind) => [kind, notificationLevel])) as {
    [K in NotificationKind]: typeof notificationLevel
  },
)

/** L4: by severity; critical is not among them: nobody who is asked can mute it. */
const bySeverity = z.strictObject({ info: notificationLevel, warning: notificationLevel })

/** L4: by what raised it. An emergency is always critical. */
const alertLevels = z.strictObject({
  risk_score: bySeverity,
  observation_overdue: bySeverity,
  long_wait: bySeverity,
  by_hand: bySeverity,
})
export type AlertLevels = z.infer<typeof alertLevels>

/** How somebody wants to be told. */
export const notificationPreferences = z.strictObject({
  /** The user's id: each has one. */
  id,
  levels,
  alertLevels,
  version,
})
export type NotificationPreferences = z.infer<typeof notificationPreferences>

export const notifications = {
  list: route({
    method: 'GET',
    path: '/notifications',
    summary: 'What I was told of, newest first, with the patients it is about',
    permission: 'signedIn',
    audit: null,
    input: { query: { limit, cursor } },
    output: z.strictObject({
      items: z.array(notification),
      cursor: z.string().nullable(),
      /** All that I have not read, on this page or not. */
      unread: z.int(),
      patients: z.array(patient),
    }),
  }),
  read: route({
    method: 'POST',
    path: '/notifications/{id}/read',
    summary: 'Mark as read; once is enough',
    permission: 'signedIn',
    audit: 'notification.read',
    input: { params: { id } },
    output: notification,
    errors: ['not_found'],
  }),
  readAll: route({
    method: 'POST',
    path: '/notifications/read-all',
    summary: 'Mark everything as read, up to the newest that was seen',
    permission: 'signedIn',
    audit: 'notification.readAll',
    input: { body: { upTo: id.optional() } },
    output: z.strictObject({ items: z.array(notification) }),
  }),
  preferences: route({
    method: 'GET',
    path: '/notifications/preferences',
    summary: 'How I am told: by kind, popping up, with a sound or silently',
    permission: 'signedIn',
    audit: null,
    input: {},
    output: notificationPreferences,
  }),
  setPreferences: route({
    method: 'PUT',
    path: '/notifications/preferences',
    summary: 'Choose how I am told',
    permission: 'signedIn',
    audit: 'notification.setPreferences',
    /** What is left out stays as it is. */
    input: { body: { version, levels: levels.optional(), alertLevels: alertLevels.optional() } },
    output: notificationPreferences,
    errors: ['stale_version'],
  }),
}
