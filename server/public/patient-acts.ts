import type * as z from 'zod'
import { Refusal } from '../../contract/errors.ts'
import { nothing, ratingGiven, slipCancel, slipMove } from '../../contract/public.ts'
import { askToMove, cancelByPatient, confirmByPatient } from '../appointments/by-patient.ts'
import type { Actor, W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import type { HubParts } from '../http/context.ts'
import { rateVisit } from '../ratings/commands.ts'
import { today } from '../visits/queries.ts'
import { visitOf } from './slip-state.ts'
import { ratingIsOver, ticketVisit } from './ticket-state.ts'

/** Whoever holds the paper. The hub knows no more of them than that. */
export const patient: Actor = { userId: null, sessionId: null, device: 'patient' }

/** One thing that a patient may do on a page, by the last part of its path. */
export type PatientAct = {
  name: string
  input: z.ZodType
  run(hub: HubParts, recordId: string, given: unknown): Promise<{ ok: true }>
}

function act<Input extends z.ZodType>(
  name: string,
  audit: string,
  input: Input,
  command: (w: W, recordId: string, given: z.infer<Input>) => void,
): PatientAct {
  return {
    name,
    input,
    run: async (hub, recordId, given) => {
      await hub.door.write(patient, audit, (w) => command(w, recordId, input.parse(given)))
      return { ok: true }
    },
  }
}

/** What can be done on a ticket's page, on its day. */
export const ticketActs: readonly PatientAct[] = [
  act('rating', 'rating.give', ratingGiven, (w, visitId, given) => {
    const visit = ticketVisit(w.sql, visitId)
    const clinic = visit && getRecord(w.sql, 'clinics', visit.clinicId)
    if (!clinic || visit.day !== today(clinic, w.now)) throw new Refusal('not_found', { noun: 'visits' })
    rateVisit(w, visit, given)
  }),
]

/** What can be done on a slip's page. */
export const slipActs: readonly PatientAct[] = [
  act('confirm', 'slip.confirm', nothing, (w, id) => void confirmByPatient(w, id)),
  act('cancel', 'slip.cancel', slipCancel, (w, id, { reason }) => void cancelByPatient(w, id, reason)),
  act('move', 'slip.askToMove', slipMove, (w, id, { wish }) => void askToMove(w, id, wish)),
  act('rating', 'rating.give', ratingGiven, (w, id, given) => {
    const appointment = getRecord(w.sql, 'appointments', id)
    const clinic = getRecord(w.sql, 'clinics', appointment.clinicId)
    const visit = visitOf(w.sql, appointment)
    if (!visit || ratingIsOver(clinic, appointment.day, w.now)) throw new Refusal('not_found', { noun: 'visits' })
    rateVisit(w, visit, given)
  }),
]
