import { useTranslation } from 'react-i18next'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { loadPatients } from '../appointments/PrintedDay.tsx'
import { useClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { findRecord, useRecords } from '../live/store.ts'
import { languageName } from '../setup/places.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { OnPaper } from '../ui/OnPaper.tsx'
import { listName } from '../ui/patient-name.ts'
import { newTime } from './new-time.ts'

type Props = { title: string | undefined; calls: readonly PhoneCall[]; onDone: () => void }

/** The list on paper, for whoever phones from another desk. */
export function PrintedPhoneList({ onDone, ...paper }: Props) {
  const load = () => loadPatients(paper.calls.flatMap((call) => findRecord('appointments', call.appointmentId) ?? []))
  return (
    <OnPaper load={load} onDone={onDone}>
      <Paper {...paper} />
    </OnPaper>
  )
}

function Paper({ title, calls }: Omit<Props, 'onDone'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  return (
    <>
      <h1>{title ?? t('phone.title')}</h1>
      <p>{inARow([clinic?.name, t('day.printed', { when: format.dateAndTime(new Date(hubNow()).toISOString()) })])}</p>
      <table>
        <thead>
          <tr>
            <th>{t('patient.one')}</th>
            <th>{t('patient.field.phone')}</th>
            <th>{t('phone.language')}</th>
            <th>{t('phone.known')}</th>
            <th>{t('phone.now')}</th>
            <th>{t('phone.told')}</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <PaperRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function PaperRow({ call }: { call: PhoneCall }) {
  const { t } = useTranslation()
  const format = useFormat()
  const appointment = useRecords('appointments')[call.appointmentId]
  const patient = useRecords('patients')[appointment?.patientId ?? '']
  const doctors = useRecords('doctors')
  if (!appointment) return null
  const now = {
    moved: inARow([format.dateAndTime(appointment.startsAt), doctors[appointment.doctorId]?.displayName], ' '),
    none: t('phone.noneYet'),
    over: t(`appointment.status.${appointment.status}`),
  }[newTime(call, appointment)]
  return (
    <tr>
      <td>
        {patient ? listName(patient) : ''} <small>{patient?.number}</small>
      </td>
      <td>
        <bdi dir="ltr">{patient?.phones.join(', ')}</bdi>
      </td>
      <td>{patient?.language ? languageName(patient.language) : ''}</td>
      <td>
        {format.dateAndTime(call.startsAt)} {doctors[call.doctorId]?.displayName}
      </td>
      <td>{now}</td>
      <td>{call.toldAt ? format.time(call.toldAt) : ''}</td>
    </tr>
  )
}
