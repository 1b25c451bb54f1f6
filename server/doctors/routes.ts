import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { api } from '../http/api.ts'
import { addDoctor, cancelLeave, expectDoctor, setSchedule, takeLeave, updateDoctor } from './commands.ts'
import { useRoom } from './rooms.ts'

const { doctors } = api

export const doctorRoutes = {
  list: doctors.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return {
      items: fromRows(
        'doctors',
        context.read.all`select * from doctors where clinicId = ${input.query.clinicId} order by displayName, id`,
      ),
    }
  }),
  create: doctors.create.handler(({ input, context }) =>
    context.write((w) => {
      w.afterCommit(() => context.hub.sessions.changed([]))
      return addDoctor(w, input.body)
    }),
  ),
  get: doctors.get.handler(({ input, context }) => {
    const doctor = getRecord(context.read, 'doctors', input.params.id)
    demandClinic(context.person, doctor.clinicId)
    return doctor
  }),
  update: doctors.update.handler(({ input, context }) =>
    context.write((w) => {
      w.afterCommit(() => context.hub.sessions.changed([]))
      return updateDoctor(w, input.params.id, input.body)
    }),
  ),
  expect: doctors.expect.handler(({ input, context }) =>
    context.write((w) => expectDoctor(w, input.params.id, input.body)),
  ),
  useRoom: doctors.useRoom.handler(({ input, context }) =>
    context.write((w) => useRoom(w, input.params.id, input.body)),
  ),
  getSchedule: doctors.getSchedule.handler(({ input, context }) => {
    const doctor = getRecord(context.read, 'doctors', input.params.id)
    demandClinic(context.person, doctor.clinicId)
    const leaves = context.read.all`
      select * from leaves where doctorId = ${doctor.id} and "to" > ${context.now} and "to" > "from" order by "from"`
    return { schedule: getRecord(context.read, 'schedules', doctor.id), leaves: fromRows('leaves', leaves) }
  }),
  setSchedule: doctors.setSchedule.handler(({ input, context }) =>
    context.write((w) => setSchedule(w, input.params.id, input.body.version, input.body.sessions)),
  ),
  takeLeave: doctors.takeLeave.handler(({ input, context }) =>
    context.write((w) => takeLeave(w, { ...input.body, doctorId: input.params.id })),
  ),
  cancelLeave: doctors.cancelLeave.handler(async ({ input, context }) => {
    await context.write((w) => cancelLeave(w, input.params.id, input.params.leaveId))
    return {}
  }),
}
