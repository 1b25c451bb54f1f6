import type { Appointment } from '../../contract/appointments.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord } from '../live/store.ts'
import { t } from '../ui/i18n.ts'
import { listName } from '../ui/patient-name.ts'
import { askReason } from '../ui/questions.tsx'
import { toast } from '../ui/toasts.ts'

/** Confirms an appointment, or marks one that did not come; either can be taken back. */
export async function changeAppointment(appointmentId: string, status: 'booked' | 'confirmed' | 'no_show') {
  const before = findRecord('appointments', appointmentId)
  if (!before) return
  const after = await perform({
    key: `appointment.change.${appointmentId}`,
    noun: 'appointments',
    sayChange: appointmentChange,
    run: (intent) =>
      api.appointments.change(
        { params: { id: appointmentId }, body: { version: before.version, status } },
        { context: { intent } },
      ),
  })
  if (!after) return
  adopt({ appointments: [after] })
  toast({
    tone: 'plain',
    text: t('appointment.changed', { name: nameOf(after), status: t(`appointment.status.${after.status}`) }),
  })
}

/** A5: with a reason. */
export async function cancelAppointment(appointmentId: string) {
  const before = findRecord('appointments', appointmentId)
  if (!before) return
  const reason = await askReason({
    title: t('appointment.cancel.title'),
    about: nameOf(before),
    verb: t('appointment.cancel.verb'),
    usual: [t('appointment.cancel.byPatient'), t('appointment.cancel.byClinic')],
  })
  if (!reason) return
  const after = await perform({
    key: `appointment.cancel.${appointmentId}`,
    noun: 'appointments',
    sayChange: appointmentChange,
    run: (intent) =>
      api.appointments.cancel(
        { params: { id: appointmentId }, body: { version: before.version, reason } },
        { context: { intent } },
      ),
  })
  if (!after) return
  adopt({ appointments: [after] })
  toast({
    tone: 'plain',
    text: t('appointment.changed', { name: nameOf(after), status: t(`appointment.status.${after.status}`) }),
  })
}

function nameOf(appointment: Appointment): string {
  const patient = findRecord('patients', appointment.patientId)
  return patient ? listName(patient) : t('patient.unknown')
}

function appointmentChange(_before: unknown, after: unknown): string {
  const { status } = after as Appointment
  return t('appointment.changedByOther', { status: t(`appointment.status.${status}`) })
}
