import { demandClinic } from '../auth/person.ts'
import { api } from '../http/api.ts'
import { addBed, assignBed, releaseBed, setBedStatus, updateBed } from './commands.ts'
import { listBeds } from './queries.ts'
import { undoBed } from './undo.ts'

const { beds } = api

export const bedRoutes = {
  list: beds.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return { items: listBeds(context.read, input.query.clinicId) }
  }),
  create: beds.create.handler(({ input, context }) => context.write((w) => addBed(w, input.body))),
  update: beds.update.handler(({ input, context }) => context.write((w) => updateBed(w, input.params.id, input.body))),
  assign: beds.assign.handler(({ input, context }) => context.write((w) => assignBed(w, input.params.id, input.body))),
  release: beds.release.handler(({ input, context }) =>
    context.write((w) => releaseBed(w, input.params.id, input.body.version)),
  ),
  setStatus: beds.setStatus.handler(({ input, context }) =>
    context.write((w) => setBedStatus(w, input.params.id, input.body)),
  ),
  undo: beds.undo.handler(({ input, context }) =>
    context.write((w) => undoBed(w, input.params.id, input.body.version)),
  ),
}
