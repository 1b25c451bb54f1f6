import type { RebookingProposal } from '../../contract/rebookings.ts'
import { freeBeside } from '../../rules/rebooking.ts'
import type { Slot } from '../../rules/slots.ts'

export type RebookRow = {
  appointmentId: string
  /** `null`: stays where it is, for a person to phone and move. */
  startsAt: string | null
  /** What else is free, beside what the other rows take. */
  choices: readonly Slot[]
}

/** What reception picked, by appointment; `null` is left out. */
export type Picked = Readonly<Record<string, string | null>>

/**
 * The hub's proposal with what reception picked. What is picked stands, as long as it is free; whom it is in the way of
 * goes on to the next free time; and a pick that somebody else has booked meanwhile gives way to the proposal.
 */
export function rebookRows(
  { rows, slots }: RebookingProposal,
  picked: Picked,
  serviceOf: (appointmentId: string) => string | undefined,
): RebookRow[] {
  const known = rows.map(({ appointmentId, slot }) => {
    const all = slots.find((one) => one.serviceId === serviceOf(appointmentId))?.items ?? []
    const pick = picked[appointmentId]
    return { appointmentId, all, proposed: slot, left: pick === null, mine: all.find((one) => one.startsAt === pick) }
  })
  const taken = known.flatMap(({ mine }) => mine ?? [])
  const placed = known.map(({ appointmentId, all, proposed, left, mine }) => {
    if (left || mine) return { appointmentId, all, slot: mine ?? null }
    const slot = proposed ? (freeBeside(all, taken).find((one) => one.startsAt >= proposed.startsAt) ?? null) : null
    if (slot) taken.push(slot)
    return { appointmentId, all, slot }
  })
  return placed.map(({ appointmentId, all, slot }) => {
    const others = placed.flatMap((other) => (other.slot && other.appointmentId !== appointmentId ? [other.slot] : []))
    return { appointmentId, startsAt: slot?.startsAt ?? null, choices: freeBeside(all, others) }
  })
}
