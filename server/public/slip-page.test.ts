import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Appointment } from '../../contract/appointments.ts'
import { anAppointment, take } from '../../test/support/acts.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { act, aPhone, forPhones, type Phone, publicUrl, stateOf, tokenFor } from '../../test/support/public.ts'

// S5: an appointment's slip: its time, confirm, cancel, ask to move, its notices live, the rating afterwards.

let clinic: TestClinic
let url: string
const phones: Phone[] = []
const DAY_MS = 24 * 3_600_000

beforeAll(async () => {
  clinic = await aClinic({ hub: { ...forPhones(), pagesDir: null } })
  url = publicUrl(clinic)
})
afterAll(async () => {
  for (const phone of phones) phone.close()
  await clinic?.close()
})

async function slipOf(appointment: Appointment) {
  const token = tokenFor(clinic, 'slip', appointment.id)
  const phone = await aPhone(url)
  phones.push(phone)
  const state = stateOf(await phone.slip(token))
  return { phone, state, path: `${url}/a/${token}` }
}

const fresh = (id: string) => clinic.as.receptionist.appointments.get({ params: { id } })

describe('a slip', () => {
  test('tells the time and the clinic, and no more unless the clinic has said so', async () => {
    const appointment = await anAppointment(clinic, 120)
    const { state, phone } = await slipOf(appointment)
    expect(state).toMatchObject({
      state: 'booked',
      startsAt: appointment.startsAt,
      doctor: null,
      service: null,
      clinic: { name: 'Anteroom Test', timeZone: 'Asia/Dhaka' },
      mayChange: true,
      ticketPath: null,
    })
    const { phonePages } = clinic.as.administrator
    const params = { id: clinic.clinicId }
    expect(await phonePages.update({ params, body: { slipDetails: true } })).toMatchObject({ slipDetails: true })
    const again = stateOf(await phone.slip(tokenFor(clinic, 'slip', appointment.id)))
    expect(again).toMatchObject({ doctor: 'Dr Chen', service: 'Consultation' })
    await phonePages.update({ params, body: { slipDetails: false } })
  })

  test('is confirmed, twice the same, by a patient and not by a user', async () => {
    const appointment = await anAppointment(clinic, 130)
    const { phone, path } = await slipOf(appointment)
    expect((await act(`${path}/confirm`, {})).status).toBe(200)
    await phone.until(({ state }) => state === 'confirmed')
    const once = await fresh(appointment.id)
    expect((await act(`${path}/confirm`, {})).status).toBe(200)
    expect(await fresh(appointment.id)).toEqual({ ...once, status: 'confirmed' })
    const { items } = await clinic.as.administrator.audit.list({ query: { recordId: appointment.id } })
    expect(items.find(({ action }) => action === 'slip.confirm')).toMatchObject({ actorId: null, device: 'patient' })
  })

  test('is cancelled with a ready-made reason, which frees its time; and then nothing more can be done with it', async () => {
    const appointment = await anAppointment(clinic, 140)
    const { phone, path } = await slipOf(appointment)
    expect((await act(`${path}/cancel`, { reason: 'cannot_come' })).status).toBe(200)
    await phone.until(({ state, cancelledByPatient }) => state === 'cancelled' && cancelledByPatient)
    expect((await act(`${path}/cancel`, { reason: 'other' })).status).toBe(200)
    expect(await fresh(appointment.id)).toMatchObject({ status: 'cancelled', cancelReason: 'by_patient_cannot_come' })
    for (const [name, body] of [
      ['confirm', {}],
      ['move', { wish: 'later' }],
    ] as const)
      expect((await act(`${path}/${name}`, body)).status).toBe(409)
    expect(await anAppointment(clinic, 140)).toMatchObject({ status: 'booked', overbooked: false })
  })

  test('asks to be moved: reception sees the wish, moves it, and the phone shows the new time', async () => {
    const appointment = await anAppointment(clinic, 150)
    const { phone, path } = await slipOf(appointment)
    expect((await act(`${path}/move`, { wish: 'afternoon' })).status).toBe(200)
    await phone.until(({ moveAsked }) => moveAsked === 'afternoon')
    const asked = await fresh(appointment.id)
    expect(asked.moveAsked).toBe('afternoon')
    const startsAt = new Date(Date.parse(appointment.startsAt) + 120 * 60_000).toISOString()
    const body = { version: asked.version, startsAt }
    expect(await clinic.as.receptionist.appointments.change({ params: { id: asked.id }, body })).toMatchObject({
      moveAsked: null,
    })
    await phone.until((state) => state.moved && state.startsAt === startsAt && state.moveAsked === null)
  })

  test('a wish that cannot be met is answered without a move', async () => {
    const appointment = await anAppointment(clinic, 160)
    const { phone, path } = await slipOf(appointment)
    await act(`${path}/move`, { wish: 'sooner' })
    await phone.until(({ moveAsked }) => moveAsked === 'sooner')
    const { version } = await fresh(appointment.id)
    const body = { version, moveAnswered: true as const }
    await clinic.as.receptionist.appointments.change({ params: { id: appointment.id }, body })
    await phone.until(({ moveAsked, moved }) => moveAsked === null && !moved)
  })

  test('Q12: hears that its doctor is late, and that the clinic has cancelled it', async () => {
    const appointment = await anAppointment(clinic, 20)
    const { phone } = await slipOf(appointment)
    const expectedAt = new Date(Date.parse(appointment.startsAt) + 60 * 60_000).toISOString()
    const doctor = await clinic.as.receptionist.doctors.get({ params: { id: clinic.doctor.id } })
    const announced = await clinic.as.receptionist.doctors.expect({
      params: { id: doctor.id },
      body: { version: doctor.version, expectedAt },
    })
    await phone.until(({ doctorLateUntil }) => doctorLateUntil === expectedAt)
    const body = { version: announced.version, expectedAt: null }
    await clinic.as.receptionist.doctors.expect({ params: { id: doctor.id }, body })
    await phone.until(({ doctorLateUntil }) => doctorLateUntil === null)
    const { version } = await fresh(appointment.id)
    await clinic.as.receptionist.appointments.cancel({
      params: { id: appointment.id },
      body: { version, reason: 'Amara Okafor has moved away' },
    })
    const gone = await phone.until(({ state }) => state === 'cancelled')
    expect(gone.cancelledByPatient).toBe(false)
    expect(JSON.stringify(gone)).not.toContain('Okafor')
  })

  test('leads to its ticket once the patient is here, then to the rating, which is one for both pages', async () => {
    const appointment = await anAppointment(clinic, 30)
    const { phone, path } = await slipOf(appointment)
    const { visit } = await clinic.as.receptionist.visits.checkIn({
      body: { id: uuidv7(), appointmentId: appointment.id },
    })
    expect(await phone.until(({ state }) => state === 'here')).toMatchObject({
      ticketPath: `/t/${tokenFor(clinic, 'ticket', visit.id)}`,
      mayChange: false,
    })
    const body = { version: visit.version, reason: 'a reason' }
    const called = await clinic.as.doctor.visits.call({ params: { id: visit.id }, body })
    await take(clinic.as.doctor, called, 'in_consultation', 'awaiting_payment')
    await phone.until(({ mayRate }) => mayRate)
    // On the way home, and the next day too.
    clinic.clock.set(MORNING + DAY_MS)
    expect(stateOf(await phone.slip(tokenFor(clinic, 'slip', appointment.id)))).toMatchObject({
      mayRate: true,
      ticketPath: null,
    })
    expect((await act(`${path}/rating`, { stars: 5, words: ['quick'] })).status).toBe(200)
    await phone.until(({ rated }) => rated)
    const { items } = await clinic.as.administrator.ratings.list({ query: { clinicId: clinic.clinicId } })
    expect(items).toMatchObject([{ visitId: visit.id, stars: 5, words: ['quick'] }])
    clinic.clock.set(MORNING)
  })

  test('is for the desk once its time has come, and dead when the days for the rating are over', async () => {
    const appointment = await anAppointment(clinic, 40)
    const { phone, path } = await slipOf(appointment)
    clinic.clock.set(MORNING + 45 * 60_000)
    const token = tokenFor(clinic, 'slip', appointment.id)
    expect(stateOf(await phone.slip(token))).toMatchObject({ state: 'booked', mayChange: false })
    expect((await act(`${path}/cancel`, { reason: 'other' })).status).toBe(409)
    clinic.clock.set(MORNING + 3 * DAY_MS)
    expect(stateOf(await phone.slip(token))).toMatchObject({ state: 'missed' })
    clinic.clock.set(MORNING + 4 * DAY_MS)
    expect(stateOf(await phone.slip(token))).toMatchObject({ state: 'over', startsAt: null, day: null })
    expect((await act(`${path}/rating`, { stars: 5 })).status).toBe(404)
    clinic.clock.set(MORNING)
  })
})
