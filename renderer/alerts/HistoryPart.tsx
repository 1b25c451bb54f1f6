import { Button, Select } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertKind } from '../../contract/alerts.ts'
import type { Severity } from '../../contract/severity.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { adopt, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { listName } from '../ui/patient-name.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './Alerts.module.css'
import { HistoryTable } from './HistoryTable.tsx'

const PAGE = 50
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info']
const KINDS: readonly AlertKind[] = ['emergency', 'risk_score', 'observation_overdue', 'long_wait', 'by_hand']

type Filter = {
  severity: Severity | null
  kind: AlertKind | null
  personId: string | null
  from: string | null
  to: string | null
}
const ALL: Filter = { severity: null, kind: null, personId: null, from: null, to: null }

/** L1: kept for good; by kind, severity, person and day, a page at a time. */
export function HistoryPart() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState(ALL)
  const [cursors, setCursors] = useState<readonly string[]>([])
  const { page, failed, again } = useHistory(filter, cursors.at(-1))
  const narrow = (part: Partial<Filter>) => {
    setCursors([])
    setFilter((all) => ({ ...all, ...part }))
  }
  const older = page?.cursor
  return (
    <>
      <Filters filter={filter} onChange={narrow} />
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !page ? (
        <SkeletonRows rows={12} />
      ) : page.items.length === 0 ? (
        <EmptyState title={t('alert.noneSuch')} />
      ) : (
        <HistoryTable listed={page.items} about={page.about} />
      )}
      <div className={styles.paging}>
        <Button size="xs" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
          {t('alert.newer')}
        </Button>
        <Button size="xs" disabled={!older} onClick={() => older && setCursors([...cursors, older])}>
          {t('alert.older')}
        </Button>
      </div>
    </>
  )
}

function useHistory(filter: Filter, cursor: string | undefined) {
  const clinicId = useClinicId()
  const read = useCallback(
    async (signal: AbortSignal) => {
      const narrowed = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))
      const query = { clinicId, limit: PAGE, ...narrowed, ...(cursor ? { cursor } : {}) }
      const { items, cursor: next, about = [], ...why } = await api.alerts.list({ query }, { signal })
      adopt({ alerts: items, ...why })
      return { items, cursor: next, about: new Map(about.map((whom) => [whom.id, listName(whom)])) }
    },
    [clinicId, filter, cursor],
  )
  const { data, failed, again } = useRead(read)
  return { page: data, failed, again }
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (part: Partial<Filter>) => void }) {
  const { t } = useTranslation()
  const clinical = useMay('patient.openRecord')
  const users = useRecords('users')
  const people = useMemo(
    () =>
      Object.values(users)
        .map((user) => ({ value: user.id, label: user.displayName }))
        .sort((one, other) => one.label.localeCompare(other.label)),
    [users],
  )
  const choice = (label: string) => ({ size: 'xs', 'aria-label': label, placeholder: label, clearable: true }) as const
  return (
    <div className={styles.filters}>
      <Select
        {...choice(t('alert.severityLabel'))}
        data={SEVERITIES.map((value) => ({ value, label: t(`alert.severity.${value}`) }))}
        value={filter.severity}
        onChange={(value) => onChange({ severity: SEVERITIES.find((each) => each === value) ?? null })}
      />
      {clinical && (
        <Select
          {...choice(t('alert.kindLabel'))}
          data={KINDS.map((value) => ({ value, label: t(`alert.kind.${value}`) }))}
          value={filter.kind}
          onChange={(value) => onChange({ kind: KINDS.find((each) => each === value) ?? null })}
        />
      )}
      <Select
        {...choice(t('alert.person'))}
        data={people}
        searchable
        value={filter.personId}
        onChange={(personId) => onChange({ personId })}
      />
      <DayInput
        size="xs"
        aria-label={t('alert.from')}
        placeholder={t('alert.from')}
        value={filter.from}
        onChange={(from) => onChange({ from })}
      />
      <DayInput
        size="xs"
        aria-label={t('alert.to')}
        placeholder={t('alert.to')}
        value={filter.to}
        onChange={(to) => onChange({ to })}
      />
    </div>
  )
}
