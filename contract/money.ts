import * as z from 'zod'
import { route } from './route.ts'
import { currency, day, id, instant, line, money, note, version } from './values.ts'

/** Who pays a line (M1). */
export const payer = z.enum(['patient', 'insurer', 'employer', 'free'])

/** One line of what a visit costs. Nothing is deleted: a mistake is reversed (M2). */
export const charge = z.strictObject({
  id,
  visitId: id,
  clinicId: id,
  /** Whose service it is: a visit may go on to another doctor. */
  doctorId: id.nullable(),
  serviceId: id.nullable(),
  description: z.string(),
  amountMinor: money,
  currency,
  waivedMinor: money,
  waiverReason: z.string().nullable(),
  waivedById: id.nullable(),
  payer,
  payerName: z.string(),
  createdAt: instant,
  createdById: id,
  reversedAt: instant.nullable(),
  reverseReason: z.string().nullable(),
  version,
})
export type Charge = z.infer<typeof charge>

export const method = z.enum(['cash', 'card', 'mobile', 'transfer'])

/** Money that came in, or went back. Never changed once made, but for a deposit that finds its visit. */
export const payment = z.strictObject({
  id,
  clinicId: id,
  visitId: id.nullable(),
  /** A deposit: moves to the visit at check-in. */
  appointmentId: id.nullable(),
  kind: z.enum(['payment', 'refund']),
  refundOfId: id.nullable(),
  amountMinor: money,
  currency,
  method,
  /** M3: without gaps per clinic. */
  receiptNumber: z.int(),
  /** M2: belongs to the day it is made. */
  day,
  at: instant,
  byId: id,
  reason: z.string().nullable(),
  version,
})
export type Payment = z.infer<typeof payment>

export const charges = {
  list: route({
    method: 'GET',
    path: '/visits/{id}/charges',
    summary: 'The lines of a visit with its payments and balance',
    permission: 'money.read',
    audit: null,
    input: { params: { id } },
    output: z.strictObject({ charges: z.array(charge), payments: z.array(payment), balanceMinor: z.int() }),
    errors: ['not_found'],
  }),
  add: route({
    method: 'POST',
    path: '/visits/{id}/charges',
    summary: 'Add a line to a visit',
    permission: 'money.charge',
    audit: 'charge.add',
    offline: true,
    input: {
      params: { id },
      body: {
        id,
        serviceId: id.nullable().default(null),
        description: note(120).default(''),
        /** The service's price when left out. */
        amountMinor: money.optional(),
        payer: payer.default('patient'),
        payerName: note(120).default(''),
      },
    },
    output: charge,
    errors: ['not_found', 'already_exists', 'reason_required', 'illegal_transition'],
  }),
  update: route({
    method: 'PUT',
    path: '/charges/{id}',
    summary: 'Waive or discount a line, change who pays it, or reverse it; each with a reason',
    permission: 'money.charge',
    audit: 'charge.update',
    offline: true,
    input: {
      params: { id },
      body: {
        version,
        waivedMinor: money.optional(),
        payer: payer.optional(),
        payerName: note(120).optional(),
        reverse: z.literal(true).optional(),
        reason: line(200).optional(),
      },
    },
    output: charge,
    errors: ['not_found', 'stale_version', 'reason_required', 'forbidden', 'illegal_transition'],
  }),
}

export const payments = {
  list: route({
    method: 'GET',
    path: '/payments',
    summary: 'What was paid and refunded on a day, or for a visit',
    permission: 'money.read',
    audit: null,
    input: {
      query: {
        clinicId: id,
        date: day.optional(),
        visitId: id.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(200),
        cursor: z.string().max(200).optional(),
      },
    },
    output: z.strictObject({ items: z.array(payment), cursor: z.string().nullable() }),
  }),
  take: route({
    method: 'POST',
    path: '/payments',
    summary: 'Take a payment for a visit, whole or in part, or a deposit for an appointment',
    permission: 'money.take',
    audit: 'payment.take',
    offline: true,
    input: {
      body: {
        id,
        visitId: id.nullable().default(null),
        appointmentId: id.nullable().default(null),
        amountMinor: money.min(1, 'must be more than nothing'),
        method,
      },
    },
    output: payment,
    errors: ['not_found', 'already_exists', 'balance_due', 'illegal_transition'],
  }),
  takeFamily: route({
    method: 'POST',
    path: '/payments/family',
    summary: 'One pays for a family: a payment with its own receipt number for each visit, all or none (Q12)',
    permission: 'money.take',
    audit: 'payment.takeFamily',
    offline: true,
    input: {
      body: {
        method,
        /** Each with the id of its payment and the version of the visit that was seen. */
        visits: z
          .array(z.strictObject({ id, visitId: id, version, amountMinor: money.min(1, 'must be more than nothing') }))
          .min(1)
          .max(30),
      },
    },
    output: z.strictObject({ payments: z.array(payment) }),
    errors: ['not_found', 'already_exists', 'balance_due', 'stale_version'],
  }),
  refund: route({
    method: 'POST',
    path: '/payments/{id}/refund',
    summary: 'Give money back, with a reason; never more than was paid',
    permission: 'money.refund',
    audit: 'payment.refund',
    input: { params: { id }, body: { id, amountMinor: money.min(1, 'must be more than nothing'), reason: line(200) } },
    output: payment,
    errors: ['not_found', 'more_than_paid', 'already_exists', 'illegal_transition'],
  }),
}
