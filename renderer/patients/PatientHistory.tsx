import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { unmergeAsked } from './commands.tsx'
import styles from './PatientHistory.module.css'

type Props = {
  patientId: string
  exceptVisitId?: string
  /** On the patient's own page: which records were merged into this one, and how to part them. */
  merges?: boolean
}

/** The visits of a patient, newest first; not the one that is open before one. */
export function PatientHistory({ patientId, exceptVisitId, merges = false }: Props) {
  const { t } = useTranslation()
  const limit = merges ? 100 : 20
  const read = useCallback(
    (signal: AbortSignal) => api.patients.history({ params: { id: patientId }, query: { limit } }, { signal }),
    [patientId, limit],
  )
  // A merge and its undoing change the record, and with it the history.
  const version = useRecord('patients', merges ? patientId : null)?.version
  const { data, failed, again } = useRead(read, `${exceptVisitId}.${version}`)
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!data) return <SkeletonRows rows={3} />
  const visits = data.visits.filter((visit) => visit.id !== exceptVisitId)
  const standing = merges ? data.merges.filter((merge) => !merge.undoneAt) : []
  return (
    <>
      {visits.length === 0 ? (
        <p className="soft">{t('history.empty')}</p>
      ) : (
        <ul className={styles.list}>
          {visits.map((visit) => (
            <HistoryLine key={visit.id} visit={visit} />
          ))}
        </ul>
      )}
      {standing.map((merge) => (
        <MergeLine key={merge.id} patientId={patientId} merge={merge} onUndone={again} />
      ))}
    </>
  )
}

function HistoryLine({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const doctor = useRecord('doctors', visit.doctorId)
  const service = useRecord('services', visit.serviceId)
  const joined = useRecord('visits', visit.mergedIntoId)
  return (
    <li className={styles.line}>
      <span>{format.day(visit.day)}</span>
      <span className="clip">{inARow([service?.name, doctor?.displayName])}</span>
      <span className="soft">
        {joined ? t('visit.joined', { ticket: joined.ticket }) : t(`visit.status.${visit.status}`)}
      </span>
    </li>
  )
}

type Merge = { id: string; loserNumber: string; at: string; actorId: string }

/** P4: what was one record and is part of this one. */
function MergeLine({ patientId, merge, onUndone }: { patientId: string; merge: Merge; onUndone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayMerge = useMay('patient.merge')
  const patient = useRecord('patients', patientId)
  const actor = useRecord('users', merge.actorId)
  return (
    <div className={styles.line}>
      <span>{format.day(format.dayOfInstant(merge.at))}</span>
      <span>{t('merge.line', { number: merge.loserNumber, name: actor?.displayName ?? '' })}</span>
      {mayMerge && patient && (
        <ActionButton
          size="compact-xs"
          run={async () => {
            if (await unmergeAsked(patient, merge)) onUndone()
          }}
        >
          {t('merge.undo')}
        </ActionButton>
      )}
    </div>
  )
}
