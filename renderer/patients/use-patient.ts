import { useEffect } from 'react'
import { api } from '../live/api.ts'
import { HubAway, Refused } from '../live/refused.ts'
import { adopt, useRecord } from '../live/store.ts'

/** A patient by id, fetched when this page does not know them yet. */
export function usePatient(patientId: string | null | undefined) {
  const patient = useRecord('patients', patientId)
  const missing = patientId && !patient ? patientId : null
  useEffect(() => {
    if (!missing) return
    api.patients.get({ params: { id: missing } }).then(
      (found) => adopt({ patients: [found] }),
      (error: unknown) => {
        // It stays unknown: the view says so. Anything else is a bug and must be seen.
        if (!(error instanceof Refused || error instanceof HubAway)) throw error
      },
    )
  }, [missing])
  return patient
}
