import type { Alert } from '../../contract/alerts.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { useVisitName } from '../ui/patient-name.ts'

/** L3: whom an alert is about, for clinicians; other screens say a ticket and a place, never a name. */
export function usePatientOf({ visitId }: Pick<Alert, 'visitId'>): string {
  const clinical = useMay('patient.openRecord')
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  return clinical && visit ? name : ''
}
