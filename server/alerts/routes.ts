import { demandClinic } from '../auth/person.ts'
import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'
import { acknowledge } from './commands.ts'

const { alerts } = api

export const alertRoutes = {
  list: alerts.list.handler(({ input, context: { read, person } }) => {
    const { clinicId, open = false } = input.query
    demandClinic(person, clinicId)
    const rows = open
      ? read.all`select * from alerts where clinicId = ${clinicId} and acknowledgedAt is null order by raisedAt desc`
      : read.all`select * from alerts where clinicId = ${clinicId}
          order by acknowledgedAt is not null, raisedAt desc limit 200`
    return { items: fromRows('alerts', rows) }
  }),
  acknowledge: alerts.acknowledge.handler(({ input, context }) =>
    context.write((w) => acknowledge(w, input.params.id, input.body.version)),
  ),
}
