import * as z from 'zod'
import { clinicalRecord } from './consultations.ts'
import { route, whole } from './route.ts'
import { cursor, day, id, instant, language, limit, line, lineOrNothing, note, version } from './values.ts'
import { visit } from './visits.ts'

export const sex = z.enum(['female', 'male', 'other', 'not_known'])

/** In any script's digits. What is no number at all, as "none", would be looked for and called. */
export const hasDigit = (text: string): boolean => /\p{Nd}/u.test(text)
const NO_DIGIT = 'must have a digit'

const identifier = z.strictObject({ kind: line(40), value: line(60) })
const guardian = z.strictObject({
  name: line(120),
  relation: lineOrNothing(40).default(''),
  phone: lineOrNothing(40)
    .refine((text) => text === '' || hasDigit(text), NO_DIGIT)
    .default(''),
})

/** P1. One name is enough; unknown is `null` or `not_known`, never a guess. */
export const patient = z.strictObject({
  id,
  /** P1: `P-000412`, unique in the install and never used again. */
  number: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  title: z.string(),
  sex,
  birthDate: day.nullable(),
  /** The birth date was worked out from an age that somebody told. */
  birthDateEstimated: z.boolean(),
  phones: z.array(z.string()),
  address: z.string(),
  /** Old card numbers and documents: kept, and found by the search. */
  identifiers: z.array(z.strictObject({ kind: z.string(), value: z.string() })),
  language: language.nullable(),
  guardian: z.strictObject({ name: z.string(), relation: z.string(), phone: z.string() }).nullable(),
  /** A note for the front desk; never clinical. */
  note: z.string(),
  /** A small picture as a data address; drawn beside the name. */
  photo: z.string().nullable(),
  deceasedOn: day.nullable(),
  /** P4: this record lost a merge to that one. */
  mergedIntoId: id.nullable(),
  version,
})
export type Patient = z.infer<typeof patient>

/** P1: not asked, none known or a list: three different things. Clinical. */
export const allergies = z.strictObject({
  /** The patient's id: each has one. */
  id,
  state: z.enum(['not_asked', 'none_known', 'listed']),
  items: z.array(z.strictObject({ substance: z.string(), reaction: z.string() })),
  version,
})
export type Allergies = z.infer<typeof allergies>

const photo = z
  .string()
  .max(200_000, 'must be smaller than 150 kB')
  .regex(/^data:image\/(jpeg|png|webp);base64,[A-Za-z0-9+/]+=*$/, 'must be a JPEG, PNG or WebP picture')

const fields = {
  familyName: lineOrNothing(120).default(''),
  givenName: lineOrNothing(120).default(''),
  title: lineOrNothing(20).default(''),
  sex: sex.default('not_known'),
  birthDate: day.nullable().default(null),
  birthDateEstimated: z.boolean().default(false),
  phones: z.array(line(40).refine(hasDigit, NO_DIGIT)).max(6).default([]),
  address: note(300).default(''),
  identifiers: z.array(identifier).max(20).default([]),
  language: language.nullable().default(null),
  guardian: guardian.nullable().default(null),
  note: note(500).default(''),
  photo: photo.nullable().default(null),
  deceasedOn: day.nullable().default(null),
}

/** P3: a patient who may be the same, and what speaks for it. */
const duplicate = z.strictObject({
  patient,
  score: z.number(),
  reasons: z.array(z.enum(['name', 'birth_date', 'phone', 'identifier'])),
})

const importRow = z.strictObject({ id, ...fields })

export const patients = {
  search: route({
    method: 'GET',
    path: '/patients',
    summary: 'One box: name parts in any order, phone digits, patient and card numbers, today’s ticket, date of birth',
    permission: 'patient.read',
    audit: null,
    input: { query: { q: z.string().max(200).default(''), clinicId: id.optional(), limit, cursor } },
    output: z.strictObject({ items: z.array(patient), cursor: z.string().nullable() }),
  }),
  register: route({
    method: 'POST',
    path: '/patients',
    summary: 'Register a patient',
    permission: 'patient.register',
    audit: 'patient.register',
    offline: true,
    input: { body: { id, clinicId: id, ...fields } },
    output: patient,
    errors: ['already_exists', 'not_found'],
  }),
  duplicates: route({
    method: 'GET',
    path: '/patients/duplicates',
    summary: 'Who may already be the person that is about to be registered (P3); it warns, it does not refuse',
    permission: 'patient.read',
    audit: null,
    input: {
      query: {
        familyName: z.string().max(120).default(''),
        givenName: z.string().max(120).default(''),
        birthDate: day.optional(),
        phone: z.string().max(40).optional(),
        identifier: z.string().max(60).optional(),
      },
    },
    output: z.strictObject({ items: z.array(duplicate) }),
  }),
  importMany: route({
    method: 'POST',
    path: '/patients/import',
    summary: 'Bring patients from another system; rows that are wrong are answered, the others are taken',
    permission: 'patient.merge',
    audit: 'patient.import',
    input: { body: { clinicId: id, rows: z.array(importRow).min(1).max(500) } },
    output: z.strictObject({
      taken: z.int(),
      refused: z.array(z.strictObject({ row: z.int(), message: z.string() })),
    }),
    errors: ['not_found'],
  }),
  get: route({
    method: 'GET',
    path: '/patients/{id}',
    summary: 'One patient; one that lost a merge answers with its winner',
    permission: 'patient.read',
    audit: null,
    input: { params: { id } },
    output: patient,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/patients/{id}',
    summary: 'Change a patient',
    permission: 'patient.update',
    audit: 'patient.update',
    offline: true,
    input: { params: { id }, body: { version, ...whole(fields) } },
    output: patient,
    errors: ['not_found', 'stale_version'],
  }),
  history: route({
    method: 'GET',
    path: '/patients/{id}/history',
    summary: 'The visits and merges of a patient, newest first',
    permission: 'patient.read',
    audit: null,
    input: { params: { id }, query: { limit, cursor } },
    output: z.strictObject({
      visits: z.array(visit),
      merges: z.array(
        z.strictObject({
          id,
          loserId: id,
          loserNumber: z.string(),
          at: instant,
          actorId: id,
          undoneAt: instant.nullable(),
        }),
      ),
      cursor: z.string().nullable(),
    }),
    errors: ['not_found'],
  }),
  openRecord: route({
    method: 'GET',
    path: '/patients/{id}/record',
    summary: 'Open the clinical record: itself audited (P5)',
    permission: 'patient.openRecord',
    audit: 'patient.openRecord',
    input: { params: { id } },
    output: z.strictObject({ allergies, ...clinicalRecord.shape }),
    errors: ['not_found'],
  }),
  setAllergies: route({
    method: 'PUT',
    path: '/patients/{id}/allergies',
    summary: 'Write down what was asked about allergies',
    permission: 'patient.recordAllergies',
    audit: 'patient.setAllergies',
    input: {
      params: { id },
      body: {
        version,
        state: allergies.shape.state,
        items: z
          .array(z.strictObject({ substance: line(120), reaction: note(120).default('') }))
          .max(50)
          .default([]),
      },
    },
    output: allergies,
    errors: ['not_found', 'stale_version'],
  }),
  merge: route({
    method: 'POST',
    path: '/patients/{id}/merge',
    summary: 'Two records of one person: this one wins, nothing is deleted (P4)',
    permission: 'patient.merge',
    audit: 'patient.merge',
    input: {
      params: { id },
      body: {
        version,
        loserId: id,
        loserVersion: version,
        /** P4: which of two open visits continues; one for each clinic and day in which both have one. */
        continueVisitIds: z.array(id).max(20).default([]),
      },
    },
    output: z.strictObject({ patient, mergeId: id }),
    errors: ['not_found', 'stale_version', 'both_visits_open', 'illegal_transition'],
  }),
  unmerge: route({
    method: 'POST',
    path: '/patients/{id}/unmerge',
    summary: 'Undo a merge, whole',
    permission: 'patient.merge',
    audit: 'patient.unmerge',
    input: { params: { id }, body: { mergeId: id } },
    output: z.strictObject({ winner: patient, loser: patient }),
    errors: ['not_found', 'nothing_to_undo', 'illegal_transition'],
  }),
}
