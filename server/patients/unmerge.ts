import type { Appointment } from '../../contract/appointments.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { Allergies, Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { returnAlert } from '../alerts/commands.ts'
import type { Person } from '../auth/person.ts'
import { returnBed } from '../beds/move.ts'
import { followPatient } from '../consultations/follow.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { returnCharge, returnPayment } from '../money/move.ts'
import { findOpenVisit } from '../visits/queries.ts'
import { followVisit, takeBackLines } from '../visits/settle.ts'
import { clinicsKnowing } from './commands.ts'
import { announceMerge, visitsIn } from './merge.ts'
import { appointmentsOf, saveVisit } from './merge-visits.ts'
import { type Moved, type Pair, untouched } from './moved.ts'

type Merged = {
  winnerId: string
  loserId: string
  /** Which visit took in the one that ended. */
  intoOf: ReadonlyMap<string, string>
  /** The appointments that a visit took in. */
  takenIn: ReadonlyMap<string, readonly string[]>
}

/** Takes a merge back: what has not been touched since is as it was; what has, goes back to its person. */
export function unmerge(w: W<Person>, winnerId: string, mergeId: string): { winner: Patient; loser: Patient } {
  const row = w.sql.get<{ winnerId: string; loserId: string; moved: string; undoneAt: string | null }>`
    select winnerId, loserId, moved, undoneAt from merges where id = ${mergeId}`
  if (!row || row.winnerId !== winnerId) throw new Refusal('not_found', { noun: 'merges' })
  if (row.undoneAt) throw new Refusal('nothing_to_undo')
  // The winner lost a later merge: that one has to be undone first.
  if (getRecord(w.sql, 'patients', winnerId).mergedIntoId)
    throw new Refusal('illegal_transition', { from: 'merged', to: 'unmerged' })
  const moved = JSON.parse(row.moved) as Moved[]
  const merged = { ...row, ...joinsOf(moved) }
  const changes: Changes[] = moved.map((one) => putBack(w, one, merged))
  changes.push(...moved.map((one) => (one.noun === 'visits' ? settleEnded(w, one) : {})))
  const winner = bump(w, row.winnerId, {})
  const loser = bump(w, row.loserId, { mergedIntoId: null })
  w.sql.run`update merges set undoneAt = ${w.now} where id = ${mergeId}`
  w.audit({ noun: 'patients', recordId: winnerId, detail: { loser: row.loserId, merge: mergeId } })
  followPatient(w, visitsIn(moved))
  announceMerge(w, clinicsKnowing(w.sql, winnerId), [...changes, { patients: [winner, loser] }])
  return { winner, loser }
}

function joinsOf(moved: readonly Moved[]): Pick<Merged, 'intoOf' | 'takenIn'> {
  const joins = moved.flatMap((one) =>
    one.noun === 'visits' && one.after.mergedIntoId && !one.before.mergedIntoId
      ? [{ ended: one.before, into: one.after.mergedIntoId }]
      : [],
  )
  return {
    intoOf: new Map(joins.map(({ ended, into }) => [ended.id, into])),
    takenIn: new Map(joins.map(({ ended, into }) => [into, appointmentsOf(ended)])),
  }
}

function bump(w: W<Person>, id: string, change: Partial<Patient>): Patient {
  const current = getRecord(w.sql, 'patients', id)
  return w.update('patients', { ...current, ...change, version: current.version + 1 })
}

function putBack(w: W<Person>, moved: Moved, merged: Merged): Changes {
  switch (moved.noun) {
    case 'visits':
      return merged.intoOf.has(moved.before.id) ? putBackEnded(w, moved, merged) : putBackVisit(w, moved, merged)
    case 'appointments':
      return { appointments: putBackAppointment(w, moved, merged) }
    case 'charges': {
      const { visitId } = moved.before
      const reopened = isOpen(getRecord(w.sql, 'visits', visitId).status)
      return { charges: returnCharge(w, moved.before, merged.intoOf.get(visitId) ?? '', reopened) }
    }
    case 'payments':
      return { payments: returnPayment(w, moved.before, merged.intoOf.get(moved.before.visitId ?? '') ?? '') }
    case 'alerts':
      return { alerts: returnAlert(w, moved.before, merged.intoOf.get(moved.before.visitId ?? '') ?? '') }
    case 'beds':
      return { beds: returnBed(w, moved) }
    case 'allergies':
      return { allergies: [partAllergies(w, moved, merged)] }
  }
}

/** Of what has been touched since, only the owner goes back; what has gone to somebody else since, stays there. */
function putBackVisit(w: W<Person>, { before, after }: Pair<Visit>, { winnerId, takenIn }: Merged): Changes {
  const current = getRecord(w.sql, 'visits', before.id)
  if (current.patientId !== winnerId) return {}
  const foreign = takenIn.get(before.id) ?? []
  const next: Visit = {
    ...current,
    patientId: before.patientId,
    nextAppointmentIds: current.nextAppointmentIds.filter((id) => !foreign.includes(id)),
    ...(current.appointmentId && foreign.includes(current.appointmentId) ? { appointmentId: null, dueAt: null } : {}),
  }
  return { visits: [saveVisit(w, current, untouched(current, after) ? before : next, 'unmerge')] }
}

/** The one that ended is open again with its appointments to come, unless its patient has another open one by now (Q2). */
function putBackEnded(w: W<Person>, { before, after }: Pair<Visit>, { winnerId }: Merged): Changes {
  const current = getRecord(w.sql, 'visits', before.id)
  if (current.patientId !== winnerId) return {}
  const toCome = appointmentsOf(before).filter((id) => getRecord(w.sql, 'appointments', id).status !== 'fulfilled')
  const own = before.appointmentId !== null && toCome.includes(before.appointmentId)
  const appointments: Partial<Visit> = {
    nextAppointmentIds: before.nextAppointmentIds.filter((id) => toCome.includes(id)),
    ...(own ? { appointmentId: before.appointmentId } : { appointmentId: null, dueAt: null }),
  }
  const rival = before.patientId && findOpenVisit(w.sql, before.clinicId, before.patientId, before.day)
  const seen = before.consultationStartedAt !== null
  const ended: Visit = {
    ...current,
    ...appointments,
    patientId: before.patientId,
    mergedIntoId: null,
    // A debt of who was seen is not lost sight of: it is one of who has left.
    status: seen ? 'left' : 'cancelled',
  }
  const next = untouched(current, after) && !rival ? { ...before, ...appointments } : ended
  const visit = saveVisit(w, current, next, 'unmerge')
  return { visits: [visit], appointments: followVisit(w, visit) }
}

/** M2: with its lines back, one that stays ended and was never seen owes nothing. */
function settleEnded(w: W<Person>, { before, after }: Pair<Visit>): Changes {
  const visit = getRecord(w.sql, 'visits', before.id)
  const staysEnded = after.mergedIntoId !== null && isOpen(before.status) && visit.status === 'cancelled'
  return staysEnded ? { charges: takeBackLines(w, visit, 'cancelled') } : {}
}

function putBackAppointment(w: W<Person>, { before, after }: Pair<Appointment>, { winnerId }: Merged): Appointment[] {
  const current = getRecord(w.sql, 'appointments', before.id)
  if (current.patientId !== winnerId) return []
  const base = untouched(current, after) ? before : { ...current, patientId: before.patientId }
  return [w.update('appointments', { ...base, version: current.version + 1 })]
}

/** The winner keeps what was written down since the merge, and loses only what came from the other. */
function partAllergies(w: W<Person>, { before, after }: Pair<Allergies>, { loserId }: Merged): Allergies {
  const current = getRecord(w.sql, 'allergies', before.id)
  const named = (items: Allergies['items']) => new Set(items.map((item) => item.substance.toLowerCase()))
  const [own, theirs] = [named(before.items), named(getRecord(w.sql, 'allergies', loserId).items)]
  const items = current.items.filter(
    ({ substance: name }) => own.has(name.toLowerCase()) || !theirs.has(name.toLowerCase()),
  )
  const emptied = before.state === 'listed' ? 'not_asked' : before.state
  const state = items.length > 0 || current.state !== 'listed' ? current.state : emptied
  const base = untouched(current, after) ? before : { ...current, items, state }
  return w.update('allergies', { ...base, version: current.version + 1 })
}
