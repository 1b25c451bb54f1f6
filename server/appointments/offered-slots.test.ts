import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkSession } from '../../contract/doctors.ts'
import { addDays, clinicDay } from '../../rules/clinic-day.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

const QUARTERS = 96

async function setTurnover(dayTurnover: string): Promise<void> {
  const { id, ...fields } = await clinic.as.administrator.clinics.get({ params: { id: clinic.clinicId } })
  const body = { ...fields, settings: { ...fields.settings, dayTurnover } }
  await clinic.as.administrator.clinics.update({ params: { id }, body })
}

async function setSessions(sessions: WorkSession[]): Promise<void> {
  const params = { id: clinic.doctor.id }
  const { schedule } = await clinic.as.administrator.doctors.getSchedule({ params })
  await clinic.as.administrator.doctors.setSchedule({ params, body: { version: schedule.version, sessions } })
}

async function slotsOn(date: string) {
  const query = { doctorId: clinic.doctor.id, date, serviceId: clinic.service.id }
  return (await clinic.as.receptionist.appointments.availableSlots({ query })).items
}

/** Books it and gives it up again, for the next draw. */
async function bookOnce(startsAt: string) {
  const ids = { id: uuidv7(), doctorId: clinic.doctor.id, serviceId: clinic.service.id }
  const patientId = (await clinic.aPatient()).id
  const booked = await clinic.as.receptionist.appointments.book({ body: { ...ids, patientId, startsAt } })
  const body = { version: booked.version, reason: 'was a test' }
  await clinic.as.receptionist.appointments.cancel({ params: { id: booked.id }, body })
  return booked
}

test('A1 at night: what is offered after midnight is of the day before until the turnover, and is booked', async () => {
  await setTurnover('04:00')
  await setSessions([{ weekday: 6, startsAt: '00:00', endsAt: '23:45', roomId: null }])
  clinic.clock.set(Date.parse('2026-03-13T20:45:00.000Z')) // Saturday 02:45
  const [friday] = await slotsOn('2026-03-13')
  expect(friday?.startsAt).toBe('2026-03-13T20:50:00.000Z')
  expect((await bookOnce(friday?.startsAt ?? '')).day).toBe('2026-03-13')
  const [saturday] = await slotsOn('2026-03-14')
  expect(saturday?.startsAt).toBe('2026-03-13T22:00:00.000Z')
  expect((await bookOnce(saturday?.startsAt ?? '')).day).toBe('2026-03-14')
})

const quarter = fc.integer({ min: 0, max: QUARTERS - 1 })
const wall = (at: number) => `${String(Math.floor(at / 4)).padStart(2, '0')}:${String((at % 4) * 15).padStart(2, '0')}`
const hours = fc
  .tuple(quarter, quarter)
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ startsAt: wall(from), endsAt: wall(to), roomId: null }))
const drawn = fc.record({
  turnover: quarter.map(wall),
  // A day without work, too.
  week: fc.array(fc.option(hours), { minLength: 7, maxLength: 7 }),
  nowMinutes: fc.integer({ min: 0, max: 24 * 60 }),
  ahead: fc.integer({ min: 0, max: 3 }),
  wanted: fc.nat(),
})

test('A1, A2 whatever the hours, the turnover and the time: each offered slot is booked, on the day that was asked', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async ({ turnover, week, nowMinutes, ahead, wanted }) => {
      clinic.clock.set(MORNING + nowMinutes * 60_000)
      await setTurnover(turnover)
      await setSessions(week.flatMap((session, index) => (session ? [{ weekday: index + 1, ...session }] : [])))
      const today = clinicDay(clinic.clock.iso(), 'Asia/Dhaka', turnover)
      const date = addDays(today, ahead)
      const slots = await slotsOn(date)
      const chosen = [slots[0], slots[wanted % Math.max(1, slots.length)], slots.at(-1)].flatMap((slot) => slot ?? [])
      for (const { startsAt } of chosen)
        expect(await bookOnce(startsAt)).toMatchObject({ day: date, overbooked: false })
    }),
    { numRuns: 25 },
  )
}, 60_000)
