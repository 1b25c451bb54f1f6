import type { FollowUp } from '../../contract/follow-ups.ts'
import { fromRows } from '../db/records.ts'
import type { SqlReader } from '../db/sql.ts'

/** Reception's recall list, by day. Somebody nobody knows cannot be recalled, but is not forgotten either. */
export function openFollowUps(sql: SqlReader, clinicId: string): FollowUp[] {
  return fromRows(
    'followUps',
    sql.all`select * from followUps where clinicId = ${clinicId} and status = 'open' and withdrawn = 0 order by byDay, id`,
  )
}
