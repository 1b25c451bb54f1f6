import type { W } from '../db/door.ts'
import type { Answer } from './answer.ts'
import { type About, changesOf } from './queries.ts'

/** Keeps what has changed of a clinic's estimates, and announces that alone. */
export function keepWaits(w: W, about: About, answer: Answer): void {
  w.sql.run`delete from waits where clinicId = ${about.clinicId} and day < ${about.day}`
  const changes = changesOf(w.sql, about, answer)
  for (const wait of changes.waits) {
    if (wait.version === 1) w.insert('waits', wait)
    else w.update('waits', wait)
  }
  for (const forecast of changes.forecasts) {
    if (forecast.version === 1) w.insert('forecasts', forecast)
    else w.update('forecasts', forecast)
  }
  w.record('waits_updated', { clinicIds: [about.clinicId] }, changes)
}
