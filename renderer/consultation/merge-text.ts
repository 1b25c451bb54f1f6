import type { Consultation } from '../../contract/consultations.ts'

/** What a doctor types of a visit. */
export type Written = Pick<Consultation, 'reason' | 'notes' | 'diagnoses'>
export const FIELDS = ['reason', 'notes', 'diagnoses'] as const
export type Field = (typeof FIELDS)[number]

export const nothingWritten: Written = { reason: '', notes: '', diagnoses: [] }

export const writtenIn = ({ reason, notes, diagnoses }: Written): Written => ({ reason, notes, diagnoses })

export const isSame = (a: Written, b: Written, field?: Field): boolean =>
  (field ? [field] : FIELDS).every((each) => JSON.stringify(a[each]) === JSON.stringify(b[each]))

/**
 * What two windows made of the same text: a field that only one of them changed is that one's; those that both did are
 * answered, and left as they are here.
 */
export function mergeWritten(base: Written, mine: Written, theirs: Written): { written: Written; both: Field[] } {
  const both = FIELDS.filter(
    (field) => !isSame(base, mine, field) && !isSame(base, theirs, field) && !isSame(mine, theirs, field),
  )
  const pick = (field: Field) => (isSame(base, mine, field) ? theirs : mine)
  const written = {
    reason: pick('reason').reason,
    notes: pick('notes').notes,
    diagnoses: pick('diagnoses').diagnoses,
  }
  return { written, both }
}

/** Nobody's text is lost: what is here, and under it what is there. */
export function keepBoth(mine: Written, theirs: Written): Written {
  const under = (one: string, other: string) => (one === other || !other ? one : one ? `${one}\n\n${other}` : other)
  const known = new Set(mine.diagnoses.map(({ text }) => text))
  return {
    reason: under(mine.reason, theirs.reason),
    notes: under(mine.notes, theirs.notes),
    diagnoses: [...mine.diagnoses, ...theirs.diagnoses.filter(({ text }) => !known.has(text))],
  }
}
