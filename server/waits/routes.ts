import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'

const { waits } = api

export const waitRoutes = {
  list: waits.list.handler(({ input, context: { hub, person, read } }) => {
    const { clinicId } = input.query
    demandClinic(person, clinicId)
    getRecord(read, 'clinics', clinicId)
    return hub.waits.of(clinicId)
  }),
}
