import type { Bed } from '../../contract/beds.ts'
import type { W } from '../db/door.ts'
import { newId } from '../db/new-id.ts'

export type BedPair = { before: Bed; after: Bed }

/** Changes a bed; its clock starts anew with a new status. The caller announces it. */
export function saveBed(w: W, current: Bed, change: Partial<Bed>): Bed {
  const since = change.status && change.status !== current.status ? w.now : current.since
  return w.update('beds', { ...current, since, ...change, version: current.version + 1 })
}

/** Who lay where and when stays on file; `pairs` is what undo puts back, a move's two beds together. */
export function keepBedStep(w: W, bed: Bed, step: string, pairs: readonly BedPair[]): void {
  const kept = pairs.map(({ before, after }) => ({ before, version: after.version }))
  w.sql.run`insert into bedSteps (id, bedId, step, "to", visitId, at, actorId, kept, undone)
    values (${newId()}, ${bed.id}, ${step}, ${bed.status}, ${bed.visitId}, ${w.now}, ${w.actor.userId},
      ${JSON.stringify(kept)}, 0)`
}
