import { Refusal } from '../../contract/errors.ts'
import type { RatingGiven } from '../../contract/public.ts'
import type { Visit } from '../../contract/visits.ts'
import type { W } from '../db/door.ts'
import { hasRated } from './queries.ts'

/**
 * S5: once a visit, by whoever holds its ticket or its appointment's slip. The first one stays: a second tap, or a second
 * phone, changes nothing.
 *
 * @throws Refusal `illegal_transition` before the visit is over
 */
export function rateVisit(w: W, visit: Visit, { stars, words }: RatingGiven): void {
  w.audit({ noun: 'visits', recordId: visit.id })
  if (visit.status !== 'completed' && visit.status !== 'awaiting_payment')
    throw new Refusal('illegal_transition', { from: visit.status, to: 'rated' })
  if (hasRated(w.sql, visit.id)) return
  const { id, clinicId, doctorId, day } = visit
  w.sql.run`insert into ratings (visitId, clinicId, doctorId, day, at, stars, words)
    values (${id}, ${clinicId}, ${doctorId}, ${day}, ${w.now}, ${stars}, ${JSON.stringify([...new Set(words)])})`
}
