import { Refusal } from '../../contract/errors.ts'
import type { Changes, Noun } from '../../contract/feed.ts'
import type { Allergies, Patient } from '../../contract/patients.ts'
import type { Person } from '../auth/person.ts'
import { followPatient } from '../consultations/follow.ts'
import type { W } from '../db/door.ts'
import { getRecord, getVersion } from '../db/get.ts'
import { newId } from '../db/new-id.ts'
import { fromRows } from '../db/records.ts'
import { clinicsKnowing, knowPatient } from './commands.ts'
import { mergeVisits } from './merge-visits.ts'
import type { Moved } from './moved.ts'

type Merge = {
  winnerId: string
  version: number
  loserId: string
  loserVersion: number
  continueVisitIds: readonly string[]
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

  const visits = mergeVisits(w, request)
  const appointments = moveAppointments(w, request, visits.fulfilled)
  // In the order in which they go back: a visit is opened again when what it waits for is there again.
  const moved = [...appointments, ...visits.moved, ...uniteAllergies(w, winnerId, loserId)]
  const clinics = [...new Set([...clinicsKnowing(w.sql, winnerId), ...clinicsKnowing(w.sql, loserId)])]
  for (const clinicId of clinics) knowPatient(w, winnerId, clinicId)
  const patient = w.update('patients', { ...winner, version: version + 1 })
  const gone = w.update('patients', { ...loser, mergedIntoId: winnerId, version: loserVersion + 1 })

  const mergeId = newId()
  w.sql.run`insert into merges (id, winnerId, loserId, at, actorId, moved)
    values (${mergeId}, ${winnerId}, ${loserId}, ${w.now}, ${w.actor.userId}, ${JSON.stringify(moved)})`
  w.audit({ noun: 'patients', recordId: winnerId, detail: { loser: loserId, merge: mergeId } })
  followPatient(w, visitsIn(moved))
  announceMerge(w, clinics, [
    { patients: [patient, gone] },
    ...moved.map(({ noun, after }): Changes => ({ [noun]: [after] })),
  ])
  return { patient, mergeId }
}

/** The visits whose patient a merge, or its undoing, has changed. */
export const visitsIn = (moved: readonly Moved[]): string[] =>
  moved.flatMap((one) => (one.noun === 'visits' ? [one.before.id] : []))

const everywhere: readonly Noun[] = ['patients', 'allergies']

/**
 * To each clinic that knows the patient, with what is its own: a visit with its money is not told elsewhere. Alerts have
 * been told already, to whom they ask.
 */
export function announceMerge(w: W<Person>, clinicIds: readonly string[], parts: readonly Changes[]): void {
  const touched = parts.flatMap((part) => Object.entries(part) as [Noun, { id: string; clinicId?: string }[]][])
  for (const clinicId of clinicIds) {
    // What was touched twice is told once, as it is now.
    const told = new Map<Noun, Map<string, object>>()
    for (const [noun, records] of touched)
      for (const record of records)
        if (everywhere.includes(noun) || (noun !== 'alerts' && record.clinicId === clinicId))
          told.set(noun, (told.get(noun) ?? new Map()).set(record.id, record))
    const changes = Object.fromEntries([...told].map(([noun, records]) => [noun, [...records.values()]]))
    w.record('patient_merged', { clinicIds: [clinicId] }, changes as Changes)
  }
}

/** `fulfilled`: what the patient was seen for, in a visit that ended here. */
function moveAppointments(w: W, { winnerId, loserId }: Merge, fulfilled: ReadonlySet<string>): Moved[] {
  const theirs = fromRows('appointments', w.sql.all`select * from appointments where patientId = ${loserId}`)
  const ids = new Set([...theirs.map(({ id }) => id), ...fulfilled])
  return [...ids].map((id) => {
    const before = getRecord(w.sql, 'appointments', id)
    const status = fulfilled.has(id) ? 'fulfilled' : before.status
    const after = w.update('appointments', { ...before, status, patientId: winnerId, version: before.version + 1 })
    return { noun: 'appointments' as const, before, after }
  })
}

/** What either record lists, the united one lists; "none known" stands only where nothing is listed. */
function uniteAllergies(w: W<Person>, winnerId: string, loserId: string): Moved[] {
  const before: Allergies = getRecord(w.sql, 'allergies', winnerId)
  const other = getRecord(w.sql, 'allergies', loserId)
  if (other.state === 'not_asked') return []
  const known = new Set(before.items.map((item) => item.substance.toLowerCase()))
  const items = [...before.items, ...other.items.filter((item) => !known.has(item.substance.toLowerCase()))]
  const state = items.length > 0 ? 'listed' : 'none_known'
  const after = w.update('allergies', { ...before, state, items, version: before.version + 1 })
  return [{ noun: 'allergies', before, after }]
}
