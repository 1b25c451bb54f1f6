import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { expectOwingAsDerived } from '../../test/support/owing.ts'

let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
afterEach(() => expectOwingAsDerived(clinic))
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const undo = ({ id, version }: Visit) => clinic.as.doctor.visits.undo({ params: { id }, body: { version } })
const finish = ({ id, version }: Visit) => clinic.as.doctor.visits.finish({ params: { id }, body: { version } })
const visitNow = async (visit: Visit) => (await all.visits.get({ params: { id: visit.id } })).visit
const balance = async (visit: Visit) => (await all.charges.list({ params: { id: visit.id } })).balanceMinor
const pay = (visit: Visit, amountMinor: number) =>
  all.payments.take({ body: { id: uuidv7(), visitId: visit.id, amountMinor, method: 'cash' } })
const arrive = async (appointmentId: string) =>
  (await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId } })).visit
const appointmentStatus = async (id: string) => (await all.appointments.get({ params: { id } })).status
const unchanged = ({ version: _, ...visit }: Visit) => visit
const inside = async (fields: Parameters<TestClinic['aVisit']>[0] = {}) =>
  take(all, await clinic.aVisit(fields), 'called', 'in_consultation')

describe('U4 undo of a finish restores the consultation exactly', () => {
  test('that went to the cash desk', async () => {
    const before = await inside({ serviceId: clinic.service.id })
    clinic.clock.pass(12)
    const finished = await finish(before)
    expect(finished.status).toBe('awaiting_payment')
    expect(unchanged(await undo(finished))).toEqual(unchanged(before))
    expect(await balance(before)).toBe(clinic.service.priceMinor)
    const { steps } = await all.visits.get({ params: { id: before.id } })
    expect(steps.find((step) => step.step === 'finish')).toMatchObject({ undone: true })
    expect(steps.at(-1)).toMatchObject({ step: 'undo', from: 'awaiting_payment', to: 'in_consultation' })
    await refusal(undo(await visitNow(before)), 'nothing_to_undo')
    expect((await finish(await visitNow(before))).status).toBe('awaiting_payment')
  })

  test('that completed the visit, with its appointment', async () => {
    const booked = await anAppointment(clinic, 0)
    const arrived = await arrive(booked.id)
    await pay(arrived, clinic.service.priceMinor)
    const before = await take(all, arrived, 'called', 'in_consultation')
    const finished = await finish(before)
    expect([finished.status, await appointmentStatus(booked.id)]).toEqual(['completed', 'fulfilled'])
    expect(unchanged(await undo(finished))).toEqual(unchanged(before))
    expect(await appointmentStatus(booked.id)).toBe('checked_in')
  })

  test('that went on to the next stop of the day', async () => {
    const booked = await anAppointment(clinic, 0)
    const later = await anAppointment(clinic, 60, { patientId: booked.patientId, doctorId: clinic.otherDoctor.id })
    await arrive(booked.id)
    const before = await take(all, await arrive(later.id), 'called', 'in_consultation')
    const finished = await finish(before)
    expect(finished).toMatchObject({ status: 'waiting', doctorId: clinic.otherDoctor.id, appointmentId: later.id })
    expect(unchanged(await undo(finished))).toEqual(unchanged(before))
    expect(await appointmentStatus(booked.id)).toBe('checked_in')
  })

  test('that was left owing, and one by its status', async () => {
    const before = await inside({ serviceId: clinic.service.id })
    const body = { version: before.version, status: 'completed' as const, owes: true, reason: 'no change' }
    const owing = await all.visits.setStatus({ params: { id: before.id }, body })
    expect(owing.owesReason).toBe('no change')
    const back = await undo(owing)
    expect(unchanged(back)).toEqual(unchanged(before))
    expect(unchanged(await undo(await take(all, back, 'awaiting_payment')))).toEqual(unchanged(before))
  })
})

describe('U4 undo of a finish is refused', () => {
  test('once money was taken after it, in part or whole; not for what was paid before', async () => {
    const paid = await inside({ serviceId: clinic.service.id })
    await pay(paid, 100)
    const again = await undo(await finish(paid))
    await pay(again, 200)
    const finished = await finish(again)
    await pay(finished, 300)
    await refusal(undo(finished), 'nothing_to_undo')
    await pay(finished, await balance(finished))
    await refusal(undo(await visitNow(finished)), 'nothing_to_undo')
    expect((await visitNow(finished)).status).toBe('completed')
  })

  test('after the next step', async () => {
    const finished = await finish(await inside({ serviceId: clinic.service.id }))
    const gone = await take(all, finished, 'left')
    await refusal(undo(gone), 'nothing_to_undo')
  })

  test('with another patient inside; and to who is not the doctor', async () => {
    const finished = await finish(await inside({ serviceId: clinic.service.id }))
    const { id, version } = finished
    await refusal(clinic.as.receptionist.visits.undo({ params: { id }, body: { version } }), 'forbidden')
    const next = await inside()
    await refusal(undo(finished), 'nothing_to_undo')
    await take(all, next, 'completed')
    expect((await undo(finished)).status).toBe('in_consultation')
  })

  test('Q2 when the patient has come again, or the day is over', async () => {
    const finished = await finish(await inside())
    const { patientId } = finished
    const again = await take(all, await clinic.aVisit({ patientId }), 'left')
    expect(again.id).not.toBe(finished.id)
    const open = await clinic.aVisit({ patientId })
    await refusal(undo(finished), 'nothing_to_undo')
    await take(all, open, 'left')
    clinic.clock.pass(24 * 60)
    await refusal(undo(finished), 'nothing_to_undo')
  })
})
