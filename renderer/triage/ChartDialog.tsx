import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { usePatient } from '../patients/use-patient.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { PatientBanner } from '../ui/PatientBanner.tsx'
import { EmptyState } from '../ui/states.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './Chart.module.css'
import { CHARTED, type Charted, plotOf } from './chart.ts'
import { shown } from './fields.ts'
import { useTaken } from './open-triage.ts'
import { RiskPanel } from './RiskPanel.tsx'
import { isScoredForAnother } from './scored-for.ts'
import { usePacks } from './use-packs.ts'

/** What was taken of one patient, live, with the bands drawn, and the numbers behind it. */
export function ChartDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation()
  const patient = usePatient(visit.patientId)
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
  const { t } = useTranslation()
  const { installed = [] } = usePacks(clinicId)
  const charted = CHARTED.filter((vital) => taken.some((record) => record[vital] !== null))
  return (
    <div className={styles.charts}>
      {charted.map((vital) => (
        <figure key={vital} className={styles.chart}>
          <figcaption>
            {vital === 'systolic' ? t('triage.pressures') : t(`triage.vital.${vital}`)}{' '}
            <span className="soft">{t(`triage.unit.${vital}`)}</span>
          </figcaption>
          <Lines vital={vital} taken={taken} plot={plotOf(vital, taken, installed)} />
        </figure>
      ))}
    </div>
  )
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [320, 140, 34, 18]

function Lines({
  vital,
  taken,
  plot,
}: {
  vital: Charted
  taken: readonly TriageRecord[]
  plot: ReturnType<typeof plotOf>
}) {
  const format = useFormat()
  const { low, high, shades } = plot
  const times = taken.map((record) => Date.parse(record.takenAt))
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0]
  const x = (at: number) => LEFT + 8 + (last === first ? 0.5 : (at - first) / (last - first)) * (WIDTH - LEFT - 16)
  const y = (value: number) => 4 + ((high - value) / (high - low)) * (HEIGHT - BOTTOM - 8)
  const line = (of: (record: TriageRecord) => number | null) =>
    taken.flatMap((record) => {
      const value = of(record)
      return value === null ? [] : [{ x: x(Date.parse(record.takenAt)), y: y(value), id: record.id }]
    })
  const lines =
    vital === 'systolic' ? [line((one) => one.systolic), line((one) => one.diastolic)] : [line((one) => one[vital])]
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {shades.map((shade) => (
        <rect
          key={`${shade.from} ${shade.to}`}
          className={styles.shade}
          data-weight={shade.weight}
          x={LEFT}
          width={WIDTH - LEFT}
          y={y(shade.to)}
          height={Math.max(0, y(shade.from) - y(shade.to))}
        />
      ))}
      {[low, high].map((value) => (
        <text
          key={value}
          className={styles.tick}
          x={LEFT - 4}
          y={value === low ? HEIGHT - BOTTOM : 12}
          textAnchor="end"
        >
          {shown(vital, value)}
        </text>
      ))}
      <text className={styles.tick} x={LEFT} y={HEIGHT - 3}>
        {format.time(first)}
      </text>
      {last !== first && (
        <text className={styles.tick} x={WIDTH} y={HEIGHT - 3} textAnchor="end">
          {format.time(last)}
        </text>
      )}
      {lines.map((points, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the upper and the lower pressure
        <g key={index} className={styles.line} data-lower={index > 0 || undefined}>
          <polyline points={points.map((point) => `${point.x},${point.y}`).join(' ')} fill="none" />
          {points.map((point) => (
            <circle key={point.id} cx={point.x} cy={point.y} r="2.500" />
          ))}
        </g>
      ))}
    </svg>
  )
}

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
