import type { Visit } from '../contract/visits.ts'
import type { Lengths } from './consultation-lengths.ts'
import type { Duty } from './on-duty.ts'
import type { QueueSettings, QueueVisit } from './queue-standing.ts'

/** Instants and lengths are in milliseconds here, so that two hundred days can be played through at once. */

export type WaitingVisit = QueueVisit & Pick<Visit, 'doctorId' | 'poolId' | 'serviceId'>

/** A doctor on duty, with what is known of their pace. */
export type WaitDoctor = {
  id: string
  poolIds: ReadonlySet<string>
  duty: Duty
  /** Q5: appointments called in a row just now (`appointmentsCalledInARow`). */
  row: number
  /** Who is called or in consultation, in the order in which they are seen. */
  present: readonly PresentVisit[]
  /** Since when nobody is with them; `null` before the first of the day. */
  freeSinceMs: number | null
  /** Q11: the lengths of a visit type. */
  lengths: (serviceId: string | null) => Lengths
  /** From one's leaving until the next is called, while somebody waits. */
  pauses: Lengths
  /** From the call until the consultation begins. */
  walks: Lengths
}

/** `elapsedMs` is how long the consultation has run, holds left out; `undefined` for one who is called. */
export type PresentVisit = { id: string; serviceId: string | null; elapsedMs: number | undefined }

/** An appointment of today whose patient has not come yet. */
export type AppointmentToCome = { id: string; doctorId: string; serviceId: string; dueMs: number }

/** Q1: on hold; comes back near the front for what is left of the consultation. */
export type VisitOnHold = { visit: WaitingVisit; heldMs: number; elapsedMs: number }

/** What this clinic has lately seen, so that the day can be played through as days are here. */
export type Custom = {
  /** The share of appointments that nobody comes for, and how long after the slot the others come. */
  missed: number
  offsets: Lengths
  /** How long a hold lasts. */
  holds: Lengths
  /** The share of patients whom triage raises to `urgent` or above. */
  raised: number
  /** Those who come at `urgent` or above without an appointment: how many an hour, and what they were like. */
  urgentPerHour: number
  urgent: readonly Pick<WaitingVisit, 'urgency' | 'doctorId' | 'poolId' | 'serviceId'>[]
}

export type WaitQuestion = {
  nowMs: number
  settings: QueueSettings
  doctors: readonly WaitDoctor[]
  /** Those who wait or are in triage; what some of them have had of their consultation already. */
  waiting: readonly WaitingVisit[]
  hadMs: ReadonlyMap<string, number>
  toCome: readonly AppointmentToCome[]
  onHold: readonly VisitOnHold[]
  custom: Custom
}
