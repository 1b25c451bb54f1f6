import type { Doctor, Leave, Schedule } from '../../contract/doctors.ts'
import type { User } from '../../contract/users.ts'
import { api, newId } from '../live/api.ts'
import { type Command, perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt } from '../live/store.ts'
import { openPhoneList } from '../phone-calls/open-phone-list.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { hubInUse } from '../ui/in-use.ts'
import { toast } from '../ui/toasts.ts'

export const DOCTOR_KEY = 'doctor.save'
export const SCHEDULE_KEY = 'doctor.schedule'
export const LEAVE_KEY = 'doctor.leave'

type Fields = Pick<Doctor, 'displayName' | 'specialty' | 'userId' | 'roomId' | 'active'>

const fieldsOf = ({ displayName, specialty, userId, roomId, active }: Doctor): Fields => ({
  displayName,
  specialty,
  userId,
  roomId,
  active,
})

export async function openDoctor(doctor?: Doctor, onSaved?: (doctor: Doctor) => void) {
  const { DoctorDialog } = await import('./DoctorDialog.tsx')
  openDialog((close) => <DoctorDialog doctor={doctor} onSaved={onSaved} onClose={close} />)
}

export function saveDoctor(before: Doctor | undefined, clinicId: string, fields: Fields, on: Command<Doctor>['on']) {
  return save<Doctor>({
    noun: 'doctors',
    key: DOCTOR_KEY,
    ...(before ? {} : { wanted: DOCTOR_KEY }),
    on,
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.doctors.create({ body: { id: intent, clinicId, ...fields } }, { context: { intent } }),
    done: (doctor) => t('form.saved', { name: doctor.displayName }),
    ...(before ? { undo: (after) => put(after, fieldsOf(before), newId()) } : {}),
  })
}

/** The entry of somebody who signs in as a doctor, under their own name; the rest of it is set there. */
export function addEntryOf({ id: userId, displayName }: User, clinicId: string) {
  const fields = { clinicId, userId, displayName, active: true }
  return save<Doctor>({
    noun: 'doctors',
    key: DOCTOR_KEY,
    wanted: `doctor.of.${userId}`,
    on: { in_use: hubInUse },
    run: (intent) => api.doctors.create({ body: { id: intent, ...fields } }, { context: { intent } }),
    done: () => t('doctor.entryMade', { name: displayName }),
  })
}

const put = ({ id, version }: Doctor, fields: Fields, intent: string) =>
  api.doctors.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })

/** Q12: a late start or return; `null` when the doctor is here. */
export function expectDoctor(doctor: Doctor, expectedAt: string | null, words: string) {
  return save<Doctor>({
    noun: 'doctors',
    key: `doctor.expect.${doctor.id}`,
    run: (intent) => expect(doctor, expectedAt, intent),
    done: () => words,
    undo: (after) => expect(after, doctor.expectedAt, newId()),
  })
}

const expect = ({ id, version }: Doctor, expectedAt: string | null, intent: string) =>
  api.doctors.expect({ params: { id }, body: { version, expectedAt } }, { context: { intent } })

export function saveSchedule(before: Schedule, sessions: Schedule['sessions'], on: Command<Schedule>['on']) {
  return save<Schedule>({
    noun: 'schedules',
    key: SCHEDULE_KEY,
    on,
    run: (intent) => putSchedule(before, sessions, intent),
    done: () => t('schedule.saved'),
    undo: (after) => putSchedule(after, before.sessions, newId()),
  })
}

const putSchedule = ({ id, version }: Schedule, sessions: Schedule['sessions'], intent: string) =>
  api.doctors.setSchedule({ params: { id }, body: { version, sessions } }, { context: { intent } })

export async function openLeave(doctor: Doctor) {
  const { LeaveDialog } = await import('./LeaveDialog.tsx')
  openDialog((close) => <LeaveDialog doctor={doctor} onClose={close} />)
}

/** What is booked within it is answered, for a person to phone and move. */
export async function takeLeave(
  doctor: Doctor,
  fields: { from: string; to: string; reason: string },
  on: Command<unknown>['on'],
): Promise<boolean> {
  const answer = await perform({
    key: LEAVE_KEY,
    wanted: `leave.${doctor.id}`,
    on,
    run: (id) =>
      api.doctors.takeLeave({ params: { id: doctor.id }, body: { id, ...fields } }, { context: { intent: id } }),
  })
  if (!answer) return false
  adopt({ leaves: [answer.leave], phoneCalls: answer.phoneCalls })
  toast({
    tone: 'plain',
    text: t('leave.done', { name: doctor.displayName }),
    undo: () => void cancelLeave(answer.leave),
  })
  if (answer.phoneCalls.length > 0)
    openPhoneList({ title: t('leave.touched', { name: doctor.displayName }), calls: answer.phoneCalls })
  return true
}

/** Nothing is deleted: it ends where it begins, and is over for everybody. */
export async function cancelLeave(leave: Leave): Promise<void> {
  const done = await perform({
    key: `leave.cancel.${leave.id}`,
    run: (intent) =>
      api.doctors.cancelLeave({ params: { id: leave.doctorId, leaveId: leave.id } }, { context: { intent } }),
  })
  if (!done) return
  adopt({ leaves: [{ ...leave, to: leave.from, version: leave.version + 1 }] })
  toast({ tone: 'plain', text: t('leave.cancelled') })
}
