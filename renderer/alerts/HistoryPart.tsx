import { Button, Select } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert, AlertKind } from '../../contract/alerts.ts'
import type { Severity } from '../../contract/severity.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { adopt, useRecord, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './Alerts.module.css'
import { SeverityMark } from './SeverityMark.tsx'
import { StepsDialog } from './StepsDialog.tsx'
import { reasonWords, titleOf } from './words.ts'

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
        <HistoryTable alerts={page.items} />
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
      const { items, cursor: next, ...why } = await api.alerts.list({ query }, { signal })
      adopt({ alerts: items, ...why })
      return { items, cursor: next }
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

function HistoryTable({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useTranslation()
  return (
    <table className={sheet.table}>
      <thead>
        <tr>
          <th scope="col">{t('alert.raisedAt')}</th>
          <th scope="col">{t('alert.severityLabel')}</th>
          <th scope="col">{t('alert.about')}</th>
          <th scope="col">{t('alert.raisedBy')}</th>
          <th scope="col">{t('alert.answeredLabel')}</th>
          <th scope="col">{t('alert.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <HistoryRow key={alert.id} listed={alert} />
        ))}
      </tbody>
    </table>
  )
}

function HistoryRow({ listed }: { listed: Alert }) {
  const { t } = useTranslation()
  const format = useFormat()
  const alert = useRecord('alerts', listed.id) ?? listed
  const why = reasonWords(useRecord('alertReasons', alert.id), format)
  const outcome = useRecord('alertOutcomes', alert.id)
  const raisedBy = useRecord('users', alert.raisedById)?.displayName
  const answeredBy = useRecord('users', alert.acknowledgedById)?.displayName ?? ''
  return (
    <tr>
      <td className={sheet.fit}>{format.dateAndTime(alert.raisedAt)}</td>
      <td className={sheet.fit}>
        <SeverityMark severity={alert.severity} />
      </td>
      <td>
        <button
          type="button"
          className={sheet.open}
          title={t('alert.steps')}
          onClick={() => openDialog((close) => <StepsDialog alert={alert} onClose={close} />)}
        >
          {titleOf(alert)}
        </button>
        {why && <span className="soft"> · {why}</span>}
        {alert.note && <span className="soft"> · {alert.note}</span>}
      </td>
      <td>{raisedBy ?? t('alert.byRule')}</td>
      <td>
        {alert.acknowledgedAt
          ? t('alert.answeredBy', { name: answeredBy, time: format.time(alert.acknowledgedAt) })
          : t('alert.unanswered')}
      </td>
      <td>
        {outcome
          ? t(`alert.outcomes.${outcome.outcome}`)
          : alert.resolvedAt
            ? t('alert.closedAt', { time: format.time(alert.resolvedAt) })
            : t('alert.stillOpen')}
        {outcome?.note && <span className="soft"> · {outcome.note}</span>}
      </td>
    </tr>
  )
}
