import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { useDoctorRoom } from '../doctors/use-room.ts'
import { useClinicId } from '../live/clinic.ts'
import { useRecord } from '../live/store.ts'
import { titleOf } from './words.ts'

/** Where help is needed: the room, else reception; of another clinic its name. */
export function usePlace({ visitId, clinicId }: Pick<Alert, 'visitId' | 'clinicId'>): string {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const doctor = useRecord('doctors', visit?.doctorId)
  const doctorRoom = useDoctorRoom(doctor)
  const room = useRecord('rooms', visit?.roomId) ?? doctorRoom
  const elsewhere = useRecord('clinics', clinicId)?.name
  if (clinicId !== useClinicId() && elsewhere) return elsewhere
  if (!room) return t('alert.reception')
  // "2" is not a place; "Treatment" is.
  return /^\d/.test(room.publicLabel) ? t('alert.room', { label: room.publicLabel }) : room.publicLabel
}

/** L3: what every screen says. */
export function useCall(alert: Alert): string {
  const { t } = useTranslation()
  const place = usePlace(alert)
  if (alert.ticket) return t('alert.help', { ticket: alert.ticket, place })
  return alert.note ? t('alert.noticeWith', { what: titleOf(alert), note: alert.note }) : titleOf(alert)
}
