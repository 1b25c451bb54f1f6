import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { listed } from '../ui/direction.ts'
import styles from './AllergyLine.module.css'
import { editAllergies } from './commands.tsx'
import { openRecord, useIsRecordOpen } from './open-record.ts'

/** P1: not asked, none known or a list. Shown only when the record was opened (P5). */
export function AllergyLine({ patientId }: { patientId: string }) {
  const { t } = useTranslation()
  const mayOpen = useMay('patient.openRecord')
  const mayRecord = useMay('patient.recordAllergies')
  const open = useIsRecordOpen(patientId)
  const allergies = useRecord('allergies', open ? patientId : null)
  if (!mayOpen) return null
  if (!allergies) return <ActionButton run={() => openRecord(patientId)}>{t('record.open')}</ActionButton>
  const items = allergies.items.map((item) => (item.reaction ? `${item.substance} (${item.reaction})` : item.substance))
  return (
    <div className={styles.allergies} data-state={allergies.state}>
      <p>
        <span className="soft">{t('allergies.title')}</span>{' '}
        <strong>{allergies.state === 'listed' ? listed(items) : t(`allergies.${allergies.state}`)}</strong>
      </p>
      {mayRecord && (
        <Button size="compact-xs" onClick={() => void editAllergies(patientId)}>
          {t(allergies.state === 'not_asked' ? 'allergies.writeDown' : 'common.edit')}
          <span className="unseen"> {t('allergies.title')}</span>
        </Button>
      )}
    </div>
  )
}
