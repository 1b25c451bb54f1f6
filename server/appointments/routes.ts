import { demandClinic } from '../auth/person.ts'
import { getRecord } from '../db/get.ts'
import { api } from '../http/api.ts'
import { book, cancel, change } from './commands.ts'
import { listAppointments } from './queries.ts'
import { slotsOf } from './slots.ts'

const { appointments } = api

export const appointmentRoutes = {
  list: appointments.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return listAppointments(context.read, input.query, context.now)
  }),
  get: appointments.get.handler(({ input, context }) => {
    const appointment = getRecord(context.read, 'appointments', input.params.id)
    demandClinic(context.person, appointment.clinicId)
    return appointment
  }),
  availableSlots: appointments.availableSlots.handler(({ input, context: { read, now, person } }) => {
    const doctor = getRecord(read, 'doctors', input.query.doctorId)
    demandClinic(person, doctor.clinicId)
    const { minutes } = getRecord(read, 'services', input.query.serviceId)
    const clinic = getRecord(read, 'clinics', doctor.clinicId)
    return { items: slotsOf(read, { doctor, clinic, day: input.query.date, minutes, now }) }
  }),
  book: appointments.book.handler(({ input, context }) => context.write((w) => book(w, input.body))),
  change: appointments.change.handler(({ input, context }) =>
    context.write((w) => change(w, input.params.id, input.body)),
  ),
  cancel: appointments.cancel.handler(({ input, context }) =>
    context.write((w) => cancel(w, input.params.id, input.body)),
  ),
}
