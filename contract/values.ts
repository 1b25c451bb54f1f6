// The values that every noun is made of. Each refuses what is not exactly one, with a message that fits behind the field's name.
import * as z from 'zod'

/** A UUIDv7, made by whoever creates the record. */
export const id = z.uuidv7('must be a UUID of version 7')

/** An instant in UTC with milliseconds: 2026-11-20T09:41:00.000Z. */
export const instant = z.iso
  .datetime({ precision: 3, error: 'must be an instant like 2026-11-20T09:41:00.000Z' })
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be an instant that exists')

/** A clinic day or a date of birth: YYYY-MM-DD, and one that exists. */
export const day = z.iso.date('must be a date that exists, like 2026-11-20')

/** A time on the clinic's wall clock, 24 hours: HH:MM. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:30')

export const timeZone = z.string().max(64).refine(isTimeZone, 'must be a time zone like Asia/Dhaka')

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code like BDT')

/** An amount in the currency's minor units (cents, paisa). Never negative: a refund is a record of its own kind. */
export const money = z.int().min(0, 'must not be negative').max(1_000_000_000_000, 'must be a smaller amount')

/** Counts the changes of a record; an update carries the version it saw. */
export const version = z.int().min(1)

/** One line typed by a person: trimmed, and never empty. */
export const line = (most = 200) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1, 'must not be empty').max(most).regex(NO_CONTROLS, 'must not contain control characters'))

/** One line typed by a person, or nothing: trimmed. */
export const lineOrNothing = (most = 200) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().max(most).regex(NO_CONTROLS, 'must not contain control characters'))

/** Some lines typed by a person; may be empty. */
export const note = (most = 2000) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().max(most).regex(NO_CONTROLS_BUT_BREAKS, 'must not contain control characters'))

/** What is saved while it is being typed: as it is, also the space at its end. */
export const typed = (most: number) =>
  z.string().max(most).regex(NO_CONTROLS_BUT_BREAKS, 'must not contain control characters')

export const language = z.enum(['en', 'bn', 'ar'])

/** Query strings carry text: "25" -> 25. */
export const limit = z.coerce.number().int().min(1).max(200).default(50)

export const cursor = z.string().max(200).optional()

const NO_CONTROLS = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u
const NO_CONTROLS_BUT_BREAKS = /^(?:[^\p{Cc}\p{Cs}]|\n|\r|\t)*$/u

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return /^[A-Za-z]/.test(text)
  } catch {
    return false
  }
}
