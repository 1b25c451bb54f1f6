import * as z from 'zod'
import { attachment } from './attachments.ts'
import { order } from './orders.ts'
import { prescription } from './prescriptions.ts'
import { route } from './route.ts'
import { day, id, instant, line, typed, version } from './values.ts'

const diagnosis = z.strictObject({ text: line(200), code: line(20).nullable().default(null) })

/** What the doctor writes of one visit. Clinical. */
export const consultation = z.strictObject({
  /** The visit's id: each has one at most. */
  id,
  clinicId: id,
  patientId: id.nullable(),
  doctorId: id.nullable(),
  /** The clinic day of the visit. */
  day,
  /** As the patient tells it. */
  reason: z.string(),
  notes: z.string(),
  diagnoses: z.array(z.strictObject({ text: z.string(), code: z.string().nullable() })),
  /** A finished one may still be amended; what it said before is kept. */
  status: z.enum(['draft', 'finished']),
  savedAt: instant,
  savedById: id,
  version,
})
export type Consultation = z.infer<typeof consultation>

/** What it said before, and since when. */
const earlier = consultation.pick({
  reason: true,
  notes: true,
  diagnoses: true,
  savedAt: true,
  savedById: true,
  version: true,
})
export type EarlierConsultation = z.infer<typeof earlier>

/** Everything that hangs on the visits of one patient and only those who care for them may see (P5). */
export const clinicalRecord = z.strictObject({
  consultations: z.array(consultation),
  prescriptions: z.array(prescription),
  orders: z.array(order),
  attachments: z.array(attachment),
})
export type ClinicalRecord = z.infer<typeof clinicalRecord>

export const consultations = {
  save: route({
    method: 'PUT',
    path: '/visits/{id}/consultation',
    summary: 'Save what the doctor writes of a visit, as it is typed; version 0 when nothing was saved yet',
    permission: 'consultation.write',
    audit: 'consultation.save',
    input: {
      params: { id },
      body: {
        version: z.int().min(0),
        reason: typed(2000),
        notes: typed(20_000),
        diagnoses: z.array(diagnosis).max(30),
        /** What it takes the place of is another text, and kept however young it is. */
        keepEarlier: z.boolean().default(false),
      },
    },
    output: consultation,
    errors: ['not_found', 'stale_version'],
  }),
  versions: route({
    method: 'GET',
    path: '/visits/{id}/consultation/versions',
    summary: 'What it said before, newest first; opening it is audited (P5)',
    permission: 'patient.openRecord',
    audit: 'consultation.openVersions',
    input: { params: { id } },
    output: z.strictObject({ items: z.array(earlier) }),
    errors: ['not_found'],
  }),
  ofVisit: route({
    method: 'GET',
    path: '/visits/{id}/record',
    summary: 'The clinical record of one visit, whose patient may not be known yet; opening it is audited (P5)',
    permission: 'patient.openRecord',
    audit: 'consultation.openVisit',
    input: { params: { id } },
    output: clinicalRecord,
    errors: ['not_found'],
  }),
}
