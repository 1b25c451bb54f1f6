// T4: rule packs are versioned data with their sources, not code. A pack that is not whole is refused when it is read.
import * as z from 'zod'
import { route } from './route.ts'
import { severity } from './severity.ts'
import {
  type Consciousness,
  consciousness,
  type Oxygen,
  oxygen,
  pregnancy,
  review,
  riskBand,
  riskParameter,
  spo2Scale,
} from './triage.ts'
import { day, id, instant, line, version } from './values.ts'
import { urgency } from './visits.ts'

const text = z.string().trim().min(1)

/** Whole numbers, both ends included. The first band is open below, the last above. */
const edges = { from: z.int().optional(), to: z.int().optional() }
export type Edges = { from?: number | undefined; to?: number | undefined }

const points = z.int().min(0).max(3)
/** T1: what a value raises the level to; `null` when it raises nothing. */
const raises = z.strictObject({ level: urgency.nullable(), review: review.nullable().default(null) })

/** When a row of the table counts: without a condition, always. */
const when = z.strictObject({ spo2Scale: spo2Scale.optional(), oxygen: oxygen.optional() }).default({})
const chosen = ['oxygen', 'consciousness'] as const
const measured = riskParameter.exclude(chosen)

/** One row of a pack's table: every value of a vital sign has exactly one outcome. */
function rows<Outcome extends z.ZodType, Band extends z.ZodType<Edges>>(outcome: Outcome, band: Band) {
  return z.array(
    z.discriminatedUnion('parameter', [
      z.strictObject({ parameter: measured, when, bands: z.array(band).check(wholeLine) }),
      z.strictObject({ parameter: z.literal('oxygen'), choices: z.record(oxygen, outcome) }),
      z.strictObject({ parameter: z.literal('consciousness'), choices: z.record(consciousness, outcome) }),
    ]),
  )
}

const common = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and dashes'),
  /** Changes with every change of the pack: a stored result names it. */
  version: z.string().regex(/^\d{4}(\.\d+)?$/, 'must be a year, or a year and a revision, like 2017.1'),
  title: text,
  /** Shown wherever a result of the pack is shown. */
  acknowledgement: text,
  sources: z.array(z.strictObject({ title: text, publisher: text, year: z.int(), taken: text })).min(1),
  /** Where the sources leave room: how they were read. */
  notes: z.array(text).default([]),
  appliesTo: z.strictObject({
    /** Whole months lived, `below` excluded; `null` for any age, also one that is not known. */
    ageMonths: z
      .strictObject({ from: z.int().min(0), below: z.int().nullable() })
      .refine(({ from, below }) => below === null || below > from, 'must end after it begins')
      .nullable(),
    pregnancy: z.array(pregnancy).min(1),
  }),
  /** L2: from which level on a result of this pack raises an alert. */
  alerts: z.array(z.strictObject({ level: urgency, severity })),
}

/** T3: points that are added up. */
const scorePack = z
  .strictObject({
    ...common,
    kind: z.literal('score'),
    parameters: rows(points, z.strictObject({ ...edges, points }))
      .min(1)
      .check(oneRowAtATime),
    totals: z
      .array(z.strictObject({ ...edges, band: riskBand, review: review.nullable(), level: urgency.nullable() }))
      .check(wholeLine),
    /** One parameter with so many points counts by itself, whatever the total. */
    single: z.strictObject({
      points,
      band: riskBand,
      review: review.nullable(),
      levels: z.partialRecord(riskParameter, urgency),
    }),
  })
  .check(forNews2Patients, everySingleHasALevel)

/** T4: values that raise the level by themselves. */
const levelPack = z.strictObject({
  ...common,
  kind: z.literal('levels'),
  parameters: rows(raises, z.strictObject({ ...edges, ...raises.shape }))
    .min(1)
    .check(oneRowAtATime),
})

export const rulePack = z.discriminatedUnion('kind', [scorePack, levelPack])
export type RulePack = z.infer<typeof rulePack>
export type ScorePack = z.infer<typeof scorePack>
export type LevelPack = z.infer<typeof levelPack>

/**
 * A rule pack from its file's content. Throws an Error that names the file and every fault: no pack is better than one
 * with a gap in it.
 */
export function readRulePack(file: string, content: unknown): RulePack {
  const read = rulePack.safeParse(content)
  if (!read.success) throw new Error(`Rule pack ${file} is not whole:\n${z.prettifyError(read.error)}`)
  const name = `${read.data.id}-${read.data.version}.json`
  if (name !== file) throw new Error(`Rule pack ${file} should be called ${name}, after its id and version`)
  return read.data
}

type Checked<T> = z.core.ParsePayload<T>

function fault<T>(checked: Checked<T>, message: string, path: PropertyKey[] = []): void {
  checked.issues.push({ code: 'custom', message, path, input: checked.value })
}

/** Bands in rising order, without a gap or an overlap, open at both ends. */
function wholeLine(checked: Checked<Edges[]>): void {
  const bands = checked.value
  if (bands.length === 0) fault(checked, 'must have a band')
  bands.forEach((band, index) => {
    const before = bands[index - 1]
    if (index === 0 && band.from !== undefined) fault(checked, `leaves a gap below ${band.from}`, [index])
    if (index === bands.length - 1 && band.to !== undefined) fault(checked, `leaves a gap above ${band.to}`, [index])
    if (band.from !== undefined && band.to !== undefined && band.to < band.from)
      fault(checked, `ends at ${band.to}, before it begins at ${band.from}`, [index])
    if (before) meet(checked, before, band, index)
  })
}

function meet(checked: Checked<Edges[]>, before: Edges, band: Edges, index: number): void {
  if (before.to === undefined || band.from === undefined) fault(checked, 'overlaps the band before', [index])
  else if (band.from <= before.to) fault(checked, `overlaps the band before at ${band.from}`, [index])
  else if (band.from > before.to + 1) fault(checked, `leaves a gap at ${before.to + 1}`, [index])
}

type Row = { parameter: string; when?: { spo2Scale?: 1 | 2 | undefined; oxygen?: Oxygen | undefined } }

/** Whichever scale, on air or oxygen: each parameter of the pack has one row, no more. */
function oneRowAtATime(checked: Checked<Row[]>): void {
  for (const parameter of new Set(checked.value.map((row) => row.parameter)))
    for (const scale of [1, 2])
      for (const given of oxygen.options) {
        const counting = checked.value.filter(
          (row) =>
            row.parameter === parameter &&
            (row.when?.spo2Scale ?? scale) === scale &&
            (row.when?.oxygen ?? given) === given,
        ).length
        if (counting !== 1) fault(checked, `has ${counting} rows for ${parameter} on scale ${scale} and ${given}`)
      }
}

/** T3: whatever a pack says, points are added up for 16 and over, and not in pregnancy or after birth. */
function forNews2Patients(checked: Checked<{ appliesTo: z.infer<typeof common.appliesTo> }>): void {
  const { ageMonths, pregnancy: states } = checked.value.appliesTo
  if ((ageMonths?.from ?? 0) < 16 * 12) fault(checked, 'must begin at 16 years (T3)', ['appliesTo', 'ageMonths'])
  if (states.includes('pregnant') || states.includes('after_birth'))
    fault(checked, 'must leave out pregnancy and the weeks after birth (T3)', ['appliesTo', 'pregnancy'])
}

type Points = number | Record<Oxygen, number> | Record<Consciousness, number>
type Scoring = {
  parameters: { parameter: string; bands?: { points: number }[]; choices?: Points }[]
  single: { points: number; levels: Partial<Record<string, unknown>> }
}

function everySingleHasALevel(checked: Checked<Scoring>): void {
  const { parameters, single } = checked.value
  for (const { parameter, bands = [], choices = {} } of parameters) {
    const reached = [...bands.map((band) => band.points), ...Object.values(choices)].includes(single.points)
    if (reached && !single.levels[parameter])
      fault(checked, `says no level for ${single.points} in ${parameter}`, ['single', 'levels'])
  }
}

const named = z.strictObject({ id: common.id, version: common.version })

/** Which packs a clinic goes by, and the clinician who signed that. Before there is one, all that are installed. */
export const rulePackChoice = z.strictObject({
  /** The clinic's: each has one, from its first signature on. */
  id,
  clinicId: id,
  packs: z.array(named),
  /** The clinician, as on the paper that was signed. */
  signedBy: z.string(),
  signedOn: day,
  recordedAt: instant,
  recordedById: id,
  version,
})
export type RulePackChoice = z.infer<typeof rulePackChoice>

export const rulePacks = {
  list: route({
    method: 'GET',
    path: '/rule-packs',
    summary: 'The rule packs that are installed, and which of them are in force in a clinic',
    permission: 'rulePack.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({
      installed: z.array(rulePack),
      choice: rulePackChoice.nullable(),
      inForce: z.array(named),
      /** Signed, but no longer installed: not in force, and to be signed anew. */
      missing: z.array(named),
    }),
    errors: ['not_found'],
  }),
  choose: route({
    method: 'PUT',
    path: '/clinics/{id}/rule-packs',
    summary: 'Record which rule packs a clinician of the clinic has signed; version 0 for the first time',
    permission: 'rulePack.choose',
    audit: 'rulePack.choose',
    input: {
      params: { id },
      body: { version: z.int().min(0), packs: z.array(named).max(50), signedBy: line(120), signedOn: day },
    },
    output: rulePackChoice,
    errors: ['not_found', 'stale_version'],
  }),
}
