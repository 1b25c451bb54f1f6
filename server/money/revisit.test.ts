import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { expectOwingAsDerived } from '../../test/support/owing.ts'
import { FREE_REVISIT } from './commands.ts'

let clinic: TestClinic
let all: ApiClient
let start = 0
beforeAll(async () => {
  clinic = await aClinic({ settings: { payBefore: true } })
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
afterEach(() => expectOwingAsDerived(clinic))
beforeEach(() => clinic.clock.set(MORNING + start++ * 40 * 24 * 3_600_000))

const pay = (visit: Visit, amountMinor: number) =>
  all.payments.take({ body: { id: uuidv7(), visitId: visit.id, amountMinor, method: 'cash' } })
const balance = async (visit: Visit) => (await all.charges.list({ params: { id: visit.id } })).balanceMinor
const call = ({ id, version }: Visit) => all.visits.call({ params: { id }, body: { version, reason: 'a reason' } })
const passDays = (days: number) => clinic.clock.pass(days * 24 * 60)

describe('M2 where patients pay before', () => {
  test('an unpaid one is marked and not callable, until paid to the last', async () => {
    const visit = await clinic.aVisit({ serviceId: clinic.service.id })
    const first = async () => (await all.queue.doctor({ params: { id: clinic.doctor.id } })).order[0]
    expect(await first()).toMatchObject({ callable: false, reasons: [{ code: 'unpaid' }, {}, {}, {}] })
    await refusal(all.visits.callNext({ body: { doctorId: clinic.doctor.id } }), 'nobody_to_call')
    expect((await refusal(call(visit), 'not_callable')).data).toEqual({ why: 'unpaid' })
    await pay(visit, clinic.service.priceMinor - 1)
    await refusal(call(visit), 'not_callable')
    await pay(visit, 1)
    expect(await first()).toMatchObject({ callable: true })
    expect((await call(visit)).status).toBe('called')
  })

  test('never from urgent up', async () => {
    for (const urgency of ['urgent', 'very_urgent', 'immediate'] as const) {
      const visit = await clinic.aVisit({ serviceId: clinic.service.id })
      await refusal(call(visit), 'not_callable')
      const raised = await all.visits.update({ params: { id: visit.id }, body: { version: 1, urgency } })
      const called = await call(raised)
      expect(called.status).toBe('called')
      await take(all, called, 'left')
    }
  })

  test('what costs nothing is callable', async () => {
    expect((await call(await clinic.aVisit())).status).toBe('called')
  })
})

/** A consultation that has been paid for and is over. */
async function aPaidConsultation(fields: Partial<Visit> = {}): Promise<Visit> {
  const visit = await clinic.aVisit({ serviceId: clinic.service.id, ...fields })
  const due = await balance(visit)
  if (due > 0) await pay(visit, due)
  return take(all, visit, 'called', 'in_consultation', 'completed')
}

describe('M4 a revisit', () => {
  const again = (patientId: string | null, fields: Partial<Visit> = {}) =>
    clinic.aVisit({ patientId, serviceId: clinic.service.id, ...fields })

  test('within 7 days with the same doctor is free, and says why', async () => {
    const { patientId } = await aPaidConsultation()
    passDays(7)
    const revisit = await again(patientId)
    const { charges, balanceMinor } = await all.charges.list({ params: { id: revisit.id } })
    expect(balanceMinor).toBe(0)
    expect(charges).toMatchObject([
      { amountMinor: clinic.service.priceMinor, waivedMinor: clinic.service.priceMinor, waiverReason: FREE_REVISIT },
    ])
    expect((await call(revisit)).status).toBe('called')
  })

  test('after 8 days is not', async () => {
    const { patientId } = await aPaidConsultation()
    passDays(8)
    expect(await balance(await again(patientId))).toBe(clinic.service.priceMinor)
  })

  test('a free one does not renew it', async () => {
    const { patientId } = await aPaidConsultation()
    passDays(5)
    await aPaidConsultation({ patientId })
    passDays(5)
    expect(await balance(await again(patientId))).toBe(clinic.service.priceMinor)
  })

  test('counts from the last paid one, not from an earlier', async () => {
    const { patientId } = await aPaidConsultation()
    passDays(9)
    await aPaidConsultation({ patientId })
    passDays(6)
    expect(await balance(await again(patientId))).toBe(0)
  })

  test('with another doctor, or of another patient, is not free', async () => {
    const { patientId } = await aPaidConsultation()
    passDays(1)
    expect(await balance(await again(patientId, { doctorId: clinic.otherDoctor.id }))).toBe(clinic.service.priceMinor)
    expect(await balance(await again((await clinic.aPatient()).id))).toBe(clinic.service.priceMinor)
  })

  test('after one that was left, owed for, or refunded, is not free', async () => {
    const left = await again((await clinic.aPatient()).id)
    await take(all, left, 'left')
    const owing = await again((await clinic.aPatient()).id)
    const called = await all.visits.update({ params: { id: owing.id }, body: { version: 1, urgency: 'urgent' } })
    const inside = await take(all, called, 'called', 'in_consultation')
    const body = { version: inside.version, status: 'completed' as const, owes: true, reason: 'no change' }
    await all.visits.setStatus({ params: { id: owing.id }, body })
    const refunded = await aPaidConsultation()
    const { payments } = await all.charges.list({ params: { id: refunded.id } })
    await all.payments.refund({
      params: { id: payments[0]?.id ?? '' },
      body: { id: uuidv7(), amountMinor: clinic.service.priceMinor, reason: 'not content' },
    })
    passDays(1)
    for (const { patientId } of [left, owing, refunded])
      expect(await balance(await again(patientId))).toBe(clinic.service.priceMinor)
  })

  test('is of a consultation: a paid blood test brings none, nor is a blood test free', async () => {
    const bloodTest = await all.services.create({
      body: {
        id: uuidv7(),
        clinicId: clinic.clinicId,
        name: 'Blood test',
        minutes: 5,
        priceMinor: 900,
        isConsultation: false,
      },
    })
    const tested = await aPaidConsultation({ serviceId: bloodTest.id })
    const { patientId } = await aPaidConsultation()
    passDays(1)
    expect(await balance(await again(tested.patientId))).toBe(clinic.service.priceMinor)
    expect(await balance(await again(patientId, { serviceId: bloodTest.id }))).toBe(900)
  })
})
