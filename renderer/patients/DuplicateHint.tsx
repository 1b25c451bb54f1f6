import { Button } from '@mantine/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { api } from '../live/api.ts'
import { useMay } from '../live/permission.ts'
import { adopt } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { listed } from '../ui/direction.ts'
import { listName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import { openMerge } from './commands.tsx'
import styles from './PatientsView.module.css'

/** P3: records that may be of the same person, for those who may merge them. */
export function DuplicateHint({ patient }: { patient: Patient }) {
  const mayMerge = useMay('patient.merge')
  return mayMerge ? <Hint patient={patient} /> : null
}

function Hint({ patient }: { patient: Patient }) {
  const { t } = useTranslation()
  const { id, familyName, givenName, birthDate, birthDateEstimated, phones } = patient
  const [phone] = phones
  const read = useCallback(
    async (signal: AbortSignal) => {
      const query = {
        familyName,
        givenName,
        ...(birthDate && !birthDateEstimated ? { birthDate } : {}),
        ...(phone ? { phone } : {}),
      }
      const { items } = await api.patients.duplicates({ query }, { signal })
      const others = items.filter((item) => item.patient.id !== id && !item.patient.mergedIntoId)
      adopt({ patients: others.map((item) => item.patient) })
      return others.slice(0, 3)
    },
    [id, familyName, givenName, birthDate, birthDateEstimated, phone],
  )
  // A hint that can't be had must not stand in the way.
  const { data = [] } = useRead(read, patient.version)
  if (data.length === 0) return null
  return (
    <div className={styles.hint}>
      <div className={sheet.warning} role="status">
        <p>{t('merge.hint', { count: data.length })}</p>
        <div className={sheet.row}>
          {data.map(({ patient: other, reasons }) => (
            <Button key={other.id} size="compact-xs" onClick={() => void openMerge(id, other.id)}>
              <bdi>{listName(other)}</bdi> <bdi>{other.number}</bdi> (
              {listed(reasons.map((reason) => t(`merge.reason.${reason}`)))})
            </Button>
          ))}
        </div>
      </div>
    </div>
  )
}
