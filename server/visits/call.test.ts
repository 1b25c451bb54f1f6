import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anybody, nine, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
// Each test has a clinic day of its own, so that the line is empty.
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

type Becomes = 'finished' | 'on_hold' | 'not_here' | 'ahead' | 'parked'
const present = ({ id: visitId, version }: Visit, becomes: Becomes) => ({ visitId, version, becomes })
const next = (before?: ReturnType<typeof present>, by: ApiClient = clinic.as.doctor) =>
  by.visits.callNext({ body: { doctorId: clinic.doctor.id, ...(before ? { present: before } : {}) } })
const call = (visit: Visit, reason?: string) =>
  clinic.as.doctor.visits.call({ params: { id: visit.id }, body: { version: visit.version, reason } })
const notHere = (visit: Visit) =>
  clinic.as.doctor.visits.notHere({ params: { id: visit.id }, body: { version: visit.version } })
const now = async (visit: Visit) => (await all.visits.get({ params: { id: visit.id } })).visit
const line = () => all.queue.doctor({ params: { id: clinic.doctor.id } })

/** Visits that came a minute after each other. */
async function aLine(count: number): Promise<[Visit, Visit, Visit]> {
  const visits: Visit[] = []
  for (let each = 0; each < count; each++) {
    visits.push(await clinic.aVisit())
    clinic.clock.pass(1)
  }
  return visits as [Visit, Visit, Visit]
}

test('Q7 two doctors on one pool never get the same patient', async () => {
  const { as, doctor, otherDoctor, poolId } = clinic
  for (let round = 0; round < 3; round++) await clinic.aVisit({ poolId })
  const calls = await Promise.all([
    as.doctor.visits.callNext({ body: { doctorId: doctor.id } }),
    as.receptionist.visits.callNext({ body: { doctorId: otherDoctor.id } }),
  ])
  expect(calls.map((visit) => visit?.status)).toEqual(['called', 'called'])
  expect(calls[0]?.id).not.toBe(calls[1]?.id)
  expect(calls[0]?.roomId).toBe(clinic.roomId)
  await refusal(as.doctor.visits.callNext({ body: { doctorId: doctor.id } }), 'patient_still_open')
})

test('Q7 a patient of the pool is the doctor’s once called, and the pool’s again when not there', async () => {
  const pooled = await clinic.aVisit({ poolId: clinic.poolId })
  const called = await next()
  expect(called).toMatchObject({ id: pooled.id, doctorId: clinic.doctor.id, poolId: clinic.poolId })
  expect(await notHere(called as Visit)).toMatchObject({ doctorId: null, poolId: clinic.poolId, status: 'waiting' })
})

test('Q7 call-next takes the first of the order into the doctor’s room', async () => {
  const [first] = await aLine(2)
  const called = await next()
  expect(called).toMatchObject({
    id: first.id,
    status: 'called',
    calledAt: clinic.clock.iso(),
    calls: 1,
    roomId: clinic.roomId,
    outOfOrder: false,
  })
})

describe('Q7 with a patient still open it asks what becomes of them', () => {
  test('nothing said: refused, naming the patient', async () => {
    const [first] = await aLine(2)
    await next()
    expect((await refusal(next(), 'patient_still_open')).data).toEqual({ visitId: first.id })
  })

  test.each<{ becomes: Becomes; from: 'called' | 'in_consultation'; status: string }>([
    { becomes: 'finished', from: 'in_consultation', status: 'completed' },
    { becomes: 'on_hold', from: 'in_consultation', status: 'on_hold' },
    { becomes: 'not_here', from: 'called', status: 'waiting' },
    { becomes: 'ahead', from: 'in_consultation', status: 'in_consultation' },
  ])('$becomes: they are $status, and the next one is called', async ({ becomes, from, status }) => {
    const [first, second] = await aLine(2)
    const called = (await next()) as Visit
    const before = from === 'called' ? called : await take(all, called, from)
    expect((await next(present(before, becomes)))?.id).toBe(second.id)
    expect((await now(first)).status).toBe(status)
  })

  test.each<{ becomes: Becomes; from: 'called' | 'in_consultation' }>([
    { becomes: 'finished', from: 'called' },
    { becomes: 'on_hold', from: 'called' },
    { becomes: 'not_here', from: 'in_consultation' },
  ])('$becomes does not suit a patient who is $from, and nobody is called', async ({ becomes, from }) => {
    const [first, second] = await aLine(2)
    const called = (await next()) as Visit
    const before = from === 'called' ? called : await take(all, called, from)
    await refusal(next(present(before, becomes)), 'illegal_transition')
    expect(await now(first)).toEqual(before)
    expect((await now(second)).status).toBe('waiting')
  })

  test('finishing is for whoever may consult', async () => {
    await aLine(2)
    const before = await take(all, (await next()) as Visit, 'in_consultation')
    await refusal(next(present(before, 'finished'), clinic.as.receptionist), 'forbidden')
    expect((await next(present(before, 'on_hold'), clinic.as.receptionist))?.status).toBe('called')
  })

  test('a stale word about the patient is refused with the current record (Q10)', async () => {
    await aLine(2)
    const called = (await next()) as Visit
    const current = await take(all, called, 'in_consultation')
    expect((await refusal(next(present(called, 'finished')), 'stale_version')).data).toEqual({ current })
  })

  test('a visit of another doctor is not this one’s to settle', async () => {
    const theirs = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
    await clinic.aVisit()
    await refusal(next(present(theirs, 'on_hold')), 'not_found')
  })
})

test('Q7 one may be called ahead while another is in consultation, and only one', async () => {
  await aLine(3)
  const called = (await next()) as Visit
  await refusal(next(present(called, 'ahead')), 'patient_still_open')
  const inside = await take(all, called, 'in_consultation')
  const ahead = (await next(present(inside, 'ahead'))) as Visit
  expect((await refusal(next(present(inside, 'ahead')), 'patient_still_open')).data).toEqual({ visitId: ahead.id })
})

test('Q7 take now parks the present patient for an immediate one, and for nobody else', async () => {
  const [first, second] = await aLine(2)
  const inside = await take(all, (await next()) as Visit, 'in_consultation')
  await refusal(next(present(inside, 'parked')), 'illegal_transition')
  expect(await now(first)).toEqual(inside)
  const raised = await all.visits.update({
    params: { id: second.id },
    body: { version: second.version, urgency: 'immediate' },
  })
  expect((await next(present(inside, 'parked')))?.id).toBe(raised.id)
  expect(await now(first)).toMatchObject({ status: 'on_hold', parked: true })
  const taken = await now(second)
  await take(all, taken, 'waiting', 'left')
  expect(await take(all, await now(first), 'in_consultation')).toMatchObject({ parked: false })
})

describe('Q7 not here', () => {
  test('back at once, skipped for one call', async () => {
    const [first] = await aLine(3)
    const back = await notHere((await next()) as Visit)
    expect(back).toMatchObject({ id: first.id, status: 'waiting', notHere: 1, skippedCalls: 1, roomId: null })
    const { order } = await line()
    expect(order.at(-1)).toMatchObject({ visitId: first.id, callable: false })
    expect(order.at(-1)?.reasons[0]).toEqual({ code: 'skipped_until', at: back.skippedUntil })
    const second = (await next()) as Visit
    expect(second.id).not.toBe(first.id)
    const third = await next(present(await take(all, second, 'in_consultation'), 'finished'))
    expect(third?.id).toBe(first.id)
  })

  test('back at once, skipped for five minutes when nobody is called', async () => {
    const [first] = await aLine(1)
    const back = await notHere((await next()) as Visit)
    expect(back.skippedUntil).toBe(nine(clinic, 6))
    await refusal(next(), 'nobody_to_call')
    clinic.clock.pass(5)
    expect((await next())?.id).toBe(first.id)
  })

  test('twice: on the missed list, and not called by itself any more', async () => {
    const [first] = await aLine(1)
    await notHere((await next()) as Visit)
    clinic.clock.pass(5)
    const missed = await notHere((await next()) as Visit)
    clinic.clock.pass(60)
    const { order, missed: list } = await line()
    expect({ order, list }).toEqual({ order: [], list: [first.id] })
    await refusal(next(), 'nobody_to_call')
    expect((await call(missed, 'is back')).status).toBe('called')
  })

  test('only a called patient can be not here', async () => {
    await refusal(notHere(await clinic.aVisit()), 'illegal_transition')
  })

  test('Q8 from urgent up the history says that somebody is to look for them', async () => {
    const [first] = await aLine(1)
    await all.visits.update({ params: { id: first.id }, body: { version: 1, urgency: 'urgent' } })
    await notHere((await next()) as Visit)
    const { steps } = await all.visits.get({ params: { id: first.id } })
    expect(steps.at(-1)).toMatchObject({ step: 'not_here', reason: 'look_for_patient' })
  })
})

test('Q7 recall announces again, also into another room, and changes no place', async () => {
  await aLine(1)
  const called = (await next()) as Visit
  clinic.clock.pass(2)
  const again = await call(called)
  expect(again).toMatchObject({ status: 'called', calls: 2, calledAt: clinic.clock.iso(), roomId: clinic.roomId })
  expect(again.statusAt).toBe(called.statusAt)
  const moved = await clinic.as.doctor.queue.call({
    params: { id: again.id },
    body: { version: again.version, roomId: null },
  })
  expect(moved).toMatchObject({ calls: 3, roomId: null })
})

test('Q7 out of order needs a reason and is marked; the first of the order needs none', async () => {
  const [first, second] = await aLine(2)
  expect((await refusal(call(second), 'reason_required')).data).toEqual({ field: 'reason' })
  expect(await call(second, 'has a bus to catch')).toMatchObject({ status: 'called', outOfOrder: true })
  const { steps } = await all.visits.get({ params: { id: second.id } })
  expect(steps.at(-1)).toMatchObject({ step: 'call_out_of_order', reason: 'has a bus to catch' })
  expect(await call(first)).toMatchObject({ outOfOrder: false })
})

test('Q7 who is away is not called by itself, but with a reason', async () => {
  const [first] = await aLine(1)
  const body = { version: first.version, until: nine(clinic, 40) }
  const away = await clinic.as.receptionist.visits.away({ params: { id: first.id }, body })
  expect((await refusal(call(away), 'not_callable')).data).toEqual({ why: 'away' })
  expect((await call(away, 'is back early')).awayUntil).toBeNull()
})

test('Q7 null when the present patient was dealt with and nobody else waits', async () => {
  await aLine(1)
  const inside = await take(all, (await next()) as Visit, 'in_consultation')
  await refusal(next(present(inside, 'ahead')), 'nobody_to_call')
  expect(await next(present(inside, 'finished'))).toBeNull()
  await refusal(next(), 'nobody_to_call')
})

test('Q7 a doctor may call a patient who is in triage', async () => {
  const [first] = await aLine(1)
  await take(all, first, 'in_triage')
  expect((await next())?.id).toBe(first.id)
})

test('Q7 a room of another clinic is none', async () => {
  const [first] = await aLine(1)
  const body = { version: first.version, roomId: clinic.doctor.id }
  await refusal(clinic.as.doctor.visits.call({ params: { id: first.id }, body }), 'not_found')
})
