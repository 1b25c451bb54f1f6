import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Patient } from '../../contract/patients.ts'
import { api } from '../live/api.ts'
import { useToday } from '../live/clinic.ts'
import { useBusy } from '../live/perform.ts'
import { adopt, useRecord, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useAge, useFormat } from '../ui/format.ts'
import { bannerName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import choices from '../visits/VisitDialogs.module.css'
import { MERGE_KEY, mergePatients } from './commands.tsx'
import styles from './MergeDialog.module.css'
import { PatientPicker } from './PatientPicker.tsx'

type Props = { patientId: string; otherId: string | null; onClose: () => void }

/** P4: two records of one person, side by side; whoever does it says which one goes on. */
export function MergeDialog({ patientId, otherId, onClose }: Props) {
  const { t } = useTranslation()
  const busy = useBusy(MERGE_KEY)
  const [other, setOther] = useState(otherId)
  const [winnerId, setWinnerId] = useState(patientId)
  const [openVisits, setOpenVisits] = useState<readonly string[]>([])
  const [continueVisitId, setContinueVisitId] = useState<string | null>(null)
  const [answered, setAnswered] = useState<readonly string[]>([])
  const one = useRecord('patients', patientId)
  const two = useRecord('patients', other)
  const [winner, loser] = winnerId === patientId ? [one, two] : [two, one]
  const same = other === patientId
  const ready = winner && loser && !same && (openVisits.length === 0 || continueVisitId)
  const send = async () => {
    if (!ready || busy) return
    const continueVisitIds = continueVisitId ? [...answered, continueVisitId] : answered
    // One question for each clinic and day in which both are here.
    const askNext = (visitIds: readonly string[]) => {
      setAnswered(continueVisitIds)
      setContinueVisitId(null)
      setOpenVisits(visitIds)
    }
    if (await mergePatients({ winner, loser, continueVisitIds }, askNext)) onClose()
  }
  return (
    <Dialog
      title={t('merge.title')}
      size="large"
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" color="red.8" disabled={!ready} loading={busy}>
            {winner && loser ? t('merge.verb', { loser: loser.number, name: bannerName(winner) }) : t('merge.verbBare')}
          </Button>
        </>
      }
    >
      <p>{t('merge.text')}</p>
      {!other && <PatientPicker label={t('merge.other')} value={null} onChange={setOther} autoFocus />}
      {same && <p role="alert">{t('merge.same')}</p>}
      {one && two && !same && (
        <>
          <SideBySide one={one} two={two} winnerId={winnerId} onWinner={setWinnerId} />
          <div>
            <Button size="compact-xs" onClick={() => setOther(null)}>
              {t('patient.picker.other')}
            </Button>
          </div>
        </>
      )}
      {openVisits.length > 0 && (
        <OpenVisits visitIds={openVisits} value={continueVisitId} onChange={setContinueVisitId} />
      )}
    </Dialog>
  )
}

type SideProps = { one: Patient; two: Patient; winnerId: string; onWinner: (id: string) => void }

function SideBySide({ one, two, winnerId, onWinner }: SideProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const ages = { [one.id]: useAge(one, today), [two.id]: useAge(two, today) }
  const rows: [string, (patient: Patient) => string][] = [
    [t('merge.number'), (patient) => patient.number],
    [
      t('patient.field.bornShort'),
      (patient) =>
        patient.birthDate && !patient.birthDateEstimated
          ? `${format.day(patient.birthDate)} (${ages[patient.id]})`
          : (ages[patient.id] ?? ''),
    ],
    [t('patient.field.sex'), (patient) => t(`patient.sex.${patient.sex}`)],
    [t('patient.field.phones'), (patient) => patient.phones.join(', ')],
    [t('patient.field.address'), (patient) => patient.address],
    [t('patient.field.identifiers'), (patient) => patient.identifiers.map((each) => each.value).join(', ')],
    [t('patient.field.note'), (patient) => patient.note],
  ]
  return (
    <table className={`${sheet.table} ${styles.sides}`}>
      <thead>
        <tr>
          <td />
          {[one, two].map((patient) => (
            <th key={patient.id} scope="col">
              <label className={styles.winner}>
                <input
                  type="radio"
                  name="winner"
                  checked={winnerId === patient.id}
                  onChange={() => onWinner(patient.id)}
                />
                <span>
                  <strong>{bannerName(patient)}</strong>
                  <br />
                  {t(winnerId === patient.id ? 'merge.goesOn' : 'merge.pointsThere')}
                </span>
              </label>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, shown]) => {
          const [left, right] = [shown(one), shown(two)]
          return (
            <tr key={name} data-differs={left !== right || undefined}>
              <th scope="row">{name}</th>
              <td>{left}</td>
              <td>{right}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type OpenProps = { visitIds: readonly string[]; value: string | null; onChange: (visitId: string) => void }

/** Both are here: one visit goes on, the other ends. */
function OpenVisits({ visitIds, value, onChange }: OpenProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const read = useCallback(
    async (signal: AbortSignal) => {
      const answers = await Promise.all(visitIds.map((id) => api.visits.get({ params: { id } }, { signal })))
      adopt({ visits: answers.map((answer) => answer.visit) })
      return true
    },
    [visitIds],
  )
  const { data, failed, again } = useRead(read)
  const visits = useRecords('visits')
  if (failed) return <FailedState text={failed} onRetry={again} />
  if (!data) return <SkeletonRows rows={2} />
  return (
    <div className={choices.warning} role="alert">
      <p>
        <strong>{t('merge.bothHere')}</strong>
      </p>
      <div className={choices.choices} role="radiogroup" aria-label={t('merge.bothHere')}>
        {visitIds.map((id) => {
          const visit = visits[id]
          if (!visit) return null
          return (
            // biome-ignore lint/a11y/useSemanticElements: two large choices with what tells them apart
            <button
              key={id}
              type="button"
              role="radio"
              aria-checked={value === id}
              className={choices.choice}
              onClick={() => onChange(id)}
            >
              <span>
                {visit.ticket} · {t(`visit.status.${visit.status}`)} ·{' '}
                {t('slip.arrived', { when: format.time(visit.arrivedAt) })}
              </span>
            </button>
          )
        })}
      </div>
    </div>
  )
}
