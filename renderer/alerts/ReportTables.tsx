import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { useRecords } from '../live/store.ts'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { Plot } from '../ui/Plot.tsx'
import { type PlotSpec, peakOf } from '../ui/plot-options.ts'
import { Part } from '../ui/Sheet.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './Alerts.module.css'
import { GRAVITY } from './alert-state.ts'
import { clockText } from './clock-text.ts'
import { hourName, plotsOf } from './report-plots.ts'
import { SeverityMark } from './SeverityMark.tsx'

type Counted = AlertAnalytics['all']
type Person = AlertAnalytics['byPerson'][number]
type Wait = AlertAnalytics['waits'][number]
type Arrivals = AlertAnalytics['arrivals'][number]

/** L5: each number in a table; what has a shape is drawn above it. */
export function ReportTables({ report }: { report: AlertAnalytics }) {
  const { t } = useTranslation()
  const plots = useReportPlots(report)
  const { all, byKind, bySeverity, byHour, byPerson, waits, arrivals } = report
  return (
    <div className={styles.report}>
      <Figures all={all} />
      <Part title={t('alert.report.byHour')}>
        <div className={styles.plots}>
          <Drawn title={t('alert.report.byHour')} caption={t('alert.report.raised')} spec={plots.raisedByHour} />
          <Drawn
            title={t('alert.report.answeredByHour')}
            caption={t('alert.report.toAnswer')}
            spec={plots.answeredByHour}
          />
        </div>
        <Behind>
          <CountTable
            {...{ label: t('alert.report.byHour'), head: t('alert.report.hour') }}
            rows={byHour.filter(({ raised }) => raised > 0)}
            nameOf={({ hour }) => `${hourName(hour)}:00`}
            orderOf={({ hour }) => hour}
          />
        </Behind>
      </Part>
      <Part title={t('alert.report.bySeverity')}>
        <div className={styles.plots}>
          <Drawn
            title={t('alert.report.bySeverity')}
            caption={t('alert.report.raised')}
            spec={plots.raisedBySeverity}
          />
          <Drawn
            title={t('alert.report.answeredBySeverity')}
            caption={t('alert.report.toAnswer')}
            spec={plots.answeredBySeverity}
          />
        </div>
        <CountTable
          {...{ label: t('alert.report.bySeverity'), head: t('alert.severityLabel'), rows: bySeverity }}
          nameOf={({ severity }) => <SeverityMark severity={severity} />}
          orderOf={({ severity }) => GRAVITY[severity]}
        />
      </Part>
      <Part title={t('alert.report.byKind')}>
        <CountTable
          {...{ label: t('alert.report.byKind'), head: t('alert.kindLabel'), rows: byKind }}
          nameOf={({ kind }) => t(`alert.kind.${kind}`)}
          orderOf={({ kind }) => t(`alert.kind.${kind}`)}
        />
      </Part>
      <Part title={t('alert.report.byPerson')}>
        <PersonTable rows={byPerson} />
      </Part>
      <Part title={t('alert.report.waits')} hint={t('alert.report.waitsHint')}>
        <div className={styles.plots}>
          <Drawn title={t('alert.report.waits')} caption={t('alert.report.level')} spec={plots.waits} />
          <Drawn
            title={t('alert.report.waitsByHour')}
            caption={t('alert.report.arrivalHour')}
            spec={plots.waitsByHour}
          />
        </div>
        <WaitTable rows={waits} />
      </Part>
      <Part title={t('alert.report.arrivals')}>
        <div className={styles.plots}>
          <Drawn title={t('alert.report.arrivals')} caption={t('alert.report.arrived')} spec={plots.arrivals} />
        </div>
        <Behind>
          <ArrivalTable rows={arrivals.filter(({ arrived }) => arrived > 0)} />
        </Behind>
      </Part>
    </div>
  )
}

function useReportPlots(report: AlertAnalytics) {
  const { t } = useTranslation()
  return useMemo(
    () =>
      plotsOf(report, {
        raised: t('alert.report.raised'),
        arrived: t('alert.report.arrived'),
        median: t('alert.report.medianShort'),
        p90: t('alert.report.p90'),
        severity: (severity) => t(`alert.severity.${severity}`),
        urgency: (urgency) => t(`urgency.${urgency}`),
      }),
    [report, t],
  )
}

function Drawn({ title, caption, spec }: { title: string; caption: string; spec: PlotSpec }) {
  const { t } = useTranslation()
  const most = peakOf(spec)
  return (
    <figure className={styles.figure}>
      <figcaption>{caption}</figcaption>
      <Plot
        label={most ? t('alert.report.drawn', { title, most }) : t('alert.report.nothing', { title })}
        spec={spec}
      />
    </figure>
  )
}

function Behind({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('alert.report.numbers')}</summary>
      {children}
    </details>
  )
}

function Figures({ all }: { all: Counted }) {
  const { t } = useTranslation()
  const figures = [
    [t('alert.report.raised'), String(all.raised)],
    [t('alert.report.escalated'), String(all.escalated)],
    [t('alert.report.unanswered'), String(all.unanswered)],
    [t('alert.report.median'), timeOf(all.toAcknowledge.median)],
    [t('alert.report.p90'), timeOf(all.toAcknowledge.p90)],
  ] as const
  return (
    <dl className={styles.figures}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const timeOf = (seconds: number | null): string => (seconds === null ? '–' : clockText(seconds))

type CountProps<R> = {
  label: string
  head: string
  rows: readonly R[]
  nameOf: (row: R) => ReactNode
  orderOf: (row: R) => string | number
}

function CountTable<R extends Counted>({ label, head, rows, nameOf, orderOf }: CountProps<R>) {
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

function PersonTable({ rows }: { rows: readonly Person[] }) {
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

function WaitTable({ rows }: { rows: readonly Wait[] }) {
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

function ArrivalTable({ rows }: { rows: readonly Arrivals[] }) {
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
