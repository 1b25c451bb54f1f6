import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { useRecord, useRecords } from '../live/store.ts'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { GRAVITY } from './alert-state.ts'
import { SeverityMark } from './SeverityMark.tsx'
import { StepsDialog } from './StepsDialog.tsx'
import { reasonWords, titleOf } from './words.ts'

/** `about`: the name of whom an alert is about, for whoever may know. */
type Props = { listed: readonly Alert[]; about: ReadonlyMap<string, string> }

/** L1: alerts of a page of the history as they are now; what happened to one is behind it. */
export function HistoryTable({ listed, about }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const known = useRecords('alerts')
  const users = useRecords('users')
  const alerts = useMemo(() => listed.map((alert) => known[alert.id] ?? alert), [listed, known])
  const raiserOf = ({ raisedById }: Alert) => users[raisedById ?? '']?.displayName ?? t('alert.byRule')
  const columns: DataColumn<Alert>[] = [
    {
      label: t('alert.raisedAt'),
      of: ({ raisedAt }) => format.dateAndTime(raisedAt),
      sortBy: ({ raisedAt }) => raisedAt,
      fit: true,
    },
    {
      label: t('alert.severityLabel'),
      of: ({ severity }) => <SeverityMark severity={severity} />,
      sortBy: ({ severity }) => GRAVITY[severity],
      fit: true,
    },
    { label: t('alert.about'), of: (alert) => <About alert={alert} name={about.get(alert.id)} />, sortBy: titleOf },
    { label: t('alert.raisedBy'), of: raiserOf, sortBy: raiserOf },
    {
      label: t('alert.answeredLabel'),
      of: (alert) => <Answered alert={alert} />,
      sortBy: ({ acknowledgedAt }) => acknowledgedAt,
    },
    { label: t('alert.outcome'), of: (alert) => <Outcome alert={alert} />, sortBy: ({ resolvedAt }) => resolvedAt },
  ]
  return <DataTable label={t('alert.tab.history')} rows={alerts} keyOf={({ id }) => id} columns={columns} paged />
}

type Of = { alert: Alert }

function About({ alert, name }: Of & { name: string | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const why = reasonWords(useRecord('alertReasons', alert.id), format)
  return (
    <>
      <button
        type="button"
        className={sheet.open}
        title={t('alert.steps')}
        onClick={() => openDialog((close) => <StepsDialog alert={alert} onClose={close} />)}
      >
        {titleOf(alert)}
      </button>
      {name && <bdi> {name}</bdi>}
      {why && <span className="soft"> · {why}</span>}
      {alert.note && <span className="soft"> · {alert.note}</span>}
    </>
  )
}

function Answered({ alert: { acknowledgedAt, acknowledgedById } }: Of) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useRecord('users', acknowledgedById)?.displayName ?? ''
  return acknowledgedAt ? t('alert.answeredBy', { name, time: format.time(acknowledgedAt) }) : t('alert.unanswered')
}

function Outcome({ alert }: Of) {
  const { t } = useTranslation()
  const format = useFormat()
  const outcome = useRecord('alertOutcomes', alert.id)
  const words = outcome
    ? t(`alert.outcomes.${outcome.outcome}`)
    : alert.resolvedAt
      ? t('alert.closedAt', { time: format.time(alert.resolvedAt) })
      : t('alert.stillOpen')
  return (
    <>
      {words}
      {outcome?.note && <span className="soft"> · {outcome.note}</span>}
    </>
  )
}
