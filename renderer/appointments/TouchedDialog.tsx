import { Button } from '@mantine/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../live/api.ts'
import { adopt, useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { usePatient } from '../patients/use-patient.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { cancelAppointment, moveAppointment } from './commands.tsx'

type Props = { title: string; appointmentIds: readonly string[]; onClose: () => void }

export function TouchedDialog({ title, appointmentIds, onClose }: Props) {
  const { t } = useTranslation()
  const read = useCallback(
    async (signal: AbortSignal) => {
      const appointments = await Promise.all(
        appointmentIds.map((id) => api.appointments.get({ params: { id } }, { signal })),
      )
      adopt({ appointments })
      return true
    },
    [appointmentIds],
  )
  const { data, failed, again } = useRead(read)
  return (
    <Dialog
      title={title}
      size="large"
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !data ? (
        <SkeletonRows rows={Math.min(appointmentIds.length, 8)} />
      ) : (
        <table className={sheet.table}>
          <tbody>
            {appointmentIds.map((id) => (
              <TouchedRow key={id} id={id} />
            ))}
          </tbody>
        </table>
      )}
      <p className="soft">{t('appointment.touchedHint')}</p>
    </Dialog>
  )
}

function TouchedRow({ id }: { id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const appointment = useRecord('appointments', id)
  const patient = usePatient(appointment?.patientId)
  if (!appointment) return null
  const open = (appointment.status === 'booked' || appointment.status === 'confirmed') && appointment.moves === 0
  return (
    <tr data-gone={open ? undefined : true}>
      <td className={sheet.fit}>{format.dateAndTime(appointment.startsAt)}</td>
      <th scope="row">{patient ? listName(patient) : '…'}</th>
      <td dir="ltr">{patient?.phones.join(', ')}</td>
      <td>{t(`appointment.status.${appointment.status}`)}</td>
      <td className={`${sheet.fit} ${sheet.end}`}>
        {appointment.status !== 'cancelled' && (
          <>
            <ActionButton size="compact-xs" mie="xs" run={() => moveAppointment(id)}>
              {t('appointment.action.move')}
            </ActionButton>
            <ActionButton size="compact-xs" run={() => cancelAppointment(id)}>
              {t('appointment.action.cancelShort')}
            </ActionButton>
          </>
        )}
      </td>
    </tr>
  )
}
