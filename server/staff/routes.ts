import { demandClinic } from '../auth/person.ts'
import { api } from '../http/api.ts'
import { setMyStatus } from './leave.ts'
import { listStaff } from './queries.ts'

const { staff } = api

export const staffRoutes = {
  list: staff.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return listStaff(context.read, input.query.clinicId)
  }),
  setMyStatus: staff.setMyStatus.handler(({ input, context }) => context.write((w) => setMyStatus(w, input.body))),
}
