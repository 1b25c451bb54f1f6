import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { EarlierConsultation } from '../../contract/consultations.ts'
import { api } from '../live/api.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { listed } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { write } from './autosave.ts'
import styles from './Consultation.module.css'
import { writtenIn } from './merge-text.ts'

/** The earlier texts of a consultation, newest first; one of them can be taken up again. */
export function EarlierDialog({ visitId, onClose }: { visitId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const read = useCallback(
    (signal: AbortSignal) => api.consultations.versions({ params: { id: visitId } }, { signal }),
    [visitId],
  )
  const { data, failed, again } = useRead(read)
  const takeUp = (one: EarlierConsultation) => {
    write(visitId, writtenIn(one), true)
    onClose()
  }
  return (
    <Dialog title={t('consultation.earlier')} size="medium" onClose={onClose}>
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('consultation.noEarlier')} hint={t('consultation.noEarlierHint')} />
      ) : (
        data.items.map((one) => <Earlier key={one.version} one={one} onTakeUp={() => takeUp(one)} />)
      )}
    </Dialog>
  )
}

function Earlier({ one, onTakeUp }: { one: EarlierConsultation; onTakeUp: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const by = useRecord('users', one.savedById)?.displayName ?? ''
  const mayWrite = useMay('consultation.write')
  return (
    <article className={styles.earlier}>
      <div className={styles.head}>
        <h3>{t('consultation.savedAt', { time: format.dateAndTime(one.savedAt), by })}</h3>
        {mayWrite && <ActionButton run={onTakeUp}>{t('consultation.takeUp')}</ActionButton>}
      </div>
      <p className={`${styles.theirs} typed`}>{one.reason}</p>
      <p className={`${styles.theirs} typed`}>{one.notes}</p>
      <p>{listed(one.diagnoses.map(({ text }) => text))}</p>
    </article>
  )
}
