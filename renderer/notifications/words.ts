import type { Notification } from '../../contract/notifications.ts'
import { findRecord } from '../live/store.ts'
import { listed } from '../ui/direction.ts'
import type { Format } from '../ui/formats.ts'
import { t } from '../ui/i18n.ts'
import { listName } from '../ui/patient-name.ts'

type Said = {
  /** Tickets and times, never a name: it is also shown over a locked screen and on the desktop. */
  title: string
  /** Whom it is about, as far as this page knows them. */
  name: string
  /** From where, or when it was to be. */
  more: string
}

/** A notification in the reader's language; the names come from what the reader may see. */
export function wordsOf(notification: Notification, format: Format): Said {
  const { kind, parameters } = notification
  const patient = findRecord('patients', parameters.patientId)
  const said = { name: patient ? listName(patient) : '', more: '' }
  switch (kind) {
    case 'check_in':
    case 'payment_due':
      return { ...said, title: t(`notification.told.${kind}`, { ticket: parameters.ticket ?? '' }) }
    case 'transfer':
      return {
        ...said,
        title: t('notification.told.transfer', { ticket: parameters.ticket ?? '' }),
        more: fromWhom(notification),
      }
    case 'appointment_created':
    case 'appointment_cancelled':
      return { ...said, title: t(`notification.told.${kind}`, { when: when(parameters.startsAt, format) }) }
    case 'appointment_moved':
      return { ...said, ...movedWords(notification, format) }
    case 'appointments_rebooked':
      return { ...said, title: rebookedTitle(notification) }
    case 'doctor_left':
      return {
        ...said,
        title: t('notification.told.doctor_left', {
          name: doctorName(parameters.doctorId),
          what: t('notification.visits', { count: parameters.visits ?? 0 }),
        }),
      }
    case 'schedule_changed':
      return { ...said, title: t('notification.told.schedule_changed') }
    case 'leave_entered':
    case 'leave_withdrawn':
      return {
        ...said,
        title: t(`notification.told.${kind}`),
        more: t('common.span', { from: when(parameters.from, format), to: when(parameters.to, format) }),
      }
  }
}

const shortWhen = (at: string, format: Format) => `${format.shortDay(format.dayOfInstant(at))} ${format.time(at)}`

const when = (at: string | undefined, format: Format) => (at ? format.dateAndTime(at) : '')

const doctorName = (id: string | undefined) => findRecord('doctors', id)?.displayName ?? ''

function fromWhom({ parameters }: Notification): string {
  const name = doctorName(parameters.fromDoctorId)
  return name ? t('notification.from', { name }) : ''
}

/** To another time, away from the reader's list, or into it. */
function movedWords({ userId, parameters }: Notification, format: Format) {
  const { doctorId, fromDoctorId, startsAt, fromStart } = parameters
  const to = when(startsAt, format)
  if (doctorId === fromDoctorId)
    return {
      title: t('notification.told.appointment_moved', { when: to }),
      more: fromStart ? t('notification.was', { when: shortWhen(fromStart, format) }) : '',
    }
  const mine = findRecord('doctors', doctorId)?.userId === userId
  if (mine)
    return {
      title: t('notification.told.movedToMe', { when: to }),
      more: t('notification.from', { name: doctorName(fromDoctorId) }),
    }
  return {
    title: t('notification.told.movedAway', { when: when(fromStart, format) }),
    more: t('notification.to', { name: doctorName(doctorId), when: to }),
  }
}

function rebookedTitle({ parameters }: Notification): string {
  const { doctorId, fromDoctorId, undone = false, appointments = 0, visits = 0 } = parameters
  const what = listed([
    appointments > 0 && t('notification.appointments', { count: appointments }),
    visits > 0 && t('notification.visits', { count: visits }),
  ])
  const counted = what || t('notification.nothing')
  const mine = doctorId === fromDoctorId
  const name = doctorName(fromDoctorId)
  if (undone)
    return t(mine ? 'notification.told.rebookedMineUndone' : 'notification.told.rebookedUndone', {
      what: counted,
      name,
    })
  return t(mine ? 'notification.told.rebookedMine' : 'notification.told.rebooked', { what: counted, name })
}
