import { IconCheck, IconCloudOff, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { useNotKept } from '../live/unsaved.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { nameOf, useWritten } from './autosave.ts'
import styles from './Consultation.module.css'
import { openEarlier } from './open-earlier.tsx'

/** Whether what is on the screen is at the hub, always in the same place. */
export function SavedState({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { record, unsaved } = useWritten(visitId)
  const by = useRecord('users', record?.savedById)?.displayName
  const notKept = useNotKept((all) => nameOf(visitId) in all)
  const alone = notKept && (unsaved?.state === 'typing' || unsaved?.state === 'away')
  const state = alone ? 'notKept' : unsaved?.state
  const words = state
    ? t(`consultation.state.${state}`, { why: unsaved?.refusal ?? '' })
    : record
      ? t('consultation.savedAt', { time: format.dateAndTime(record.savedAt), by })
      : t('consultation.nothingYet')
  const Icon =
    state === 'away' || state === 'refused' || state === 'notKept'
      ? IconCloudOff
      : state || !record
        ? IconPencil
        : IconCheck
  return (
    <div className={styles.saved} data-state={state ?? 'saved'}>
      <span role="status">
        <Icon size={16} stroke={1.75} aria-hidden /> {words}
      </span>
      {record && record.version > 1 && (
        <ActionButton size="compact-xs" run={() => openEarlier(visitId)}>
          {t('consultation.earlier')}
        </ActionButton>
      )}
    </div>
  )
}
