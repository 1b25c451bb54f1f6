import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let visit: Visit
beforeAll(async () => {
  clinic = await aClinic()
  visit = await clinic.aVisit()
})
afterAll(() => clinic.close())

const make = (byDay = '2026-03-16', visitId = visit.id) =>
  clinic.as.doctor.followUps.make({ body: { id: uuidv7(), visitId, byDay } })
const list = async () => {
  const { items } = await clinic.as.receptionist.followUps.list({ query: { clinicId: clinic.clinicId } })
  return items.map((one) => one.id)
}

test('"back in 7 days" stands on reception’s list by its day, until somebody booked it', async () => {
  const [later, sooner] = [await make('2026-03-20'), await make('2026-03-12')]
  expect(await list()).toEqual([sooner.id, later.id])
  const appointment = await anAppointment(clinic, 60, { patientId: visit.patientId ?? '' })
  const body = { version: 1, status: 'booked' as const, appointmentId: appointment.id }
  const booked = await clinic.as.receptionist.followUps.decide({ params: { id: sooner.id }, body })
  expect(booked).toMatchObject({ status: 'booked', decidedById: clinic.people.receptionist.session.user.id })
  expect(await list()).toEqual([later.id])
  const { id, version } = appointment
  await clinic.as.receptionist.appointments.cancel({ params: { id }, body: { version, reason: 'ill' } })
  expect(await list(), 'without the appointment they are to be recalled again').toEqual([sooner.id, later.id])
})

test('declined, and open again; the doctor takes one back', async () => {
  const { id } = await make()
  const decide = (version: number, status: 'declined' | 'open') =>
    clinic.as.receptionist.followUps.decide({ params: { id }, body: { version, status } })
  await decide(1, 'declined')
  expect(await list()).not.toContain(id)
  expect(await decide(2, 'open')).toMatchObject({ decidedAt: null, decidedById: null })
  await refusal(decide(2, 'declined'), 'stale_version')
  const withdraw = (version: number, withdrawn: boolean) =>
    clinic.as.doctor.followUps.withdraw({ params: { id }, body: { version, withdrawn } })
  await withdraw(3, true)
  expect(await list()).not.toContain(id)
  await withdraw(4, false)
  expect(await list()).toContain(id)
})

test('not before the visit, and only with an appointment of this patient', async () => {
  await refusal(make('2026-03-08'), 'bad_input')
  const { id } = await make()
  const { id: appointmentId } = await anAppointment(clinic, 120)
  for (const body of [
    { version: 1, status: 'booked' as const, appointmentId },
    { version: 1, status: 'booked' as const },
    { version: 1, status: 'declined' as const, appointmentId },
  ])
    await refusal(clinic.as.receptionist.followUps.decide({ params: { id }, body }), 'bad_input')
})

test('nothing is said of one that was taken back, and an appointment that is cancelled or missed books nobody', async () => {
  const { id } = await make()
  const { receptionist, doctor } = clinic.as
  const decide = async (version: number, status: 'booked' | 'declined', appointmentId: string | null = null) => {
    const body = { version, status, appointmentId }
    const { data } = await refusal(receptionist.followUps.decide({ params: { id }, body }), 'bad_input')
    return (data as { fields: { field: string }[] }).fields[0]?.field
  }
  const patientId = visit.patientId ?? ''
  const [cancelled, missed] = [
    await anAppointment(clinic, 180, { patientId }),
    await anAppointment(clinic, 240, { patientId }),
  ]
  const { version } = cancelled
  await receptionist.appointments.cancel({ params: { id: cancelled.id }, body: { version, reason: 'ill' } })
  await receptionist.appointments.change({ params: { id: missed.id }, body: { version, status: 'no_show' } })
  expect(await decide(1, 'booked', cancelled.id)).toBe('appointmentId')
  expect(await decide(1, 'booked', missed.id)).toBe('appointmentId')
  await doctor.followUps.withdraw({ params: { id }, body: { version: 1, withdrawn: true } })
  expect(await decide(2, 'declined')).toBe('status')
  await doctor.followUps.withdraw({ params: { id }, body: { version: 2, withdrawn: false } })
  const body = { version: 3, status: 'declined' as const }
  expect(await receptionist.followUps.decide({ params: { id }, body })).toMatchObject({ status: 'declined' })
})
