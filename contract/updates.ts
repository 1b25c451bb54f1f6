// The hub hands a newer app to its stations. It is believed because of its signature, not because of who hands it out.
import * as z from 'zod'
import { route } from './route.ts'

const versionNumber = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'must be a version like 1.2.3')
const fileName = z.string().regex(/^[A-Za-z0-9][\w.-]{0,119}$/, 'must be a plain file name')

export const updateFile = z.strictObject({
  platform: z.enum(['win32', 'darwin', 'linux']),
  arch: z.enum(['x64', 'arm64']),
  name: fileName,
  bytes: z.int().min(1).max(2_000_000_000),
  /** SHA-256 in base64url. */
  sha256: z.base64url().length(43),
})
export type UpdateFile = z.infer<typeof updateFile>

/** What the offline key signs: the exact bytes of this as text. */
export const updateManifest = z.strictObject({
  anteroom: z.literal('update'),
  version: versionNumber,
  files: z.array(updateFile).min(1).max(12),
})
export type UpdateManifest = z.infer<typeof updateManifest>

export const updateOffer = z.strictObject({
  offer: z.strictObject({ manifest: z.string().max(20_000), signature: z.base64url().length(86) }).nullable(),
})
export const filePart = z.strictObject({ content: z.base64(), next: z.int().nullable() })

/** How much of a file one request carries, in bytes. */
export const UPDATE_PART = 1_000_000

export const updates = {
  latest: route({
    method: 'GET',
    path: '/updates/latest',
    summary: 'The update that lies on the hub: its manifest as text, and the signature over that text',
    permission: 'device',
    audit: null,
    input: {},
    output: updateOffer,
  }),
  part: route({
    method: 'GET',
    path: '/updates/files/{name}',
    summary: 'A part of one of its files; ask again with `next` until that is null',
    permission: 'device',
    audit: null,
    input: {
      params: { name: fileName },
      query: { offset: z.coerce.number().int().min(0).max(2_000_000_000).default(0) },
    },
    output: filePart,
    errors: ['not_found'],
  }),
}
