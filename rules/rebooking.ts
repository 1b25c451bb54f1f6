import { localTime } from './clinic-day.ts'
import type { Booking, Slot } from './slots.ts'

/** An appointment whose doctor is gone. */
export type Displaced = { id: string; patientId: string; serviceId: string; startsAt: string }
export type Engagement = Booking & { id: string; patientId: string }

export type RebookingQuestion = {
  displaced: readonly Displaced[]
  /** What is free, in order of time, cut to the length of each service. */
  slots: ReadonlyMap<string, readonly Slot[]>
  /** Where the patients are to be anyway, these appointments included. */
  engagements: readonly Engagement[]
  timeZone: string
  /** Q2: a time before it is late, not early. */
  turnover: string
}

export type Proposed = { id: string; slot: Slot | null }

/**
 * Q12: a place for each displaced appointment: the earliest free slot that is neither earlier than the appointment nor
 * earlier on the clock, so that who came in the afternoon does so again. The order stays, no slot takes more than it has
 * room for (A2), and nobody is in two places at once (A6). `null` is no place. In order of the appointments.
 */
export function proposePlaces({ displaced, slots, engagements, ...zone }: RebookingQuestion): Proposed[] {
  const clocked = new Map([...slots].map(([serviceId, list]) => [serviceId, list.map((slot) => withClock(slot, zone))]))
  const taken: Engagement[] = []
  let last = ''
  return [...displaced].sort(byStart).map(({ id, patientId, serviceId, startsAt }) => {
    const clock = clockOf(startsAt, zone)
    const isFree = (slot: Slot) => slot.free > taken.filter((other) => overlap(other, slot)).length
    const isBusy = (slot: Slot) =>
      [...engagements, ...taken].some(
        (other) => other.patientId === patientId && other.id !== id && overlap(other, slot),
      )
    const found = clocked
      .get(serviceId)
      ?.find(
        (one) =>
          one.slot.startsAt >= last &&
          one.slot.startsAt >= startsAt &&
          one.clock >= clock &&
          isFree(one.slot) &&
          !isBusy(one.slot),
      )
    if (!found) return { id, slot: null }
    last = found.slot.startsAt
    taken.push({ id, patientId, startsAt: found.slot.startsAt, endsAt: found.slot.endsAt })
    return { id, slot: found.slot }
  })
}

type Zone = Pick<RebookingQuestion, 'timeZone' | 'turnover'>

const withClock = (slot: Slot, zone: Zone) => ({ slot, clock: clockOf(slot.startsAt, zone) })

/** The clock of a clinic day, which begins at the turnover: sorts as the day goes. */
function clockOf(at: string, { timeZone, turnover }: Zone): string {
  const time = localTime(at, timeZone)
  return `${time < turnover ? 1 : 0}${time}`
}

function byStart(a: Displaced, b: Displaced): number {
  return a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id)
}

function overlap(a: Booking, b: Booking): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}

/** A2: the slots that still have room when these are taken too. */
export function freeBeside(slots: readonly Slot[], taken: readonly Booking[]): Slot[] {
  return slots.filter((slot) => slot.free > taken.filter((other) => overlap(other, slot)).length)
}
