import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { useRecord } from '../live/store.ts'
import { BarChart } from '../ui/BarChart.tsx'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './Alerts.module.css'
import { clockText } from './Running.tsx'
import { SeverityMark } from './SeverityMark.tsx'

type Counted = AlertAnalytics['all']
type Hour = { hour: number; count: number }

/** L5: each number in a table; what has a shape is drawn above it. */
export function ReportTables({ report }: { report: AlertAnalytics }) {
  const { t } = useTranslation()
  const { all, byKind, bySeverity, byPerson, byHour, waits, arrivals } = report
  return (
    <div className={styles.report}>
      <dl className={styles.figures}>
        <Figure label={t('alert.report.raised')} value={String(all.raised)} />
        <Figure label={t('alert.report.escalated')} value={String(all.escalated)} />
        <Figure label={t('alert.report.unanswered')} value={String(all.unanswered)} />
        <Figure label={t('alert.report.median')} value={timeOf(all.toAcknowledge.median)} />
        <Figure label={t('alert.report.p90')} value={timeOf(all.toAcknowledge.p90)} />
      </dl>
      <Part title={t('alert.report.byHour')}>
        <Hours
          title={t('alert.report.byHour')}
          what={t('alert.report.raised')}
          hours={byHour.map(({ hour, raised }) => ({ hour, count: raised }))}
        />
      </Part>
      <Part title={t('alert.report.bySeverity')}>
        <CountTable
          label={t('alert.report.bySeverity')}
          head={t('alert.severityLabel')}
          rows={bySeverity.map(({ severity, ...counted }) => ({
            key: severity,
            name: <SeverityMark severity={severity} />,
            counted,
          }))}
        />
      </Part>
      <Part title={t('alert.report.byKind')}>
        <CountTable
          label={t('alert.report.byKind')}
          head={t('alert.kindLabel')}
          rows={byKind.map(({ kind, ...counted }) => ({ key: kind, name: t(`alert.kind.${kind}`), counted }))}
        />
      </Part>
      <Part title={t('alert.report.byPerson')}>
        <PersonTable rows={byPerson} />
      </Part>
      <Part title={t('alert.report.waits')} hint={t('alert.report.waitsHint')}>
        <WaitTable rows={waits} />
      </Part>
      <Part title={t('alert.report.arrivals')}>
        <Hours
          title={t('alert.report.arrivals')}
          what={t('alert.report.arrived')}
          hours={arrivals.map(({ hour, arrived }) => ({ hour, count: arrived }))}
        />
      </Part>
    </div>
  )
}

const timeOf = (seconds: number | null): string => (seconds === null ? '–' : clockText(seconds))

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Hours({ title, what, hours }: { title: string; what: string; hours: readonly Hour[] }) {
  const { t } = useTranslation()
  const name = (hour: number) => String(hour).padStart(2, '0')
  return (
    <>
      <BarChart
        title={title}
        skip={1}
        bars={hours.map(({ hour, count }) => ({
          label: name(hour),
          value: count,
          words: `${name(hour)}:00 ${what}: ${count}`,
        }))}
      />
      <details>
        <summary>{t('alert.report.numbers')}</summary>
        <table className={sheet.table}>
          <thead>
            <tr>
              <th scope="col">{t('alert.report.hour')}</th>
              <th scope="col" className={sheet.end}>
                {what}
              </th>
            </tr>
          </thead>
          <tbody>
            {hours
              .filter(({ count }) => count > 0)
              .map(({ hour, count }) => (
                <tr key={hour}>
                  <th scope="row">{name(hour)}:00</th>
                  <td className={sheet.end}>{count}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

type CountRow = { key: string; name: ReactNode; counted: Counted }

function CountTable({ label, head, rows }: { label: string; head: string; rows: readonly CountRow[] }) {
  const { t } = useTranslation()
  return (
    <Numbers
      label={label}
      head={[
        head,
        t('alert.report.raised'),
        t('alert.report.escalated'),
        t('alert.report.unanswered'),
        t('alert.report.median'),
        t('alert.report.p90'),
      ]}
      rows={rows.map(({ key, name, counted }) => ({
        key,
        name,
        cells: [
          String(counted.raised),
          String(counted.escalated),
          String(counted.unanswered),
          timeOf(counted.toAcknowledge.median),
          timeOf(counted.toAcknowledge.p90),
        ],
      }))}
    />
  )
}

function PersonTable({ rows }: { rows: AlertAnalytics['byPerson'] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return <p className="soft">{t('alert.report.nobody')}</p>
  return (
    <Numbers
      label={t('alert.report.byPerson')}
      head={[t('alert.person'), t('alert.report.answered'), t('alert.report.median'), t('alert.report.p90')]}
      rows={rows.map(({ userId, answered, toAcknowledge }) => ({
        key: userId,
        name: <PersonName id={userId} />,
        cells: [String(answered), timeOf(toAcknowledge.median), timeOf(toAcknowledge.p90)],
      }))}
    />
  )
}

function PersonName({ id }: { id: string }) {
  return useRecord('users', id)?.displayName ?? '–'
}

function WaitTable({ rows }: { rows: AlertAnalytics['waits'] }) {
  const { t } = useTranslation()
  return (
    <Numbers
      label={t('alert.report.waits')}
      head={[
        t('alert.report.level'),
        t('alert.report.arrived'),
        t('alert.report.looked'),
        t('alert.report.called'),
        t('alert.report.medianWait'),
        t('alert.report.p90'),
      ]}
      rows={rows.map(({ urgency, arrived, looked, toCall }) => ({
        key: urgency,
        name: <UrgencyMark urgency={urgency} />,
        cells: [String(arrived), String(looked), String(toCall.count), timeOf(toCall.median), timeOf(toCall.p90)],
      }))}
    />
  )
}

type NumberRow = { key: string; name: ReactNode; cells: readonly string[] }

function Numbers({ label, head, rows }: { label: string; head: readonly string[]; rows: readonly NumberRow[] }) {
  return (
    <table className={`${sheet.table} ${styles.numbers}`} aria-label={label}>
      <thead>
        <tr>
          {head.map((name, index) => (
            <th key={name} scope="col" className={index > 0 ? sheet.end : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {cells.map((cell, index) => (
              <td key={head[index + 1]} className={sheet.end}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
