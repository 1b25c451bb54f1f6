import type { Doctor } from '../../contract/doctors.ts'
import type { StaffStatus, WaitingAnswer } from '../../contract/users.ts'
import { api, newId } from '../live/api.ts'
import { currentDay } from '../live/clinic.ts'
import { perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt, findRecord } from '../live/store.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { undoVisit } from '../visits/commands.tsx'

/** S2: another room for today; `null` for the usual one. */
export function sitIn(doctor: Doctor, roomId: string | null) {
  const { roomToday } = doctor
  const before = roomToday?.day === currentDay() ? roomToday.roomId : null
  return save<Doctor>({
    noun: 'doctors',
    key: `doctor.room.${doctor.id}`,
    run: (intent) => put(doctor, roomId, intent),
    done: ({ displayName: name }) =>
      roomId
        ? t('staffList.sits', { name, room: findRecord('rooms', roomId)?.name })
        : t('staffList.sitsUsual', { name }),
    undo: (after) => put(after, before, newId()),
  })
}

const put = ({ id, version }: Doctor, roomId: string | null, intent: string) =>
  api.doctors.useRoom({ params: { id }, body: { version, roomId } }, { context: { intent } })

export type Departure = { status: StaffStatus['status']; waiting?: WaitingAnswer }

type Answers = {
  /** The hub knows of patients of whom this page did not. */
  asked: () => void | Promise<void>
  /** Who could not be moved, so that nobody was. */
  refused?: (visitId: string | null) => void
}

/** What I say of myself, with what becomes of those who wait; whether it was done. */
export async function sendStatus(departure: Departure, { asked, refused }: Answers): Promise<boolean> {
  const answer = await perform({
    key: 'staff.status',
    on: { patients_waiting: asked, ...(refused ? { not_rebooked: ({ visitId }) => refused(visitId) } : {}) },
    run: (intent) => api.staff.setMyStatus({ body: departure }, { context: { intent } }),
  })
  if (answer) adopt({ staff: [answer] })
  return answer !== undefined
}

/** U4: says what has become of those who wait, and takes it back. */
export function sayDeparture({ waiting }: Departure, before: StaffStatus['status']) {
  if (!waiting) return
  const moved = waiting.becomes === 'move' ? waiting.transfers : []
  toast({
    tone: 'plain',
    subject: 'staff.status',
    text: t(`leaving.done.${waiting.becomes}`, { count: moved.length }),
    undo: () => void takeBack(moved, before),
  })
}

async function takeBack(moved: readonly { visitId: string }[], before: StaffStatus['status']) {
  for (const { visitId } of moved) await undoVisit(visitId)
  const status = before === 'off_duty' ? 'available' : before
  await sendStatus({ status }, { asked: () => undefined })
}
