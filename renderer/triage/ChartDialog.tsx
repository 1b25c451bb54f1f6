import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RulePack } from '../../contract/rule-packs.ts'
import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { useRecord } from '../live/store.ts'
import { useWatchOver } from '../live/use-watch-over.ts'
import { usePatient } from '../patients/use-patient.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import { Plot } from '../ui/Plot.tsx'
import { EmptyState } from '../ui/states.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './Chart.module.css'
import { CHARTED, type Charted, specOf } from './chart.ts'
import { shown } from './fields.ts'
import { useTaken } from './open-triage.ts'
import { RiskPanel } from './RiskPanel.tsx'
import { isScoredForAnother } from './scored-for.ts'
import { usePacks } from './use-packs.ts'

/** What was taken of one patient, live, with the bands drawn, and the numbers behind it. */
export function ChartDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
  useWatchOver(visit.patientId)
  const taken = useTaken(visit)
  const last = taken.at(-1)
  return (
    <Dialog
      title={t('triage.chart')}
      size="huge"
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <PatientBanner patient={patient} label={visit.label} />
      {last ? (
        <>
          {isScoredForAnother(last, patient) && <p className={styles.warn}>{t('triage.scoredForAnother')}</p>}
          <RiskPanel risk={last.risk} missing={[]} />
          <Charts taken={taken} clinicId={visit.clinicId} />
          <TakenTable taken={taken} />
        </>
      ) : (
        <EmptyState title={t('triage.noneTaken')} />
      )}
    </Dialog>
  )
}

function Charts({ taken, clinicId }: { taken: readonly TriageRecord[]; clinicId: string }) {
  const { installed } = usePacks(clinicId)
  const charted = CHARTED.filter((vital) => taken.some((record) => record[vital] !== null))
  return (
    <div className={styles.charts}>
      {charted.map((vital) => (
        <Chart key={vital} {...{ vital, taken, installed, clinicId }} />
      ))}
    </div>
  )
}

type ChartProps = {
  vital: Charted
  taken: readonly TriageRecord[]
  installed: readonly RulePack[] | undefined
  clinicId: string
}

function Chart({ vital, taken, installed = NONE, clinicId }: ChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const timeZone = useRecord('clinics', clinicId)?.timeZone ?? 'UTC'
  const spec = useMemo(
    () => specOf(vital, taken, installed, { format, timeZone, nameOf: (one) => t(`triage.short.${one}`) }),
    [vital, taken, installed, format, timeZone, t],
  )
  const name = vital === 'systolic' ? t('triage.pressures') : t(`triage.vital.${vital}`)
  const values = taken.flatMap((record) => record[vital] ?? [])
  const [last, least, most] = [values.at(-1) ?? 0, Math.min(...values), Math.max(...values)]
  const said = { name, count: values.length, last: shown(vital, last) }
  return (
    <figure className={styles.chart}>
      <figcaption>
        {name} <span className="soft">{t(`triage.unit.${vital}`)}</span>
      </figcaption>
      <Plot
        label={t('triage.plotted', { ...said, least: shown(vital, least), most: shown(vital, most) })}
        spec={spec}
        height={168}
      />
    </figure>
  )
}

const NONE: readonly RulePack[] = []

const COLUMNS = [
  'respiration',
  'spo2',
  'systolic',
  'diastolic',
  'pulse',
  'temperatureTenths',
  'pain',
  'glucoseTenths',
] as const

function TakenTable({ taken }: { taken: readonly TriageRecord[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="unseen">{t('triage.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('triage.when')}</th>
            <th scope="col">{t('triage.score')}</th>
            {COLUMNS.map((vital) => (
              <th key={vital} scope="col">
                {t(`triage.short.${vital}`)}
              </th>
            ))}
            <th scope="col">{t('triage.vital.oxygen')}</th>
            <th scope="col">{t('triage.short.consciousness')}</th>
            <th scope="col">{t('triage.level')}</th>
          </tr>
        </thead>
        <tbody>
          {taken.toReversed().map((record) => (
            <tr key={record.id}>
              <th scope="row">{format.dateAndTime(record.takenAt)}</th>
              <td>{scoreOf(record)}</td>
              {COLUMNS.map((vital) => (
                <td key={vital}>{record[vital] === null ? '' : shown(vital, record[vital])}</td>
              ))}
              <td>{record.oxygen && t(`triage.oxygen.${record.oxygen}`)}</td>
              <td>{record.consciousness}</td>
              <td>
                <UrgencyMark urgency={record.level} />
                {record.loweredReason && <span className="soft small"> {record.loweredReason}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const scoreOf = ({ risk: { score } }: TriageRecord): string =>
  score ? (score.total === null ? `≥ ${score.atLeast}` : String(score.total)) : ''
