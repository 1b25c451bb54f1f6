import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { choosePacks } from './commands.ts'
import { rulePacksOf } from './queries.ts'

const { rulePacks } = api

export const rulePackRoutes = {
  list: rulePacks.list.handler(({ input, context: { read, person } }) => {
    const { clinicId } = input.query
    demandClinic(person, clinicId)
    return rulePacksOf(read, getRecord(read, 'clinics', clinicId).id)
  }),
  choose: rulePacks.choose.handler(({ input, context }) =>
    context.write((w) => choosePacks(w, input.params.id, input.body)),
  ),
}
