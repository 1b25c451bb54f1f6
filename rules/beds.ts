import type { BedStatus } from '../contract/beds.ts'

/** S2: a bed that somebody has left is cleaned before the next one comes. */
export const BED_TRANSITIONS = {
  free: ['occupied', 'out_of_service'],
  occupied: ['cleaning'],
  cleaning: ['free', 'out_of_service'],
  out_of_service: ['free'],
} as const satisfies Record<BedStatus, readonly BedStatus[]>

export function bedCanBecome(from: BedStatus, to: BedStatus): boolean {
  const next: readonly BedStatus[] = BED_TRANSITIONS[from]
  return next.includes(to)
}
