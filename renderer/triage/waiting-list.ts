import type { Clinic } from '../../contract/clinics.ts'
import type { Visit } from '../../contract/visits.ts'
import { compareObservations, type ObservationDue, observationDue } from '../../rules/observation-due.ts'

/** Who sits in the waiting room, and when somebody must look at them (T5). */
export type Watched = { visit: Visit; due: ObservationDue | undefined }

export type WaitingList = {
  now: Watched[]
  inTriage: Watched[]
  overdue: Watched[]
  first: Watched[]
  later: Watched[]
}

const SITTING: readonly Visit['status'][] = ['waiting', 'called', 'on_hold']

/** T5: everybody of a clinic's day by need: overdue first, then who waits for triage, then who is due again. */
export function waitingList(
  visits: Readonly<Record<string, Visit>>,
  clinic: Pick<Clinic, 'id' | 'settings'>,
  day: string,
  now: number,
): WaitingList {
  const at = new Date(now).toISOString()
  const here = Object.values(visits).filter((visit) => visit.clinicId === clinic.id && visit.day === day)
  const watched = here.map((visit) => ({ visit, due: observationDue(visit, visit.lookedAt, at, clinic.settings) }))
  const due = watched.flatMap(({ visit, due }) => (due ? [{ visit, due }] : [])).sort(compareObservations)
  const nobody = watched.filter(({ visit, due }) => !due && SITTING.includes(visit.status))
  return {
    // Q7: nobody is looked at again who is taken now.
    now: nobody.filter(({ visit }) => visit.urgency === 'immediate'),
    inTriage: watched.filter(({ visit }) => visit.status === 'in_triage'),
    overdue: due.filter((one) => one.due.overdue),
    first: due.filter((one) => !one.due.overdue && one.due.first),
    later: [
      ...due.filter((one) => !one.due.overdue && !one.due.first),
      ...nobody.filter(({ visit }) => visit.urgency !== 'immediate'),
    ],
  }
}
