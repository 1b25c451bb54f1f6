import type { Bed } from '../../contract/beds.ts'
import type { Visit } from '../../contract/visits.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { bedOfVisit } from './queries.ts'
import { type BedPair, saveBed } from './step.ts'

/** P4: the visit that goes on has the bed; a second one is to be cleaned, for they are one patient (S2). */
export function moveBed(w: W, ends: Visit, goes: Visit): BedPair[] {
  const before = bedOfVisit(w.sql, ends.id)
  if (!before) return []
  const change = bedOfVisit(w.sql, goes.id) ? ({ status: 'cleaning', visitId: null } as const) : { visitId: goes.id }
  return [{ before, after: saveBed(w, before, change) }]
}

/** Back to the visit that had it, unless somebody has changed it since. */
export function returnBed(w: W, { before, after }: BedPair): Bed[] {
  const current = getRecord(w.sql, 'beds', before.id)
  const isAsLeft = current.status === after.status && current.visitId === after.visitId && current.since === after.since
  if (!isAsLeft || (before.visitId && bedOfVisit(w.sql, before.visitId))) return []
  const { status, visitId, since } = before
  return [w.update('beds', { ...current, status, visitId, since, version: current.version + 1 })]
}
