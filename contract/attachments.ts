// Files go up and come down in JSON parts (docs/decisions/0010): no address of the hub ever answers with one of them, so
// none can be run, framed or taken for a page.
import * as z from 'zod'
import { FILE_PART, LARGEST_FILE } from './file-sizes.ts'
import { route } from './route.ts'
import { id, instant, line, version } from './values.ts'

/** A photo or a PDF of a visit. Clinical. The file itself lies outside the database, under its SHA-256. */
export const attachment = z.strictObject({
  id,
  clinicId: id,
  visitId: id,
  patientId: id.nullable(),
  name: z.string(),
  /** What it is by its content, whatever its name says. */
  type: z.enum(['jpeg', 'png', 'webp', 'pdf']),
  bytes: z.int(),
  /** SHA-256, hexadecimal. */
  sha256: z.string(),
  addedAt: instant,
  addedById: id,
  withdrawnAt: instant.nullable(),
  version,
})
export type Attachment = z.infer<typeof attachment>

export const attachments = {
  upload: route({
    method: 'PUT',
    path: '/attachments/uploads/{id}',
    summary: 'Send a part of a file, the first at 0, each where the last one ended',
    permission: 'attachment.add',
    audit: 'attachment.upload',
    input: {
      params: { id },
      body: { offset: z.int().min(0).max(LARGEST_FILE), content: z.base64().max(Math.ceil(FILE_PART / 3) * 4) },
    },
    output: z.strictObject({ received: z.int() }),
    errors: ['too_large', 'too_much_sent'],
  }),
  add: route({
    method: 'POST',
    path: '/attachments',
    summary: 'Attach what was sent to a visit: JPEG, PNG, WebP or PDF by its content, 10 MB at most',
    permission: 'attachment.add',
    audit: 'attachment.add',
    input: { body: { id, visitId: id, uploadId: id, name: line(200) } },
    output: attachment,
    errors: ['already_exists', 'not_found', 'too_large', 'wrong_file_type'],
  }),
  content: route({
    method: 'GET',
    path: '/attachments/{id}/content',
    summary: 'A part of the file; ask again with `next` until that is null. Opening it is audited (P5)',
    permission: 'patient.openRecord',
    audit: 'attachment.open',
    input: { params: { id }, query: { offset: z.coerce.number().int().min(0).max(LARGEST_FILE).default(0) } },
    output: z.strictObject({ content: z.base64(), next: z.int().nullable() }),
    errors: ['not_found', 'file_damaged'],
  }),
  withdraw: route({
    method: 'PUT',
    path: '/attachments/{id}/withdrawn',
    summary: 'Withdraw a file that does not belong here, or take that back',
    permission: 'attachment.add',
    audit: 'attachment.withdraw',
    input: { params: { id }, body: { version, withdrawn: z.boolean() } },
    output: attachment,
    errors: ['not_found', 'stale_version'],
  }),
}
