import { useEffect } from 'react'
import { useMay } from './permission.ts'
import { watchPatient } from './watched.ts'

/**
 * While a clinician looks at a patient, what any of their clinics takes and writes of them comes live, also of somebody
 * who is in no queue of this page (design 4).
 */
export function useWatchOver(patientId: string | null | undefined): void {
  const mayWatch = useMay('patient.openRecord')
  useEffect(() => (patientId && mayWatch ? watchPatient(patientId) : undefined), [patientId, mayWatch])
}
