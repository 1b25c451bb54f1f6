import * as z from 'zod'
import { route, whole } from './route.ts'
import { id, line, money, version } from './values.ts'

/** Something the clinic does, with its length (minutes) and price (minor units). */
export const service = z.strictObject({
  id,
  clinicId: id,
  name: z.string(),
  minutes: z.int(),
  priceMinor: money,
  /** M4: a revisit of a paid consultation may be free. */
  isConsultation: z.boolean(),
  active: z.boolean(),
  version,
})
export type Service = z.infer<typeof service>

const fields = {
  name: line(120),
  minutes: z.int().min(5).max(480).multipleOf(5, 'must be a multiple of 5 minutes'),
  priceMinor: money,
  isConsultation: z.boolean().default(true),
  active: z.boolean().default(true),
}

export const services = {
  list: route({
    method: 'GET',
    path: '/services',
    summary: 'What a clinic offers',
    permission: 'clinic.read',
    audit: null,
    input: { query: { clinicId: id } },
    output: z.strictObject({ items: z.array(service) }),
  }),
  create: route({
    method: 'POST',
    path: '/services',
    summary: 'Add a service',
    permission: 'clinic.manage',
    audit: 'service.create',
    input: { body: { id, clinicId: id, ...fields } },
    output: service,
    errors: ['not_found', 'already_exists'],
  }),
  get: route({
    method: 'GET',
    path: '/services/{id}',
    summary: 'One service',
    permission: 'clinic.read',
    audit: null,
    input: { params: { id } },
    output: service,
    errors: ['not_found'],
  }),
  update: route({
    method: 'PUT',
    path: '/services/{id}',
    summary: 'Change a service; charges already made keep their price',
    permission: 'clinic.manage',
    audit: 'service.update',
    input: { params: { id }, body: { version, ...whole(fields) } },
    output: service,
    errors: ['not_found', 'stale_version'],
  }),
}
