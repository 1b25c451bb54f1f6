import * as z from 'zod'
import type { Clinic, ClinicSettings } from '../../contract/clinics.ts'
import { currency, language, line, note, timeZone, wallTime } from '../../contract/values.ts'
import { typedNumber } from '../ui/typed-values.ts'

const minutes = typedNumber({ least: 0, most: 1440 })

/** Never at once: somebody has to look, or to call. */
const someMinutes = typedNumber({ least: 1, most: 1440 })

const rate = z
  .string()
  .transform((text) =>
    /^\d{1,3}([.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN,
  )
  .refine((number) => number >= 0 && number <= 100, 'must be a number')

/** A clinic as it is typed: numbers are text until it is sent. */
export const clinicForm = z.object({
  name: line(120),
  address: note(300),
  phone: note(60),
  timeZone,
  currency,
  language,
  dayTurnover: wallTime,
  payBefore: z.boolean(),
  slotCapacity: typedNumber({ least: 1, most: 20 }),
  lateGraceMinutes: minutes,
  maxWaitMinutes: minutes,
  appointmentsInARow: typedNumber({ least: 1, most: 20 }),
  firstLookMinutes: minutes,
  notHereSkipMinutes: minutes,
  notHereLimit: typedNumber({ least: 1, most: 10 }),
  freeRevisitDays: typedNumber({ least: 0, most: 365 }),
  lookAgainVeryUrgent: someMinutes,
  lookAgainUrgent: someMinutes,
  lookAgainStandard: someMinutes,
  lookAgainNonUrgent: someMinutes,
  longWaitVeryUrgent: someMinutes,
  longWaitUrgent: someMinutes,
  standardRate: rate,
  nonUrgentRate: rate,
  lockMinutes: typedNumber({ least: 1, most: 240 }),
})
export type ClinicValues = z.input<typeof clinicForm>
export type ClinicAnswer = z.output<typeof clinicForm>

/** The settings that are a number, in the order of the page. */
export const NUMBERS = [
  'slotCapacity',
  'lateGraceMinutes',
  'maxWaitMinutes',
  'appointmentsInARow',
  'firstLookMinutes',
  'notHereSkipMinutes',
  'notHereLimit',
  'freeRevisitDays',
  'lockMinutes',
] as const satisfies readonly (keyof ClinicSettings)[]

/** T5, L2: the minutes that each level has, in the order of the page. */
export const BY_LEVEL = [
  'lookAgainVeryUrgent',
  'lookAgainUrgent',
  'lookAgainStandard',
  'lookAgainNonUrgent',
  'longWaitVeryUrgent',
  'longWaitUrgent',
] as const satisfies readonly (keyof ClinicValues)[]

type ByLevel = Record<(typeof BY_LEVEL)[number], number>

export function minutesByLevel({ lookAgainMinutes: look, longWaitMinutes: wait }: ClinicSettings): ByLevel {
  return {
    lookAgainVeryUrgent: look.very_urgent,
    lookAgainUrgent: look.urgent,
    lookAgainStandard: look.standard,
    lookAgainNonUrgent: look.non_urgent,
    longWaitVeryUrgent: wait.very_urgent,
    longWaitUrgent: wait.urgent,
  }
}

export function clinicValues(clinic: Clinic): ClinicValues {
  const { name, address, phone, timeZone: zone, currency: money, language: words, settings } = clinic
  const numbers = Object.fromEntries(NUMBERS.map((key) => [key, String(settings[key])])) as Record<
    (typeof NUMBERS)[number],
    string
  >
  const byLevel = minutesByLevel(settings)
  const minutesOf = Object.fromEntries(BY_LEVEL.map((key) => [key, String(byLevel[key])])) as Record<
    (typeof BY_LEVEL)[number],
    string
  >
  return {
    name,
    address,
    phone,
    timeZone: zone,
    currency: money,
    language: words,
    dayTurnover: settings.dayTurnover,
    payBefore: settings.payBefore,
    ...numbers,
    ...minutesOf,
    standardRate: String(settings.accumulation.standard),
    nonUrgentRate: String(settings.accumulation.non_urgent),
  }
}

/** What the hub is sent. */
export function clinicBody(answer: ClinicAnswer) {
  const { name, address, phone, timeZone: zone, currency: money, language: words, ...rest } = answer
  const { standardRate, nonUrgentRate, ...others } = rest
  const { lookAgainVeryUrgent, lookAgainUrgent, lookAgainStandard, lookAgainNonUrgent, ...more } = others
  const { longWaitVeryUrgent, longWaitUrgent, ...settings } = more
  return {
    name,
    address,
    phone,
    timeZone: zone,
    currency: money,
    language: words,
    settings: {
      ...settings,
      accumulation: { standard: standardRate, non_urgent: nonUrgentRate },
      lookAgainMinutes: {
        very_urgent: lookAgainVeryUrgent,
        urgent: lookAgainUrgent,
        standard: lookAgainStandard,
        non_urgent: lookAgainNonUrgent,
      },
      longWaitMinutes: { very_urgent: longWaitVeryUrgent, urgent: longWaitUrgent },
    },
  }
}
