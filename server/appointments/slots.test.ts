import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkSession } from '../../contract/doctors.ts'
import type { Service } from '../../contract/services.ts'
import { localTime } from '../../rules/clinic-day.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic, testClock } from '../../test/support/clinic.ts'

// Slots of several days ahead; the rule itself is tested in rules/.
let clinic: TestClinic
let longer: Service
beforeAll(async () => {
  clinic = await aClinic({ settings: { slotCapacity: 2 }, clock: testClock(Date.parse('2026-03-01T03:00:00.000Z')) })
  longer = await clinic.as.administrator.services.create({
    body: { id: uuidv7(), clinicId: clinic.clinicId, name: 'Minor surgery', minutes: 45, priceMinor: 0 },
  })
  await setSessions('09:00', '10:00')
})
afterAll(() => clinic.close())

const admin = () => clinic.as.administrator
async function setSessions(startsAt: string, endsAt: string): Promise<void> {
  const params = { id: clinic.doctor.id }
  const { schedule } = await admin().doctors.getSchedule({ params })
  const sessions: WorkSession[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt, endsAt, roomId: null }))
  await admin().doctors.setSchedule({ params, body: { version: schedule.version, sessions } })
}
async function slots(date: string, serviceId = clinic.service.id): Promise<string[]> {
  const { timeZone } = await admin().clinics.get({ params: { id: clinic.clinicId } })
  const query = { doctorId: clinic.doctor.id, date, serviceId }
  const { items } = await clinic.as.receptionist.appointments.availableSlots({ query })
  return items.map((slot) => `${localTime(slot.startsAt, timeZone)} ${slot.free}`)
}
const book = async (startsAt: string) =>
  clinic.as.receptionist.appointments.book({
    body: {
      id: uuidv7(),
      doctorId: clinic.doctor.id,
      patientId: (await clinic.aPatient()).id,
      serviceId: clinic.service.id,
      startsAt,
    },
  })

test('A1 slots come from the weekly schedule, cut to the service’s length', async () => {
  expect(await slots('2026-03-10')).toEqual(['09:00 2', '09:10 2', '09:20 2', '09:30 2', '09:40 2', '09:50 2'])
  expect(await slots('2026-03-10', longer.id)).toEqual(['09:00 2'])
})

test('A1 capacity per slot is a setting: two may book it, a third not', async () => {
  const at = '2026-03-11T03:10:00.000Z' // 09:10
  await book(at)
  expect((await slots('2026-03-11'))[1]).toBe('09:10 1')
  await book(at)
  expect((await slots('2026-03-11'))[1]).toBe('09:10 0')
  await refusal(book(at), 'slot_taken')
  expect(await slots('2026-03-11', longer.id)).toEqual(['09:00 0'])
})

test('A1 leave takes slots away, names who is booked within, and can be taken back', async () => {
  const booked = await book('2026-03-12T03:20:00.000Z')
  const params = { id: clinic.doctor.id }
  const span = { from: '2026-03-12T03:20:00.000Z', to: '2026-03-12T03:40:00.000Z' }
  const id = uuidv7()
  const { phoneCalls } = await clinic.as.receptionist.doctors.takeLeave({ params, body: { id, ...span } })
  expect(phoneCalls.map((call) => call.appointmentId)).toEqual([booked.id])
  expect(await slots('2026-03-12')).toEqual(['09:00 2', '09:10 2', '09:40 2', '09:50 2'])
  await refusal(book('2026-03-12T03:30:00.000Z'), 'outside_schedule')
  const body = { id: uuidv7(), from: span.to, to: span.from }
  await refusal(clinic.as.receptionist.doctors.takeLeave({ params, body }), 'bad_input')
  await clinic.as.receptionist.doctors.cancelLeave({ params: { ...params, leaveId: id } })
  expect(await slots('2026-03-12')).toHaveLength(6)
  expect((await admin().doctors.getSchedule({ params })).leaves).toEqual([])
})

test('A1 a closure takes whole days away and names who is booked on them', async () => {
  const booked = await book('2026-03-14T03:20:00.000Z')
  const params = { id: clinic.clinicId }
  const body = { id: uuidv7(), from: '2026-03-13', to: '2026-03-14', reason: 'A feast' }
  const { phoneCalls } = await clinic.as.receptionist.clinics.close({ params, body })
  expect(phoneCalls.map((call) => call.appointmentId)).toEqual([booked.id])
  expect(await slots('2026-03-13')).toEqual([])
  expect(await slots('2026-03-14')).toEqual([])
  expect(await slots('2026-03-15')).toHaveLength(6)
  const gone = { ...params, closureId: body.id }
  expect((await clinic.as.receptionist.clinics.withdrawClosure({ params: gone })).withdrawn).toBe(true)
  expect(await slots('2026-03-13')).toHaveLength(6)
  expect((await clinic.as.receptionist.clinics.closures({ params })).items).toEqual([])
  const backwards = { ...body, id: uuidv7(), from: '2026-03-15', to: '2026-03-14' }
  await refusal(clinic.as.receptionist.clinics.close({ params, body: backwards }), 'bad_input')
})

test('A1 what has begun is not offered', async () => {
  clinic.clock.set(Date.parse('2026-03-16T03:25:00.000Z'))
  expect(await slots('2026-03-16')).toEqual(['09:30 2', '09:40 2', '09:50 2'])
})

test('A1 a doctor who no longer works here has no slots', async () => {
  const { otherDoctor: doctor } = clinic
  const { version, displayName, specialty, userId, roomId } = doctor
  const body = { version, displayName, specialty, userId, roomId, active: false }
  await admin().doctors.update({ params: { id: doctor.id }, body })
  const query = { doctorId: doctor.id, date: '2026-03-17', serviceId: clinic.service.id }
  expect((await clinic.as.receptionist.appointments.availableSlots({ query })).items).toEqual([])
})

test('A1 sessions of a day do not overlap and end after they start', async () => {
  const params = { id: clinic.doctor.id }
  const { schedule } = await admin().doctors.getSchedule({ params })
  const set = (...times: [string, string][]) =>
    admin().doctors.setSchedule({
      params,
      body: {
        version: schedule.version,
        sessions: times.map(([startsAt, endsAt]) => ({ weekday: 1, startsAt, endsAt, roomId: null })),
      },
    })
  await refusal(set(['09:00', '12:00'], ['11:55', '13:00']), 'bad_input')
  await refusal(set(['12:00', '12:00']), 'bad_input')
  await refusal(set(['09:02', '12:00']), 'bad_input')
})

test('A1 summer time: nine in the morning stays nine, and the hour that is left out has no slots', async () => {
  const { id, ...fields } = await admin().clinics.get({ params: { id: clinic.clinicId } })
  await admin().clinics.update({
    params: { id },
    body: { ...fields, timeZone: 'Europe/Berlin' },
  })
  const first = async (date: string) => {
    const query = { doctorId: clinic.doctor.id, date, serviceId: clinic.service.id }
    return (await clinic.as.receptionist.appointments.availableSlots({ query })).items[0]?.startsAt
  }
  expect(await first('2026-03-28')).toBe('2026-03-28T08:00:00.000Z')
  expect(await first('2026-03-29')).toBe('2026-03-29T07:00:00.000Z')
  expect(await book('2026-03-29T07:00:00.000Z')).toMatchObject({ day: '2026-03-29', overbooked: false })
  await setSessions('01:30', '03:30')
  const short = ['01:30', '01:40', '01:50', '03:00', '03:10', '03:20']
  // Q2: these nights are of the clinic day before.
  expect((await slots('2026-03-28')).map((slot) => slot.slice(0, 5))).toEqual(short)
  expect(await slots('2026-03-27')).toHaveLength(12)
  expect(await slots('2026-10-24')).toHaveLength(18) // 02:00 to 03:00 comes twice
})
