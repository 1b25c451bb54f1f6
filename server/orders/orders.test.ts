import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { type ApiClient, refusal, signIn } from '../../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let visit: Visit
beforeAll(async () => {
  clinic = await aClinic()
  visit = await clinic.aVisit()
})
afterAll(() => clinic.close())

const WRONG_DAYS = ['2026-02-30', '2026-3-9', '09-Mar-2026', 'tomorrow', '']

test('U5 a day that may be left out and is none is refused by name, and is never taken for no day', async () => {
  const { orders } = clinic.as.doctor
  const add = (dueOn: string | null) =>
    orders.add({ body: { id: uuidv7(), visitId: visit.id, kind: 'lab', what: 'Full blood count', dueOn } })
  const named = async (sent: Promise<unknown>) => {
    const { data } = await refusal(sent, 'bad_input')
    return (data as { fields: { field: string }[] }).fields.map(({ field }) => field)
  }
  for (const day of WRONG_DAYS) expect(await named(add(day)), day).toEqual(['dueOn'])
  const [{ order: without }, { order }] = [await add(null), await add('2026-03-12')]
  expect([without.dueOn, order.dueOn]).toEqual([null, '2026-03-12'])
  const { id, version, kind, what, status, result, doctorId } = order
  const change = (dueOn: string) =>
    orders.change({ params: { id }, body: { version, kind, what, status, result, doctorId, dueOn } })
  for (const day of WRONG_DAYS) expect(await named(change(day)), day).toEqual(['dueOn'])
  expect(clinic.hub.databases.read.find('orders', id)).toEqual(order)
})

test('a result is not due on a day that is over; one that is late by now can still be changed', async () => {
  const { orders } = clinic.as.doctor
  const ask = (dueOn: string) =>
    orders.add({ body: { id: uuidv7(), visitId: visit.id, kind: 'lab', what: 'Urea', dueOn } })
  const past = { fields: [{ field: 'dueOn', message: 'must not be in the past' }] }
  expect((await refusal(ask('2026-03-08'), 'bad_input')).data).toEqual(past)
  const { id, version, kind, what, status, result, doctorId, dueOn } = (await ask('2026-03-09')).order
  const change = (fields: { version: number; dueOn: string | null; result?: string }) =>
    orders.change({ params: { id }, body: { kind, what, status, result, doctorId, ...fields } })
  expect((await refusal(change({ version, dueOn: '2026-03-08' }), 'bad_input')).data).toEqual(past)
  clinic.clock.pass(24 * 60)
  const late = await change({ version, dueOn, result: 'Not yet' })
  expect(late).toMatchObject({ dueOn: '2026-03-09', result: 'Not yet' })
})

test('Q1 an order that a doctor answers for is handed on, and never let go', async () => {
  const { orders } = clinic.as.doctor
  const { order } = await orders.add({ body: { id: uuidv7(), visitId: visit.id, kind: 'lab', what: 'TSH' } })
  const { id, version, kind, what, status, result, dueOn } = order
  const give = (doctorId: string | null) =>
    orders.change({ params: { id }, body: { version, kind, what, status, result, dueOn, doctorId } })
  expect(order.doctorId).toBe(clinic.doctor.id)
  const { data } = await refusal(give(null), 'bad_input')
  expect(data).toMatchObject({ fields: [{ field: 'doctorId' }] })
  expect((await give(clinic.otherDoctor.id)).doctorId).toBe(clinic.otherDoctor.id)
})

/** Somebody who signs in as a doctor, and their entry. */
async function aDoctorWhoSignsIn(username: string) {
  const { clinicId, as } = clinic
  const person = { id: uuidv7(), username, displayName: username, password: PASSWORD, clinicIds: [clinicId] }
  const { id: userId } = await as.administrator.users.create({ body: { ...person, roles: ['doctor'] } })
  const body = { id: uuidv7(), clinicId, displayName: username, userId }
  const doctor = await as.administrator.doctors.create({ body })
  return { doctor, api: (await signIn(clinic.hub.url, username, PASSWORD)).api }
}

const awaitedBy = async (who: ApiClient) => {
  const { data } = await who.feed.snapshot({ params: { id: clinic.clinicId } })
  return (data.orders ?? []).map(({ id }) => id)
}

test('Q1 orders of a doctor who is gone come to every doctor of the clinic at once, and to nobody else', async () => {
  const { as, clinicId } = clinic
  const leaver = await aDoctorWhoSignsIn('leaver')
  const body = { id: uuidv7(), visitId: visit.id, kind: 'lab', what: 'Iron' } as const
  const { order } = await leaver.api.orders.add({ body })
  expect(order.doctorId).toBe(leaver.doctor.id)
  expect(await awaitedBy(leaver.api)).toContain(order.id)
  expect(await awaitedBy(as.doctor)).not.toContain(order.id)

  const since = async (after: number) => (await as.doctor.feed.events({ query: { clinicId, after } })).frames
  const { seq } = await as.doctor.feed.snapshot({ params: { id: clinicId } })
  const { id, version, displayName, specialty, userId, roomId } = leaver.doctor
  const entry = { version, displayName, specialty, userId, roomId, active: false }
  await as.administrator.doctors.update({ params: { id }, body: entry })
  const told = (await since(seq)).flatMap((frame) => frame.events.flatMap(({ changes }) => changes.orders ?? []))
  expect(told).toEqual([order])
  expect(await awaitedBy(as.doctor)).toContain(order.id)
  for (const role of ['administrator', 'receptionist', 'cashier', 'nurse'] as const)
    expect(await awaitedBy(as[role]), role).toEqual([])
})

test('Q1 orders of a doctor who may sign in no more are everybody’s, and their own again afterwards', async () => {
  const { as, clinicId } = clinic
  const leaver = await aDoctorWhoSignsIn('away')
  const body = { id: uuidv7(), visitId: visit.id, kind: 'lab', what: 'Zinc' } as const
  const { order } = await leaver.api.orders.add({ body })
  const { seq } = await as.doctor.feed.snapshot({ params: { id: clinicId } })
  const letIn = async (active: boolean) => {
    const {
      username: _name,
      id,
      ...fields
    } = await as.administrator.users.get({
      params: { id: leaver.doctor.userId ?? '' },
    })
    await as.administrator.users.update({ params: { id }, body: { ...fields, active } })
  }
  await letIn(false)
  expect(await awaitedBy(as.doctor)).toContain(order.id)
  const { frames } = await as.doctor.feed.events({ query: { clinicId, after: seq } })
  expect(frames.flatMap((frame) => frame.events.flatMap(({ changes }) => changes.orders ?? []))).toEqual([order])
  await letIn(true)
  expect(await awaitedBy(as.doctor)).not.toContain(order.id)
})

test('Q1 who orders without an entry as a doctor, for a pool: the order is in the list of every doctor', async () => {
  const user = { id: uuidv7(), username: 'locum', displayName: 'Locum', password: PASSWORD }
  await clinic.as.administrator.users.create({ body: { ...user, roles: ['doctor'], clinicIds: [clinic.clinicId] } })
  const { api: locum } = await signIn(clinic.hub.url, 'locum', PASSWORD)
  const { id: visitId } = await clinic.aVisit({ poolId: clinic.poolId })
  const { order } = await locum.orders.add({ body: { id: uuidv7(), visitId, kind: 'lab', what: 'Copper' } })
  expect(order.doctorId).toBeNull()
  expect(await awaitedBy(clinic.as.doctor)).toContain(order.id)
})
