import type { Bed } from '../../contract/beds.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { bedOfPatient } from './queries.ts'

type Kept = { before: Bed; version: number }[]

/**
 * U4: takes back what was done with a bed last; of a move, both beds.
 *
 * @throws Refusal `nothing_to_undo` when a bed of it has changed since, or its patient lies elsewhere or has gone by now
 */
export function undoBed(w: W<Person>, id: string, version: number): Bed {
  const bed = getOwnVersion(w, 'beds', id, version)
  const last = w.sql.get<{ id: string; kept: string }>`
    select id, kept from bedSteps where bedId = ${id} and undone = 0 order by at desc, id desc limit 1`
  if (!last) throw new Refusal('nothing_to_undo')
  const kept = JSON.parse(last.kept) as Kept
  for (const { before, version } of kept)
    if (getRecord(w.sql, 'beds', before.id).version !== version) throw new Refusal('nothing_to_undo')
  // Whoever is to lie elsewhere again gets up first: the database knows one bed of a visit.
  const emptiest = kept.toSorted((a, b) => Number(a.before.visitId !== null) - Number(b.before.visitId !== null))
  const beds = emptiest.map(({ before }) => putBack(w, before))
  // A move is one step of each of its beds.
  const bedIds = JSON.stringify(beds.map((one) => one.id))
  w.sql.run`update bedSteps set undone = 1
    where bedId in (select value from json_each(${bedIds})) and kept = ${last.kept}`
  w.record('bed_updated', { clinicIds: [bed.clinicId] }, { beds })
  return beds.find((one) => one.id === id) ?? bed
}

function putBack(w: W, before: Bed): Bed {
  const current = getRecord(w.sql, 'beds', before.id)
  if (before.visitId) demandStillHere(w, before.id, getRecord(w.sql, 'visits', before.visitId))
  return w.update('beds', { ...before, version: current.version + 1 })
}

/** S2: nobody is put back into a bed who has gone, or lies in another one. */
function demandStillHere(w: W, bedId: string, visit: Visit): void {
  const bed = bedOfPatient(w.sql, visit)
  if (!isOpen(visit.status) || (bed && bed.id !== bedId)) throw new Refusal('nothing_to_undo')
}
