import { useTranslation } from 'react-i18next'
import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { useMinute } from '../live/clock.ts'
import { useWatchOver } from '../live/use-watch-over.ts'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import { openChart } from './commands.tsx'
import { openTriage, useIsTriageOpen, useTaken } from './open-triage.ts'
import { isScoredForAnother } from './scored-for.ts'
import styles from './VitalsStrip.module.css'
import { whenTaken } from './when-taken.ts'

/**
 * One line of the last look at a patient, live: score, temperature, pulse; the chart behind it. Opened by hand (P5).
 * `level`: with the level that was given then, where the visit's own is not beside it.
 */
export function VitalsStrip({ visit, level = false }: { visit: Visit; level?: boolean }) {
  const { t } = useTranslation()
  useWatchOver(visit.patientId)
  const open = useIsTriageOpen(visit)
  const taken = useTaken(visit)
  const patient = usePatient(visit.patientId)
  const last = taken.at(-1)
  if (!open && !last) {
    return (
      <div className={styles.strip}>
        <ActionButton run={() => openTriage(visit)}>{t('triage.showEarlier')}</ActionButton>
      </div>
    )
  }
  if (!last) return <p className="soft">{t('triage.noneTaken')}</p>
  const chart = async () => {
    await openTriage(visit)
    void openChart(visit)
  }
  return (
    <div className={styles.strip}>
      <div>
        {level && <UrgencyMark urgency={last.level} />}
        <Words record={last} />
        {isScoredForAnother(last, patient) && <p className={styles.warn}>{t('triage.scoredForAnother')}</p>}
      </div>
      <ActionButton run={chart}>{t('triage.chart')}</ActionButton>
    </div>
  )
}

function Words({ record }: { record: TriageRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useMinute()
  const { risk, temperatureTenths, pulse, respiration, spo2, systolic, diastolic } = record
  const { score } = risk
  const parts = [
    score &&
      (score.total === null
        ? t('triage.atLeast', { count: score.atLeast })
        : t('triage.total', { count: score.total })),
    temperatureTenths !== null && `${t('triage.short.temperatureTenths')} ${(temperatureTenths / 10).toFixed(1)}`,
    pulse !== null && `${t('triage.short.pulse')} ${pulse}`,
    respiration !== null && `${t('triage.short.respiration')} ${respiration}`,
    spo2 !== null && `${t('triage.short.spo2')} ${spo2} %`,
    systolic !== null && `${t('triage.short.systolic')} ${systolic}/${diastolic ?? '–'}`,
  ].filter((part) => typeof part === 'string')
  return (
    <p className={styles.words} data-alert={risk.alert ?? undefined}>
      {parts.map((part) => (
        <bdi key={part}>{part}</bdi>
      ))}
      <span className="soft">{whenTaken(record, now, format)}</span>
    </p>
  )
}
