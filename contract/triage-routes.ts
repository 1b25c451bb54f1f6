import * as z from 'zod'
import { route } from './route.ts'
import { severity } from './severity.ts'
import { ageBand, pregnancy, risk, riskSubject, triageRecord, vitals } from './triage.ts'
import { id, instant, line, version } from './values.ts'
import { urgency, visit } from './visits.ts'

/** What was taken of a patient besides the vitals. */
const taken = {
  vitals,
  /** T2: who decided on scale 2. */
  scaleDecidedById: id.nullable().default(null),
  /** T3: picked when the age is not known, and never used when it is. */
  ageBand: ageBand.nullable().default(null),
  pregnancy: pregnancy.default('not_known'),
}

/** What a look has become: the visit as it stands in the queue now, and the alert that was raised with it (L2). */
const triaged = z.strictObject({ visit, record: triageRecord, alertRaised: severity.nullable() })

export const triage = {
  record: route({
    method: 'POST',
    path: '/visits/{id}/triage',
    summary:
      'Keep a set of vital signs and the level that follows; the queue is sorted anew in the same commit (T1, T5)',
    permission: 'visit.triage',
    audit: 'triage.record',
    input: {
      params: { id },
      body: {
        id,
        /** The visit's. */
        version,
        ...taken,
        /** T2: when, if not just now: not before the patient came, nor before the last set was taken. */
        takenAt: instant.nullable().default(null),
        /** T1: at least what the rules ask for; lower needs a clinician and a reason. */
        level: urgency,
        loweredReason: line(200).nullable().default(null),
      },
    },
    output: triaged,
    errors: ['not_found', 'stale_version', 'illegal_transition', 'reason_required', 'already_exists'],
  }),
  look: route({
    method: 'POST',
    path: '/visits/{id}/look',
    summary: 'Somebody has looked at a waiting patient, without vital signs (T5)',
    permission: 'visit.triage',
    audit: 'triage.look',
    input: { params: { id }, body: { version } },
    output: visit,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  ofVisit: route({
    method: 'GET',
    path: '/visits/{id}/triage',
    summary: 'What was taken of a visit’s patient, newest first; opening it is audited (P5)',
    permission: 'patient.openRecord',
    audit: 'triage.open',
    input: { params: { id } },
    output: z.strictObject({ items: z.array(triageRecord) }),
    errors: ['not_found'],
  }),
}

/** With a visit the prediction is kept; without one it is only worked out. */
const predicted = z.strictObject({ risk, record: triageRecord.nullable(), alertRaised: severity.nullable() })

export const risks = {
  predict: route({
    method: 'POST',
    path: '/risk/predict',
    summary: 'What the rule packs in force say of vital signs; with a visit it is stored, announced and may alert (L2)',
    permission: 'visit.triage',
    audit: 'risk.predict',
    input: {
      body: {
        clinicId: id,
        visitId: id.nullable().default(null),
        ...taken,
        /** Of whom there is no record; a visit's patient has their own age and sex. */
        ageMonths: z.int().min(0).max(1_800).nullable().default(null),
        sex: riskSubject.shape.sex.default('not_known'),
      },
    },
    output: predicted,
    errors: ['not_found', 'illegal_transition'],
  }),
}
