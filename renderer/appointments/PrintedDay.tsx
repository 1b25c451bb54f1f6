import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import { api } from '../live/api.ts'
import { useClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { adopt, findRecord, useRecords } from '../live/store.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { OnPaper } from '../ui/OnPaper.tsx'
import { listName } from '../ui/patient-name.ts'
import type { DayFilter } from './use-day.ts'

type Props = { day: string; items: readonly Appointment[]; filter: DayFilter; onDone: () => void }

/** The day on paper, with phones and room to write, once everybody on it is known. */
export function PrintedDay({ onDone, ...paper }: Props) {
  return (
    <OnPaper load={() => loadPatients(paper.items)} onDone={onDone}>
      <Paper {...paper} />
    </OnPaper>
  )
}

/** Everybody on a list, also who is not in the store yet. */
export async function loadPatients(items: readonly Appointment[]) {
  const missing = [...new Set(items.map((item) => item.patientId))].filter((id) => !findRecord('patients', id))
  const patients = await Promise.all(missing.map((id) => api.patients.get({ params: { id } })))
  adopt({ patients })
}

function Paper({ day, items, filter }: Omit<Props, 'onDone'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  const patients = useRecords('patients')
  const doctors = useRecords('doctors')
  const services = useRecords('services')
  const whose = filter.doctorId ? doctors[filter.doctorId]?.displayName : undefined
  return (
    <>
      <h1>{inARow([format.dayWithWeekday(day), whose])}</h1>
      <p>
        {inARow([
          clinic?.name,
          t('day.count', { count: items.length }),
          t('day.printed', { when: format.dateAndTime(new Date(hubNow()).toISOString()) }),
        ])}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t('day.time')}</th>
            <th>{t('patient.one')}</th>
            <th>{t('patient.field.phone')}</th>
            {!whose && <th>{t('visit.doctor')}</th>}
            <th>{t('visit.service')}</th>
            <th>{t('common.state')}</th>
            <th>{t('day.reached')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const patient = patients[item.patientId]
            return (
              <tr key={item.id}>
                <td>{format.time(item.startsAt)}</td>
                <td>
                  {patient ? listName(patient) : ''} <small>{patient?.number}</small>
                </td>
                <td>
                  <bdi dir="ltr">{patient?.phones.join(', ')}</bdi>
                </td>
                {!whose && <td>{doctors[item.doctorId]?.displayName}</td>}
                <td>{services[item.serviceId]?.name}</td>
                <td>
                  {t(`appointment.status.${item.status}`)}
                  {item.overbooked ? ` (${t('day.overbooked')})` : ''}
                </td>
                <td />
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
