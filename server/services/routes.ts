import { demandClinic, getOwnVersion } from '../auth/person.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'

const { services } = api

export const serviceRoutes = {
  list: services.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return {
      items: fromRows(
        'services',
        context.read.all`select * from services where clinicId = ${input.query.clinicId} order by name`,
      ),
    }
  }),
  create: services.create.handler(({ input, context }) =>
    context.write((w) => {
      demandClinic(w.actor, input.body.clinicId)
      demandNew(w.sql, 'services', input.body.id)
      const service = w.insert('services', { ...input.body, version: 1 })
      w.record('service_updated', { clinicIds: [service.clinicId] }, { services: [service] })
      return service
    }),
  ),
  get: services.get.handler(({ input, context }) => {
    const service = getRecord(context.read, 'services', input.params.id)
    demandClinic(context.person, service.clinicId)
    return service
  }),
  update: services.update.handler(({ input, context }) =>
    context.write((w) => {
      const current = getOwnVersion(w, 'services', input.params.id, input.body.version)
      const service = w.update('services', { ...current, ...input.body, version: current.version + 1 })
      w.record('service_updated', { clinicIds: [service.clinicId] }, { services: [service] })
      return service
    }),
  ),
}
