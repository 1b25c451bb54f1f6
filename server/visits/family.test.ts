import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, apiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { readChanges } from '../db/outbox.ts'
import { WITH_FAMILY } from './call.ts'

let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const visitNow = async ({ id }: Visit) => (await all.visits.get({ params: { id } })).visit
const statuses = (visits: Visit[]) => Promise.all(visits.map(async (visit) => (await visitNow(visit)).status))
const stepsOf = async ({ id }: Visit) => (await all.visits.get({ params: { id } })).steps
const call = async (visit: Visit, more: { doctorId?: string; reason?: string } = {}) => {
  const { id, version } = await visitNow(visit)
  return clinic.as.doctor.visits.call({ params: { id }, body: { version, withFamily: true, ...more } })
}
const checkIn = async (appointmentId: string, familyId: string | null = null) =>
  (await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId, familyId } })).visit

type Place = { doctorId?: string; poolId?: string }

/** A family of so many, checked in together, a minute after each other. */
async function aFamily(count: number, place: Place = { doctorId: clinic.doctor.id }): Promise<Visit[]> {
  const familyId = uuidv7()
  const family: Visit[] = []
  for (let each = 0; each < count; each++) family.push(await aMember(familyId, place))
  return family
}

async function aMember(familyId: string, place: Place = { doctorId: clinic.doctor.id }): Promise<Visit> {
  const { id: patientId } = await clinic.aPatient()
  const body = { id: uuidv7(), clinicId: clinic.clinicId, patientId, serviceId: clinic.service.id, familyId, ...place }
  const { visit } = await clinic.as.receptionist.visits.walkIn({ body })
  clinic.clock.pass(1)
  return visit
}

describe('Q12 a family is called together', () => {
  test('in one commit, one ticket after the other, each with a step and an undo of its own', async () => {
    const family = await aFamily(3)
    const [first, second, third] = family as [Visit, Visit, Visit]
    const before = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events`
    const called = await call(first)
    expect(called).toMatchObject({ id: first.id, status: 'called', roomId: clinic.roomId })
    expect(await statuses(family)).toEqual(['called', 'called', 'called'])
    expect(await visitNow(third)).toMatchObject({
      doctorId: clinic.doctor.id,
      roomId: clinic.roomId,
      outOfOrder: false,
    })
    const told = clinic.hub.databases.read.all<{ changes: string; at: string }>`
      select changes, at from events where type = 'visit_status_changed' and seq > ${before?.seq ?? 0} order by seq`
    expect(told.map(({ changes }) => readChanges(clinic.hub.databases.read, changes).visits?.[0]?.ticket)).toEqual(
      family.map((one) => one.ticket),
    )
    expect(await stepsOf(second)).toMatchObject([{ step: 'walk_in' }, { step: 'call', reason: null }])

    const { version } = await visitNow(second)
    await clinic.as.doctor.visits.undo({ params: { id: second.id }, body: { version } })
    expect(await statuses(family)).toEqual(['called', 'waiting', 'called'])
    await call(first)
    expect((await visitNow(first)).calls).toBe(1)
    expect(await statuses(family)).toEqual(['called', 'called', 'called'])
  })

  test('who is called before others for it is marked (Q7); the others keep their place', async () => {
    const familyId = uuidv7()
    const first = await aMember(familyId)
    const between = await clinic.aVisit()
    const last = await aMember(familyId)
    await call(first)
    expect(await visitNow(last)).toMatchObject({ status: 'called', outOfOrder: true })
    expect((await stepsOf(last)).at(-1)).toMatchObject({ step: 'call_out_of_order', reason: WITH_FAMILY })
    expect((await visitNow(first)).outOfOrder).toBe(false)
    expect(await visitNow(between)).toEqual(between)
  })

  test('out of a pool too, and to one who is inside already; not another doctor’s, nor one who is away', async () => {
    const familyId = uuidv7()
    const pooled = await aMember(familyId, { poolId: clinic.poolId })
    const inPool = await aMember(familyId, { poolId: clinic.poolId })
    const own = await aMember(familyId)
    const elsewhere = await aMember(familyId, { doctorId: clinic.otherDoctor.id })
    const away = await aMember(familyId)
    const until = new Date(clinic.clock.now() + 3_600_000).toISOString()
    await all.visits.away({ params: { id: away.id }, body: { version: 1, until } })
    const called = await clinic.as.doctor.visits.callNext({ body: { doctorId: clinic.doctor.id } })
    expect(called?.id).toBe(pooled.id)
    const inside = await take(all, await visitNow(pooled), 'in_consultation')
    expect(await call(pooled)).toEqual(inside)
    expect(await statuses([inPool, own, elsewhere, away])).toEqual(['called', 'called', 'waiting', 'waiting'])
    expect((await visitNow(inPool)).doctorId).toBe(clinic.doctor.id)
    await refusal(call(pooled), 'nobody_to_call')
  })

  test('a stale sight or a first one who may not be called calls nobody', async () => {
    const stranger = await clinic.aVisit()
    clinic.clock.pass(1)
    const family = await aFamily(2)
    const [first] = family as [Visit, Visit]
    await refusal(call(first), 'reason_required')
    const stale = clinic.as.doctor.visits.call({ params: { id: first.id }, body: { version: 9, withFamily: true } })
    await refusal(stale, 'stale_version')
    expect(await statuses(family)).toEqual(['waiting', 'waiting'])
    await call(first, { reason: 'a small child' })
    expect(await statuses([...family, stranger])).toEqual(['called', 'called', 'waiting'])
    const alone = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
    expect((await call(alone, { doctorId: clinic.otherDoctor.id })).status).toBe('called')
    await refusal(call(alone), 'nobody_to_call')
  })
})

describe('Q12 who comes by appointment is one of the family too', () => {
  test('at check-in, with a second appointment, and when they are here already', async () => {
    const familyId = uuidv7()
    const booked = await anAppointment(clinic, 30)
    const visit = await checkIn(booked.id, familyId)
    expect(visit.familyId).toBe(familyId)
    expect((await checkIn(booked.id, uuidv7())).familyId).toBe(familyId)

    const alone = await checkIn((await anAppointment(clinic, 60)).id)
    const patientId = alone.patientId ?? ''
    const second = await anAppointment(clinic, 90, { patientId, doctorId: clinic.otherDoctor.id })
    expect((await checkIn(second.id, familyId)).familyId).toBe(familyId)

    const here = await clinic.aVisit()
    const body = {
      id: uuidv7(),
      clinicId: clinic.clinicId,
      patientId: here.patientId ?? '',
      doctorId: clinic.doctor.id,
    }
    const { visit: joined, alreadyOpen } = await all.visits.walkIn({ body: { ...body, familyId } })
    expect([alreadyOpen, joined.id, joined.familyId]).toEqual([true, here.id, familyId])
    const back = await all.visits.undo({ params: { id: here.id }, body: { version: joined.version } })
    expect(back).toMatchObject({ status: 'waiting', familyId: null })
  })
})

describe('Q12 one pays for all', () => {
  const balance = async ({ id }: Visit) => (await all.charges.list({ params: { id } })).balanceMinor
  const part = async (visit: Visit, amountMinor = clinic.service.priceMinor) => ({
    id: uuidv7(),
    visitId: visit.id,
    version: (await visitNow(visit)).version,
    amountMinor,
  })
  type Part = Awaited<ReturnType<typeof part>>
  const pay = (visits: Part[], by: ApiClient = clinic.as.cashier) =>
    by.payments.takeFamily({ body: { method: 'card', visits } })
  const paymentCount = () =>
    clinic.hub.databases.read.get<{ count: number }>`select count(*) as count from payments`?.count

  test('each visit has its own payment, balance and receipt number without gaps; who waits to pay is done', async () => {
    const family = await aFamily(3)
    const [first, second, third] = family as [Visit, Visit, Visit]
    await take(all, first, 'called', 'in_consultation', 'awaiting_payment')
    const { payments } = await pay([await part(first), await part(second), await part(third, 20_000)])
    const [number = 0] = payments.map((payment) => payment.receiptNumber)
    expect(payments.map(({ visitId, receiptNumber }) => [visitId, receiptNumber])).toEqual([
      [first.id, number],
      [second.id, number + 1],
      [third.id, number + 2],
    ])
    expect(await Promise.all(family.map(balance))).toEqual([0, 0, clinic.service.priceMinor - 20_000])
    expect(await statuses(family)).toEqual(['completed', 'waiting', 'waiting'])
  })

  test('a repeat with the same key gets the first answer, and takes nothing', async () => {
    const family = await aFamily(2)
    const parts = await Promise.all(family.map((visit) => part(visit)))
    const headers = { authorization: `Bearer ${clinic.people.cashier.token}`, 'idempotency-key': uuidv7() }
    const repeating = apiClient(clinic.hub.url, () => headers)
    const first = await pay(parts, repeating)
    const count = paymentCount()
    expect(await pay(parts, repeating)).toEqual(first)
    await refusal(pay(parts), 'already_exists')
    expect(paymentCount()).toBe(count)
  })

  test('refused whole: one stale sight, one that is paid already, one of no or another family, one twice', async () => {
    const [first, second] = (await aFamily(2)) as [Visit, Visit]
    const [other] = (await aFamily(1)) as [Visit]
    const [one, two, alone] = [
      await part(first),
      await part(second),
      await clinic.aVisit({ serviceId: clinic.service.id }),
    ]
    const count = paymentCount()
    await refusal(pay([one, { ...two, version: two.version + 1 }]), 'stale_version')
    await refusal(pay([one, { ...two, amountMinor: two.amountMinor + 1 }]), 'balance_due')
    await refusal(pay([one, { ...two, id: one.id }]), 'already_exists')
    await refusal(pay([one, await part(other)]), 'bad_input')
    await refusal(pay([await part(alone)]), 'bad_input')
    await refusal(pay([one, { ...one, id: uuidv7() }]), 'bad_input')
    await refusal(pay([]), 'bad_input')
    expect(paymentCount()).toBe(count)
    expect(await balance(first)).toBe(clinic.service.priceMinor)
    for (const role of ['doctor', 'nurse'] as const) {
      const body = { method: 'cash' as const, visits: [one, two] }
      await refusal(clinic.as[role].payments.takeFamily({ body }), 'forbidden')
    }
  })
})
