import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

/** Everybody who works in a clinic, what they say of themselves, and whether they are connected (S1). */
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
