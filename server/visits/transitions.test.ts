import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, role } from '../../contract/permissions.ts'
import { type Visit, type VisitStatus, visitStatus } from '../../contract/visits.ts'
import { VISIT_TRANSITIONS } from '../../rules/transitions.ts'
import { anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let all: ApiClient
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())

/** How a visit comes to each status. */
const way = {
  waiting: [],
  in_triage: ['in_triage'],
  called: ['called'],
  in_consultation: ['called', 'in_consultation'],
  on_hold: ['called', 'in_consultation', 'on_hold'],
  awaiting_payment: ['called', 'in_consultation', 'awaiting_payment'],
  completed: ['called', 'in_consultation', 'completed'],
  left: ['left'],
  cancelled: ['cancelled'],
  no_show: ['no_show'],
} as const satisfies Record<VisitStatus, readonly VisitStatus[]>

const aVisitIn = async (status: VisitStatus) => take(all, await clinic.aVisit(), ...way[status])

/** Leaves the doctor free for the next case. */
async function leave(visit: Visit): Promise<void> {
  const now = (await all.visits.get({ params: { id: visit.id } })).visit
  if (now.endedAt === null) await take(all, now, 'left')
}

describe('Q1 every legal transition is possible, and kept with who, when and why', () => {
  const legal = visitStatus.options.flatMap((from) => VISIT_TRANSITIONS[from].map((to) => ({ from, to })))
  test.each(legal)('$from -> $to', async ({ from, to }) => {
    const before = await aVisitIn(from)
    const after = await take(all, before, to)
    expect(after).toMatchObject({ status: to, version: before.version + 1, statusAt: clinic.clock.iso() })
    const { visit, steps } = await all.visits.get({ params: { id: before.id } })
    expect(visit).toEqual(after)
    expect(steps.at(-1)).toMatchObject({ from, to, reason: 'a reason', at: clinic.clock.iso(), undone: false })
    expect(steps.at(-1)?.actorId).toMatch(/^[\da-f-]{36}$/)
    await leave(after)
  })
})

describe('Q1 every other transition is refused, and changes nothing', () => {
  test.each(visitStatus.options)('from %s', async (from) => {
    const before = await aVisitIn(from)
    const legal: readonly VisitStatus[] = VISIT_TRANSITIONS[from]
    for (const to of visitStatus.options.filter((one) => !legal.includes(one))) {
      const { data } = await refusal(take(all, before, to), 'illegal_transition')
      expect(data).toEqual({ from, to })
    }
    expect((await all.visits.get({ params: { id: before.id } })).visit).toEqual(before)
    await leave(before)
  })
})

const desk: Role[] = ['administrator', 'receptionist', 'nurse', 'doctor']
describe('Q1 each step has its own permission', () => {
  test.each<{ from: VisitStatus; to: VisitStatus; may: Role[] }>([
    { from: 'waiting', to: 'in_triage', may: ['nurse', 'doctor'] },
    { from: 'in_triage', to: 'waiting', may: ['nurse', 'doctor'] },
    { from: 'waiting', to: 'called', may: desk },
    { from: 'waiting', to: 'left', may: desk },
    { from: 'waiting', to: 'cancelled', may: desk },
    { from: 'waiting', to: 'no_show', may: desk },
    { from: 'called', to: 'in_consultation', may: ['doctor'] },
    { from: 'called', to: 'waiting', may: desk },
    { from: 'in_consultation', to: 'on_hold', may: desk },
    { from: 'in_consultation', to: 'awaiting_payment', may: ['doctor'] },
    { from: 'in_consultation', to: 'completed', may: ['doctor'] },
    { from: 'on_hold', to: 'waiting', may: desk },
    { from: 'awaiting_payment', to: 'completed', may: ['administrator', 'receptionist', 'cashier'] },
    { from: 'completed', to: 'in_consultation', may: ['doctor'] },
    { from: 'left', to: 'waiting', may: desk },
    { from: 'no_show', to: 'waiting', may: desk },
  ])('$from -> $to', async ({ from, to, may }) => {
    const visit = await aVisitIn(from)
    for (const one of role.options.filter((each) => !may.includes(each)))
      await refusal(take(clinic.as[one], visit, to), 'forbidden')
    for (const one of may) {
      const fresh = one === may[0] ? visit : await aVisitIn(from)
      expect((await take(clinic.as[one], fresh, to)).status).toBe(to)
      await leave(fresh)
    }
  })
})

test('Q1 cancelling, and reopening what was completed, need a reason', async () => {
  const waiting = await clinic.aVisit()
  const bare = (visit: Visit, status: VisitStatus) =>
    all.visits.setStatus({ params: { id: visit.id }, body: { version: visit.version, status } })
  expect((await refusal(bare(waiting, 'cancelled'), 'reason_required')).data).toEqual({ field: 'reason' })
  const completed = await take(all, waiting, ...way.completed)
  await refusal(bare(completed, 'in_consultation'), 'reason_required')
  await leave(await take(all, completed, 'in_consultation'))
})

test('Q1 a completed visit opens again on its own day only', async () => {
  const completed = await aVisitIn('completed')
  const left = await aVisitIn('left')
  clinic.clock.pass(24 * 60)
  await refusal(take(all, completed, 'in_consultation'), 'illegal_transition')
  await refusal(take(all, left, 'waiting'), 'illegal_transition')
  clinic.clock.pass(-24 * 60)
})

test('Q1 in triage keeps place and clock', async () => {
  const waiting = await clinic.aVisit()
  clinic.clock.pass(20)
  const back = await take(all, waiting, 'in_triage', 'waiting')
  expect(back).toMatchObject({ queuedAt: waiting.queuedAt, nearFront: false, doctorId: waiting.doctorId })
  await leave(back)
})

test('Q1 back from a hold: near the front, with an own clock', async () => {
  const held = await aVisitIn('on_hold')
  clinic.clock.pass(30)
  const back = await take(all, held, 'waiting')
  expect(back).toMatchObject({ nearFront: true, queuedAt: clinic.clock.iso(), arrivedAt: held.arrivedAt, roomId: null })
  await leave(back)
})

test('Q1 a doctor has one patient in consultation at a time', async () => {
  const present = await aVisitIn('in_consultation')
  const next = await take(all, await clinic.aVisit(), 'called')
  const { data } = await refusal(take(all, next, 'in_consultation'), 'patient_still_open')
  expect(data).toEqual({ visitId: present.id })
  await leave(present)
  await leave(next)
})

test('Q2 what was left does not open again while the patient has another visit', async () => {
  const left = await aVisitIn('left')
  const completed = await take(all, await clinic.aVisit(), ...way.completed)
  for (const closed of [left, completed]) await clinic.aVisit({ patientId: closed.patientId })
  expect((await refusal(take(all, left, 'waiting'), 'already_exists')).data).toEqual({ field: 'patientId' })
  await refusal(take(all, completed, 'in_consultation'), 'already_exists')
})

test('Q1 both REST families take the same step and refuse the same', async () => {
  const visit = await clinic.aVisit()
  const body = { version: visit.version, status: 'completed' as const }
  await refusal(all.queue.setStatus({ params: { id: visit.id }, body }), 'illegal_transition')
  const left = await all.queue.setStatus({ params: { id: visit.id }, body: { ...body, status: 'left' } })
  expect((await all.visits.get({ params: { id: visit.id } })).visit).toEqual(left)
})

test('Q10 a stale version is refused with the current record, whoever sends it', async () => {
  const seen = await clinic.aVisit()
  const current = await take(all, seen, 'in_triage')
  const params = { id: seen.id }
  const body = { version: seen.version }
  const stale = [
    all.visits.setStatus({ params, body: { ...body, status: 'waiting' } }),
    all.queue.setStatus({ params, body: { ...body, status: 'waiting' } }),
    all.visits.call({ params, body }),
    all.queue.call({ params, body }),
    all.visits.finish({ params, body }),
    all.visits.notHere({ params, body }),
    all.visits.away({ params, body: { ...body, until: null } }),
    all.visits.update({ params, body: { ...body, urgency: 'urgent' } }),
    all.visits.transfer({ params, body: { ...body, doctorId: clinic.otherDoctor.id } }),
    all.visits.reassign({ params, body: { ...body, patientId: seen.patientId ?? '', reason: 'wrong' } }),
    all.visits.undo({ params, body }),
  ]
  for (const call of stale) expect((await refusal(call, 'stale_version')).data).toEqual({ current })
})
