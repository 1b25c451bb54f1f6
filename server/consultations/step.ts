import type { Changes, EventType, Nouns } from '../../contract/feed.ts'
import type { Visit } from '../../contract/visits.ts'
import { demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'

/** What hangs on a visit and is for clinical roles alone. */
export type OnVisit = 'prescriptions' | 'orders' | 'attachments'

/** The visit that something is written about, in one of the person's clinics. */
export function visitOf(w: W<Person>, visitId: string): Visit {
  const visit = getRecord(w.sql, 'visits', visitId)
  demandClinic(w.actor, visit.clinicId)
  return visit
}

/** What every record of a visit says of it; the doctor is who writes, or else whose patient it is. */
export function aboutVisit(w: W<Person>, { id, clinicId, patientId, doctorId }: Visit) {
  return { clinicId, visitId: id, patientId, doctorId: w.actor.doctorId ?? doctorId }
}

/** To those who care for patients in the clinics that these records belong to, and to nobody else (design 4). */
export function announceClinical(w: W, type: EventType, changes: Changes): void {
  for (const [clinicId, own] of byClinic(changes)) {
    const records = Object.values(own).flat() as { patientId: string | null }[]
    const patientIds = [...new Set(records.map((record) => record.patientId))]
    w.record(type, { clinicIds: [clinicId], patientIds }, own)
  }
}

/** Each clinic is told what is its own: a patient of two may have come to either for what the other need not know. */
export function byClinic(changes: Changes): Map<string, Changes> {
  const all = Object.entries(changes) as [string, { clinicId: string }[]][]
  const clinicIds = new Set(all.flatMap(([, records]) => records.map((record) => record.clinicId)))
  const ownOf = (clinicId: string): Changes =>
    Object.fromEntries(
      all
        .map(([noun, records]) => [noun, records.filter((record) => record.clinicId === clinicId)] as const)
        .filter(([, records]) => records.length > 0),
    )
  return new Map([...clinicIds].map((clinicId) => [clinicId, ownOf(clinicId)]))
}

/** Withdraws a record, or takes that back: nothing that was written of a patient is deleted. */
export function withdraw<N extends OnVisit>(w: W<Person>, noun: N, current: Nouns[N], withdrawn: boolean): Nouns[N] {
  const withdrawnAt = withdrawn ? (current.withdrawnAt ?? w.now) : null
  return w.update(noun, { ...current, withdrawnAt, version: current.version + 1 })
}
