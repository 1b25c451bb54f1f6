import type { Doctor } from '../../contract/doctors.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Visit } from '../../contract/visits.ts'
import { isFirst, nextToCall } from '../../rules/queue-order.ts'
import { isUrgentOrAbove } from '../../rules/transitions.ts'
import { demand, demandClinic, type Person } from '../auth/person.ts'
import type { W } from '../db/door.ts'
import { getRecord } from '../db/get.ts'
import { roomNow } from '../doctors/rooms.ts'
import { finishVisit, holdVisit } from './care.ts'
import { drawnBy, isUnpaid, lineOf, openVisits, poolsOf, today } from './queries.ts'
import { announce, demandTransition, stepVisit, visitFor } from './step.ts'

type Call = {
  version: number
  doctorId?: string | undefined
  roomId?: string | null | undefined
  reason?: string | undefined
  withFamily?: boolean
}

/** Calls one patient, with the family if wished (Q12). */
export function callVisit(w: W<Person>, id: string, request: Call): Visit {
  const visit = visitFor(w, id, request.version)
  return request.withFamily ? callFamily(w, visit, request) : callOne(w, visit, request)
}

/** Why somebody was called before others: the pages word it. */
export const WITH_FAMILY = 'with_family'

/**
 * Q12: the others of the family come along, in the order of the line: each has a call of its own, to be undone by
 * itself, and one who is called before others for it is marked (Q7). Who is called or inside already stays as they are.
 */
function callFamily(w: W<Person>, visit: Visit, request: Call): Visit {
  const there = visit.status === 'called' || visit.status === 'in_consultation'
  const first = there ? visit : callOne(w, visit, request)
  const doctor = getRecord(w.sql, 'doctors', first.doctorId ?? '')
  const next = () => {
    const { order } = lineOf(w.sql, doctor, w.now)
    const entry = order.find((one) => one.callable && one.visit.familyId === first.familyId)
    return entry ? { visit: entry.visit, outOfOrder: !isFirst(order, entry.visit.id) } : undefined
  }
  let member = first.familyId ? next() : undefined
  if (there && !member) throw new Refusal('nobody_to_call')
  for (; member; member = next()) {
    const { outOfOrder } = member
    bring(w, doctor, member.visit, { roomId: first.roomId, outOfOrder, reason: outOfOrder ? WITH_FAMILY : null })
  }
  return first
}

/** Out of order needs a reason and is marked (Q7); a called one is announced again. */
function callOne(w: W<Person>, visit: Visit, request: Call): Visit {
  if (visit.status === 'called') return recall(w, visit, request.roomId)
  demandTransition(visit, 'called')
  const doctor = getRecord(w.sql, 'doctors', request.doctorId ?? visit.doctorId ?? w.actor.doctorId ?? '')
  if (doctor.clinicId !== visit.clinicId) throw new Refusal('not_found', { noun: 'doctors' })
  const clinic = getRecord(w.sql, 'clinics', visit.clinicId)
  if (visit.awayUntil && visit.awayUntil > w.now && !request.reason) throw new Refusal('not_callable', { why: 'away' })
  if (isUnpaid(w.sql, clinic, visit)) throw new Refusal('not_callable', { why: 'unpaid' }) // M2
  const { order } = lineOf(w.sql, doctor, w.now)
  const inOrder = isFirst(order, visit.id)
  if (!inOrder && !request.reason) throw new Refusal('reason_required', { field: 'reason' })
  return bring(w, doctor, visit, { roomId: request.roomId, outOfOrder: !inOrder, reason: request.reason ?? null })
}

type Present = { visitId: string; version: number; becomes: 'finished' | 'on_hold' | 'not_here' | 'ahead' | 'parked' }
type CallNext = { doctorId: string; roomId?: string | null | undefined; present?: Present | undefined }

/**
 * Q7: takes the first of the doctor's line in one transaction. With a patient still open it asks what becomes of them.
 * `null` when that was answered and nobody else waits.
 */
export function callNext(w: W<Person>, { doctorId, roomId, present }: CallNext): Visit | null {
  const doctor = getRecord(w.sql, 'doctors', doctorId)
  demandClinic(w.actor, doctor.clinicId)
  if (present) resolvePresent(w, doctor, present)
  const ahead = present?.becomes === 'ahead' ? present.visitId : undefined
  const stillOpen = withDoctor(w, doctor).find((visit) => visit.id !== ahead)
  if (stillOpen) throw new Refusal('patient_still_open', { visitId: stillOpen.id })
  const next = nextToCall(lineOf(w.sql, doctor, w.now).order)?.visit
  if (present?.becomes === 'parked' && next?.urgency !== 'immediate')
    throw new Refusal('illegal_transition', { from: 'in_consultation', to: 'parked' })
  if (next) return bring(w, doctor, next, { roomId, outOfOrder: false, reason: null })
  if (present && present.becomes !== 'ahead') return null
  throw new Refusal('nobody_to_call')
}

/** Who is with the doctor now: called or in consultation, the one in consultation first. */
function withDoctor(w: W, doctor: Doctor): Visit[] {
  const clinic = getRecord(w.sql, 'clinics', doctor.clinicId)
  const open = openVisits(w.sql, clinic.id, today(clinic, w.now)).filter((visit) => visit.doctorId === doctor.id)
  return [
    ...open.filter((visit) => visit.status === 'in_consultation'),
    ...open.filter((visit) => visit.status === 'called'),
  ]
}

function resolvePresent(w: W<Person>, doctor: Doctor, { visitId, version, becomes }: Present): void {
  const visit = visitFor(w, visitId, version)
  if (visit.doctorId !== doctor.id) throw new Refusal('not_found', { noun: 'visits' })
  switch (becomes) {
    case 'finished':
      demand(w.actor, 'visit.consult')
      finishVisit(w, visit)
      return
    case 'on_hold':
      holdVisit(w, visit, null)
      return
    case 'parked':
      holdVisit(w, visit, null, true)
      return
    case 'not_here':
      notHere(w, visit)
      return
    case 'ahead':
      // One may be called ahead while another is in consultation.
      if (visit.status !== 'in_consultation') throw new Refusal('patient_still_open', { visitId })
  }
}

function bring(
  w: W<Person>,
  doctor: Doctor,
  visit: Visit,
  { roomId, outOfOrder, reason }: { roomId: string | null | undefined; outOfOrder: boolean; reason: string | null },
): Visit {
  const room = roomId === undefined ? roomNow(w.sql, doctor, w.now) : roomId // S2
  if (room && getRecord(w.sql, 'rooms', room).clinicId !== visit.clinicId)
    throw new Refusal('not_found', { noun: 'rooms' })
  const called = stepVisit(
    w,
    visit,
    {
      status: 'called',
      doctorId: doctor.id,
      roomId: room,
      calledAt: w.now,
      calls: visit.calls + 1,
      outOfOrder,
      awayUntil: null,
      skippedUntil: null,
      skippedCalls: 0,
    },
    { step: outOfOrder ? 'call_out_of_order' : 'call', reason, before: { visit } },
  )
  announce(w, visit, called, { visits: passOver(w, doctor, visit.id) })
  return called
}

/** Q7: a call goes by for those who were not there a moment ago: one is enough to bring them back. */
function passOver(w: W, doctor: Doctor, calledId: string): Visit[] {
  const clinic = getRecord(w.sql, 'clinics', doctor.clinicId)
  const pools = poolsOf(w.sql, doctor)
  return openVisits(w.sql, clinic.id, today(clinic, w.now))
    .filter((visit) => visit.id !== calledId && visit.skippedCalls > 0 && visit.status === 'waiting')
    .filter((visit) => drawnBy(visit, doctor.id, pools))
    .map((visit) => w.update('visits', { ...visit, skippedCalls: visit.skippedCalls - 1, version: visit.version + 1 }))
}

function recall(w: W<Person>, visit: Visit, roomId: string | null | undefined): Visit {
  const change = { calls: visit.calls + 1, calledAt: w.now, roomId: roomId === undefined ? visit.roomId : roomId }
  const again = stepVisit(w, visit, change, { step: 'recall' })
  announce(w, visit, again)
  return again
}

/** Q7: back in the line at once, skipped for a while or one call; after so many times on the missed list. */
export function notHere(w: W<Person>, visit: Visit): Visit {
  if (visit.status !== 'called') throw new Refusal('illegal_transition', { from: visit.status, to: 'waiting' })
  const { settings } = getRecord(w.sql, 'clinics', visit.clinicId)
  const back = stepVisit(
    w,
    visit,
    {
      status: 'waiting',
      doctorId: visit.poolId ? null : visit.doctorId,
      roomId: null,
      notHere: visit.notHere + 1,
      skippedUntil: new Date(Date.parse(w.now) + settings.notHereSkipMinutes * 60_000).toISOString(),
      skippedCalls: 1,
    },
    { step: 'not_here', reason: isUrgentOrAbove(visit.urgency) ? 'look_for_patient' : null },
  )
  announce(w, visit, back)
  return back
}
