import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { cancelAppointment, moveAppointment } from '../appointments/commands.tsx'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { languageName } from '../setup/places.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import { newTime } from './new-time.ts'
import styles from './PhoneListDialog.module.css'
import { tellPatient } from './phone-list.ts'

type Cell = { call: PhoneCall }

/** Whether and by whom they were told. */
export function ToldCell({ call }: Cell) {
  const { t } = useTranslation()
  const patient = usePatientOf(call)
  return (
    <div className={styles.tick}>
      <Tick call={call} label={t('phone.toldName', { name: patient ? listName(patient) : '…' })} />
      <ToldBy call={call} />
    </div>
  )
}

export function NameCell({ call }: Cell) {
  const patient = usePatientOf(call)
  return patient ? listName(patient) : '…'
}

export function PhonesCell({ call }: Cell) {
  const { t } = useTranslation()
  return <bdi dir="ltr">{usePatientOf(call)?.phones.join(', ') || t('phone.noPhone')}</bdi>
}

export function LanguageCell({ call }: Cell) {
  const language = usePatientOf(call)?.language
  return language ? languageName(language) : ''
}

export function ActionsCell({ call }: Cell) {
  const { t } = useTranslation()
  const appointment = useRecord('appointments', call.appointmentId)
  if (appointment?.status !== 'booked' && appointment?.status !== 'confirmed') return null
  return (
    <>
      <ActionButton size="compact-xs" mie="xs" run={() => moveAppointment(call.appointmentId)}>
        {t('appointment.action.move')}
      </ActionButton>
      <ActionButton size="compact-xs" run={() => cancelAppointment(call.appointmentId)}>
        {t('appointment.action.cancelShort')}
      </ActionButton>
    </>
  )
}

const usePatientOf = ({ appointmentId }: PhoneCall) => usePatient(useRecord('appointments', appointmentId)?.patientId)

/** Shows at once what was pressed, and then what the hub says. */
function Tick({ call, label }: { call: PhoneCall; label: string }) {
  const mayTell = useMay('appointment.rebook')
  const [pressed, setPressed] = useState<boolean | null>(null)
  const press = async (told: boolean) => {
    setPressed(told)
    try {
      await tellPatient(call, told)
    } finally {
      setPressed(null)
    }
  }
  return (
    <Checkbox
      checked={pressed ?? call.toldAt !== null}
      disabled={!mayTell}
      aria-label={label}
      onChange={(event) => void press(event.currentTarget.checked)}
    />
  )
}

function ToldBy({ call: { toldAt, toldById } }: { call: PhoneCall }) {
  const format = useFormat()
  const by = useRecord('users', toldById)
  if (!toldAt) return null
  return (
    <small className={styles.by}>
      {format.time(toldAt)} {by?.displayName}
    </small>
  )
}

export function KnownTimeCell({ call }: Cell) {
  const format = useFormat()
  const doctor = useRecord('doctors', call.doctorId)
  return (
    <>
      {format.dateAndTime(call.startsAt)}
      <small className={styles.doctor}>{doctor?.displayName}</small>
    </>
  )
}

export function NewTimeCell({ call }: Cell) {
  const { t } = useTranslation()
  const format = useFormat()
  const appointment = useRecord('appointments', call.appointmentId)
  const doctor = useRecord('doctors', appointment?.doctorId)
  const time = appointment && newTime(call, appointment)
  if (time === 'moved')
    return (
      <>
        {format.dateAndTime(appointment?.startsAt ?? '')}
        <small className={styles.doctor}>{doctor?.displayName}</small>
      </>
    )
  return (
    <>
      {time === 'none' && <span className={styles.none}>{t('phone.noneYet')}</span>}
      {time === 'over' && appointment && t(`appointment.status.${appointment.status}`)}
    </>
  )
}
