import type { Appointment } from '../../contract/appointments.ts'
import type { NotificationParameters } from '../../contract/notifications.ts'
import type { W } from '../db/door.ts'
import { notifyDoctor } from './commands.ts'

/** S3: booked into my list, or cancelled from it. */
export function notifyOfAppointment(
  w: W,
  kind: 'appointment_created' | 'appointment_cancelled',
  appointment: Appointment,
): void {
  const { doctorId, startsAt } = appointment
  notifyDoctor(w, doctorId, { kind, parameters: { ...about(appointment), doctorId, startsAt } })
}

/** S3: to another time, or to another doctor, who both hear of it. */
export function notifyOfMove(w: W, before: Appointment, after: Appointment): void {
  if (before.startsAt === after.startsAt && before.doctorId === after.doctorId) return
  const parameters: NotificationParameters = {
    ...about(after),
    doctorId: after.doctorId,
    fromDoctorId: before.doctorId,
    startsAt: after.startsAt,
    fromStart: before.startsAt,
  }
  for (const doctorId of new Set([after.doctorId, before.doctorId]))
    notifyDoctor(w, doctorId, { kind: 'appointment_moved', parameters })
}

type Rebooked = {
  doctorId: string
  appointments: readonly { doctorId: string }[]
  visits: readonly { doctorId: string | null }[]
  undone?: boolean
}

/** Q12: one word for all that was moved: to who was gone, and to each doctor for what has come to them. */
export function notifyOfRebooking(
  w: W,
  { doctorId: fromDoctorId, appointments, visits, undone = false }: Rebooked,
): void {
  const tell = (doctorId: string, to: Pick<Rebooked, 'appointments' | 'visits'>) => {
    const counts = { appointments: to.appointments.length, visits: to.visits.length }
    const parameters = { fromDoctorId, doctorId, ...counts, ...(undone ? { undone } : {}) }
    notifyDoctor(w, doctorId, { kind: 'appointments_rebooked', parameters })
  }
  tell(fromDoctorId, { appointments, visits })
  const others = new Set([...appointments, ...visits].flatMap(({ doctorId }) => doctorId ?? []))
  others.delete(fromDoctorId)
  const theirs = (doctorId: string) => (one: { doctorId: string | null }) => one.doctorId === doctorId
  for (const doctorId of others)
    tell(doctorId, { appointments: appointments.filter(theirs(doctorId)), visits: visits.filter(theirs(doctorId)) })
}

const about = ({ id: appointmentId, patientId }: Appointment) => ({ appointmentId, patientId })
