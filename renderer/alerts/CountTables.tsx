import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { useRecords } from '../live/store.ts'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import { clockText } from './clock-text.ts'
import { hourName } from './report-plots.ts'

type Counted = AlertAnalytics['all']
type Person = AlertAnalytics['byPerson'][number]
type Wait = AlertAnalytics['waits'][number]
type Arrivals = AlertAnalytics['arrivals'][number]

export const timeOf = (seconds: number | null): string => (seconds === null ? '–' : clockText(seconds))

type CountProps<R> = {
  label: string
  head: string
  rows: readonly R[]
  nameOf: (row: R) => ReactNode
  orderOf: (row: R) => string | number
}

export function CountTable<R extends Counted>({ label, head, rows, nameOf, orderOf }: CountProps<R>) {
  const { t } = useTranslation()
  const columns: DataColumn<R>[] = [
    { label: head, of: nameOf, sortBy: orderOf, head: true },
    number(t('alert.report.raised'), ({ raised }) => raised),
    number(t('alert.report.escalated'), ({ escalated }) => escalated),
    number(t('alert.report.unanswered'), ({ unanswered }) => unanswered),
    time(t('alert.report.median'), ({ toAcknowledge }) => toAcknowledge.median),
    time(t('alert.report.p90'), ({ toAcknowledge }) => toAcknowledge.p90),
  ]
  return <DataTable label={label} rows={rows} keyOf={(row) => String(orderOf(row))} columns={columns} />
}

export function PersonTable({ rows }: { rows: readonly Person[] }) {
  const { t } = useTranslation()
  const users = useRecords('users')
  const nameOf = ({ userId }: Person) => users[userId]?.displayName ?? '–'
  if (rows.length === 0) return <p className="soft">{t('alert.report.nobody')}</p>
  const columns: DataColumn<Person>[] = [
    { label: t('alert.person'), of: nameOf, sortBy: nameOf, head: true },
    number(t('alert.report.answered'), ({ answered }) => answered),
    time(t('alert.report.median'), ({ toAcknowledge }) => toAcknowledge.median),
    time(t('alert.report.p90'), ({ toAcknowledge }) => toAcknowledge.p90),
  ]
  return <DataTable label={t('alert.report.byPerson')} rows={rows} keyOf={({ userId }) => userId} columns={columns} />
}

export function WaitTable({ rows }: { rows: readonly Wait[] }) {
  const { t } = useTranslation()
  const columns: DataColumn<Wait>[] = [
    {
      label: t('alert.report.level'),
      of: ({ urgency }) => <UrgencyMark urgency={urgency} />,
      sortBy: (wait) => rows.indexOf(wait),
      head: true,
    },
    number(t('alert.report.arrived'), ({ arrived }) => arrived),
    number(t('alert.report.looked'), ({ looked }) => looked),
    number(t('alert.report.called'), ({ toCall }) => toCall.count),
    time(t('alert.report.medianWait'), ({ toCall }) => toCall.median),
    time(t('alert.report.p90'), ({ toCall }) => toCall.p90),
  ]
  return <DataTable label={t('alert.report.waits')} rows={rows} keyOf={({ urgency }) => urgency} columns={columns} />
}

export function ArrivalTable({ rows }: { rows: readonly Arrivals[] }) {
  const { t } = useTranslation()
  const columns: DataColumn<Arrivals>[] = [
    {
      label: t('alert.report.hour'),
      of: ({ hour }) => `${hourName(hour)}:00`,
      sortBy: ({ hour }) => hour,
      head: true,
    },
    number(t('alert.report.arrived'), ({ arrived }) => arrived),
    number(t('alert.report.called'), ({ toCall }) => toCall.count),
    time(t('alert.report.medianWait'), ({ toCall }) => toCall.median),
    time(t('alert.report.p90'), ({ toCall }) => toCall.p90),
  ]
  return (
    <DataTable label={t('alert.report.arrivals')} rows={rows} keyOf={({ hour }) => String(hour)} columns={columns} />
  )
}

const number = <R,>(label: string, of: (row: R) => number): DataColumn<R> => ({ label, of, sortBy: of, end: true })

const time = <R,>(label: string, secondsOf: (row: R) => number | null): DataColumn<R> => ({
  label,
  of: (row) => timeOf(secondsOf(row)),
  sortBy: secondsOf,
  end: true,
})
