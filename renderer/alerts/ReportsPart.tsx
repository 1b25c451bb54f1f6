import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertAnalytics } from '../../contract/alerts.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { api } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './Alerts.module.css'
import { ReportTables } from './ReportTables.tsx'
import { csvOf, saveFile } from './report-csv.ts'

/** How many days it begins with. */
const DAYS = 7

/** L5: alerts and triage of some days, in numbers, drawn and to take along. */
export function ReportsPart() {
  const { t } = useTranslation()
  const today = useToday()
  const [span, setSpan] = useState<{ from: string | null; to: string | null }>()
  const to = span?.to ?? today
  const from = span?.from ?? (to ? addDays(to, 1 - DAYS) : '')
  const { data, failed, again } = useAnalytics(from, to)
  const choose = (part: { from: string | null } | { to: string | null }) => setSpan({ from, to, ...part })
  return (
    <>
      <div className={styles.filters}>
        <DayInput size="xs" label={t('alert.from')} value={from || null} onChange={(day) => choose({ from: day })} />
        <DayInput size="xs" label={t('alert.to')} value={to || null} onChange={(day) => choose({ to: day })} />
        {data && <ActionButton run={() => download(data)}>{t('alert.report.csv')}</ActionButton>}
      </div>
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : data ? (
        <ReportTables report={data} />
      ) : (
        <SkeletonRows rows={12} />
      )}
    </>
  )
}

const download = (report: AlertAnalytics) => saveFile(`alerts-${report.from}-${report.to}.csv`, csvOf(report))

function useAnalytics(from: string, to: string) {
  const clinicId = useClinicId()
  const read = useCallback(
    async (signal: AbortSignal) =>
      from && to ? api.alerts.analytics({ query: { clinicId, from, to } }, { signal }) : undefined,
    [clinicId, from, to],
  )
  return useRead(read)
}
