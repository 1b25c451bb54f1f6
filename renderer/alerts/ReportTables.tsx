import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { Plot } from '../ui/Plot.tsx'
import { type PlotSpec, peakOf } from '../ui/plot-options.ts'
import { Part } from '../ui/Sheet.tsx'
import styles from './Alerts.module.css'
import { GRAVITY } from './alert-state.ts'
import { ArrivalTable, CountTable, PersonTable, timeOf, WaitTable } from './CountTables.tsx'
import { hourName, plotsOf } from './report-plots.ts'
import { SeverityMark } from './SeverityMark.tsx'

type PartProps = { report: AlertAnalytics; plots: ReturnType<typeof useReportPlots> }

/** L5: each number in a table; what has a shape is drawn above it. */
export function ReportTables({ report }: { report: AlertAnalytics }) {
  const { t } = useTranslation()
  const plots = useReportPlots(report)
  return (
    <div className={styles.report}>
      <Figures all={report.all} />
      <ByHour report={report} plots={plots} />
      <BySeverity report={report} plots={plots} />
      <Part title={t('alert.report.byKind')}>
        <CountTable
          {...{ label: t('alert.report.byKind'), head: t('alert.kindLabel'), rows: report.byKind }}
          nameOf={({ kind }) => t(`alert.kind.${kind}`)}
          orderOf={({ kind }) => t(`alert.kind.${kind}`)}
        />
      </Part>
      <Part title={t('alert.report.byPerson')}>
        <PersonTable rows={report.byPerson} />
      </Part>
      <Waits report={report} plots={plots} />
      <ArrivalsPart report={report} plots={plots} />
    </div>
  )
}

function ByHour({ report, plots }: PartProps) {
  const { t } = useTranslation()
  return (
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
          rows={report.byHour.filter(({ raised }) => raised > 0)}
          nameOf={({ hour }) => `${hourName(hour)}:00`}
          orderOf={({ hour }) => hour}
        />
      </Behind>
    </Part>
  )
}

function BySeverity({ report, plots }: PartProps) {
  const { t } = useTranslation()
  return (
    <Part title={t('alert.report.bySeverity')}>
      <div className={styles.plots}>
        <Drawn title={t('alert.report.bySeverity')} caption={t('alert.report.raised')} spec={plots.raisedBySeverity} />
        <Drawn
          title={t('alert.report.answeredBySeverity')}
          caption={t('alert.report.toAnswer')}
          spec={plots.answeredBySeverity}
        />
      </div>
      <CountTable
        {...{ label: t('alert.report.bySeverity'), head: t('alert.severityLabel'), rows: report.bySeverity }}
        nameOf={({ severity }) => <SeverityMark severity={severity} />}
        orderOf={({ severity }) => GRAVITY[severity]}
      />
    </Part>
  )
}

function Waits({ report, plots }: PartProps) {
  const { t } = useTranslation()
  return (
    <Part title={t('alert.report.waits')} hint={t('alert.report.waitsHint')}>
      <div className={styles.plots}>
        <Drawn title={t('alert.report.waits')} caption={t('alert.report.level')} spec={plots.waits} />
        <Drawn title={t('alert.report.waitsByHour')} caption={t('alert.report.arrivalHour')} spec={plots.waitsByHour} />
      </div>
      <WaitTable rows={report.waits} />
    </Part>
  )
}

function ArrivalsPart({ report, plots }: PartProps) {
  const { t } = useTranslation()
  return (
    <Part title={t('alert.report.arrivals')}>
      <div className={styles.plots}>
        <Drawn title={t('alert.report.arrivals')} caption={t('alert.report.arrived')} spec={plots.arrivals} />
      </div>
      <Behind>
        <ArrivalTable rows={report.arrivals.filter(({ arrived }) => arrived > 0)} />
      </Behind>
    </Part>
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

function Figures({ all }: { all: AlertAnalytics['all'] }) {
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
