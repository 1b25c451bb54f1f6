import { Refusal } from '../../contract/errors.ts'
import { urgency as urgencyLevels, type Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { moveAlerts } from '../alerts/commands.ts'
import { hurryAlerts } from '../alerts/step.ts'
import type { Person } from '../auth/person.ts'
import { moveBed } from '../beds/move.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { fromRows } from '../db/records.ts'
import { moveMoney } from '../money/move.ts'
import { followVisitWithNews } from '../notifications/about-visits.ts'
import { keepStep, scopeOf } from '../visits/step.ts'
import { type Moved, type Pair, untouched } from './moved.ts'

type Merging = { winnerId: string; loserId: string; continueVisitIds: readonly string[] }
type Both = { ends: Visit; goes: Visit }

/**
 * P4: the visits of both become one history. With two open ones in a clinic and day somebody says which continues: the
 * other ends, names it, and its lines, payments, alerts, bed and appointments join it.
 */
export function mergeVisits(w: W<Person>, merging: Merging): { moved: Moved[]; fulfilled: ReadonlySet<string> } {
  const { winnerId, loserId } = merging
  const theirs = fromRows('visits', w.sql.all`select * from visits where patientId = ${loserId}`)
  const own = fromRows('visits', w.sql.all`select * from visits where patientId = ${winnerId}`)
  const both = theirs.flatMap((visit) => pairUp(visit, own, merging.continueVisitIds))

  // The one that ends makes room for the other first: the database knows one open visit of a patient (Q2).
  const ended = both.map(({ ends, goes }) => endInto(w, ends, goes, winnerId))
  const hanging = both.map(({ ends, goes }): Moved[] => [
    ...moveMoney(w, ends.id, goes.id),
    ...moveAlerts(w, ends, goes).map((pair) => ({ noun: 'alerts' as const, ...pair })),
    ...moveBed(w, ends, goes).map((pair) => ({ noun: 'beds' as const, ...pair })),
  ])
  const continuing = both.flatMap(({ ends, goes }, index) => {
    const next = withOther(w, ends, goes, winnerId)
    // One that nothing joins is as it was, and what was done with it last can still be undone (Q9).
    if (untouched(goes, next) && hanging[index]?.length === 0) return []
    const after = saveVisit(w, goes, next, 'merge')
    // L3: its alerts, and those that joined it, are about one of the higher level now.
    hurryAlerts(w, after)
    return [{ before: goes, after }]
  })
  const done = new Set([...ended, ...continuing].map(({ before }) => before.id))
  const others = theirs
    .filter((visit) => !done.has(visit.id))
    .map((before) => ({ before, after: saveVisit(w, before, { ...before, patientId: winnerId }, 'merge') }))
  const visits = [...continuing, ...others, ...ended].map((pair) => ({ noun: 'visits' as const, ...pair }))
  return { moved: [...visits, ...hanging.flat()], fulfilled: new Set(both.flatMap(({ ends }) => seenFor(ends))) }
}

/** An open visit keeps it as a step (Q1), so that nothing from before it can be undone on what is another's now (Q9). */
export function saveVisit(w: W<Person>, current: Visit, next: Visit, step: 'merge' | 'unmerge'): Visit {
  const visit = w.update('visits', { ...next, version: current.version + 1 })
  if (isOpen(current.status) || isOpen(visit.status)) keepStep(w, visit, current.status, { step })
  if (visit.status !== current.status) w.record('visit_status_changed', scopeOf(w, visit, current), { visits: [visit] })
  followVisitWithNews(w, current, visit)
  return visit
}

function pairUp(visit: Visit, own: readonly Visit[], chosen: readonly string[]): Both[] {
  const rival = isOpen(visit.status)
    ? own.find((one) => isOpen(one.status) && one.clinicId === visit.clinicId && one.day === visit.day)
    : undefined
  if (!rival) return []
  if (chosen.includes(visit.id) === chosen.includes(rival.id))
    throw new Refusal('both_visits_open', { visitIds: [rival.id, visit.id] })
  return [chosen.includes(visit.id) ? { ends: rival, goes: visit } : { ends: visit, goes: rival }]
}

function endInto(w: W<Person>, before: Visit, goes: Visit, winnerId: string): Pair<Visit> {
  const end = { status: 'cancelled', statusAt: w.now, endedAt: w.now, endReason: 'merged' } as const
  const gone = { mergedIntoId: goes.id, appointmentId: null, nextAppointmentIds: [], patientId: winnerId }
  return { before, after: saveVisit(w, before, { ...before, ...end, ...gone }, 'merge') }
}

/** Its ticket and its clock stay. T1: a level is only ever raised; a first look at either counts. */
function withOther(w: W<Person>, ends: Visit, goes: Visit, winnerId: string): Visit {
  const levels = urgencyLevels.options
  const urgency = levels.indexOf(ends.urgency) < levels.indexOf(goes.urgency) ? ends.urgency : goes.urgency
  return {
    ...goes,
    ...withAppointments(w, ends, goes),
    patientId: winnerId,
    urgency,
    triaged: goes.triaged || ends.triaged,
    lookedAt: later(goes.lookedAt, ends.lookedAt),
    familyId: goes.familyId ?? ends.familyId,
  }
}

const later = (one: string | null, other: string | null) => ((one ?? '') > (other ?? '') ? one : other)

/** Q2: appointments are the next stops of who is here already; one with the doctor who is waited for is the visit's own. */
function withAppointments(w: W<Person>, ends: Visit, goes: Visit): Partial<Visit> {
  const seen = seenFor(ends)
  const [first, ...others] = appointmentsOf(ends).filter((id) => !seen.includes(id))
  if (!first) return {}
  const { doctorId, startsAt } = getRecord(w.sql, 'appointments', first)
  if (goes.appointmentId === null && goes.doctorId === doctorId)
    return { appointmentId: first, dueAt: startsAt, nextAppointmentIds: [...goes.nextAppointmentIds, ...others] }
  return { nextAppointmentIds: [...goes.nextAppointmentIds, first, ...others] }
}

export function appointmentsOf({ appointmentId, nextAppointmentIds }: Visit): string[] {
  return [...(appointmentId ? [appointmentId] : []), ...nextAppointmentIds]
}

/** Who has only to pay has been seen: that appointment is no stop to come. */
function seenFor({ status, appointmentId }: Visit): string[] {
  return status === 'awaiting_payment' && appointmentId ? [appointmentId] : []
}
