import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { useFormat } from '../ui/format.ts'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './PatientHistory.module.css'

/** The visits of a patient, newest first; not the one that is open before one. */
export function PatientHistory({ patientId, exceptVisitId }: { patientId: string; exceptVisitId?: string }) {
  const { t } = useTranslation()
  const read = useCallback(
    (signal: AbortSignal) => api.patients.history({ params: { id: patientId }, query: { limit: 20 } }, { signal }),
    [patientId],
  )
  const { data, failed, again } = useRead(read, exceptVisitId)
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!data) return <SkeletonRows rows={3} />
  const visits = data.visits.filter((visit) => visit.id !== exceptVisitId)
  if (visits.length === 0) return <p className="soft">{t('history.empty')}</p>
  return (
    <ul className={styles.list}>
      {visits.map((visit) => (
        <HistoryLine key={visit.id} visit={visit} />
      ))}
    </ul>
  )
}

function HistoryLine({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const doctor = useRecord('doctors', visit.doctorId)
  const service = useRecord('services', visit.serviceId)
  return (
    <li className={styles.line}>
      <span>{format.day(visit.day)}</span>
      <span className="clip">{[service?.name, doctor?.displayName].filter(Boolean).join(', ')}</span>
      <span className="soft">{t(`visit.status.${visit.status}`)}</span>
    </li>
  )
}
