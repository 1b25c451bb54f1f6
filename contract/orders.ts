import * as z from 'zod'
import { route } from './route.ts'
import { day, id, instant, line, note, version } from './values.ts'
import { visit } from './visits.ts'

export const orderKind = z.enum(['lab', 'imaging', 'dressing', 'procedure', 'other'])
export type OrderKind = z.infer<typeof orderKind>
export const orderStatus = z.enum(['ordered', 'results_awaited', 'done'])
export type OrderStatus = z.infer<typeof orderStatus>

/** Something to be done or found out for a patient, on the same day or across days. Clinical. */
export const order = z.strictObject({
  id,
  clinicId: id,
  visitId: id,
  patientId: id.nullable(),
  /** Who answers for it until it is done. */
  doctorId: id.nullable(),
  kind: orderKind,
  what: z.string(),
  status: orderStatus,
  /** By when it should be there: its doctor is reminded from that clinic day on. */
  dueOn: day.nullable(),
  result: z.string(),
  orderedAt: instant,
  orderedById: id,
  doneAt: instant.nullable(),
  doneById: id.nullable(),
  withdrawnAt: instant.nullable(),
  version,
})
export type Order = z.infer<typeof order>

export const orders = {
  add: route({
    method: 'POST',
    path: '/orders',
    summary: 'Order something for the patient of a visit, who may be put on hold for it in the same step (Q1)',
    permission: 'order.write',
    audit: 'order.add',
    input: {
      body: {
        id,
        visitId: id,
        kind: orderKind,
        what: line(200),
        status: orderStatus.default('ordered'),
        dueOn: day.nullable().default(null),
        /** The visit in the version that is put on hold. */
        holdVersion: version.optional(),
      },
    },
    output: z.strictObject({ order, visit: visit.nullable() }),
    errors: ['already_exists', 'not_found', 'stale_version', 'illegal_transition'],
  }),
  change: route({
    method: 'PUT',
    path: '/orders/{id}',
    summary: 'Change an order: how far it is, what came of it, by when, and whose it is',
    permission: 'order.step',
    audit: 'order.change',
    input: {
      params: { id },
      body: {
        version,
        kind: orderKind,
        what: line(200),
        status: orderStatus,
        dueOn: day.nullable(),
        result: note(2000),
        doctorId: id.nullable(),
      },
    },
    output: order,
    errors: ['not_found', 'stale_version'],
  }),
  withdraw: route({
    method: 'PUT',
    path: '/orders/{id}/withdrawn',
    summary: 'Withdraw an order, or take that back',
    permission: 'order.write',
    audit: 'order.withdraw',
    input: { params: { id }, body: { version, withdrawn: z.boolean() } },
    output: order,
    errors: ['not_found', 'stale_version'],
  }),
}
