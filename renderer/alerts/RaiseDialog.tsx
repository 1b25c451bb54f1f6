import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertScope, NoticeTopic, PatientTopic } from '../../contract/alerts.ts'
import type { Severity } from '../../contract/severity.ts'
import { isOpen } from '../../rules/transitions.ts'
import { useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { useRecords } from '../live/store.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { visitName } from '../ui/patient-name.ts'
import styles from './Alerts.module.css'
import { RAISE_KEY, raise } from './commands.tsx'

const SCOPES: readonly AlertScope[] = ['patient', 'clinic', 'hospital']
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info']
const OF_A_PATIENT: readonly PatientTopic[] = ['worse', 'collapsed', 'fell', 'pain', 'distressed', 'help']
const OF_A_PLACE: readonly NoticeTopic[] = ['help', 'violence', 'fire', 'evacuation', 'equipment', 'news']

/** L1: a person asks for help: with a patient, in this clinic, or everywhere. */
export function RaiseDialog({ visitId: begun, onClose }: { visitId: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const busy = useBusy(RAISE_KEY)
  const visits = useVisitChoices(clinicId)
  const [scope, setScope] = useState<AlertScope>('patient')
  const [severity, setSeverity] = useState<Severity>('critical')
  const [visitId, setVisitId] = useState(begun)
  const [topic, setTopic] = useState<PatientTopic | NoticeTopic>('worse')
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const ofPatient = scope === 'patient'
  const topics: readonly (PatientTopic | NoticeTopic)[] = ofPatient ? OF_A_PATIENT : OF_A_PLACE
  const choose = (value: string) => {
    const next = SCOPES.find((each) => each === value) ?? 'patient'
    setScope(next)
    setTopic(next === 'patient' ? 'worse' : 'help')
  }
  const leave = () => {
    settle(RAISE_KEY)
    onClose()
  }
  const send = async () => {
    setAsked(true)
    if (ofPatient && !visitId) return
    if (await raise({ clinicId, scope, severity, topic, note, visitId: ofPatient ? visitId : null })) leave()
  }
  return (
    <FormDialog
      title={t('alert.raise')}
      verb={t('alert.raiseVerb')}
      busy={busy}
      onSubmit={() => void send()}
      onClose={leave}
    >
      <SegmentedControl
        aria-label={t('alert.scopeLabel')}
        value={scope}
        onChange={choose}
        data={SCOPES.map((value) => ({ value, label: t(`alert.scope.${value}`) }))}
      />
      {ofPatient && (
        <Select
          label={t('alert.patient')}
          data={visits}
          value={visitId}
          onChange={setVisitId}
          searchable
          nothingFoundMessage={t('alert.nobodyMeant')}
          error={asked && !visitId ? t('alert.patientNeeded') : undefined}
          data-autofocus={!begun || undefined}
        />
      )}
      <Select
        label={t('alert.topicLabel')}
        data={topics.map((value) => ({ value, label: wordsOf(value) }))}
        value={topic}
        onChange={(value) => setTopic(topics.find((each) => each === value) ?? topic)}
        allowDeselect={false}
      />
      <div>
        <span className={styles.fieldLabel} id="alert-severity">
          {t('alert.severityLabel')}
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby="alert-severity"
          value={severity}
          onChange={(value) => setSeverity(SEVERITIES.find((each) => each === value) ?? severity)}
          data={SEVERITIES.map((value) => ({ value, label: t(`alert.severity.${value}`) }))}
        />
      </div>
      <TextInput
        label={t('alert.note')}
        description={ofPatient ? t('alert.noteOfPatient') : t('alert.noteToAll')}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autoComplete="off"
      />
      <p className="soft">{t(`alert.goesTo.${severity === 'critical' && ofPatient ? 'climbs' : scope}`)}</p>
    </FormDialog>
  )

  function wordsOf(value: PatientTopic | NoticeTopic): string {
    const patient = OF_A_PATIENT.find((each) => each === value)
    if (ofPatient && patient) return t(`alert.topic.${patient}`)
    return t(`alert.notice.${OF_A_PLACE.find((each) => each === value) ?? 'help'}`)
  }
}

/** Who is here, by ticket and name. */
function useVisitChoices(clinicId: string) {
  const visits = useRecords('visits')
  return Object.values(visits)
    .filter((visit) => visit.clinicId === clinicId && isOpen(visit.status))
    .sort((one, other) => one.ticket.localeCompare(other.ticket))
    .map((visit) => ({ value: visit.id, label: `${visit.ticket}  ${visitName(visit)}` }))
}
