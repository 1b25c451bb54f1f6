import { isDeepStrictEqual } from 'node:util'
import type { Alert } from '../../contract/alerts.ts'
import type { Appointment } from '../../contract/appointments.ts'
import type { Bed } from '../../contract/beds.ts'
import type { Charge, Payment } from '../../contract/money.ts'
import type { Allergies } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'

/** A record as a merge found it, and as it left it. */
export type Pair<T> = { before: T; after: T }

/** What a merge keeps of each record that it changed, in the order in which they go back. */
export type Moved =
  | ({ noun: 'visits' } & Pair<Visit>)
  | ({ noun: 'appointments' } & Pair<Appointment>)
  | ({ noun: 'charges' } & Pair<Charge>)
  | ({ noun: 'payments' } & Pair<Payment>)
  | ({ noun: 'alerts' } & Pair<Alert>)
  | ({ noun: 'beds' } & Pair<Bed>)
  | ({ noun: 'allergies' } & Pair<Allergies>)

/** Whether a record is what the merge made of it. Its version may be newer: a further merge, undone since, leaves one. */
export function untouched<T extends { version: number }>(current: T, after: T): boolean {
  return isDeepStrictEqual({ ...current, version: 0 }, { ...after, version: 0 })
}
