import type { Appointment } from '../../contract/appointments.ts'
import { api } from '../live/api.ts'
import { currentClinic } from '../live/clinic.ts'
import { type Command, perform } from '../live/perform.ts'
import { adopt, findRecord } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
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
    subject: after.id,
    text: t('appointment.changed', { name: nameOf(after), status: t(`appointment.status.${after.status}`) }),
    // A5: only a confirmation leads back; one who did not come may still turn up.
    ...(status === 'confirmed' ? { undo: () => void changeAppointment(after.id, 'booked') } : {}),
  })
}

/** S5: the patient has been told, and the appointment stays where it is. */
export async function answerWish(appointmentId: string) {
  const before = findRecord('appointments', appointmentId)
  if (!before) return
  const after = await perform({
    key: `appointment.answer.${appointmentId}`,
    noun: 'appointments',
    sayChange: appointmentChange,
    run: (intent) =>
      api.appointments.change(
        { params: { id: appointmentId }, body: { version: before.version, moveAnswered: true } },
        { context: { intent } },
      ),
  })
  if (after) adopt({ appointments: [after] })
}

/** A5: to another time, another doctor, or both; the history is kept. */
export async function moveAppointment(appointmentId: string) {
  const { MoveDialog } = await import('./MoveDialog.tsx')
  openDialog((close) => <MoveDialog appointmentId={appointmentId} onClose={close} />)
}

type Place = Pick<Appointment, 'doctorId' | 'startsAt'> & { overbookReason?: string }

export async function putAppointment(
  before: Appointment,
  place: Place,
  on: Command<Appointment>['on'] = {},
): Promise<boolean> {
  const after = await perform({
    key: `appointment.move.${before.id}`,
    noun: 'appointments',
    sayChange: appointmentChange,
    on,
    run: (intent) =>
      api.appointments.change(
        { params: { id: before.id }, body: { version: before.version, ...place } },
        { context: { intent } },
      ),
  })
  if (!after) return false
  adopt({ appointments: [after] })
  const { doctorId, startsAt } = before
  toast({
    tone: 'plain',
    subject: after.id,
    text: t('appointment.moved', { name: nameOf(after), when: whenText(after.startsAt) }),
    undo: () => void putAppointment(after, { doctorId, startsAt }),
  })
  return true
}

function whenText(startsAt: string): string {
  const clinic = currentClinic()
  return clinic ? formatsFor(currentLanguage(), clinic.timeZone, clinic.currency).dateAndTime(startsAt) : startsAt
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
