import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { saveNow, useWritten, write } from './autosave.ts'
import { ConflictNote } from './ConflictNote.tsx'
import styles from './Consultation.module.css'
import { DiagnosesField } from './DiagnosesField.tsx'
import { SavedState } from './SavedState.tsx'

/** Reason, diagnoses and notes, saved as they are typed. */
export function NotesPart({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { written, unsaved } = useWritten(visitId)
  return (
    <section className={styles.part} aria-label={t('consultation.title')}>
      <div className={styles.head}>
        <h2>{t('consultation.title')}</h2>
        <SavedState visitId={visitId} />
      </div>
      {unsaved?.theirs && unsaved.state === 'conflict' && <ConflictNote visitId={visitId} theirs={unsaved.theirs} />}
      <Textarea
        label={t('consultation.reason')}
        description={t('consultation.reasonHint')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={written.reason}
        onChange={(event) => write(visitId, { reason: event.currentTarget.value })}
        onBlur={() => void saveNow(visitId)}
      />
      <Textarea
        label={t('consultation.notes')}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={written.notes}
        onChange={(event) => write(visitId, { notes: event.currentTarget.value })}
        onBlur={() => void saveNow(visitId)}
      />
      <DiagnosesField diagnoses={written.diagnoses} onChange={(diagnoses) => write(visitId, { diagnoses })} />
    </section>
  )
}
