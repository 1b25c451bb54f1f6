import * as z from 'zod'
import { route } from './route.ts'
import { day, id, instant, line, version } from './values.ts'
import { dangerSign, urgency, visit, visitStatus, visitStep } from './visits.ts'

const destination = { doctorId: id.nullable().default(null), poolId: id.nullable().default(null) }
const arrival = {
  /** Q4: when the patient came, when that is not now. */
  arrivedAt: instant.optional(),
  /** T1: reception may raise a level. */
  urgency: urgency.optional(),
  dangerSigns: z.array(dangerSign).max(7).default([]),
}

/** What checking in answers: the open visit that was there already, when there was one (Q2). */
export const checkedIn = z.strictObject({
  visit,
  alreadyOpen: z.boolean(),
  /** Q2: what this patient still owes from earlier visits. */
  owesMinor: z.int(),
})

export const checkIn = {
  summary: 'Check in a patient who has an appointment; a family together',
  permission: 'visit.checkIn',
  audit: 'visit.checkIn',
  offline: true,
  input: { body: { id, appointmentId: id, familyId: id.nullable().default(null), ...arrival } },
  output: checkedIn,
  errors: ['not_found', 'illegal_transition', 'already_exists'],
} as const
export const walkIn = {
  summary: 'Check in a patient without an appointment; a family together',
  permission: 'visit.checkIn',
  audit: 'visit.walkIn',
  offline: true,
  input: {
    body: {
      id,
      clinicId: id,
      patientId: id,
      serviceId: id.nullable().default(null),
      familyId: id.nullable().default(null),
      ...destination,
      ...arrival,
    },
  },
  output: checkedIn,
  errors: ['not_found', 'already_exists'],
} as const
export const setStatus = {
  summary: 'Take a visit one legal step further; each step has its own permission on top',
  permission: 'visit.step',
  audit: 'visit.setStatus',
  offline: true,
  input: {
    params: { id },
    body: {
      version,
      status: visitStatus,
      reason: line(200).optional(),
      /** Q8: who looked for the patient, from `urgent` up. */
      lookedForById: id.optional(),
      /** Q1: complete although something is due. */
      owes: z.boolean().default(false),
    },
  },
  output: visit,
  errors: [
    'not_found',
    'stale_version',
    'illegal_transition',
    'reason_required',
    'balance_due',
    'patient_still_open',
    'not_callable',
    'already_exists',
  ],
} as const
export const call = {
  summary: 'Call this patient, with their family if wished, or announce them again',
  permission: 'visit.call',
  audit: 'visit.call',
  offline: true,
  input: {
    params: { id },
    body: {
      version,
      doctorId: id.optional(),
      roomId: id.nullable().optional(),
      /** Q7: needed when somebody else is first. */
      reason: line(200).optional(),
      /** Q12: and all of their family who wait for this doctor and may be called; one who is called already stays so. */
      withFamily: z.boolean().default(false),
    },
  },
  output: visit,
  errors: ['not_found', 'stale_version', 'illegal_transition', 'reason_required', 'not_callable', 'nobody_to_call'],
} as const

/** The order of a line and why (Q5, Q6), as codes that each page words in its reader's language. */
export const queueReason = z.looseObject({ code: z.string() })
export const queueState = z.strictObject({
  visits: z.array(visit),
  order: z.array(z.strictObject({ visitId: id, place: z.int(), callable: z.boolean(), reasons: z.array(queueReason) })),
  missed: z.array(id),
})

export const visits = {
  list: route({
    method: 'GET',
    path: '/visits',
    summary: 'The visits of a clinic day, or of a patient, newest first',
    permission: 'visit.read',
    audit: null,
    input: {
      query: {
        clinicId: id,
        date: day.optional(),
        patientId: id.optional(),
        status: visitStatus.optional(),
        /** Q2: open at an earlier day's turnover. */
        leftOpen: z.stringbool().optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        cursor: z.string().max(200).optional(),
      },
    },
    output: z.strictObject({ items: z.array(visit), cursor: z.string().nullable() }),
  }),
  queue: route({
    method: 'GET',
    path: '/visits/queue',
    summary: 'The live line of a clinic or of a doctor, in order',
    permission: 'visit.read',
    audit: null,
    input: { query: { clinicId: id.optional(), doctorId: id.optional() } },
    output: queueState,
    errors: ['not_found'],
  }),
  get: route({
    method: 'GET',
    path: '/visits/{id}',
    summary: 'One visit with its history',
    permission: 'visit.read',
    audit: null,
    input: { params: { id } },
    output: z.strictObject({ visit, steps: z.array(visitStep) }),
    errors: ['not_found'],
  }),
  checkIn: route({ method: 'POST', path: '/visits/check-in', ...checkIn }),
  walkIn: route({ method: 'POST', path: '/visits/walk-in', ...walkIn }),
  emergency: route({
    method: 'POST',
    path: '/visits/emergency',
    summary: 'One key, for every role: an immediate visit and a critical alert, no name needed',
    permission: 'visit.emergency',
    audit: 'visit.emergency',
    offline: true,
    input: {
      body: {
        id,
        clinicId: id,
        patientId: id.nullable().default(null),
        label: line(120).nullable().default(null),
        dangerSigns: z.array(dangerSign).max(7).default([]),
        ...destination,
      },
    },
    output: checkedIn,
    errors: ['not_found', 'already_exists'],
  }),
  setStatus: route({ method: 'PUT', path: '/visits/{id}/status', ...setStatus }),
  finish: route({
    method: 'POST',
    path: '/visits/{id}/finish',
    summary: 'End the consultation: to the cash desk when something is due, else completed',
    permission: 'visit.consult',
    audit: 'visit.finish',
    offline: true,
    input: { params: { id }, body: { version } },
    output: visit,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  call: route({ method: 'POST', path: '/visits/{id}/call', ...call }),
  callNext: route({
    method: 'POST',
    path: '/visits/call-next',
    summary: 'Call the first of the doctor’s line; says what becomes of a patient who is still open (Q7)',
    permission: 'visit.call',
    audit: 'visit.callNext',
    offline: false,
    input: {
      body: {
        doctorId: id,
        roomId: id.nullable().optional(),
        /** `park`: only for an `immediate` patient, who is then called (Q7 take now). `ahead`: one more, called ahead. */
        present: z
          .strictObject({
            visitId: id,
            version,
            becomes: z.enum(['finished', 'on_hold', 'not_here', 'ahead', 'parked']),
          })
          .optional(),
      },
    },
    /** `null`: the present patient was dealt with, and nobody else waits. */
    output: visit.nullable(),
    errors: ['not_found', 'patient_still_open', 'nobody_to_call', 'stale_version', 'illegal_transition'],
  }),
  notHere: route({
    method: 'POST',
    path: '/visits/{id}/not-here',
    summary: 'The called patient did not come: back in the line, skipped for a while',
    permission: 'visit.call',
    audit: 'visit.notHere',
    offline: true,
    input: { params: { id }, body: { version } },
    output: visit,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  away: route({
    method: 'POST',
    path: '/visits/{id}/away',
    summary: 'The patient comes back at a time: keeps the clock, is not called (Q12)',
    permission: 'visit.move',
    audit: 'visit.away',
    offline: true,
    input: { params: { id }, body: { version, until: instant.nullable() } },
    output: visit,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  update: route({
    method: 'PUT',
    path: '/visits/{id}',
    summary: 'Correct the arrival, or raise the level (lowering is for clinicians, with a reason)',
    permission: 'visit.move',
    audit: 'visit.update',
    offline: true,
    input: {
      params: { id },
      body: { version, arrivedAt: instant.optional(), urgency: urgency.optional(), reason: line(200).optional() },
    },
    output: visit,
    errors: ['not_found', 'stale_version', 'illegal_transition', 'reason_required', 'forbidden'],
  }),
  transfer: route({
    method: 'POST',
    path: '/visits/{id}/transfer',
    summary: 'To another doctor or pool; waiting time and history stay',
    permission: 'visit.move',
    audit: 'visit.transfer',
    offline: true,
    input: { params: { id }, body: { version, ...destination, reason: line(200).optional() } },
    output: visit,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  reassign: route({
    method: 'POST',
    path: '/visits/{id}/reassign',
    summary: 'Wrong patient: the visit and all that hangs on it move to the right one (Q9)',
    permission: 'visit.reassign',
    audit: 'visit.reassign',
    input: { params: { id }, body: { version, patientId: id, reason: line(200) } },
    output: visit,
    errors: ['not_found', 'stale_version', 'already_exists', 'illegal_transition'],
  }),
  undo: route({
    method: 'POST',
    path: '/visits/{id}/undo',
    summary: 'Take back the last call, check-in, transfer or finish, until the next step (Q9)',
    permission: 'visit.move',
    audit: 'visit.undo',
    input: { params: { id }, body: { version } },
    output: visit,
    errors: ['not_found', 'stale_version', 'nothing_to_undo'],
  }),
}
