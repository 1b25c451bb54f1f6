import { Checkbox, Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TriageRecord } from '../../contract/triage.ts'
import { useRecords } from '../live/store.ts'
import styles from './TriageForm.module.css'
import type { FormParts } from './TriageForm.tsx'

/** T2: scale 2 is a clinician's recorded decision. What was used the last time is said, and not taken over. */
export function ScaleChoice({ draft, change, visit, taken }: FormParts & { taken: readonly TriageRecord[] }) {
  const { t } = useTranslation()
  const users = useRecords('users')
  const doctors = useRecords('doctors')
  const clinicians = useMemo(() => {
    const here = new Set(
      Object.values(doctors)
        .filter((one) => one.clinicId === visit.clinicId)
        .map((one) => one.userId),
    )
    return Object.values(users).filter((user) => here.has(user.id) && user.active)
  }, [users, doctors, visit.clinicId])
  const before = taken.findLast((record) => record.spo2 !== null)?.spo2Scale
  return (
    <div className={styles.scale}>
      <Checkbox
        size="xs"
        label={t('triage.scale2')}
        checked={draft.spo2Scale === 2}
        onChange={(event) => change({ spo2Scale: event.currentTarget.checked ? 2 : 1 })}
      />
      {before === 2 && <span className={styles.warn}>{t('triage.scale2Before')}</span>}
      {draft.spo2Scale === 2 && (
        <Select
          size="xs"
          label={t('triage.decidedBy')}
          data={clinicians.map(({ id, displayName }) => ({ value: id, label: displayName }))}
          value={draft.scaleDecidedById}
          onChange={(value) => change({ scaleDecidedById: value })}
        />
      )}
    </div>
  )
}
