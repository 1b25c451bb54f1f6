import type {
  AlertLevels,
  Notification,
  NotificationKind,
  NotificationLevel,
  NotificationPreferences,
} from '../../contract/notifications.ts'
import { clinicDay } from '../../rules/clinic-day.ts'
import { openDoctorGone } from '../appointments/doctor-gone.tsx'
import { navigate } from '../frame/router.ts'
import { api } from '../live/api.ts'
import { chooseClinic, currentClinic, useClinicChoice } from '../live/clinic.ts'
import { perform } from '../live/perform.ts'
import { iMay } from '../live/permission.ts'
import { adopt, findRecord } from '../live/store.ts'
import { lookAt } from '../my-queue/selection.ts'
import { showVisit } from '../today/selection.ts'

/** Shows what it is about, and it is read. */
export function openNotification(notification: Notification) {
  void markRead(notification)
  const { clinicId } = notification
  if (useClinicChoice.getState().clinicId !== clinicId) chooseClinic(clinicId)
  show(notification)
}

function show({ kind, visitId, parameters }: Notification) {
  const { patientId } = parameters
  switch (kind) {
    case 'check_in':
    case 'transfer':
      if (!visitId || !findRecord('visits', visitId)) return patientId ? navigate(`/patients/${patientId}`) : undefined
      if (!iMay('visit.consult')) {
        showVisit(visitId)
        return navigate('/today')
      }
      lookAt(visitId)
      return navigate('/my-queue')
    case 'payment_due':
      return navigate(visitId && findRecord('visits', visitId) ? `/cash-desk/${visitId}` : '/cash-desk')
    case 'doctor_left':
      navigate('/today')
      return openDoctorGone(parameters.doctorId)
    default:
      return navigate(
        `/appointments${dayPath(parameters.startsAt ?? parameters.from)}${within(parameters.appointmentId)}`,
      )
  }
}

function dayPath(at: string | undefined): string {
  const clinic = currentClinic()
  return at && clinic ? `/${clinicDay(at, clinic.timeZone, clinic.settings.dayTurnover)}` : ''
}

const within = (appointmentId: string | undefined) => (appointmentId ? `/${appointmentId}` : '')

export async function markRead({ id, readAt }: Notification): Promise<void> {
  if (readAt) return
  const read = await perform({
    key: `notification.read.${id}`,
    run: (intent) => api.notifications.read({ params: { id } }, { context: { intent } }),
  })
  if (read) adopt({ notifications: [read] })
}

/** Those that are on the screen: what comes in meanwhile stays unread. */
export async function markAllRead(upTo: string): Promise<void> {
  const read = await perform({
    key: 'notification.readAll',
    run: (intent) => api.notifications.readAll({ body: { upTo } }, { context: { intent } }),
  })
  if (read) adopt({ notifications: read.items })
}

export async function chooseLevel(userId: string, kind: NotificationKind, level: NotificationLevel): Promise<void> {
  await choose(userId, ({ levels }) => ({ levels: { ...levels, [kind]: level } }))
}

/** L4: `critical` is not among them. */
export async function chooseAlertLevel(
  userId: string,
  { kind, severity }: { kind: keyof AlertLevels; severity: 'info' | 'warning' },
  level: NotificationLevel,
): Promise<void> {
  await choose(userId, ({ alertLevels }) => ({
    alertLevels: { ...alertLevels, [kind]: { ...alertLevels[kind], [severity]: level } },
  }))
}

type Choice = Partial<Pick<NotificationPreferences, 'levels' | 'alertLevels'>>

async function choose(userId: string, change: (current: NotificationPreferences) => Choice): Promise<void> {
  const current = findRecord('notificationPreferences', userId)
  if (!current) return
  const body = { version: current.version, ...change(current) }
  const chosen = await perform({
    key: 'notification.preferences',
    noun: 'notificationPreferences',
    run: (intent) => api.notifications.setPreferences({ body }, { context: { intent } }),
  })
  if (chosen) adopt({ notificationPreferences: [chosen] })
}
