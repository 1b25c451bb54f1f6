import * as z from 'zod'
import { route, whole } from './route.ts'
import { id, line, version } from './values.ts'

/** A room; its public label is neutral, for it is called out (S2). */
export const room = z.strictObject({
  id,
  clinicId: id,
  name: z.string(),
  publicLabel: z.string(),
  active: z.boolean(),
  version,
})
export type Room = z.infer<typeof room>

const fields = { name: line(80), publicLabel: line(20), active: z.boolean().default(true) }

export const rooms = {
  list: route({
    method: 'GET',
    path: '/rooms',
    summary: 'The rooms of a clinic',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(room) }),
  }),
  create: route({
    method: 'POST',
    path: '/rooms',
    summary: 'Add a room',
    permission: 'clinic.manage',
    audit: 'room.create',
    input: { body: { id, clinicId: id, ...fields } },
    output: room,
    errors: ['not_found', 'already_exists'],
  }),
  get: route({
    method: 'GET',
    path: '/rooms/{id}',
    summary: 'One room',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: room,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/rooms/{id}',
    summary: 'Change a room',
    permission: 'clinic.manage',
    audit: 'room.update',
    input: { params: { id }, body: { version, ...whole(fields) } },
    output: room,
    errors: ['not_found', 'stale_version', 'in_use'],
  }),
}
