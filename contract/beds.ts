import * as z from 'zod'
import { route, whole } from './route.ts'
import { id, instant, line, version } from './values.ts'

export const bedStatus = z.enum(['free', 'occupied', 'cleaning', 'out_of_service'])
export type BedStatus = z.infer<typeof bedStatus>

/** A bed in a room (S2). Who lies in it is a visit: so a visit that moves to the right patient takes its bed along. */
export const bed = z.strictObject({
  id,
  clinicId: id,
  roomId: id,
  label: z.string(),
  status: bedStatus,
  /** One patient a bed, one bed a patient; `null` unless occupied. */
  visitId: id.nullable(),
  /** Since when it has its present status. */
  since: instant,
  active: z.boolean(),
  version,
})
export type Bed = z.infer<typeof bed>

const fields = { roomId: id, label: line(20), active: z.boolean().default(true) }

export const beds = {
  list: route({
    method: 'GET',
    path: '/beds',
    summary: 'The beds of a clinic',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(bed) }),
  }),
  create: route({
    method: 'POST',
    path: '/beds',
    summary: 'Add a bed to a room',
    permission: 'clinic.manage',
    audit: 'bed.create',
    input: { body: { id, clinicId: id, ...fields } },
    output: bed,
    errors: ['not_found', 'already_exists'],
  }),
  update: route({
    method: 'PUT',
    path: '/beds/{id}',
    summary: 'Change a bed: its label, its room, whether it is in use',
    permission: 'clinic.manage',
    audit: 'bed.update',
    input: { params: { id }, body: { version, ...whole(fields) } },
    output: bed,
    errors: ['not_found', 'stale_version', 'in_use', 'already_exists'],
  }),
  assign: route({
    method: 'POST',
    path: '/beds/{id}/assign',
    summary: 'Put a patient who is here into a free bed; `move` lets them leave the one that they have',
    permission: 'bed.assign',
    audit: 'bed.assign',
    input: { params: { id }, body: { version, visitId: id, move: z.boolean().default(false) } },
    output: bed,
    errors: ['not_found', 'stale_version', 'bed_taken', 'already_in_bed', 'illegal_transition'],
  }),
  release: route({
    method: 'POST',
    path: '/beds/{id}/release',
    summary: 'The patient has left the bed: it is to be cleaned',
    permission: 'bed.assign',
    audit: 'bed.release',
    input: { params: { id }, body: { version } },
    output: bed,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  setStatus: route({
    method: 'PUT',
    path: '/beds/{id}/status',
    summary: 'Cleaned and free again; or, for administrators, out of service and back',
    permission: 'bed.assign',
    audit: 'bed.setStatus',
    input: { params: { id }, body: { version, status: z.enum(['free', 'out_of_service']) } },
    output: bed,
    errors: ['not_found', 'stale_version', 'illegal_transition'],
  }),
  undo: route({
    method: 'POST',
    path: '/beds/{id}/undo',
    summary: 'Take back what was done with a bed last, until the next step',
    permission: 'bed.assign',
    audit: 'bed.undo',
    input: { params: { id }, body: { version } },
    output: bed,
    errors: ['not_found', 'stale_version', 'nothing_to_undo'],
  }),
}
