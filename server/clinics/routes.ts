import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'
import { addPool, closeClinic, openClinic, updateClinic, updatePool, withdrawClosure } from './commands.ts'

const { clinics, pools } = api

export const clinicRoutes = {
  list: clinics.list.handler(({ context: { read, person } }) => ({
    items: fromRows('clinics', read.all`select * from clinics order by name, id`).filter((clinic) =>
      person.clinicIds.includes(clinic.id),
    ),
  })),
  create: clinics.create.handler(({ input, context }) =>
    context.write((w) => {
      w.afterCommit(() => context.hub.sessions.changed([]))
      return openClinic(w, input.body)
    }),
  ),
  get: clinics.get.handler(({ input, context }) => {
    demandClinic(context.person, input.params.id)
    return getRecord(context.read, 'clinics', input.params.id)
  }),
  update: clinics.update.handler(({ input, context }) =>
    context.write((w) => updateClinic(w, input.params.id, input.body)),
  ),
  closures: clinics.closures.handler(({ input, context }) => {
    demandClinic(context.person, input.params.id)
    return {
      items: fromRows(
        'closures',
        context.read.all`select * from closures where clinicId = ${input.params.id} and withdrawn = 0 order by "from"`,
      ),
    }
  }),
  withdrawClosure: clinics.withdrawClosure.handler(({ input, context }) =>
    context.write((w) => withdrawClosure(w, input.params.id, input.params.closureId)),
  ),
  close: clinics.close.handler(({ input, context }) =>
    context.write((w) => closeClinic(w, { ...input.body, clinicId: input.params.id })),
  ),
}

export const poolRoutes = {
  list: pools.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return {
      items: fromRows(
        'pools',
        context.read.all`select * from pools where clinicId = ${input.query.clinicId} order by name`,
      ),
    }
  }),
  create: pools.create.handler(({ input, context }) => context.write((w) => addPool(w, input.body))),
  update: pools.update.handler(({ input, context }) =>
    context.write((w) => updatePool(w, input.params.id, input.body)),
  ),
}
