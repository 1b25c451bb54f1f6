import * as z from 'zod'

/**
 * Every expected refusal: its HTTP status, what it says, and what it carries. A route lists the codes that it may answer
 * with; `bad_input`, `not_signed_in`, `forbidden` and `internal` may come from any.
 */
export const errors = {
  bad_input: {
    status: 400,
    message: 'Some fields are not right.',
    data: z.strictObject({ fields: z.array(z.strictObject({ field: z.string(), message: z.string() })) }),
  },
  reason_required: { status: 400, message: 'This needs a reason.', data: z.strictObject({ field: z.string() }) },
  not_signed_in: { status: 401, message: 'Please sign in.' },
  wrong_credentials: { status: 401, message: 'The name or the password is wrong.' },
  forbidden: { status: 403, message: 'Your role may not do this.' },
  not_found: { status: 404, message: 'There is no such record.', data: z.strictObject({ noun: z.string() }) },
  stale_version: {
    status: 409,
    message: 'Somebody else changed this in the meantime.',
    data: z.strictObject({ current: z.unknown() }),
  },
  idempotency_mismatch: { status: 409, message: 'This key was used for another request.' },
  already_set_up: { status: 409, message: 'This hub already has its clinic.' },
  already_exists: { status: 409, message: 'There is one already.', data: z.strictObject({ field: z.string() }) },
  in_use: { status: 409, message: 'It is still in use.', data: z.strictObject({ by: z.string() }) },
  slot_taken: {
    status: 409,
    message: 'That time has just been taken.',
    data: z.strictObject({
      byName: z.string(),
      nearest: z.array(z.strictObject({ startsAt: z.string(), endsAt: z.string() })),
    }),
  },
  outside_schedule: {
    status: 409,
    message: 'The doctor does not work at that time.',
    data: z.strictObject({ nearest: z.array(z.strictObject({ startsAt: z.string(), endsAt: z.string() })) }),
  },
  patient_busy: {
    status: 409,
    message: 'The patient has another appointment at that time.',
    data: z.strictObject({ appointmentId: z.string() }),
  },
  not_rebooked: {
    status: 409,
    message: 'One of them could not be moved, so none was.',
    /** Which one; `byName` is who took the time. */
    data: z.strictObject({
      appointmentId: z.string().nullable(),
      visitId: z.string().nullable(),
      why: z.enum(['slot_taken', 'outside_schedule', 'patient_busy', 'changed']),
      byName: z.string(),
    }),
  },
  illegal_transition: {
    status: 409,
    message: 'That step is not possible from here.',
    data: z.strictObject({ from: z.string(), to: z.string() }),
  },
  patient_still_open: {
    status: 409,
    message: 'There is still a patient with this doctor.',
    data: z.strictObject({ visitId: z.string() }),
  },
  patients_waiting: {
    status: 409,
    message: 'Patients still wait for this doctor: what becomes of them?',
    data: z.strictObject({ waiting: z.int() }),
  },
  bed_taken: {
    status: 409,
    message: 'That bed has just been taken.',
    data: z.strictObject({ byName: z.string(), visitId: z.string() }),
  },
  already_in_bed: {
    status: 409,
    message: 'This patient has a bed already.',
    data: z.strictObject({ bedId: z.string() }),
  },
  nobody_to_call: { status: 409, message: 'Nobody is waiting.' },
  not_callable: {
    status: 409,
    message: 'This patient cannot be called now.',
    data: z.strictObject({ why: z.enum(['unpaid', 'away', 'not_waiting']) }),
  },
  balance_due: {
    status: 409,
    message: 'There is still something to pay.',
    data: z.strictObject({ balanceMinor: z.int() }),
  },
  nothing_to_undo: { status: 409, message: 'This can no longer be undone.' },
  more_than_paid: {
    status: 409,
    message: 'A refund cannot be more than what was paid.',
    data: z.strictObject({ refundableMinor: z.int() }),
  },
  both_visits_open: {
    status: 409,
    message: 'Both patients are here: which visit continues?',
    data: z.strictObject({ visitIds: z.array(z.string()) }),
  },
  allergy_listed: {
    status: 409,
    message: 'The patient is allergic to this: it needs a reason.',
    data: z.strictObject({ substances: z.array(z.string()) }),
  },
  own_alert: { status: 409, message: 'Somebody else has to answer this: you raised it.' },
  wrong_file_type: { status: 415, message: 'Only JPEG, PNG, WebP and PDF files can be attached.' },
  file_damaged: { status: 410, message: 'The file is missing or damaged on the hub.' },
  not_paired: { status: 403, message: 'This computer is not paired with the hub.' },
  pairing_closed: { status: 409, message: 'The hub takes no new computers now.' },
  pairing_failed: {
    status: 409,
    message: 'The pairing did not come about.',
    data: z.strictObject({ why: z.enum(['unknown', 'expired', 'refused', 'wrong_digits', 'used']) }),
  },
  unreachable: { status: 409, message: 'The hub does not listen at that address.' },
  not_opened: { status: 409, message: 'No phone has opened the page of this test.' },
  too_large: { status: 413, message: 'The request is too large.' },
  wrong_media_type: { status: 415, message: 'Send JSON.' },
  wrong_protocol: { status: 426, message: 'This page is older or newer than the hub.' },
  too_many: { status: 429, message: 'Too many attempts. Wait a little.', data: z.strictObject({ seconds: z.int() }) },
  too_much_sent: {
    status: 429,
    message: 'Too much is being sent at once. Wait a little.',
    data: z.strictObject({ seconds: z.int() }),
  },
  internal: {
    status: 500,
    message: 'Something went wrong here. The reference is in the log.',
    data: z.strictObject({ reference: z.string() }),
  },
  hub_away: { status: 503, message: 'The hub cannot be reached right now.' },
  unavailable: { status: 503, message: 'The hub cannot save right now.', data: z.strictObject({ why: z.string() }) },
} as const satisfies Record<string, { status: number; message: string; data?: z.ZodType }>

export type ErrorCode = keyof typeof errors

/** What a refusal of that code carries; `undefined` when it carries nothing. */
export type ErrorData<Code extends ErrorCode> = (typeof errors)[Code] extends { data: infer Schema extends z.ZodType }
  ? z.infer<Schema>
  : undefined

/** An expected refusal, thrown by code from the one table. */
export class Refusal<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly data: ErrorData<Code>

  constructor(code: Code, ...[data]: ErrorData<Code> extends undefined ? [] : [data: ErrorData<Code>]) {
    super(errors[code].message)
    this.name = 'Refusal'
    this.code = code
    this.data = data as ErrorData<Code>
  }

  get status(): number {
    return errors[this.code].status
  }
}
