import { useMemo } from 'react'
import type { FollowUp } from '../../contract/follow-ups.ts'
import { useClinicId } from '../live/clinic.ts'
import { useRecords } from '../live/store.ts'

/** Whom reception recalls, the soonest first. */
export function useRecalls(): readonly FollowUp[] {
  const clinicId = useClinicId()
  const records = useRecords('followUps')
  return useMemo(
    () =>
      Object.values(records)
        .filter((one) => one.clinicId === clinicId && one.status === 'open' && !one.withdrawn)
        .sort((a, b) => a.byDay.localeCompare(b.byDay) || (a.id < b.id ? -1 : 1)),
    [records, clinicId],
  )
}
