import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertKind } from '../../contract/alerts.ts'
import type { Severity } from '../../contract/severity.ts'
import { useMay } from '../live/permission.ts'
import { useRecords } from '../live/store.ts'
import { DayInput } from '../ui/DayInput.tsx'
import styles from './Alerts.module.css'

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info']
const KINDS: readonly AlertKind[] = ['emergency', 'risk_score', 'observation_overdue', 'long_wait', 'by_hand']

export type Filter = {
  severity: Severity | null
  kind: AlertKind | null
  personId: string | null
  from: string | null
  to: string | null
}

type Props = { filter: Filter; onChange: (part: Partial<Filter>) => void }

/** L1: by kind, severity, person and day; the kind is clinical. */
export function HistoryFilters({ filter, onChange }: Props) {
  const { t } = useTranslation()
  const clinical = useMay('patient.openRecord')
  const people = usePeople()
  return (
    <div className={styles.filters}>
      <Select
        {...looks(t('alert.severityLabel'))}
        data={SEVERITIES.map((value) => ({ value, label: t(`alert.severity.${value}`) }))}
        value={filter.severity}
        onChange={(value) => onChange({ severity: SEVERITIES.find((each) => each === value) ?? null })}
      />
      {clinical && (
        <Select
          {...looks(t('alert.kindLabel'))}
          data={KINDS.map((value) => ({ value, label: t(`alert.kind.${value}`) }))}
          value={filter.kind}
          onChange={(value) => onChange({ kind: KINDS.find((each) => each === value) ?? null })}
        />
      )}
      <Select
        {...looks(t('alert.person'))}
        data={people}
        searchable
        value={filter.personId}
        onChange={(personId) => onChange({ personId })}
      />
      <Days filter={filter} onChange={onChange} />
    </div>
  )
}

const looks = (label: string) => ({ size: 'xs', 'aria-label': label, placeholder: label, clearable: true }) as const

function Days({ filter, onChange }: Props) {
  const { t } = useTranslation()
  const day = (label: string) => ({ size: 'xs', 'aria-label': label, placeholder: label }) as const
  return (
    <>
      <DayInput {...day(t('alert.from'))} value={filter.from} onChange={(from) => onChange({ from })} />
      <DayInput {...day(t('alert.to'))} value={filter.to} onChange={(to) => onChange({ to })} />
    </>
  )
}

function usePeople() {
  const users = useRecords('users')
  return useMemo(
    () =>
      Object.values(users)
        .map((user) => ({ value: user.id, label: user.displayName }))
        .sort((one, other) => one.label.localeCompare(other.label)),
    [users],
  )
}
