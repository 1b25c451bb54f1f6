import { Refusal } from '../../contract/errors.ts'
import type {
  AlertLevels,
  Notification,
  NotificationLevel,
  NotificationPreferences,
} from '../../contract/notifications.ts'
import type { Patient } from '../../contract/patients.ts'
import type { Person } from '../auth/person.ts'
import { paged } from '../db/paging.ts'
import { fromRow, fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

/** @throws Refusal `not_found`, also for somebody else's: they are nobody's business */
export function getOwn(sql: SqlReader, userId: string, id: string): Notification {
  const row = sql.get`select * from notifications where userId = ${userId} and id = ${id}`
  if (!row) throw new Refusal('not_found', { noun: 'notifications' })
  return fromRow('notifications', row)
}

/** Oldest first. */
export function unreadOf(sql: SqlReader, userId: string): Notification[] {
  return fromRows(
    'notifications',
    sql.all`select * from notifications where userId = ${userId} and readAt is null order by id`,
  )
}

type Page = { limit: number; cursor?: string | undefined }

export function listNotifications(sql: SqlReader, person: Person, { limit, cursor = LAST }: Page) {
  const rows = sql.all`
    select * from notifications where userId = ${person.userId} and id < ${cursor} order by id desc limit ${limit + 1}`
  const page = paged(fromRows('notifications', rows), limit, (last) => last.id)
  return { ...page, unread: countUnread(sql, person.userId), patients: patientsOf(sql, person, page.items) }
}

/** Behind every id. */
const LAST = 'g'

function countUnread(sql: SqlReader, userId: string): number {
  const row = sql.get<{ count: number }>`
    select count(*) as count from notifications where userId = ${userId} and readAt is null`
  return row?.count ?? 0
}

/** Whom they are about, of the clinics where the person works now. */
export function patientsOf(sql: SqlReader, person: Person, notifications: readonly Notification[]): Patient[] {
  const there = notifications.filter((one) => person.clinicIds.includes(one.clinicId))
  const ids = JSON.stringify([...new Set(there.flatMap(({ parameters }) => parameters.patientId ?? []))])
  return fromRows('patients', sql.all`select p.* from json_each(${ids}) i join patients p on p.id = i.value`)
}

/** What nobody has chosen yet. What a person waits for sounds; what fills the coming days is counted at the bell. */
const DEFAULTS = {
  appointment_created: 'silent',
  appointment_moved: 'pop_up',
  appointment_cancelled: 'pop_up',
  appointments_rebooked: 'pop_up',
  check_in: 'pop_up',
  transfer: 'sound',
  schedule_changed: 'pop_up',
  leave_entered: 'pop_up',
  leave_withdrawn: 'pop_up',
  payment_due: 'sound',
  doctor_left: 'sound',
} as const satisfies Record<Notification['kind'], NotificationLevel>

/** L4: what asks for somebody is heard, what only tells is not. */
const ALERT_DEFAULTS = {
  risk_score: { info: 'pop_up', warning: 'sound' },
  observation_overdue: { info: 'silent', warning: 'pop_up' },
  long_wait: { info: 'silent', warning: 'pop_up' },
  by_hand: { info: 'pop_up', warning: 'sound' },
} as const satisfies AlertLevels

export function preferencesOf(sql: SqlReader, userId: string): NotificationPreferences {
  const own = sql.find('notificationPreferences', userId)
  return own ?? { id: userId, levels: DEFAULTS, alertLevels: ALERT_DEFAULTS, version: 1 }
}
