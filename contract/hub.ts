import * as z from 'zod'
import { route } from './route.ts'
import { id, instant, limit } from './values.ts'

export const hub = {
  info: route({
    method: 'GET',
    path: '/info',
    summary: 'Which hub this is and what it speaks',
    permission: 'public',
    audit: null,
    input: {},
    output: z.strictObject({
      name: z.string(),
      hubId: z.string(),
      epoch: z.int(),
      version: z.string(),
      protocol: z.strictObject({ oldest: z.int(), newest: z.int() }),
      /** The computer that asks, by its certificate; `null` when it is not paired, and on the hub's own computer. */
      device: z.strictObject({ id, name: z.string() }).nullable(),
      /** Fingerprint of the hub's root: a paired computer that pinned another one fetches its certificate anew. */
      root: z.string().nullable(),
      /** A demonstration clinic says so, with whom one can sign in as. */
      demonstration: z.strictObject({ users: z.array(z.string()), password: z.string() }).nullable(),
    }),
  }),
}

/** One row of the chained audit. */
export const auditRow = z.strictObject({
  id: z.int(),
  at: instant,
  actorId: id.nullable(),
  device: z.string(),
  action: z.string(),
  noun: z.string(),
  recordId: z.string().nullable(),
  outcome: z.string(),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof auditRow>

export const audit = {
  list: route({
    method: 'GET',
    path: '/audit',
    summary: 'Who did what, from where and when, newest first',
    permission: 'audit.read',
    audit: null,
    input: {
      query: {
        before: z.coerce.number().int().optional(),
        actorId: id.optional(),
        action: z.string().max(60).optional(),
        recordId: id.optional(),
        limit,
      },
    },
    output: z.strictObject({ items: z.array(auditRow) }),
  }),
}
