import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { decideFollowUp, makeFollowUp, withdrawFollowUp } from './commands.ts'
import { openFollowUps } from './queries.ts'

const { followUps } = api

export const followUpRoutes = {
  list: followUps.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return { items: openFollowUps(context.read, getRecord(context.read, 'clinics', input.query.clinicId).id) }
  }),
  make: followUps.make.handler(({ input, context }) => context.write((w) => makeFollowUp(w, input.body))),
  decide: followUps.decide.handler(({ input, context }) =>
    context.write((w) => decideFollowUp(w, input.params.id, input.body)),
  ),
  withdraw: followUps.withdraw.handler(({ input, context }) =>
    context.write((w) => withdrawFollowUp(w, input.params.id, input.body)),
  ),
}
