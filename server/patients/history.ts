import { paged } from '../db/paging.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'
import { livingRecord } from './commands.ts'

type MergeRow = {
  id: string
  loserId: string
  loserNumber: string
  at: string
  actorId: string
  undoneAt: string | null
}

/** The visits and merges of a patient, newest first. */
export function patientHistory(
  sql: SqlReader,
  id: string,
  { limit, cursor = '~' }: { limit: number; cursor?: string | undefined },
) {
  const patient = livingRecord(sql, id)
  const rows = sql.all`
    select * from visits where patientId = ${patient.id} and day || id < ${cursor} order by day desc, id desc limit ${limit + 1}`
  const merges = sql.all<MergeRow>`
    select m.id, m.loserId, p.number as loserNumber, m.at, m.actorId, m.undoneAt
    from merges m join patients p on p.id = m.loserId where m.winnerId = ${patient.id} order by m.at desc`
  const page = paged(fromRows('visits', rows), limit, (visit) => visit.day + visit.id)
  return { visits: page.items, merges, cursor: page.cursor }
}
