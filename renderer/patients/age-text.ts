import { useCallback } from 'react'
import type { Patient } from '../../contract/patients.ts'
import { ageLabel } from '../../rules/age.ts'
import { useToday } from '../live/clinic.ts'

/** An estimated age as it is typed: 42, or 7m under two years. */
export function useAgeText(): (patient: Patient) => string {
  const today = useToday()
  return useCallback(
    (patient) => {
      const label = today ? ageLabel(patient, today) : undefined
      if (!label) return ''
      return label.unit === 'years' ? String(label.value) : label.unit === 'months' ? `${label.value}m` : '0m'
    },
    [today],
  )
}
