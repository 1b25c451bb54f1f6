import { demandClinic } from '../auth/person.ts'
import { api } from '../http/api.ts'
import { listRatings } from './queries.ts'

const { ratings } = api

export const ratingRoutes = {
  list: ratings.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return listRatings(context.read, input.query)
  }),
}
