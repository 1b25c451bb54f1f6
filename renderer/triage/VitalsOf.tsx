import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../live/api.ts'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { VitalsStrip } from './VitalsStrip.tsx'

/** So many visits are looked through for one of the reader's clinics. */
const NEWEST = 20

/** The vital signs of a patient who need not be in any queue here: at the last visit in any of the reader's clinics. */
export function VitalsOf({ patientId }: { patientId: string }) {
  const { t } = useTranslation()
  const mine = useSession((session) => session.user?.clinicIds)
  const read = useCallback(
    (signal: AbortSignal) =>
      api.patients
        .history({ params: { id: patientId }, query: { limit: NEWEST } }, { signal })
        .then(({ visits }) => ({ last: visits.find(({ clinicId }) => mine?.includes(clinicId)) })),
    [patientId, mine],
  )
  const { data, failed, again } = useRead(read)
  const known = useRecord('visits', data?.last?.id)
  const visit = known ?? data?.last
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!data) return <SkeletonRows rows={1} />
  return visit ? <VitalsStrip visit={visit} level /> : <p className="soft">{t('triage.noneTaken')}</p>
}
