import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { propose } from './propose.ts'
import { rebook, undoRebook } from './rebook.ts'

const { rebookings } = api

export const rebookingRoutes = {
  propose: rebookings.propose.handler(({ input, context: { read, now, person } }) => {
    const { doctorId, ...where } = input.query
    const doctor = getRecord(read, 'doctors', doctorId)
    demandClinic(person, doctor.clinicId)
    return propose(read, { doctor, ...where }, now)
  }),
  rebook: rebookings.rebook.handler(({ input, context }) => context.write((w) => rebook(w, input.body))),
  undo: rebookings.undo.handler(({ input, context }) => context.write((w) => undoRebook(w, input.params.id))),
}
