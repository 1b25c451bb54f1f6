import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Appointment } from '../../contract/appointments.ts'
import type { Role } from '../../contract/permissions.ts'
import { anAppointment, nine } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())
// Each test has an empty diary of its own.
beforeEach(() => clinic.clock.set(MORNING - 3_600_000 + day++ * 24 * 3_600_000)) // 08:00

type Fields = Partial<Pick<Appointment, 'doctorId' | 'patientId' | 'serviceId' | 'id'>> & { overbookReason?: string }
const book = async (at: number, fields: Fields = {}, by: Role = 'receptionist') =>
  clinic.as[by].appointments.book({
    body: {
      id: uuidv7(),
      doctorId: clinic.doctor.id,
      patientId: fields.patientId ?? (await clinic.aPatient()).id,
      serviceId: clinic.service.id,
      startsAt: nine(clinic, at),
      ...fields,
    },
  })
const freeAt = async (at: number) => {
  const query = { doctorId: clinic.doctor.id, date: nine(clinic, 0).slice(0, 10), serviceId: clinic.service.id }
  const { items } = await clinic.as.nurse.appointments.availableSlots({ query })
  return items.find((slot) => slot.startsAt === nine(clinic, at))?.free
}
const change = (booked: Appointment, fields: object, by: Role = 'receptionist') =>
  clinic.as[by].appointments.change({ params: { id: booked.id }, body: { version: booked.version, ...fields } })
const cancel = ({ id, version }: Appointment) =>
  clinic.as.receptionist.appointments.cancel({ params: { id }, body: { version, reason: 'is on a journey' } })
const slot = (at: number) => ({ startsAt: nine(clinic, at), endsAt: nine(clinic, at + 10) })

describe('A2 one slot', () => {
  test('two book it at once: exactly one succeeds, the other is told by whom, and what is near and free', async () => {
    await book(20)
    const [one, other] = [await clinic.aPatient(), await clinic.aPatient()]
    const outcomes = await Promise.allSettled([
      book(30, { patientId: one.id }, 'nurse'),
      book(30, { patientId: other.id }, 'doctor'),
    ])
    const won = outcomes.findIndex((outcome) => outcome.status === 'fulfilled')
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost).toHaveLength(1)
    const { data } = await refusal(Promise.reject(lost[0]?.reason), 'slot_taken')
    expect(data).toEqual({ byName: won === 0 ? 'nurse' : 'doctor', nearest: [slot(40), slot(10), slot(50)] })
    expect(await freeAt(30)).toBe(0)
  })

  test('fifty book it at once: one', async () => {
    const people = await Promise.all(Array.from({ length: 50 }, () => clinic.aPatient()))
    const outcomes = await Promise.allSettled(people.map(({ id }) => book(0, { patientId: id })))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  })

  test('the database itself refuses the second', async () => {
    const booked = await book(0)
    const { writing, read } = clinic.hub.databases
    const cells = read.all<{
      at: string
      seat: number
    }>`select at, seat from bookedCells where appointmentId = ${booked.id}`
    expect(cells).toEqual([
      { at: nine(clinic, 0), seat: 0 },
      { at: nine(clinic, 5), seat: 0 },
    ])
    const insert = writing.prepare('insert into bookedCells (doctorId, at, seat, appointmentId) values (?, ?, ?, ?)')
    expect(() => insert.run(clinic.doctor.id, nine(clinic, 5), 0, booked.id)).toThrow(/UNIQUE/)
  })

  test('a longer service does not lap into the next booking', async () => {
    const { id: serviceId } = await clinic.as.administrator.services.create({
      body: { id: uuidv7(), clinicId: clinic.clinicId, name: 'Long', minutes: 30, priceMinor: 0 },
    })
    await book(20)
    const { data } = await refusal(book(0, { serviceId }), 'slot_taken')
    expect(data).toMatchObject({ byName: 'receptionist', nearest: [{ startsAt: nine(clinic, 30) }, {}, {}] })
    expect(await book(30, { serviceId })).toMatchObject({ endsAt: nine(clinic, 60) })
    await refusal(book(50), 'slot_taken')
  })
})

test('A1 outside the hours is refused, with what is near', async () => {
  const { data } = await refusal(book(8 * 60), 'outside_schedule')
  expect(data).toEqual({ nearest: [slot(470), slot(460), slot(450)] })
  await refusal(book(-30), 'outside_schedule')
  expect((await refusal(book(3), 'bad_input')).data).toMatchObject({ fields: [{ field: 'startsAt' }] })
})

describe('A3 overbooking is possible on purpose', () => {
  test('with the permission and a reason, and leaves a mark', async () => {
    await book(0)
    await refusal(book(0, { overbookReason: 'mother of five' }, 'nurse'), 'forbidden')
    await refusal(book(0, { overbookReason: ' ' }), 'bad_input')
    const over = await book(0, { overbookReason: 'mother of five' })
    expect(over).toMatchObject({ overbooked: true, overbookReason: 'mother of five', status: 'booked' })
    const out = await book(9 * 60, { overbookReason: 'after hours' }, 'doctor')
    expect(out).toMatchObject({ overbooked: true })
  })

  test('a reason without need leaves no mark, and asks for no permission', async () => {
    expect(await book(0, { overbookReason: 'to be sure' }, 'nurse')).toMatchObject({
      overbooked: false,
      overbookReason: null,
    })
  })
})

test('A6 a patient is not with two doctors at overlapping times, but for A3', async () => {
  const first = await book(0)
  const elsewhere = { patientId: first.patientId, doctorId: clinic.otherDoctor.id }
  expect((await refusal(book(0, elsewhere), 'patient_busy')).data).toEqual({ appointmentId: first.id })
  expect(await book(10, elsewhere)).toMatchObject({ overbooked: false })
  expect(await book(0, { ...elsewhere, overbookReason: 'two at once' })).toMatchObject({ overbooked: true })
})

test('A6 also while the patient is here for the first of them', async () => {
  const first = await book(0)
  await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId: first.id } })
  const elsewhere = { patientId: first.patientId, doctorId: clinic.otherDoctor.id }
  await refusal(book(0, elsewhere), 'patient_busy')
})

describe('A5 moving', () => {
  test('takes the new slot, frees the old one, counts, and the audit knows where it was', async () => {
    const booked = await book(0)
    const moved = await change(booked, { startsAt: nine(clinic, 60) })
    expect(moved).toMatchObject({ ...slot(60), moves: 1, status: 'booked', version: 2 })
    expect([await freeAt(0), await freeAt(60)]).toEqual([1, 0])
    const row = clinic.hub.databases.read.get<{ detail: string }>`
      select detail from audit where recordId = ${booked.id} and action = 'appointment.change'`
    expect(JSON.parse(row?.detail ?? '{}')).toMatchObject({ fromStart: nine(clinic, 0), toStart: nine(clinic, 60) })
  })

  test('to a full slot is refused, and it keeps its own', async () => {
    const [booked] = [await book(0), await book(60)]
    await refusal(change(booked, { startsAt: nine(clinic, 60) }), 'slot_taken')
    expect(await freeAt(0)).toBe(0)
    const cells = clinic.hub.databases.read.all`select 1 from bookedCells where appointmentId = ${booked.id}`
    expect(cells).toHaveLength(2)
  })

  test('a no-show that is moved at the same time takes no seat', async () => {
    await change(await book(0), { startsAt: nine(clinic, 60), status: 'no_show' })
    expect([await freeAt(0), await freeAt(60)]).toEqual([1, 1])
    expect(await book(60)).toMatchObject({ overbooked: false })
  })

  test('within its own slot is not in its own way: to a longer service, to another doctor', async () => {
    const { id: serviceId } = await clinic.as.administrator.services.create({
      body: { id: uuidv7(), clinicId: clinic.clinicId, name: 'Longer', minutes: 20, priceMinor: 0 },
    })
    const longer = await change(await book(0), { serviceId })
    expect(longer).toMatchObject({ endsAt: nine(clinic, 20), overbooked: false })
    await change(longer, { doctorId: clinic.otherDoctor.id })
    expect(await freeAt(0)).toBe(1)
  })

  test('Q10 a stale version is refused with the current record', async () => {
    const booked = await book(0)
    const current = await change(booked, { note: 'brings a translator' })
    expect(current).toMatchObject({ note: 'brings a translator', moves: 0 })
    for (const call of [change(booked, { note: '' }), cancel(booked)])
      expect((await refusal(call, 'stale_version')).data).toEqual({ current })
  })
})

describe('A5 the slot follows the appointment', () => {
  test('cancelling needs a reason and frees it', async () => {
    const booked = await book(0)
    const body = { version: 1, reason: '' }
    await refusal(clinic.as.receptionist.appointments.cancel({ params: { id: booked.id }, body }), 'bad_input')
    expect(await cancel(booked)).toMatchObject({ status: 'cancelled', cancelReason: 'is on a journey' })
    expect(await freeAt(0)).toBe(1)
    expect(await book(0)).toMatchObject({ overbooked: false })
  })

  test('a no-show frees it', async () => {
    await change(await book(0), { status: 'no_show' })
    expect(await book(0)).toMatchObject({ overbooked: false })
  })

  test.each(['left', 'no_show'] as const)('a visit that ends as %s frees it', async (status) => {
    const booked = await book(60)
    const { visit } = await clinic.as.receptionist.visits.checkIn({
      body: { id: uuidv7(), appointmentId: booked.id },
    })
    await clinic.as.receptionist.visits.setStatus({ params: { id: visit.id }, body: { version: 1, status } })
    const after = await clinic.as.nurse.appointments.get({ params: { id: booked.id } })
    expect(after.status).toBe(status === 'left' ? 'cancelled' : 'no_show')
    expect(await book(60)).toMatchObject({ overbooked: false })
  })

  test('who turns up all the same is checked in: into the slot when it is free still, else over it, marked', async () => {
    const checkIn = (appointmentId: string) =>
      clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId } })
    const now = (id: string) => clinic.as.nurse.appointments.get({ params: { id } })
    const [early, late] = [await change(await book(0), { status: 'no_show' }), await cancel(await book(60))]
    await book(60)
    await checkIn(early.id)
    expect(await now(early.id)).toMatchObject({ status: 'checked_in', overbooked: false })
    expect(await freeAt(0)).toBe(0)
    await checkIn(late.id)
    expect(await now(late.id)).toMatchObject({ status: 'checked_in', overbooked: true, overbookReason: 'turned_up' })
  })
})

describe('A5 statuses', () => {
  test('booked, confirmed, checked in, fulfilled; and a confirmation may be taken back', async () => {
    const booked = await book(0)
    const confirmed = await change(booked, { status: 'confirmed' })
    expect(confirmed.status).toBe('confirmed')
    expect((await change(confirmed, { status: 'booked' })).status).toBe('booked')
  })

  test('who is here is neither moved, cancelled nor missing', async () => {
    const { id } = await anAppointment(clinic, 0)
    await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId: id } })
    const here = await clinic.as.nurse.appointments.get({ params: { id } })
    await refusal(change(here, { startsAt: nine(clinic, 60) }), 'illegal_transition')
    await refusal(change(here, { status: 'no_show' }), 'illegal_transition')
    await refusal(change(here, { status: 'confirmed' }), 'illegal_transition')
    await refusal(cancel(here), 'illegal_transition')
  })

  test('what is cancelled is not cancelled, confirmed or moved again', async () => {
    const gone = await cancel(await book(0))
    await refusal(cancel(gone), 'illegal_transition')
    await refusal(change(gone, { status: 'confirmed' }), 'illegal_transition')
    await refusal(change(gone, { startsAt: nine(clinic, 60) }), 'illegal_transition')
  })
})

test('A1 the list is the day’s, by time, and of a doctor, a status or a patient', async () => {
  const [later, sooner] = [await book(60), await book(0, { doctorId: clinic.otherDoctor.id })]
  const list = async (query: object = {}) => {
    const { items } = await clinic.as.nurse.appointments.list({ query: { clinicId: clinic.clinicId, ...query } })
    return items.map((one) => one.id)
  }
  expect(await list()).toEqual([sooner.id, later.id])
  expect(await list({ doctorId: clinic.doctor.id })).toEqual([later.id])
  expect(await list({ status: 'confirmed' })).toEqual([])
  const { cursor } = await clinic.as.nurse.appointments.list({ query: { clinicId: clinic.clinicId, limit: 1 } })
  expect(await list({ cursor })).toEqual([later.id])
  clinic.clock.pass(24 * 60)
  expect(await list()).toEqual([])
  expect(await list({ patientId: later.patientId })).toEqual([later.id])
})

test('nothing is booked, also not on purpose, with a doctor or for a service that is no longer there', async () => {
  const own = { id: uuidv7(), clinicId: clinic.clinicId }
  const admin = clinic.as.administrator
  const doctor = await admin.doctors.create({ body: { ...own, displayName: 'Dr Gone', active: false } })
  const service = await admin.services.create({
    body: { ...own, name: 'Given up', minutes: 10, priceMinor: 0, active: false },
  })
  const booked = await book(0)
  for (const fields of [{ doctorId: doctor.id }, { serviceId: service.id }]) {
    await refusal(book(30, { ...fields, overbookReason: 'she asked' }), 'not_found')
    await refusal(change(booked, { ...fields, overbookReason: 'she asked' }), 'not_found')
  }
})
