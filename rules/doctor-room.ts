import type { Doctor, Schedule } from '../contract/doctors.ts'
import { weekday, zonedInstant } from './clinic-day.ts'

type Moment = { now: string; day: string; timeZone: string }

/**
 * S2: the room that a doctor sits in now, which a call names: the one said for today; else that of the present session,
 * or of the next one today; else the usual one. After the last session it stays that session's.
 */
export function roomOfDoctor(
  { roomId, roomToday }: Pick<Doctor, 'roomId' | 'roomToday'>,
  sessions: Schedule['sessions'],
  { now, day, timeZone }: Moment,
): string | null {
  if (roomToday?.day === day) return roomToday.roomId
  const today = sessions
    .filter((session) => session.weekday === weekday(day))
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const session = today.find(({ endsAt }) => zonedInstant(day, endsAt, timeZone) > now) ?? today.at(-1)
  return session?.roomId ?? roomId
}
