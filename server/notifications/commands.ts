import type { Doctor } from '../../contract/doctors.ts'
import type {
  Notification,
  NotificationKind,
  NotificationParameters,
  NotificationPreferences,
} from '../../contract/notifications.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandVersion, getRecord } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import type { SqlReader } from '../db/sql.ts'
import { getOwn, preferencesOf, unreadOf } from './queries.ts'

export type News = {
  clinicId: string
  kind: NotificationKind
  visitId?: string | null
  parameters?: NotificationParameters
}

/**
 * S3: tells somebody, in the commit of what they are told about. Nobody is told of their own doing, nor who has no user,
 * may not sign in, or does not work in that clinic.
 */
export function notify(w: W, userId: string | null | undefined, news: News): void {
  if (!userId || userId === w.actor.userId || !worksThere(w, userId, news.clinicId)) return
  const { clinicId, kind, visitId = null, parameters = {} } = news
  const notification = w.insert('notifications', {
    ...{ id: newId(), userId, clinicId, kind, visitId, parameters },
    at: w.now,
    readAt: null,
    version: 1,
  })
  w.record('new_notification', { clinicIds: [clinicId], userIds: [userId] }, { notifications: [notification] })
}

/** Who works in a clinic in the first of these roles that anybody there has. */
export function firstGroup(sql: SqlReader, clinicId: string, roles: readonly Role[]): string[] {
  const staff = sql.all<{ id: string; roles: string }>`
    select id, roles from users where active = 1 and instr(clinicIds, ${clinicId}) > 0`
  const groups = roles.map((role) => staff.filter((one) => one.roles.includes(`"${role}"`)))
  return groups.find((group) => group.length > 0)?.map(({ id }) => id) ?? []
}

/** Tells the doctor whose list or hours it is. */
export function notifyDoctor(w: W, doctorId: string | null, news: Omit<News, 'clinicId'>): void {
  if (!doctorId) return
  const { userId, clinicId } = getRecord(w.sql, 'doctors', doctorId)
  notify(w, userId, { ...news, clinicId })
}

function worksThere(w: W, userId: string, clinicId: string): boolean {
  const user = w.sql.find('users', userId)
  return user?.active === true && user.clinicIds.includes(clinicId)
}

/** What a person has seen to is read: once is enough, and it is theirs alone. */
export function markRead(w: W<Person>, id: string): Notification {
  w.audit({ noun: 'notifications', recordId: id })
  const current = getOwn(w.sql, w.actor.userId, id)
  if (current.readAt) return current
  const notification = read(w, current)
  const scope = { clinicIds: [notification.clinicId], userIds: [notification.userId] }
  w.record('notification_read', scope, { notifications: [notification] })
  return notification
}

/** `upTo`: what came in after the newest that they saw stays unread. */
export function markAllRead(w: W<Person>, upTo: string | undefined): Notification[] {
  const { userId } = w.actor
  const seen = unreadOf(w.sql, userId).filter((one) => upTo === undefined || one.id <= upTo)
  w.audit({ noun: 'users', recordId: userId, detail: { count: seen.length } })
  return readTogether(w, userId, seen)
}

export function readTogether(w: W, userId: string, unread: readonly Notification[]): Notification[] {
  const notifications = unread.map((one) => read(w, one))
  if (notifications.length > 0)
    w.record('all_notifications_read', { clinicIds: [], userIds: [userId] }, { notifications })
  return notifications
}

/** They are kept by person and found by person: hence not by `w.update`, which looks for the id alone. */
export function read(w: W, current: Notification): Notification {
  const { id, userId } = current
  const next = { ...current, readAt: w.now, version: current.version + 1 }
  w.sql.run`update notifications set readAt = ${next.readAt}, version = ${next.version}
    where userId = ${userId} and id = ${id}`
  return next
}

type Choice = Pick<NotificationPreferences, 'version'> & {
  levels?: NotificationPreferences['levels'] | undefined
  alertLevels?: NotificationPreferences['alertLevels'] | undefined
}

export function setPreferences(w: W<Person>, { version, ...chosen }: Choice): NotificationPreferences {
  const { userId } = w.actor
  w.audit({ noun: 'notificationPreferences', recordId: userId })
  const current = preferencesOf(w.sql, userId)
  demandVersion(current, version)
  const { levels = current.levels, alertLevels = current.alertLevels } = chosen
  const next = { id: userId, levels, alertLevels, version: version + 1 }
  const stored = w.sql.find('notificationPreferences', userId)
  const preferences = stored ? w.update('notificationPreferences', next) : w.insert('notificationPreferences', next)
  const scope = { clinicIds: [], userIds: [userId] }
  w.record('notification_preferences_updated', scope, { notificationPreferences: [preferences] })
  return preferences
}

/** Schedule and leave, to the doctor whose hours they are. */
export function notifyHours(
  w: W,
  doctor: Doctor,
  kind: NotificationKind,
  parameters: NotificationParameters = {},
): void {
  notify(w, doctor.userId, { clinicId: doctor.clinicId, kind, parameters: { doctorId: doctor.id, ...parameters } })
}
