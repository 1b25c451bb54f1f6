import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { listed } from '../ui/direction.ts'
import { settle, type Unsaved } from './autosave.ts'
import styles from './Consultation.module.css'

/** Two windows wrote in the same field: both texts are shown, and a person says which goes on. */
export function ConflictNote({ visitId, theirs }: { visitId: string; theirs: NonNullable<Unsaved['theirs']> }) {
  const { t } = useTranslation()
  const { record, both } = theirs
  const by = useRecord('users', record.savedById)?.displayName ?? ''
  return (
    <div className={styles.conflict} role="alert">
      <p>
        <strong>{t('consultation.conflict', { by })}</strong>
      </p>
      {both.map((field) => (
        <div key={field}>
          <span className="soft">{t(`consultation.${field}`)}</span>
          <p className={`${styles.theirs} typed`}>
            {field === 'diagnoses' ? listed(record.diagnoses.map(({ text }) => text)) : record[field]}
          </p>
        </div>
      ))}
      <div className={styles.choices}>
        <ActionButton run={() => settle(visitId, 'both')}>{t('consultation.keepBoth')}</ActionButton>
        <ActionButton run={() => settle(visitId, 'mine')}>{t('consultation.keepMine')}</ActionButton>
        <ActionButton run={() => settle(visitId, 'theirs')}>{t('consultation.takeTheirs')}</ActionButton>
      </div>
      <p className="soft">{t('consultation.conflictHint')}</p>
    </div>
  )
}
