// The clinic's own words for what its doctors write often. They are of the clinic, not of a patient.
import * as z from 'zod'
import { route, whole } from './route.ts'
import { id, line, lineOrNothing, version } from './values.ts'

export const medicine = z.strictObject({
  id,
  clinicId: id,
  name: z.string(),
  /** What is usual: taken over when it is prescribed, and changed there. */
  dose: z.string(),
  howOften: z.string(),
  howLong: z.string(),
  active: z.boolean(),
  version,
})
export type Medicine = z.infer<typeof medicine>

export const diagnosisTerm = z.strictObject({
  id,
  clinicId: id,
  text: z.string(),
  code: z.string().nullable(),
  active: z.boolean(),
  version,
})
export type DiagnosisTerm = z.infer<typeof diagnosisTerm>

const ofMedicine = {
  name: line(120),
  dose: lineOrNothing(80).default(''),
  howOften: lineOrNothing(80).default(''),
  howLong: lineOrNothing(80).default(''),
  active: z.boolean().default(true),
}
const ofTerm = { text: line(200), code: line(20).nullable().default(null), active: z.boolean().default(true) }

export const medicines = {
  list: route({
    method: 'GET',
    path: '/medicines',
    summary: 'The clinic’s own list of medicines',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(medicine) }),
  }),
  create: route({
    method: 'POST',
    path: '/medicines',
    summary: 'Add a medicine to the clinic’s list',
    permission: 'shortList.manage',
    audit: 'medicine.create',
    input: { body: { id, clinicId: id, ...ofMedicine } },
    output: medicine,
    errors: ['already_exists', 'not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/medicines/{id}',
    summary: 'Change a medicine of the list; what was prescribed stays as it is',
    permission: 'shortList.manage',
    audit: 'medicine.update',
    input: { params: { id }, body: { version, ...whole(ofMedicine) } },
    output: medicine,
    errors: ['already_exists', 'not_found', 'stale_version'],
  }),
}

export const diagnosisTerms = {
  list: route({
    method: 'GET',
    path: '/diagnosis-terms',
    summary: 'The clinic’s own list of diagnoses',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(diagnosisTerm) }),
  }),
  create: route({
    method: 'POST',
    path: '/diagnosis-terms',
    summary: 'Add a diagnosis to the clinic’s list',
    permission: 'shortList.manage',
    audit: 'diagnosisTerm.create',
    input: { body: { id, clinicId: id, ...ofTerm } },
    output: diagnosisTerm,
    errors: ['already_exists', 'not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/diagnosis-terms/{id}',
    summary: 'Change a diagnosis of the list; what was written stays as it is',
    permission: 'shortList.manage',
    audit: 'diagnosisTerm.update',
    input: { params: { id }, body: { version, ...whole(ofTerm) } },
    output: diagnosisTerm,
    errors: ['already_exists', 'not_found', 'stale_version'],
  }),
}
