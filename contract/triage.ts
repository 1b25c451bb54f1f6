import * as z from 'zod'
import { severity } from './severity.ts'
import { id, instant, line, version } from './values.ts'
import { urgency } from './visits.ts'

/** T2: alert, newly confused, answers to voice, to pain, unresponsive. */
export const consciousness = z.enum(['A', 'C', 'V', 'P', 'U'])
export type Consciousness = z.infer<typeof consciousness>

export const oxygen = z.enum(['air', 'oxygen'])
export type Oxygen = z.infer<typeof oxygen>

/** T2: 2 only by a clinician's recorded decision (hypercapnic respiratory failure; RCP 2017). */
export const spo2Scale = z.literal([1, 2])

/** T3: `after_birth` is within 6 weeks after birth. `not_known` also when nobody asked. */
export const pregnancy = z.enum(['no', 'pregnant', 'after_birth', 'not_known'])
export type Pregnancy = z.infer<typeof pregnancy>

/** T3: what a nurse picks when the age is not known. Their edges are those of every shipped rule pack. */
export const ageBand = z.enum([
  'under_3_months',
  '3_to_11_months',
  '1_to_4_years',
  '5_to_11_years',
  '12_to_15_years',
  '16_and_over',
])
export type AgeBand = z.infer<typeof ageBand>

/**
 * T2: what is refused as a typing error. These are no clinical numbers and no threshold rests on them: each range is wider
 * than what has been measured in the living, and narrow enough to catch a slipped digit or another unit. 0 is a value.
 */
export const vitalLimits = {
  /** Breaths a minute. */
  respiration: { from: 0, to: 120 },
  /** Per cent. */
  spo2: { from: 0, to: 100 },
  /** Litres a minute, in tenths. */
  oxygenTenths: { from: 1, to: 800 },
  /** mmHg. */
  systolic: { from: 0, to: 320 },
  /** mmHg. */
  diastolic: { from: 0, to: 260 },
  /** Beats a minute. */
  pulse: { from: 0, to: 350 },
  /** Degrees Celsius, in tenths: 368 is 36.8. */
  temperatureTenths: { from: 200, to: 450 },
  /** What the patient says, 0 to 10. */
  pain: { from: 0, to: 10 },
  weightGrams: { from: 200, to: 650_000 },
  heightMillimetres: { from: 200, to: 2_800 },
  /** mmol/l, in tenths. */
  glucoseTenths: { from: 0, to: 1_500 },
} as const satisfies Record<string, { from: number; to: number }>
export type MeasuredVital = keyof typeof vitalLimits

/** T2: whole numbers in the unit of `vitalLimits`; `null` is not taken. */
const vitalFields = {
  respiration: measured('respiration'),
  spo2: measured('spo2'),
  spo2Scale: spo2Scale.default(1),
  oxygen: oxygen.nullable().default(null),
  oxygenTenths: measured('oxygenTenths'),
  systolic: measured('systolic'),
  diastolic: measured('diastolic'),
  pulse: measured('pulse'),
  consciousness: consciousness.nullable().default(null),
  temperatureTenths: measured('temperatureTenths'),
  pain: measured('pain'),
  weightGrams: measured('weightGrams'),
  heightMillimetres: measured('heightMillimetres'),
  glucoseTenths: measured('glucoseTenths'),
}

function measured(vital: MeasuredVital) {
  const { from, to } = vitalLimits[vital]
  const message = `must be a whole number from ${from} to ${to}`
  return z.int(message).min(from, message).max(to, message).nullable().default(null)
}

type Together = {
  oxygen: Oxygen | null
  oxygenTenths: number | null
  systolic: number | null
  diastolic: number | null
}

/** T2: values that can each be true and not together: pressures the wrong way round, litres of oxygen on air. */
function plausibleTogether(vitals: Together, context: z.RefinementCtx): void {
  const { systolic, diastolic, oxygen, oxygenTenths } = vitals
  if (systolic !== null && diastolic !== null && diastolic > systolic)
    context.addIssue({ code: 'custom', path: ['diastolic'], message: 'must not be above the systolic pressure' })
  if (oxygenTenths !== null && oxygen !== 'oxygen')
    context.addIssue({ code: 'custom', path: ['oxygenTenths'], message: 'must be empty unless the patient has oxygen' })
}

/** T2: one set of vital signs, any of which may not have been taken. */
export const vitals = z.strictObject(vitalFields).superRefine(plausibleTogether)
export type Vitals = z.infer<typeof vitals>

/** The vitals that a rule pack may look at. */
export const riskParameter = z.enum([
  'respiration',
  'spo2',
  'oxygen',
  'systolic',
  'diastolic',
  'pulse',
  'consciousness',
  'temperatureTenths',
])
export type RiskParameter = z.infer<typeof riskParameter>
const riskValue = z.union([z.int(), z.string()])

/** T3: why there is no score; also when age or pregnancy forbid it, the packs of T4 look at the vitals. */
export const blockedReason = z.enum(['under_16', 'age_not_known', 'pregnant', 'after_birth'])
export type BlockedReason = z.infer<typeof blockedReason>

/** T3: RCP 2017, lowest first. */
export const riskBand = z.enum(['low', 'low_medium', 'medium', 'high'])
export type RiskBand = z.infer<typeof riskBand>

/** T3, T4: how soon somebody should look, least soon first. */
export const review = z.enum(['prompt', 'urgent', 'emergency'])
export type Review = z.infer<typeof review>

const packUsed = z.strictObject({ id: z.string(), version: z.string() })

/** T3. A score never stands without its sub-scores, its scale and the version of its rules. */
export const riskScore = z.strictObject({
  pack: packUsed,
  /** `null` while something is missing. */
  total: z.int().nullable(),
  /** What is known so far: "incomplete, at least N". The total, when complete. */
  atLeast: z.int(),
  complete: z.boolean(),
  missing: z.array(riskParameter),
  spo2Scale,
  /** `points` is `null` for what is missing, or can't be told without what is missing. */
  subScores: z.array(
    z.strictObject({ parameter: riskParameter, value: riskValue.nullable(), points: z.int().nullable() }),
  ),
  /** `null`: incomplete, and nothing so far rules out "low". */
  band: riskBand.nullable(),
  review: review.nullable(),
  level: urgency.nullable(),
})
export type RiskScore = z.infer<typeof riskScore>

/** T4: one vital sign that raises the level by itself. */
export const riskFinding = z.strictObject({
  pack: packUsed,
  parameter: riskParameter,
  value: riskValue,
  level: urgency,
  review: review.nullable(),
})
export type RiskFinding = z.infer<typeof riskFinding>

/** T3, T4: what the rule packs say of a set of vitals. Decision support, not diagnosis (T6). Clinical. */
export const risk = z.strictObject({
  score: riskScore.nullable(),
  blocked: z.array(blockedReason),
  /** T3: the score is shown with a warning. */
  pregnancyNotKnown: z.boolean(),
  findings: z.array(riskFinding),
  /** Every pack that looked, and what it would have liked to know. */
  packs: z.array(
    z.strictObject({
      ...packUsed.shape,
      title: z.string(),
      acknowledgement: z.string(),
      sources: z.array(z.string()),
      missing: z.array(riskParameter),
    }),
  ),
  /** Whether every pack had all that it looks at; false when none applied. */
  complete: z.boolean(),
  /** T1: the level that the rules ask for at least; `null` when they ask for none. */
  level: urgency.nullable(),
  review: review.nullable(),
  /** L2: the alert that this is past the threshold of. */
  alert: severity.nullable(),
})
export type Risk = z.infer<typeof risk>

/** What the packs are chosen by, besides the vitals (T3, T4). */
export const riskSubject = z.strictObject({
  /** Whole months lived; `null` when the birth date is not known. */
  ageMonths: z.int().min(0).nullable(),
  /** Picked by the nurse when the age is not known; never used when it is. */
  ageBand: ageBand.nullable(),
  sex: z.enum(['female', 'male', 'other', 'not_known']),
  pregnancy,
})
export type RiskSubject = z.infer<typeof riskSubject>

/** One look at a patient, as it was taken: never changed, a correction is another. Clinical. */
export const triageRecord = z
  .strictObject({
    id,
    clinicId: id,
    visitId: id,
    /** `null`: somebody nobody knows yet (T0). */
    patientId: id.nullable(),
    takenAt: instant,
    takenById: id,
    ...vitalFields,
    /** T2: the clinician who decided on scale 2. */
    scaleDecidedById: id.nullable(),
    ageMonths: riskSubject.shape.ageMonths,
    ageBand: riskSubject.shape.ageBand,
    pregnancy,
    risk,
    /** T1: the level that the nurse gave, and why when it is below what it was or what the rules ask for. */
    level: urgency,
    loweredReason: line(200).nullable(),
    version,
  })
  .superRefine(plausibleTogether)
  .refine(({ spo2Scale, scaleDecidedById }) => spo2Scale === 1 || scaleDecidedById !== null, {
    path: ['scaleDecidedById'],
    message: 'must name who decided on scale 2',
  })
export type TriageRecord = z.infer<typeof triageRecord>
