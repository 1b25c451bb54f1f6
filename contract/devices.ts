import * as z from 'zod'
import { route } from './route.ts'
import { id, instant, line, version } from './values.ts'

/** A computer that was paired with the hub. Revoked ones stay listed: the audit names them. */
export const device = z.strictObject({
  id,
  name: z.string(),
  pairedAt: instant,
  pairedById: id,
  /** Whether its link to the hub is up, and since when that is so. */
  online: z.boolean(),
  since: instant,
  revokedAt: instant.nullable(),
  version,
})
export type Device = z.infer<typeof device>

export const devices = {
  list: route({
    method: 'GET',
    path: '/devices',
    summary: 'The computers that were paired with this hub, revoked ones too',
    permission: 'device.manage',
    audit: null,
    input: {},
    output: z.strictObject({ items: z.array(device) }),
  }),
  rename: route({
    method: 'PUT',
    path: '/devices/{id}',
    summary: 'Give a computer another name',
    permission: 'device.manage',
    audit: 'device.rename',
    input: { params: { id }, body: { version, name: line(60) } },
    output: device,
    errors: ['not_found', 'stale_version', 'already_exists'],
  }),
  revoke: route({
    method: 'DELETE',
    path: '/devices/{id}',
    summary: 'Cut a computer off: within two seconds nothing of it is answered, sockets included',
    permission: 'device.manage',
    audit: 'device.revoke',
    input: { params: { id } },
    output: device,
    errors: ['not_found'],
  }),
  renew: route({
    method: 'POST',
    path: '/devices/self/certificate',
    summary:
      'A station fetches its certificate anew, with the root that the hub has now and how the old one vouches for it',
    permission: 'device',
    audit: 'device.renew',
    input: {},
    output: z.strictObject({
      /** PEM, as is everything here. */
      certificate: z.string(),
      root: z.string(),
      /** The new root's key, signed by the root before it; `null` while there was only one. */
      crossSigned: z.string().nullable(),
    }),
  }),
}
