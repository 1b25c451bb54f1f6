import { useMemo } from 'react'
import type { Noun, Nouns } from '../../contract/feed.ts'
import { useClinicId } from '../live/clinic.ts'
import { useRecords } from '../live/store.ts'

type OfAClinic = { [N in Noun]: Nouns[N] extends { clinicId: string; active: boolean } ? N : never }[Noun]

const nameOf = (record: object): string =>
  'displayName' in record ? String(record.displayName) : 'name' in record ? String(record.name) : ''

/** The records of this clinic by name; those that are not in use any more only when asked for. */
export function useHere<N extends OfAClinic>(noun: N, inactive = false): readonly Nouns[N][] {
  const clinicId = useClinicId()
  const records: Readonly<Record<string, Nouns[N]>> = useRecords(noun)
  return useMemo(
    () =>
      Object.values(records)
        .filter((each) => each.clinicId === clinicId && (inactive || each.active))
        .sort((a, b) => Number(b.active) - Number(a.active) || nameOf(a).localeCompare(nameOf(b))),
    [records, clinicId, inactive],
  )
}

/** The same as choices of a `Select`. */
export function useChoices<N extends OfAClinic>(noun: N, also?: string | null): { value: string; label: string }[] {
  const records = useHere(noun, true)
  return useMemo(
    () =>
      records
        .filter((each) => each.active || each.id === also)
        .map((each) => ({ value: each.id, label: nameOf(each) })),
    [records, also],
  )
}
