import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'
import { tell } from './commands.ts'
import { phoneListOf } from './queries.ts'

const { phoneCalls } = api

export const phoneCallRoutes = {
  list: phoneCalls.list.handler(({ input, context: { read, now, person } }) => {
    demandClinic(person, input.query.clinicId)
    const items = phoneListOf(read, getRecord(read, 'clinics', input.query.clinicId), now)
    const ids = JSON.stringify([...new Set(items.map((item) => item.appointmentId))])
    const rows = read.all`select a.* from json_each(${ids}) i join appointments a on a.id = i.value`
    return { items, appointments: fromRows('appointments', rows) }
  }),
  tell: phoneCalls.tell.handler(({ input, context }) => context.write((w) => tell(w, input.params.id, input.body))),
}
