import * as z from 'zod'
import { type Schedule, type WorkSession, workSession } from '../../contract/doctors.ts'

/** The week as it is typed; what the hub would refuse is said on its field. */
export const weekForm = z.object({ sessions: z.array(workSession) }).superRefine(({ sessions }, check) => {
  sessions.forEach((session, index) => {
    const wrong = (field: keyof WorkSession, message: string) =>
      check.addIssue({ code: 'custom', path: ['sessions', index, field], message })
    if (session.endsAt <= session.startsAt) wrong('endsAt', 'must be after the start')
    const overlaps = sessions.some(
      (other, at) =>
        at !== index &&
        other.weekday === session.weekday &&
        other.startsAt < session.endsAt &&
        session.startsAt < other.endsAt,
    )
    if (overlaps) wrong('startsAt', 'must not overlap another session of that day')
  })
})

export type WeekValues = z.input<typeof weekForm>

const inOrder = (a: WorkSession, b: WorkSession) => a.weekday - b.weekday || a.startsAt.localeCompare(b.startsAt)

export const weekValues = ({ sessions }: Schedule): WeekValues => ({ sessions: [...sessions].sort(inOrder) })

const MORNING = { startsAt: '09:00', endsAt: '13:00' }
const AFTERNOON = { startsAt: '14:00', endsAt: '17:00' }

/** One more session on a day: a morning, then an afternoon, then whatever follows the last. */
export function withSession(sessions: readonly WorkSession[], weekday: number): WorkSession[] {
  const own = sessions.filter((session) => session.weekday === weekday)
  const last = own
    .map((session) => session.endsAt)
    .sort()
    .at(-1)
  const times = !last ? MORNING : last <= AFTERNOON.startsAt ? AFTERNOON : { startsAt: last, endsAt: '' }
  return [...sessions, { weekday, ...times, roomId: own.at(-1)?.roomId ?? null }].sort(inOrder)
}

/** The hours of one day on all days that have the same ones or none yet, Monday to Friday. */
export function onWorkingDays(sessions: readonly WorkSession[], from: number): WorkSession[] {
  const own = sessions.filter((session) => session.weekday === from)
  const others = sessions.filter((session) => session.weekday > 5)
  const week = [1, 2, 3, 4, 5].flatMap((weekday) => own.map((session) => ({ ...session, weekday })))
  return [...week, ...others].sort(inOrder)
}
