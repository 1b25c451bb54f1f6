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

type Topic = PatientTopic | NoticeTopic
type Raising = { scope: AlertScope; severity: Severity; visitId: string | null; topic: Topic; note: string }
type PartProps = { raising: Raising; change: (part: Partial<Raising>) => void }

/** L1: a person asks for help: with a patient, in this clinic, or everywhere. */
export function RaiseDialog({ visitId, onClose }: { visitId: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(RAISE_KEY)
  const { raising, change, nobody, leave, send } = useRaising(visitId, onClose)
  const { scope, severity, note } = raising
  const ofPatient = scope === 'patient'
  return (
    <FormDialog
      title={t('alert.raise')}
      verb={t('alert.raiseVerb')}
      busy={busy}
      onSubmit={() => void send()}
      onClose={leave}
    >
      <ScopeChoice raising={raising} change={change} />
      {ofPatient && <PatientField raising={raising} change={change} nobody={nobody} focused={!visitId} />}
      <TopicField raising={raising} change={change} />
      <SeverityChoice raising={raising} change={change} />
      <TextInput
        label={t('alert.note')}
        description={ofPatient ? t('alert.noteOfPatient') : t('alert.noteToAll')}
        maxLength={200}
        value={note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        autoComplete="off"
      />
      <p className="soft">{t(`alert.goesTo.${severity === 'critical' && ofPatient ? 'climbs' : scope}`)}</p>
    </FormDialog>
  )
}

function useRaising(begun: string | null, onClose: () => void) {
  const clinicId = useClinicId()
  const first: Raising = { scope: 'patient', severity: 'critical', visitId: begun, topic: 'worse', note: '' }
  const [raising, setRaising] = useState(first)
  const [asked, setAsked] = useState(false)
  const change = (part: Partial<Raising>) => setRaising((before) => ({ ...before, ...part }))
  const nobody = raising.scope === 'patient' && !raising.visitId
  const leave = () => {
    settle(RAISE_KEY)
    onClose()
  }
  const send = async () => {
    setAsked(true)
    if (nobody) return
    const visitId = raising.scope === 'patient' ? raising.visitId : null
    if (await raise({ clinicId, ...raising, visitId })) leave()
  }
  return { raising, change, nobody: asked && nobody, leave, send }
}

function ScopeChoice({ raising, change }: PartProps) {
  const { t } = useTranslation()
  const choose = (value: string) => {
    const scope = SCOPES.find((each) => each === value) ?? 'patient'
    change({ scope, topic: scope === 'patient' ? 'worse' : 'help' })
  }
  return (
    <SegmentedControl
      aria-label={t('alert.scopeLabel')}
      value={raising.scope}
      onChange={choose}
      data={SCOPES.map((value) => ({ value, label: t(`alert.scope.${value}`) }))}
    />
  )
}

function PatientField({ raising, change, nobody, focused }: PartProps & { nobody: boolean; focused: boolean }) {
  const { t } = useTranslation()
  const visits = useVisitChoices(useClinicId())
  return (
    <Select
      label={t('alert.patient')}
      data={visits}
      value={raising.visitId}
      onChange={(visitId) => change({ visitId })}
      searchable
      nothingFoundMessage={t('alert.nobodyMeant')}
      error={nobody ? t('alert.patientNeeded') : undefined}
      data-autofocus={focused || undefined}
    />
  )
}

function TopicField({ raising: { scope, topic }, change }: PartProps) {
  const { t } = useTranslation()
  const topics: { value: Topic; label: string }[] =
    scope === 'patient'
      ? OF_A_PATIENT.map((value) => ({ value, label: t(`alert.topic.${value}`) }))
      : OF_A_PLACE.map((value) => ({ value, label: t(`alert.notice.${value}`) }))
  return (
    <Select
      label={t('alert.topicLabel')}
      data={topics}
      value={topic}
      onChange={(value) => change({ topic: topics.find((each) => each.value === value)?.value ?? topic })}
      allowDeselect={false}
    />
  )
}

function SeverityChoice({ raising: { severity }, change }: PartProps) {
  const { t } = useTranslation()
  return (
    <div>
      <span className={styles.fieldLabel} id="alert-severity">
        {t('alert.severityLabel')}
      </span>
      <SegmentedControl
        fullWidth
        aria-labelledby="alert-severity"
        value={severity}
        onChange={(value) => change({ severity: SEVERITIES.find((each) => each === value) ?? severity })}
        data={SEVERITIES.map((value) => ({ value, label: t(`alert.severity.${value}`) }))}
      />
    </div>
  )
}

/** Who is here, by ticket and name. */
function useVisitChoices(clinicId: string) {
  const visits = useRecords('visits')
  return Object.values(visits)
    .filter((visit) => visit.clinicId === clinicId && isOpen(visit.status))
    .sort((one, other) => one.ticket.localeCompare(other.ticket))
    .map((visit) => ({ value: visit.id, label: `${visit.ticket}  ${visitName(visit)}` }))
}
