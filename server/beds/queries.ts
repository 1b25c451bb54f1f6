import type { Bed } from '../../contract/beds.ts'
import type { Visit } from '../../contract/visits.ts'
import { fromRow, fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

export function listBeds(sql: SqlReader, clinicId: string): Bed[] {
  return fromRows('beds', sql.all`select * from beds where clinicId = ${clinicId} order by label, id`)
}

export function bedOfVisit(sql: SqlReader, visitId: string): Bed | undefined {
  const row = sql.get`select * from beds where visitId = ${visitId}`
  return row ? fromRow('beds', row) : undefined
}

/** S2: also by another visit, that was left open on an earlier day. */
export function bedOfPatient(sql: SqlReader, { id, clinicId, patientId }: Visit): Bed | undefined {
  const row = sql.get`
    select b.* from beds b join visits v on v.id = b.visitId
    where b.clinicId = ${clinicId} and (b.visitId = ${id} or v.patientId = ${patientId})`
  return row ? fromRow('beds', row) : undefined
}

/** Who did what was done with a bed last, by name. */
export function lastHandOn(sql: SqlReader, bedId: string): string {
  const row = sql.get<{ displayName: string }>`
    select u.displayName from bedSteps s join users u on u.id = s.actorId
    where s.bedId = ${bedId} and s.undone = 0 order by s.at desc, s.id desc limit 1`
  return row?.displayName ?? ''
}
