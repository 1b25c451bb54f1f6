import type { Bed } from '../../contract/beds.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Visit } from '../../contract/visits.ts'
import { bedCanBecome } from '../../rules/beds.ts'
import { isOpen } from '../../rules/transitions.ts'
import { demand, demandClinic, getOwnVersion, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { demandNew, demandVersion, getRecord } from '../db/get.ts'
import { bedOfPatient, lastHandOn } from './queries.ts'
import { keepBedStep, saveBed } from './step.ts'

type Fields = Pick<Bed, 'roomId' | 'label' | 'active'>

export function addBed(w: W<Person>, fields: Fields & Pick<Bed, 'id' | 'clinicId'>): Bed {
  demandClinic(w.actor, fields.clinicId)
  demandNew(w.sql, 'beds', fields.id)
  demandPlace(w, fields.clinicId, fields)
  const bed = w.insert('beds', { ...fields, status: 'free', visitId: null, since: w.now, version: 1 })
  w.record('bed_updated', { clinicIds: [bed.clinicId] }, { beds: [bed] })
  return bed
}

/** A bed that somebody lies in stays in use; it may be pushed into another room. */
export function updateBed(w: W<Person>, id: string, { version, ...fields }: Fields & { version: number }): Bed {
  const current = getOwnVersion(w, 'beds', id, version)
  demandPlace(w, current.clinicId, fields, id)
  if (!fields.active && current.status === 'occupied') throw new Refusal('in_use', { by: 'patient_in_bed' })
  return announced(w, saveBed(w, current, fields))
}

/** Two beds of one room are told apart by their labels. */
function demandPlace(w: W, clinicId: string, { roomId, label, active }: Fields, id = ''): void {
  const room = getRecord(w.sql, 'rooms', roomId)
  if (room.clinicId !== clinicId || (active && !room.active)) throw new Refusal('not_found', { noun: 'rooms' })
  if (
    active &&
    w.sql.get`select 1 from beds where roomId = ${roomId} and label = ${label} and active = 1 and id <> ${id}`
  )
    throw new Refusal('already_exists', { field: 'label' })
}

type Assignment = { version: number; visitId: string; move: boolean }

/**
 * S2: puts a patient who is here into a free bed. Of two who do so at once the second is told by whom it was taken; who
 * has a bed already leaves it only when that is meant (`move`).
 */
export function assignBed(w: W<Person>, id: string, { version, visitId, move }: Assignment): Bed {
  w.audit({ noun: 'beds', recordId: id })
  const current = getRecord(w.sql, 'beds', id)
  demandClinic(w.actor, current.clinicId)
  // Two people with the same thought: it is done.
  if (current.visitId === visitId) return current
  if (current.visitId) throw new Refusal('bed_taken', { byName: lastHandOn(w.sql, id), visitId: current.visitId })
  demandVersion(current, version)
  if (!current.active) throw new Refusal('not_found', { noun: 'beds' })
  demandStep(current, 'occupied')
  const visit = demandHere(w, current.clinicId, visitId)
  const had = bedOfPatient(w.sql, visit)
  if (had && !move) throw new Refusal('already_in_bed', { bedId: had.id })
  // The one that is left makes room first: the database knows one bed of a visit.
  const left = had ? [{ before: had, after: saveBed(w, had, { status: 'cleaning', visitId: null }) }] : []
  const bed = saveBed(w, current, { status: 'occupied', visitId })
  const pairs = [...left, { before: current, after: bed }]
  for (const { after } of pairs) keepBedStep(w, after, had ? 'move' : 'assign', pairs)
  w.record('bed_updated', { clinicIds: [bed.clinicId] }, { beds: pairs.map(({ after }) => after) })
  return bed
}

function demandHere(w: W, clinicId: string, visitId: string): Visit {
  const visit = getRecord(w.sql, 'visits', visitId)
  if (visit.clinicId !== clinicId) throw new Refusal('not_found', { noun: 'visits' })
  if (!isOpen(visit.status)) throw new Refusal('illegal_transition', { from: visit.status, to: 'in_bed' })
  return visit
}

/** The patient has left the bed, whether or not the visit goes on. */
export function releaseBed(w: W<Person>, id: string, version: number): Bed {
  const current = getOwnVersion(w, 'beds', id, version)
  demandStep(current, 'cleaning')
  return stepped(w, current, { status: 'cleaning', visitId: null }, 'release')
}

/** Cleaned, and free; what is broken is the administrator's to say. */
export function setBedStatus(
  w: W<Person>,
  id: string,
  { version, status }: { version: number; status: 'free' | 'out_of_service' },
): Bed {
  const current = getOwnVersion(w, 'beds', id, version)
  demandStep(current, status)
  if (status === 'out_of_service' || current.status === 'out_of_service') demand(w.actor, 'clinic.manage')
  return stepped(w, current, { status }, status === 'free' ? 'free' : 'out_of_service')
}

function demandStep({ status: from }: Bed, to: Bed['status']): void {
  if (!bedCanBecome(from, to)) throw new Refusal('illegal_transition', { from, to })
}

function stepped(w: W<Person>, current: Bed, change: Partial<Bed>, step: string): Bed {
  const bed = saveBed(w, current, change)
  keepBedStep(w, bed, step, [{ before: current, after: bed }])
  return announced(w, bed)
}

function announced(w: W, bed: Bed): Bed {
  w.record('bed_updated', { clinicIds: [bed.clinicId] }, { beds: [bed] })
  return bed
}
