import type { Appointment } from '../../contract/appointments.ts'
import { Refusal } from '../../contract/errors.ts'
import { BY_PATIENT, type CancelReason, type MoveWish } from '../../contract/public-words.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { announce, release } from './commands.ts'

// S5: what a patient does with the slip in hand. Each says the same a second time without changing anything.

/** @throws Refusal `illegal_transition` once it is no longer the patient's to confirm */
export function confirmByPatient(w: W, id: string): Appointment {
  const current = ofPatient(w, id)
  if (current.status === 'confirmed') return current
  demandOpen(w, current, 'confirmed')
  const next = w.update('appointments', { ...current, status: 'confirmed', version: current.version + 1 })
  announce(w, 'appointment_updated', next)
  return next
}

/** @throws Refusal `illegal_transition` once it is no longer the patient's to cancel */
export function cancelByPatient(w: W, id: string, reason: CancelReason): Appointment {
  const current = ofPatient(w, id)
  if (current.status === 'cancelled') return current
  demandOpen(w, current, 'cancelled')
  release(w, id)
  const next = w.update('appointments', {
    ...current,
    status: 'cancelled',
    cancelReason: BY_PATIENT + reason,
    moveAsked: null,
    version: current.version + 1,
  })
  announce(w, 'appointment_cancelled', next)
  return next
}

/** A wish that reception sees on the appointment; moving it is theirs. */
export function askToMove(w: W, id: string, wish: MoveWish): Appointment {
  const current = ofPatient(w, id)
  if (current.moveAsked === wish) return current
  demandOpen(w, current, 'move')
  const next = w.update('appointments', { ...current, moveAsked: wish, version: current.version + 1 })
  announce(w, 'appointment_updated', next)
  return next
}

function ofPatient(w: W, id: string): Appointment {
  w.audit({ noun: 'appointments', recordId: id })
  return getRecord(w.sql, 'appointments', id)
}

/** Until it begins; after that the patient is here or late, and it is for the desk. */
function demandOpen(w: W, { status, startsAt }: Appointment, to: string): void {
  const open = status === 'booked' || status === 'confirmed'
  if (!open || startsAt <= w.now) throw new Refusal('illegal_transition', { from: status, to })
}
