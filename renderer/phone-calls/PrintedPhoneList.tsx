import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { loadPatients } from '../appointments/PrintedDay.tsx'
import { useClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { failureText } from '../live/perform.ts'
import { HubAway, Refused } from '../live/refused.ts'
import { findRecord, useRecords } from '../live/store.ts'
import { languageName } from '../setup/places.ts'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import { printNow } from '../ui/print-now.ts'
import { toast } from '../ui/toasts.ts'
import '../ui/print.css'
import { inARow } from '../ui/direction.ts'
import { newTime } from './new-time.ts'

type Props = { title: string | undefined; calls: readonly PhoneCall[]; onDone: () => void }

/** The list on paper, for whoever phones from another desk: drawn when everybody on it is known, printed, and gone. */
export function PrintedPhoneList({ title, calls, onDone }: Props) {
  const [ready, setReady] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was there when it was asked for
  useEffect(() => {
    const appointments = calls.flatMap((call) => findRecord('appointments', call.appointmentId) ?? [])
    loadPatients(appointments).then(
      () => setReady(true),
      (error: unknown) => {
        onDone()
        if (!(error instanceof Refused || error instanceof HubAway)) throw error
        toast({ tone: 'problem', text: failureText(error) })
      },
    )
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is drawn
  useEffect(() => {
    if (!ready) return
    window.addEventListener('afterprint', onDone, { once: true })
    printNow('page')
    return () => window.removeEventListener('afterprint', onDone)
  }, [ready])
  return ready ? createPortal(<Paper title={title} calls={calls} />, document.body) : null
}

function Paper({ title, calls }: Omit<Props, 'onDone'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  return (
    <section className="anteroom-print" data-paper="page">
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
    </section>
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
