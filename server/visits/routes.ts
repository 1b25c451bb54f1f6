import { Refusal } from '../../contract/errors.ts'
import type { Visit } from '../../contract/visits.ts'
import { demand, demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import type { SqlReader } from '../db/sql.ts'
import { api } from '../http/api.ts'
import { callNext, callVisit, notHere } from './call.ts'
import type { StatusRequest } from './care.ts'
import { finishVisit, setStatus } from './care.ts'
import { checkIn, emergency, walkIn } from './check-in.ts'
import { reassign, setAway, transfer, updateVisit } from './move.ts'
import { askedFor, listVisits, queueState, stepsOf } from './queries.ts'
import { visitFor } from './step.ts'
import { undo } from './undo.ts'

const { visits, queue } = api

export const visitRoutes = {
  list: visits.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return listVisits(context.read, input.query, context.now)
  }),
  queue: visits.queue.handler(({ input, context }) => lineFor(context, askedFor(input.query))),
  get: visits.get.handler(({ input, context }) => {
    const visit = getRecord(context.read, 'visits', input.params.id)
    demandClinic(context.person, visit.clinicId)
    return { visit, steps: stepsOf(context.read, visit.id, context.person) }
  }),
  checkIn: visits.checkIn.handler(({ input, context }) => context.write((w) => checkIn(w, input.body))),
  walkIn: visits.walkIn.handler(({ input, context }) => context.write((w) => walkIn(w, input.body))),
  emergency: visits.emergency.handler(({ input, context }) => context.write((w) => emergency(w, input.body))),
  setStatus: visits.setStatus.handler(({ input, context }) =>
    context.write((w) => step(w, input.params.id, input.body)),
  ),
  finish: visits.finish.handler(({ input, context }) =>
    context.write((w) => finishVisit(w, visitFor(w, input.params.id, input.body.version))),
  ),
  call: visits.call.handler(({ input, context }) => context.write((w) => callVisit(w, input.params.id, input.body))),
  callNext: visits.callNext.handler(({ input, context }) => context.write((w) => callNext(w, input.body))),
  notHere: visits.notHere.handler(({ input, context }) =>
    context.write((w) => notHere(w, visitFor(w, input.params.id, input.body.version))),
  ),
  away: visits.away.handler(({ input, context }) => context.write((w) => setAway(w, input.params.id, input.body))),
  update: visits.update.handler(({ input, context }) =>
    context.write((w) => updateVisit(w, input.params.id, input.body)),
  ),
  transfer: visits.transfer.handler(({ input, context }) =>
    context.write((w) => transfer(w, input.params.id, input.body)),
  ),
  reassign: visits.reassign.handler(({ input, context }) =>
    context.write((w) => reassign(w, input.params.id, input.body)),
  ),
  undo: visits.undo.handler(({ input, context }) => context.write((w) => undo(w, input.params.id, input.body.version))),
}

/** The same operations under the names of the seeds. */
export const queueRoutes = {
  clinic: queue.clinic.handler(({ input, context }) => lineFor(context, { clinicId: input.params.id })),
  doctor: queue.doctor.handler(({ input, context }) => lineFor(context, { doctorId: input.params.id })),
  checkIn: queue.checkIn.handler(({ input, context }) => context.write((w) => checkIn(w, input.body))),
  walkIn: queue.walkIn.handler(({ input, context }) => context.write((w) => walkIn(w, input.body))),
  setStatus: queue.setStatus.handler(({ input, context }) =>
    context.write((w) => step(w, input.params.id, input.body)),
  ),
  call: queue.call.handler(({ input, context }) => context.write((w) => callVisit(w, input.params.id, input.body))),
}

/** `called` has a place in the order to keep, so it is a call like any other. */
function step(w: W<Person>, id: string, request: StatusRequest): Visit {
  if (request.status !== 'called') return setStatus(w, id, request)
  demand(w.actor, 'visit.call')
  const visit = visitFor(w, id, request.version)
  if (visit.status === 'called') throw new Refusal('illegal_transition', { from: 'called', to: 'called' })
  return callVisit(w, id, { version: request.version, reason: request.reason })
}

type Reading = { read: SqlReader; now: string; person: Person }

function lineFor({ read, now, person }: Reading, of: { clinicId: string } | { doctorId: string }) {
  demandClinic(person, 'clinicId' in of ? of.clinicId : getRecord(read, 'doctors', of.doctorId).clinicId)
  return queueState(read, of, now)
}
