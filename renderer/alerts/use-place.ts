import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { bedName, useBedOf } from '../beds/bed-of.ts'
import { useClinicId } from '../live/clinic.ts'
import { useRecord } from '../live/store.ts'
import { titleOf } from './words.ts'

/**
 * Where help is needed: the patient's bed or room, by the name that staff have for it (S2); the waiting room for one who
 * waits, else reception; of another clinic its name.
 */
export function usePlace({ visitId, clinicId }: Pick<Alert, 'visitId' | 'clinicId'>): string {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const bed = useBedOf(visitId ?? '')
  const room = useRecord('rooms', visit?.roomId)
  const elsewhere = useRecord('clinics', clinicId)?.name
  if (clinicId !== useClinicId() && elsewhere) return elsewhere
  if (bed) return bedName(bed)
  if (!room)
    return t(
      visit && (visit.status === 'waiting' || visit.status === 'in_triage') ? 'alert.waitingRoom' : 'alert.reception',
    )
  // "2" is not a place; "Treatment room" is.
  return /^\p{N}+\p{L}?$/u.test(room.name) ? t('alert.room', { label: room.name }) : room.name
}

/** L3: what every screen says. */
export function useCall(alert: Alert): string {
  const { t } = useTranslation()
  const place = usePlace(alert)
  if (alert.ticket) return t('alert.help', { ticket: alert.ticket, place })
  return alert.note ? t('alert.noticeWith', { what: titleOf(alert), note: alert.note }) : titleOf(alert)
}
