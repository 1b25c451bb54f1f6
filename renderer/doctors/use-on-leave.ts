import { useMinute } from '../live/clock.ts'
import { type LiveState, useLive } from '../live/store.ts'

/** Whether a doctor has leave at this moment: on holiday, or gone for today (Q12). */
export function isOnLeave({ nouns }: LiveState, doctorId: string, now: number): boolean {
  return Object.values(nouns.leaves).some(
    (leave) => leave.doctorId === doctorId && Date.parse(leave.from) < now + MINUTE && Date.parse(leave.to) > now,
  )
}

// A leave that began within the present minute counts: the page's minute is cut.
const MINUTE = 60_000

export function useOnLeave(doctorId: string): boolean {
  const now = useMinute()
  return useLive((state) => isOnLeave(state, doctorId, now))
}
