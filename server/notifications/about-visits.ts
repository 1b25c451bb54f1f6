import type { NotificationKind } from '../../contract/notifications.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Visit } from '../../contract/visits.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { firstGroup, type News, notify, notifyDoctor, read } from './commands.ts'

/** S3: somebody is in my list who was not before; of a pool, every doctor who draws from it and is not off duty. */
export function notifyArrival(w: W, visit: Visit, from: Visit | null = null): void {
  const { doctorId, poolId } = visit
  const fromDoctorId = from?.doctorId ?? undefined
  const news: Omit<News, 'clinicId'> = {
    kind: from ? 'transfer' : 'check_in',
    visitId: visit.id,
    parameters: { ...aboutVisit(visit), ...(fromDoctorId ? { fromDoctorId } : {}) },
  }
  if (doctorId) notifyDoctor(w, doctorId, news)
  else if (poolId) for (const id of onDuty(w.sql, poolId)) notifyDoctor(w, id, news)
}

/**
 * What follows from a visit's step: the till hears who comes to pay, and what is over is no news any more: who was called
 * or has gone elsewhere is not waited for, who has paid is not due.
 */
export function followVisitWithNews(w: W, before: Visit, visit: Visit): void {
  const waits = visit.status === 'waiting' || visit.status === 'in_triage'
  const moved = before.doctorId !== visit.doctorId || before.poolId !== visit.poolId
  if (moved || (before.status !== visit.status && !waits)) isOver(w, visit.id, ARRIVALS)
  if (before.status === visit.status) return
  if (before.status === 'in_consultation' && waits && visit.appointmentId !== before.appointmentId)
    notifyArrival(w, visit, before)
  if (before.status === 'awaiting_payment') isOver(w, visit.id, PAYMENTS)
  if (visit.status === 'awaiting_payment') notifyTill(w, visit)
}

const ARRIVALS: readonly NotificationKind[] = ['check_in', 'transfer']
const PAYMENTS: readonly NotificationKind[] = ['payment_due']

/** The cashiers of the clinic; where it has none, whoever else takes the money there. */
function notifyTill(w: W, visit: Visit): void {
  const { doctorId } = visit
  const parameters = { ...aboutVisit(visit), ...(doctorId ? { doctorId } : {}) }
  for (const id of firstGroup(w.sql, visit.clinicId, TILL))
    notify(w, id, { clinicId: visit.clinicId, kind: 'payment_due', visitId: visit.id, parameters })
}

const TILL: readonly Role[] = ['cashier', 'receptionist', 'administrator']

/** Each person's own event: what is read is told to nobody else. */
function isOver(w: W, visitId: string, kinds: readonly NotificationKind[]): void {
  const rows = w.sql.all`select * from notifications where visitId = ${visitId} and readAt is null`
  for (const current of fromRows('notifications', rows)) {
    if (!kinds.includes(current.kind)) continue
    const { userId, clinicId } = current
    w.record('notification_read', { clinicIds: [clinicId], userIds: [userId] }, { notifications: [read(w, current)] })
  }
}

function onDuty(sql: SqlReader, poolId: string): string[] {
  return getRecord(sql, 'pools', poolId).doctorIds.filter((id) => {
    const { userId } = getRecord(sql, 'doctors', id)
    const staff = userId ? sql.get<{ status: string }>`select status from staff where id = ${userId}` : undefined
    return staff !== undefined && staff.status !== 'off_duty'
  })
}

const aboutVisit = ({ ticket, patientId }: Visit) => ({ ticket, ...(patientId ? { patientId } : {}) })
