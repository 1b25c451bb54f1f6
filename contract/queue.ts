import { route } from './route.ts'
import { id } from './values.ts'
import { call, checkIn, queueState, setStatus, walkIn } from './visit-routes.ts'

/** The same operations under the names that the seeds gave them. */
export const queue = {
  clinic: route({
    method: 'GET',
    path: '/queue/clinic/{id}',
    summary: 'The live line of a clinic',
    permission: 'visit.read',
    audit: null,
    input: { params: { id } },
    output: queueState,
    errors: ['not_found'],
  }),
  doctor: route({
    method: 'GET',
    path: '/queue/doctor/{id}',
    summary: 'The live line of a doctor',
    permission: 'visit.read',
    audit: null,
    input: { params: { id } },
    output: queueState,
    errors: ['not_found'],
  }),
  checkIn: route({ method: 'POST', path: '/queue/check-in', ...checkIn }),
  walkIn: route({ method: 'POST', path: '/queue/walk-in', ...walkIn }),
  setStatus: route({ method: 'PUT', path: '/queue/{id}/status', ...setStatus }),
  call: route({ method: 'POST', path: '/queue/{id}/call', ...call }),
}
