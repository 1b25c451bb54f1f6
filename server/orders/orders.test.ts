import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

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
