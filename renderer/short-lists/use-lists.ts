import { useMemo } from 'react'
import type { DiagnosisTerm, Medicine } from '../../contract/short-lists.ts'
import { useClinicId } from '../live/clinic.ts'
import { useRecords } from '../live/store.ts'
import { useHere } from '../ui/use-here.ts'

/** The clinic's own medicines, by name. */
export const useMedicines = (inactive = false): readonly Medicine[] => useHere('medicines', inactive)

/** The clinic's own words for diagnoses. */
export function useTerms(inactive = false): readonly DiagnosisTerm[] {
  const clinicId = useClinicId()
  const records = useRecords('diagnosisTerms')
  return useMemo(
    () =>
      Object.values(records)
        .filter((term) => term.clinicId === clinicId && (inactive || term.active))
        .sort((a, b) => Number(b.active) - Number(a.active) || a.text.localeCompare(b.text)),
    [records, clinicId, inactive],
  )
}
