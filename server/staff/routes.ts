import type { StaffStatus } from '../../contract/users.ts'
import type { Person } from '../auth/person.ts'
import { demandClinic } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { api } from '../http/api.ts'

const { staff } = api

export const staffRoutes = {
  list: staff.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return listStaff(context.read, input.query.clinicId)
  }),
  setMyStatus: staff.setMyStatus.handler(({ input, context }) => context.write((w) => setStatus(w, input.body.status))),
}

export function listStaff(sql: SqlReader, clinicId: string) {
  const within = fromRows(
    'users',
    sql.all`select users.* from users, json_each(users.clinicIds) as of where of.value = ${clinicId} order by displayName, id`,
  )
  const ids = new Set(within.map((user) => user.id))
  return {
    users: within,
    staff: fromRows('staff', sql.all`select * from staff`).filter((row) => ids.has(row.id)),
    presence: fromRows('presence', sql.all`select * from presence`).filter((row) => ids.has(row.id)),
  }
}

/** S1 */
export function setStatus(w: W<Person>, status: StaffStatus['status']): StaffStatus {
  const { userId, clinicIds, doctorId } = w.actor
  const current = w.sql.find('staff', userId)
  if (current?.status === status) return current
  const next = { id: userId, status, since: w.now, version: (current?.version ?? 0) + 1 }
  if (current) w.update('staff', next)
  else w.insert('staff', next)
  w.record('staff_status_changed', { clinicIds, doctorIds: [doctorId] }, { staff: [next] })
  return next
}
