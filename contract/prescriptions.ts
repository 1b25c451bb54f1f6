import * as z from 'zod'
import { route, whole } from './route.ts'
import { id, instant, line, lineOrNothing, version } from './values.ts'

/** One medicine that was prescribed in a visit. Clinical. Nothing is deleted: one that was wrong is withdrawn. */
export const prescription = z.strictObject({
  id,
  clinicId: id,
  visitId: id,
  patientId: id.nullable(),
  doctorId: id.nullable(),
  medicine: z.string(),
  dose: z.string(),
  howOften: z.string(),
  howLong: z.string(),
  note: z.string(),
  /** It names what the patient is allergic to, and why it was prescribed all the same. */
  allergyReason: z.string().nullable(),
  prescribedAt: instant,
  prescribedById: id,
  withdrawnAt: instant.nullable(),
  version,
})
export type Prescription = z.infer<typeof prescription>

const fields = {
  medicine: line(120),
  dose: lineOrNothing(80).default(''),
  howOften: lineOrNothing(80).default(''),
  howLong: lineOrNothing(80).default(''),
  note: lineOrNothing(300).default(''),
  allergyReason: line(200).nullable().default(null),
}

export const prescriptions = {
  add: route({
    method: 'POST',
    path: '/prescriptions',
    summary: 'Prescribe a medicine; one that a listed allergy names needs a reason',
    permission: 'prescription.write',
    audit: 'prescription.add',
    input: { body: { id, visitId: id, ...fields } },
    output: prescription,
    errors: ['already_exists', 'not_found', 'allergy_listed'],
  }),
  change: route({
    method: 'PUT',
    path: '/prescriptions/{id}',
    summary: 'Change what was prescribed',
    permission: 'prescription.write',
    audit: 'prescription.change',
    input: { params: { id }, body: { version, ...whole(fields) } },
    output: prescription,
    errors: ['not_found', 'stale_version', 'allergy_listed'],
  }),
  withdraw: route({
    method: 'PUT',
    path: '/prescriptions/{id}/withdrawn',
    summary: 'Withdraw a prescription, or take that back',
    permission: 'prescription.write',
    audit: 'prescription.withdraw',
    input: { params: { id }, body: { version, withdrawn: z.boolean() } },
    output: prescription,
    errors: ['not_found', 'stale_version'],
  }),
}
