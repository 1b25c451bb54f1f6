import type { Rating, RatingCount } from '../../contract/ratings.ts'
import type { SqlReader } from '../db/sql.ts'

type Row = Omit<Rating, 'words'> & { words: string }

export function hasRated(sql: SqlReader, visitId: string): boolean {
  return sql.get`select 1 from ratings where visitId = ${visitId}` !== undefined
}

/** The newest ratings of a clinic, and how many there are of each number of stars. */
export function listRatings(sql: SqlReader, { clinicId, limit }: { clinicId: string; limit: number }) {
  const items = sql.all<Row>`
    select visitId, doctorId, day, at, stars, words from ratings where clinicId = ${clinicId}
    order by at desc, visitId desc limit ${limit}`
  const counts = sql.all<RatingCount>`
    select stars, count(*) as count from ratings where clinicId = ${clinicId} group by stars order by stars desc`
  return { items: items.map((row) => ({ ...row, words: JSON.parse(row.words) as Rating['words'] })), counts }
}
