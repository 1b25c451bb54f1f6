import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import type { Person } from '../auth/person.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

/** What a chart holds. */
const NEWEST = 100

/** What the person's own clinics took of a visit's patient, newest first; of somebody nobody knows, in this visit (T0). */
export function takenOf(sql: SqlReader, visit: Visit, { clinicIds }: Person): TriageRecord[] {
  const mine = JSON.stringify(clinicIds)
  const rows = visit.patientId
    ? sql.all`select * from triageRecords where patientId = ${visit.patientId}
        and clinicId in (select value from json_each(${mine})) order by takenAt desc, id desc limit ${NEWEST}`
    : sql.all`select * from triageRecords where visitId = ${visit.id} order by takenAt desc, id desc limit ${NEWEST}`
  return fromRows('triageRecords', rows)
}

/** All that was taken in a visit, and in those that joined it since (P4), oldest first. */
export function takenInVisit(sql: SqlReader, visit: Visit): TriageRecord[] {
  const rows = sql.all`
    select * from triageRecords where visitId in (select ${visit.id} union all
      select id from visits where mergedIntoId = ${visit.id} and patientId = ${visit.patientId})
    order by takenAt, id`
  return fromRows('triageRecords', rows)
}
