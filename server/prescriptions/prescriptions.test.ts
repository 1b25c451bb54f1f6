import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let doctor: ApiClient
let visit: Visit
beforeAll(async () => {
  clinic = await aClinic()
  doctor = clinic.as.doctor
  visit = await clinic.aVisit()
  await doctor.patients.setAllergies({
    params: { id: visit.patientId ?? '' },
    body: { version: 1, state: 'listed', items: [{ substance: 'Penicillin', reaction: 'rash' }] },
  })
})
afterAll(() => clinic.close())

const prescribe = (medicine: string, more: object = {}) =>
  doctor.prescriptions.add({ body: { id: uuidv7(), visitId: visit.id, medicine, ...more } })

test('P1 what a listed allergy names is prescribed only with a reason, which stays on it', async () => {
  const { data } = await refusal(prescribe('penicillin V 250 mg'), 'allergy_listed')
  expect(data).toEqual({ substances: ['Penicillin'] })
  const allergyReason = 'tolerated it since, rash was measles'
  const given = await prescribe('penicillin V 250 mg', { allergyReason, dose: '1 tablet' })
  expect(given).toMatchObject({ allergyReason, dose: '1 tablet', howLong: '', prescribedById: expect.any(String) })
  expect(await prescribe('Paracetamol', { allergyReason })).toMatchObject({ allergyReason: null })
})

test('a change is looked at in the same way; nothing is deleted, and a withdrawal can be taken back', async () => {
  const { id, version } = await prescribe('Zinc')
  const whole = { dose: '', howOften: '', howLong: '', note: '', allergyReason: null }
  const change = (medicine: string) =>
    doctor.prescriptions.change({ params: { id }, body: { version, medicine, ...whole } })
  await refusal(change('Penicillin G'), 'allergy_listed')
  const changed = await change('Zinc sulphate')
  const withdraw = (at: number, withdrawn: boolean) =>
    doctor.prescriptions.withdraw({ params: { id }, body: { version: at, withdrawn } })
  const gone = await withdraw(changed.version, true)
  expect(gone.withdrawnAt).toBe(clinic.clock.iso())
  expect((await withdraw(gone.version, false)).withdrawnAt).toBeNull()
  await refusal(withdraw(1, true), 'stale_version')
})

test('Q1 an order may put the patient on hold in the same commit; if that is not possible, neither is done', async () => {
  const other = await clinic.aVisit()
  const called = await doctor.visits.call({
    params: { id: other.id },
    body: { version: other.version, reason: 'mine' },
  })
  const order = (holdVersion: number) => ({
    id: uuidv7(),
    visitId: other.id,
    kind: 'lab' as const,
    what: 'x',
    holdVersion,
  })
  await refusal(doctor.orders.add({ body: order(called.version) }), 'illegal_transition')
  expect((await doctor.consultations.ofVisit({ params: { id: other.id } })).orders).toEqual([])
  const inside = await take(doctor, called, 'in_consultation')
  const answer = await doctor.orders.add({ body: order(inside.version) })
  expect(answer).toMatchObject({
    visit: { status: 'on_hold' },
    order: { status: 'ordered', doctorId: clinic.doctor.id },
  })
})

test('an order is its doctor’s across days, until it is done; a nurse may step it, not add one', async () => {
  const id = uuidv7()
  const body = { id, visitId: visit.id, kind: 'lab' as const, what: 'TSH', status: 'results_awaited' as const }
  await refusal(clinic.as.nurse.orders.add({ body }), 'forbidden')
  const { order } = await doctor.orders.add({ body: { ...body, dueOn: '2026-03-12' } })
  clinic.clock.pass(3 * 24 * 60)
  const waiting = async () => {
    const { data } = await doctor.feed.snapshot({ params: { id: clinic.clinicId } })
    return data.orders?.find((one) => one.id === id)
  }
  expect(await waiting()).toEqual(order)
  const { version, kind, what, dueOn, doctorId } = order
  const next = { version, kind, what, dueOn, doctorId, status: 'done' as const, result: '2.1 mU/l' }
  const done = await clinic.as.nurse.orders.change({ params: { id }, body: next })
  expect(done).toMatchObject({ doneAt: clinic.clock.iso(), result: '2.1 mU/l', dueOn: '2026-03-12' })
  expect(await waiting()).toBeUndefined()
})

test('the clinic’s short lists: a doctor may add while typing; no line is there twice', async () => {
  const add = (name: string, dose: string) =>
    doctor.medicines.create({ body: { id: uuidv7(), clinicId: clinic.clinicId, name, dose } })
  const made = await add('Ibuprofen', '400 mg')
  await refusal(add('ibuprofèn', '400 MG'), 'already_exists')
  await add('Ibuprofen', '200 mg')
  const term = (text: string) =>
    doctor.diagnosisTerms.create({ body: { id: uuidv7(), clinicId: clinic.clinicId, text, code: 'J06.9' } })
  await term('Common cold')
  await refusal(term('common COLD'), 'already_exists')
  const { id, clinicId: _, ...fields } = made
  await clinic.as.administrator.medicines.update({ params: { id }, body: { ...fields, active: false } })
  const { data } = await doctor.feed.snapshot({ params: { id: clinic.clinicId } })
  expect(data.medicines?.map(({ dose, active }) => [dose, active])).toEqual([
    ['200 mg', true],
    ['400 mg', false],
  ])
})
