import * as z from 'zod'
import { route } from './route.ts'
import { severity } from './severity.ts'
import { id, instant, version } from './values.ts'
import { dangerSign } from './visits.ts'

/** Somebody needs help. What every screen may say of it: a ticket and a place, never why. */
export const alert = z.strictObject({
  id,
  clinicId: id,
  /** The words are made in the reader's language from this code. */
  kind: z.enum(['emergency']),
  severity,
  visitId: id,
  ticket: z.string(),
  raisedAt: instant,
  raisedById: id,
  acknowledgedAt: instant.nullable(),
  acknowledgedById: id.nullable(),
  version,
})
export type Alert = z.infer<typeof alert>

/** Why: clinical. */
export const alertReason = z.strictObject({
  /** The alert's id. */
  id,
  dangerSigns: z.array(dangerSign),
  version,
})
export type AlertReason = z.infer<typeof alertReason>

export const alerts = {
  list: route({
    method: 'GET',
    path: '/alerts',
    summary: 'The alerts of a clinic, unanswered first',
    permission: 'alert.read',
    audit: null,
    input: { query: { clinicId: id, open: z.stringbool().optional() } },
    output: z.strictObject({ items: z.array(alert) }),
  }),
  acknowledge: route({
    method: 'POST',
    path: '/alerts/{id}/acknowledge',
    summary: 'Answer an alert: I am coming',
    permission: 'alert.acknowledge',
    audit: 'alert.acknowledge',
    input: { params: { id }, body: { version } },
    output: alert,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
}
