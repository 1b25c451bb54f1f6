import type { Appointment } from '../../contract/appointments.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Changes } from '../../contract/feed.ts'
import type { Allergies, Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord, getVersion } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRows } from '../db/records.ts'
import { findOpenVisit } from '../visits/queries.ts'
import { keepStep } from '../visits/step.ts'
import { clinicsKnowing, knowPatient } from './commands.ts'

/** A record as it was before the merge; the merge gave it the next version. */
type Moved =
  | { noun: 'visits'; before: Visit }
  | { noun: 'appointments'; before: Appointment }
  | { noun: 'allergies'; before: Allergies }

type Merge = {
  winnerId: string
  version: number
  loserId: string
  loserVersion: number
  continueVisitId?: string | undefined
}

/**
 * P4: two records of one person. Nothing is deleted: the loser points to the winner, what hung on it moves, allergies
 * are united, and all of it is kept as it was, so that it can be undone whole.
 */
export function merge(w: W<Person>, request: Merge): { patient: Patient; mergeId: string } {
  const { winnerId, version, loserId, loserVersion } = request
  if (winnerId === loserId) throw new Refusal('illegal_transition', { from: 'one', to: 'one' })
  const winner = getVersion(w.sql, 'patients', winnerId, version)
  const loser = getVersion(w.sql, 'patients', loserId, loserVersion)
  if (winner.mergedIntoId || loser.mergedIntoId)
    throw new Refusal('illegal_transition', { from: 'merged', to: 'merged' })

  const visits = moveVisits(w, request)
  const appointments = moveAppointments(w, winnerId, loserId)
  const allergies = uniteAllergies(w, winnerId, loserId)
  const clinics = [...new Set([...clinicsKnowing(w.sql, winnerId), ...clinicsKnowing(w.sql, loserId)])]
  for (const clinicId of clinics) knowPatient(w, winnerId, clinicId)
  const patient = w.update('patients', { ...winner, version: version + 1 })
  const gone = w.update('patients', { ...loser, mergedIntoId: winnerId, version: loserVersion + 1 })

  const mergeId = newId()
  const moved: Moved[] = [
    ...visits.map(({ before }) => ({ noun: 'visits' as const, before })),
    ...appointments.map(({ before }) => ({ noun: 'appointments' as const, before })),
    ...(allergies ? [{ noun: 'allergies' as const, before: allergies.before }] : []),
  ]
  w.sql.run`insert into merges (id, winnerId, loserId, at, actorId, moved)
    values (${mergeId}, ${winnerId}, ${loserId}, ${w.now}, ${w.actor.userId}, ${JSON.stringify(moved)})`
  w.audit({ noun: 'patients', recordId: winnerId, detail: { loser: loserId, merge: mergeId } })
  announce(w, clinics, {
    patients: [patient, gone],
    visits: visits.map(({ after }) => after),
    appointments: appointments.map(({ after }) => after),
    ...(allergies ? { allergies: [allergies.after] } : {}),
  })
  return { patient, mergeId }
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
  const changes: Changes = { visits: [], appointments: [], allergies: [] }
  for (const moved of JSON.parse(row.moved) as Moved[]) putBack(w, moved, row, changes)
  const winner = bump(w, row.winnerId, {})
  const loser = bump(w, row.loserId, { mergedIntoId: null })
  w.sql.run`update merges set undoneAt = ${w.now} where id = ${mergeId}`
  w.audit({ noun: 'patients', recordId: winnerId, detail: { loser: row.loserId, merge: mergeId } })
  announce(w, clinicsKnowing(w.sql, winnerId), { ...changes, patients: [winner, loser] })
  return { winner, loser }
}

/** To each clinic that knows the patient, with what is its own: visits and appointments are not told elsewhere. */
function announce(w: W<Person>, clinicIds: string[], { visits = [], appointments = [], ...shared }: Changes): void {
  for (const clinicId of clinicIds) {
    const own = <T extends { clinicId: string }>(records: T[]) => records.filter((one) => one.clinicId === clinicId)
    w.record(
      'patient_merged',
      { clinicIds: [clinicId] },
      { ...shared, visits: own(visits), appointments: own(appointments) },
    )
  }
}

function bump(w: W<Person>, id: string, change: Partial<Patient>): Patient {
  const current = getRecord(w.sql, 'patients', id)
  return w.update('patients', { ...current, ...change, version: current.version + 1 })
}

type Merged = { winnerId: string; loserId: string }

function putBack(w: W<Person>, { noun, before }: Moved, merged: Merged, changes: Changes): void {
  switch (noun) {
    case 'visits':
      changes.visits?.push(...putBackVisit(w, before, merged))
      return
    case 'appointments':
      changes.appointments?.push(...putBackAppointment(w, before, merged))
      return
    case 'allergies':
      changes.allergies?.push(partAllergies(w, before, merged))
  }
}

/** Of what has been touched since, only the owner goes back; what has gone to somebody else since, stays there. */
function putBackVisit(w: W<Person>, before: Visit, { winnerId }: Merged): Visit[] {
  const current = getRecord(w.sql, 'visits', before.id)
  if (current.patientId !== winnerId) return []
  const reopens = isOpen(before.status) && !isOpen(current.status)
  const rival = reopens && before.patientId && findOpenVisit(w.sql, before.clinicId, before.patientId, before.day)
  const base = current.version === before.version + 1 && !rival ? before : { ...current, patientId: before.patientId }
  return [saveVisit(w, current, base, 'unmerge')]
}

function putBackAppointment(w: W<Person>, before: Appointment, { winnerId }: Merged): Appointment[] {
  const current = getRecord(w.sql, 'appointments', before.id)
  if (current.patientId !== winnerId) return []
  return [w.update('appointments', { ...current, patientId: before.patientId, version: current.version + 1 })]
}

/** The winner keeps what was written down since the merge, and loses only what came from the other. */
function partAllergies(w: W<Person>, before: Allergies, { loserId }: Merged): Allergies {
  const current = getRecord(w.sql, 'allergies', before.id)
  const named = (items: Allergies['items']) => new Set(items.map((item) => item.substance.toLowerCase()))
  const [own, theirs] = [named(before.items), named(getRecord(w.sql, 'allergies', loserId).items)]
  const items = current.items.filter(
    ({ substance: name }) => own.has(name.toLowerCase()) || !theirs.has(name.toLowerCase()),
  )
  const untouched = current.version === before.version + 1
  const emptied = before.state === 'listed' ? 'not_asked' : before.state
  const state = items.length > 0 || current.state !== 'listed' ? current.state : emptied
  const base = untouched ? before : { ...current, items, state }
  return w.update('allergies', { ...base, version: current.version + 1 })
}

type Pair<T> = { before: T; after: T }

/** P4: with two open visits in one clinic somebody says which continues; the other ends. */
function moveVisits(w: W<Person>, { winnerId, loserId, continueVisitId }: Merge): Pair<Visit>[] {
  const theirs = fromRows('visits', w.sql.all`select * from visits where patientId = ${loserId}`)
  const own = fromRows('visits', w.sql.all`select * from visits where patientId = ${winnerId}`)
  const ending = theirs.flatMap((visit) => {
    const rival = isOpen(visit.status)
      ? own.find((one) => isOpen(one.status) && one.clinicId === visit.clinicId && one.day === visit.day)
      : undefined
    if (!rival) return []
    if (continueVisitId !== visit.id && continueVisitId !== rival.id)
      throw new Refusal('both_visits_open', { visitIds: [rival.id, visit.id] })
    return [continueVisitId === visit.id ? rival : visit]
  })
  const ended = ending
    .filter((visit) => visit.patientId === winnerId)
    .map((before) => ({ before, after: saveVisit(w, before, { ...before, ...endFields(w.now) }, 'merge') }))
  const moved = theirs.map((before) => {
    const kept = ending.includes(before) ? { ...before, ...endFields(w.now) } : before
    return { before, after: saveVisit(w, before, { ...kept, patientId: winnerId }, 'merge') }
  })
  // In the order in which they go back: a reopened one finds its place free.
  return [...moved, ...ended]
}

/** An open visit keeps it as a step (Q1), so that nothing from before it can be undone on what is another's now (Q9). */
function saveVisit(w: W<Person>, current: Visit, next: Visit, step: 'merge' | 'unmerge'): Visit {
  const visit = w.update('visits', { ...next, version: current.version + 1 })
  if (isOpen(current.status) || isOpen(visit.status)) keepStep(w, visit, current.status, { step })
  return visit
}

function endFields(now: string) {
  return { status: 'cancelled', statusAt: now, endedAt: now, endReason: 'merged' } as const
}

function moveAppointments(w: W<Person>, winnerId: string, loserId: string) {
  return fromRows('appointments', w.sql.all`select * from appointments where patientId = ${loserId}`).map((before) => ({
    before,
    after: w.update('appointments', { ...before, patientId: winnerId, version: before.version + 1 }),
  }))
}

/** What either record lists, the united one lists; "none known" stands only where nothing is listed. */
function uniteAllergies(w: W<Person>, winnerId: string, loserId: string): Pair<Allergies> | undefined {
  const before = getRecord(w.sql, 'allergies', winnerId)
  const other = getRecord(w.sql, 'allergies', loserId)
  if (other.state === 'not_asked') return undefined
  const known = new Set(before.items.map((item) => item.substance.toLowerCase()))
  const items = [...before.items, ...other.items.filter((item) => !known.has(item.substance.toLowerCase()))]
  const state = items.length > 0 ? 'listed' : 'none_known'
  return { before, after: w.update('allergies', { ...before, state, items, version: before.version + 1 }) }
}
