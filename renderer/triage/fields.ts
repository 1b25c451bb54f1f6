import {
  type AgeBand,
  type Consciousness,
  type MeasuredVital,
  type Oxygen,
  type Pregnancy,
  type Vitals,
  vitalLimits,
} from '../../contract/triage.ts'
import type { Urgency } from '../../contract/visits.ts'
import { asciiDigits } from '../../rules/digits.ts'

/** What a nurse types: the text as it stands, and what was chosen. Nothing is ever filled in (T2). */
export type TriageDraft = {
  texts: Partial<Record<MeasuredVital, string>>
  oxygen: Oxygen | null
  consciousness: Consciousness | null
  spo2Scale: 1 | 2
  scaleDecidedById: string | null
  ageBand: AgeBand | null
  pregnancy: Pregnancy | null
  /** What the nurse gave; `null` for what is proposed. */
  level: Urgency | null
  loweredReason: string
  /** When somebody said that what stands there was taken just now. */
  freshAt: string | null
}

export const emptyDraft: TriageDraft = {
  texts: {},
  oxygen: null,
  consciousness: null,
  spo2Scale: 1,
  scaleDecidedById: null,
  ageBand: null,
  pregnancy: null,
  level: null,
  loweredReason: '',
  freshAt: null,
}

/** How a value is typed and shown: `perUnit` of what is kept make one of what is typed. */
const SCALES = {
  respiration: 1,
  spo2: 1,
  oxygenTenths: 10,
  systolic: 1,
  diastolic: 1,
  pulse: 1,
  temperatureTenths: 10,
  pain: 1,
  weightGrams: 1000,
  heightMillimetres: 10,
  glucoseTenths: 10,
} as const satisfies Record<MeasuredVital, number>

export type Typed = { value: number | null; fault: { from: string; to: string } | null }

const isNumber = (plain: string): boolean => /^\d+(\.\d+)?$/.test(plain)

/** In whatever digits and with whatever decimal sign: a measured value has no thousands. */
const plainNumber = (text: string | undefined): string =>
  asciiDigits(text ?? '')
    .trim()
    .replace(/[,،٫]/, '.')

/** Something that stands there and is no number at all. */
export const isUnread = (text: string | undefined): boolean => plainNumber(text) !== '' && !isNumber(plainNumber(text))

/** The value of what was typed. A temperature may be typed without its point: 368 is 36.8. */
export function typedValue(vital: MeasuredVital, text: string | undefined): Typed {
  const plain = plainNumber(text)
  if (plain === '') return { value: null, fault: null }
  const { from, to } = vitalLimits[vital]
  const fault = { from: shown(vital, from), to: shown(vital, to) }
  if (!isNumber(plain)) return { value: null, fault }
  const perUnit = vital === 'temperatureTenths' && /^\d{3}$/.test(plain) ? 1 : SCALES[vital]
  const value = Math.round(Number(plain) * perUnit)
  const exact = Math.abs(value - Number(plain) * perUnit) < 1e-6
  return exact && value >= from && value <= to ? { value, fault: null } : { value: null, fault }
}

/** A kept value as it is typed and read: 368 tenths are 36.8. */
export function shown(vital: MeasuredVital, value: number): string {
  const perUnit = SCALES[vital]
  const decimals = vital === 'temperatureTenths' || vital === 'glucoseTenths' ? 1 : 0
  const unit = value / perUnit
  return decimals > 0 ? unit.toFixed(decimals) : String(Number(unit.toFixed(3)))
}

export const MEASURED = Object.keys(SCALES) as MeasuredVital[]

/** The vital signs of a draft; what is not plausible, or not typed, was not taken. */
export function vitalsOf(draft: TriageDraft): Vitals {
  const measured = Object.fromEntries(
    MEASURED.map((vital) => [vital, typedValue(vital, draft.texts[vital]).value]),
  ) as Record<MeasuredVital, number | null>
  const oxygenTenths = draft.oxygen === 'oxygen' ? measured.oxygenTenths : null
  const { oxygen, consciousness, spo2Scale } = draft
  return { ...measured, oxygenTenths, oxygen, consciousness, spo2Scale }
}

/** How long what was typed passes for what was just taken. */
const FRESH_MS = 10 * 60_000

/** T2: since when a draft stands there, once that is too long ago for "just taken". @param now in milliseconds */
export function typedLongAgo({ freshAt }: TriageDraft, since: string | null, now: number): string | null {
  const at = freshAt ?? since
  return at !== null && now - Date.parse(at) >= FRESH_MS ? at : null
}

/** A text that was taken out again was never typed. */
export function withText(texts: TriageDraft['texts'], vital: MeasuredVital, text: string): TriageDraft['texts'] {
  const { [vital]: _before, ...others } = texts
  return text === '' ? others : { ...others, [vital]: text }
}

export type Fault = { vital: MeasuredVital; from?: string; to?: string }

/** What keeps a draft from being saved, in the order of the form. */
export function faultsOf(draft: TriageDraft): Fault[] {
  const typed = MEASURED.filter((vital) => vital !== 'oxygenTenths' || draft.oxygen === 'oxygen')
  const faults = typed.flatMap((vital): Fault[] => {
    const { fault } = typedValue(vital, draft.texts[vital])
    return fault ? [{ vital, ...fault }] : []
  })
  const { systolic, diastolic } = vitalsOf(draft)
  const swapped = systolic !== null && diastolic !== null && diastolic > systolic
  return swapped ? [...faults, { vital: 'diastolic' }] : faults
}

export const isEmpty = ({ texts, oxygen, consciousness }: TriageDraft): boolean =>
  oxygen === null && consciousness === null && Object.values(texts).every((text) => text.trim() === '')
