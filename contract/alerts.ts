import * as z from 'zod'
import { patient } from './patients.ts'
import { route } from './route.ts'
import { severity } from './severity.ts'
import { cursor, day, id, instant, limit, lineOrNothing, version } from './values.ts'
import { dangerSign, urgency } from './visits.ts'

/** L1: what it is about; the whole hub is "hospital-wide". */
export const alertScope = z.enum(['patient', 'clinic', 'hospital'])
export type AlertScope = z.infer<typeof alertScope>

/** L3: who is asked to answer, in the order in which it climbs; whoever was asked before still is. */
export const asked = z.enum(['nurse', 'doctor', 'everybody'])
export type Asked = z.infer<typeof asked>

/** L1: what somebody tells a clinic or the whole hub; nothing clinical, and whole to all staff. */
export const noticeTopic = z.enum(['help', 'violence', 'fire', 'evacuation', 'equipment', 'news'])
export type NoticeTopic = z.infer<typeof noticeTopic>

/** Somebody needs help. What every screen may say of it: a ticket and a place, never why. */
export const alert = z.strictObject({
  id,
  clinicId: id,
  scope: alertScope,
  severity,
  /** Of a patient. */
  visitId: id.nullable(),
  ticket: z.string().nullable(),
  /** Of a clinic or the whole hub; the words are made in the reader's language from this code. */
  topic: noticeTopic.nullable(),
  /** The same, as its raiser typed it. */
  note: z.string().nullable(),
  raisedAt: instant,
  /** `null`: a rule, by the hub. */
  raisedById: id.nullable(),
  asked,
  /** L3: when the hub goes on with it by itself; `null` when it does not. */
  dueAt: instant.nullable(),
  /** When it last climbed or came back. */
  escalatedAt: instant.nullable(),
  /** Whose answer stands: one that came back has none. */
  acknowledgedAt: instant.nullable(),
  acknowledgedById: id.nullable(),
  resolvedAt: instant.nullable(),
  /** `null` also when the hub closed it: what it was raised for is over. */
  resolvedById: id.nullable(),
  version,
})
export type Alert = z.infer<typeof alert>

/** What raised it: one key (T0), a score (L2), a look that is overdue (T5), a long wait, or somebody by hand. */
export const alertKind = z.enum(['emergency', 'risk_score', 'observation_overdue', 'long_wait', 'by_hand'])
export type AlertKind = z.infer<typeof alertKind>

/** Why somebody asks for help with a patient. */
export const patientTopic = z.enum(['worse', 'collapsed', 'fell', 'pain', 'distressed', 'help'])
export type PatientTopic = z.infer<typeof patientTopic>

/** Why: clinical, and so is the kind. */
export const alertReason = z.strictObject({
  /** The alert's id. */
  id,
  kind: alertKind,
  dangerSigns: z.array(dangerSign),
  /** By hand. */
  topic: patientTopic.nullable(),
  note: z.string().nullable(),
  /** L2: what the score was, or was at least; `null` where another rule raised it. */
  score: z.int().nullable(),
  /** The level of the visit then. */
  urgency: urgency.nullable(),
  /** T5: since when the look is due; of a long wait, since when they wait. */
  since: instant.nullable(),
  version,
})
export type AlertReason = z.infer<typeof alertReason>

/** L3: what became of it. `over` and `replaced` are the hub's own: the reason is gone, or a graver alert came. */
export const outcome = z.enum([
  'seen',
  'treated',
  'taken_in',
  'sent_on',
  'nothing_needed',
  'false_alarm',
  'over',
  'replaced',
])
export type Outcome = z.infer<typeof outcome>

/** What a person may say became of it. */
export const saidOutcome = outcome.exclude(['over', 'replaced'])
export type SaidOutcome = z.infer<typeof saidOutcome>

/** What became of it: clinical. */
export const alertOutcome = z.strictObject({
  /** The alert's id. */
  id,
  outcome,
  note: z.string().nullable(),
  version,
})
export type AlertOutcome = z.infer<typeof alertOutcome>

/** L3: one step of an alert, kept for good. */
export const alertStep = z.strictObject({
  id,
  alertId: id,
  step: z.enum(['raised', 'acknowledged', 'escalated', 'came_back', 'resolved']),
  at: instant,
  /** `null`: the hub, by its clock. */
  actorId: id.nullable(),
  asked,
})
export type AlertStep = z.infer<typeof alertStep>

/** In seconds, of those that there are; `null` of none. */
const spread = z.strictObject({ count: z.int(), median: z.int().nullable(), p90: z.int().nullable() })
export type Spread = z.infer<typeof spread>

const counted = {
  raised: z.int(),
  /** Climbed to a next role at least once. */
  escalated: z.int(),
  /** Nobody has answered. */
  unanswered: z.int(),
  /** From raised to the first answer. */
  toAcknowledge: spread,
}

/** L5: alerts and triage of some days, in numbers; nobody's record is in it. */
export const alertAnalytics = z.strictObject({
  from: day,
  to: day,
  all: z.strictObject(counted),
  byKind: z.array(z.strictObject({ kind: alertKind, ...counted })),
  bySeverity: z.array(z.strictObject({ severity, ...counted })),
  /** By the hour of the clinic's clock at which they were raised; 24. */
  byHour: z.array(z.strictObject({ hour: z.int(), ...counted })),
  /** Who answered first. */
  byPerson: z.array(z.strictObject({ userId: id, answered: z.int(), toAcknowledge: spread })),
  /** From arrival to the call, by the level that the visit has. */
  waits: z.array(z.strictObject({ urgency, arrived: z.int(), looked: z.int(), toCall: spread })),
  arrivals: z.array(z.strictObject({ hour: z.int(), arrived: z.int(), toCall: spread })),
})
export type AlertAnalytics = z.infer<typeof alertAnalytics>

const { familyName, givenName } = patient.shape
/** Whom an alert (`id`) is about, a ticket being another's the next day; nobody for one whom nobody knows yet (T0). */
const aboutWhom = z.strictObject({ id, patientId: id, familyName, givenName })
export type AboutWhom = z.infer<typeof aboutWhom>

/** Left out for whoever may not receive clinical content. */
const why = { alertReasons: z.array(alertReason).optional(), alertOutcomes: z.array(alertOutcome).optional() }

export const alerts = {
  list: route({
    method: 'GET',
    path: '/alerts',
    summary: 'The alerts of a clinic, newest first: to clinicians all, to others what every screen says or they raised',
    permission: 'alert.read',
    audit: null,
    input: {
      query: {
        clinicId: id,
        /** Not resolved. */
        open: z.stringbool().optional(),
        severity: severity.optional(),
        /** Clinical: only to those who may see it. */
        kind: alertKind.optional(),
        /** Raised, answered or resolved it. */
        personId: id.optional(),
        from: day.optional(),
        to: day.optional(),
        limit,
        cursor,
      },
    },
    output: z.strictObject({
      items: z.array(alert),
      cursor: z.string().nullable(),
      ...why,
      about: z.array(aboutWhom).optional(),
    }),
    errors: ['not_found'],
  }),
  steps: route({
    method: 'GET',
    path: '/alerts/{id}/steps',
    summary: 'What happened to an alert, and when',
    permission: 'alert.read',
    audit: null,
    input: { params: { id } },
    output: z.strictObject({ items: z.array(alertStep) }),
    errors: ['not_found'],
  }),
  raise: route({
    method: 'POST',
    path: '/alerts',
    summary: 'Ask for help: with a patient, in a clinic, or everywhere',
    permission: 'alert.raise',
    audit: 'alert.raise',
    input: {
      body: {
        id,
        clinicId: id,
        scope: alertScope,
        severity,
        /** Of a patient. */
        visitId: id.nullable().default(null),
        topic: z.enum([...patientTopic.options, ...noticeTopic.exclude(['help']).options]),
        note: lineOrNothing(200).default(''),
      },
    },
    output: alert,
    errors: ['not_found', 'already_exists', 'illegal_transition'],
  }),
  acknowledge: route({
    method: 'POST',
    path: '/alerts/{id}/acknowledge',
    summary: 'Answer an alert: I am coming',
    permission: 'alert.acknowledge',
    audit: 'alert.acknowledge',
    input: { params: { id }, body: { version } },
    output: alert,
    errors: ['not_found', 'stale_version', 'illegal_transition', 'own_alert'],
  }),
  escalate: route({
    method: 'POST',
    path: '/alerts/{id}/escalate',
    summary: 'Ask the next role as well, at once',
    permission: 'alert.escalate',
    audit: 'alert.escalate',
    input: { params: { id }, body: { version } },
    output: alert,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  resolve: route({
    method: 'POST',
    path: '/alerts/{id}/resolve',
    summary: 'Say what became of it',
    permission: 'alert.resolve',
    audit: 'alert.resolve',
    input: { params: { id }, body: { version, outcome: saidOutcome, note: lineOrNothing(200).default('') } },
    output: alert,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  analytics: route({
    method: 'GET',
    path: '/alerts/analytics',
    summary: 'Alerts and triage of some days in numbers',
    permission: 'alert.analyse',
    audit: null,
    input: { query: { clinicId: id, from: day, to: day } },
    output: alertAnalytics,
    errors: ['not_found', 'unavailable'],
  }),
}
