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
import sheet from '../ui/Sheet.module.css'
import { newTime } from './new-time.ts'
import styles from './PhoneListDialog.module.css'
import { tellPatient } from './phone-list.ts'

export function PhoneRow({ call }: { call: PhoneCall }) {
  const { t } = useTranslation()
  const appointment = useRecord('appointments', call.appointmentId)
  const patient = usePatient(appointment?.patientId)
  const name = patient ? listName(patient) : '…'
  const open = appointment?.status === 'booked' || appointment?.status === 'confirmed'
  return (
    <tr data-gone={call.toldAt ? true : undefined}>
      <td className={styles.tick}>
        <div>
          <Tick call={call} label={t('phone.toldName', { name })} />
          <ToldBy call={call} />
        </div>
      </td>
      <th scope="row">{name}</th>
      <td className={styles.phones} dir="ltr">
        {patient?.phones.join(', ') || t('phone.noPhone')}
      </td>
      <td>{patient?.language ? languageName(patient.language) : ''}</td>
      <KnownTime call={call} />
      <NewTime call={call} />
      <td className={`${sheet.fit} ${sheet.end}`}>
        {open && (
          <>
            <ActionButton size="compact-xs" mie="xs" run={() => moveAppointment(call.appointmentId)}>
              {t('appointment.action.move')}
            </ActionButton>
            <ActionButton size="compact-xs" run={() => cancelAppointment(call.appointmentId)}>
              {t('appointment.action.cancelShort')}
            </ActionButton>
          </>
        )}
      </td>
    </tr>
  )
}

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

function KnownTime({ call }: { call: PhoneCall }) {
  const format = useFormat()
  const doctor = useRecord('doctors', call.doctorId)
  return (
    <td className={sheet.fit}>
      {format.dateAndTime(call.startsAt)}
      <small className={styles.doctor}>{doctor?.displayName}</small>
    </td>
  )
}

function NewTime({ call }: { call: PhoneCall }) {
  const { t } = useTranslation()
  const format = useFormat()
  const appointment = useRecord('appointments', call.appointmentId)
  const doctor = useRecord('doctors', appointment?.doctorId)
  const time = appointment && newTime(call, appointment)
  if (time === 'moved')
    return (
      <td className={sheet.fit}>
        {format.dateAndTime(appointment?.startsAt ?? '')}
        <small className={styles.doctor}>{doctor?.displayName}</small>
      </td>
    )
  return (
    <td className={sheet.fit}>
      {time === 'none' && <span className={styles.none}>{t('phone.noneYet')}</span>}
      {time === 'over' && appointment && t(`appointment.status.${appointment.status}`)}
    </td>
  )
}
