import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Appointment } from '../../contract/appointments.ts'
import type { RebookingProposal } from '../../contract/rebookings.ts'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, nine, take } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { type Listener, listen } from '../../test/support/console.ts'

let clinic: TestClinic
beforeEach(async () => {
  clinic = await aClinic()
  clinic.clock.set(MORNING - 3_600_000) // 08:00
})
afterEach(() => clinic.close())

const desk = () => clinic.as.receptionist
const propose = (fields: { toDoctorId?: string; on?: 'today' | 'next_days'; from?: string } = {}) =>
  desk().rebookings.propose({
    query: { doctorId: clinic.doctor.id, toDoctorId: clinic.otherDoctor.id, on: 'today', ...fields },
  })
const placesOf = ({ rows }: RebookingProposal) => rows.map(({ slot }) => slot?.startsAt ?? null)
const now = (id: string) => clinic.as.nurse.appointments.get({ params: { id } })
const visitNow = async (id: string) => (await clinic.as.nurse.visits.get({ params: { id } })).visit
const phoneList = async () => (await desk().phoneCalls.list({ query: { clinicId: clinic.clinicId } })).items

type To = { doctorId?: string; poolId?: string }
const moveOf = ({ id, version }: Appointment, startsAt: string, doctorId = clinic.otherDoctor.id) => ({
  appointmentId: id,
  version,
  doctorId,
  startsAt,
})
const transferOf = ({ id, version }: Visit, { doctorId = null, poolId = null }: Partial<To> | Visit) => ({
  visitId: id,
  version,
  doctorId,
  poolId,
})
type Body = Parameters<ReturnType<typeof desk>['rebookings']['rebook']>[0]['body']
const rebook = (fields: Partial<Body>) =>
  desk().rebookings.rebook({
    body: { id: uuidv7(), doctorId: clinic.doctor.id, moves: [], transfers: [], ...fields },
  })
const undo = (id: string) => desk().rebookings.undo({ params: { id } })

const lastSeq = async () => (await desk().feed.snapshot({ params: { id: clinic.clinicId } })).seq
const framesAbout = ({ frames }: Listener, noun: 'appointments' | 'phoneCalls') =>
  frames.filter(({ events }) => events.some(({ changes }) => changes[noun]))

describe('Q12 the proposal', () => {
  test('today with another doctor: the same time where it is free, else the next; who is here or gone is not in it', async () => {
    const [first, second] = [await anAppointment(clinic, 0), await anAppointment(clinic, 10)]
    await anAppointment(clinic, 0, { doctorId: clinic.otherDoctor.id })
    const here = await anAppointment(clinic, 20)
    await desk().visits.checkIn({ body: { id: uuidv7(), appointmentId: here.id } })
    const answer = await propose()
    expect(answer.rows.map((row) => row.appointmentId)).toEqual([first.id, second.id])
    expect(placesOf(answer)).toEqual([nine(clinic, 10), nine(clinic, 20)])
    expect(answer.slots).toMatchObject([{ serviceId: clinic.service.id }])
    expect(answer.slots[0]?.items[0]).toMatchObject({ startsAt: nine(clinic, 10), free: 1 })
  })

  test('no place is said, not hidden', async () => {
    await anAppointment(clinic, 470)
    await anAppointment(clinic, 470, { doctorId: clinic.otherDoctor.id })
    expect(placesOf(await propose())).toEqual([null])
  })

  test('the next days of the same doctor: leave and closures are honoured, the clock is not earlier', async () => {
    await anAppointment(clinic, 60)
    const tomorrow = { from: nine(clinic, -60 + 24 * 60), to: nine(clinic, 10 * 60 + 24 * 60) }
    await desk().doctors.takeLeave({ params: { id: clinic.doctor.id }, body: { id: uuidv7(), ...tomorrow } })
    const closed = { from: '2026-03-11', to: '2026-03-11', reason: 'holiday' }
    await desk().clinics.close({ params: { id: clinic.clinicId }, body: { id: uuidv7(), ...closed } })
    const same = { toDoctorId: clinic.doctor.id, on: 'next_days' } as const
    expect(placesOf(await propose(same))).toEqual([nine(clinic, 60 + 3 * 24 * 60)])
    expect(placesOf(await propose({ ...same, from: '2026-03-16' }))).toEqual([nine(clinic, 60 + 7 * 24 * 60)])
  })

  test('to the same doctor today is refused, with the field', async () => {
    const { data } = await refusal(propose({ toDoctorId: clinic.doctor.id }), 'bad_input')
    expect(data).toMatchObject({ fields: [{ field: 'toDoctorId' }] })
  })
})

describe('Q12 moving all', () => {
  test('appointments and waiting visits in one commit; waiting time and history stay; the one in consultation too', async () => {
    const booked = await anAppointment(clinic, 30)
    const within = await take(clinic.as.doctor, await clinic.aVisit(), 'called', 'in_consultation')
    const waiting = await clinic.aVisit()
    const called = await desk().visits.call({
      params: { id: (await clinic.aVisit()).id },
      body: { version: 1, reason: 'first' },
    })
    clinic.clock.pass(20)
    const socket = await listen(clinic.hub.url, {
      token: clinic.people.receptionist.token,
      clinicId: clinic.clinicId,
    })
    const answer = await rebook({
      moves: [moveOf(booked, nine(clinic, 40))],
      transfers: [
        transferOf(waiting, { doctorId: clinic.otherDoctor.id }),
        transferOf(called, { poolId: clinic.poolId }),
      ],
    })
    await socket.until(await lastSeq())
    socket.close()
    expect(framesAbout(socket, 'appointments')).toHaveLength(1)
    expect(answer.appointments).toMatchObject([
      { doctorId: clinic.otherDoctor.id, startsAt: nine(clinic, 40), moves: 1 },
    ])
    expect(await visitNow(waiting.id)).toMatchObject({
      doctorId: clinic.otherDoctor.id,
      status: 'waiting',
      queuedAt: waiting.queuedAt,
      arrivedAt: waiting.arrivedAt,
    })
    expect(await visitNow(called.id)).toMatchObject({
      doctorId: null,
      poolId: clinic.poolId,
      status: 'waiting',
      calledAt: null,
      queuedAt: called.queuedAt,
    })
    expect(await visitNow(within.id)).toEqual(within)
  })

  test('A2 a time taken meanwhile refuses the whole, names whom and by whom; nothing is moved', async () => {
    const [first, second] = [await anAppointment(clinic, 0), await anAppointment(clinic, 10)]
    const waiting = await clinic.aVisit()
    await anAppointment(clinic, 10, { doctorId: clinic.otherDoctor.id })
    const request = {
      moves: [moveOf(first, nine(clinic, 0)), moveOf(second, nine(clinic, 10))],
      transfers: [transferOf(waiting, { doctorId: clinic.otherDoctor.id })],
    }
    const { data } = await refusal(rebook(request), 'not_rebooked')
    expect(data).toEqual({ appointmentId: second.id, visitId: null, why: 'slot_taken', byName: 'receptionist' })
    expect([await now(first.id), await now(second.id)]).toEqual([first, second])
    expect(await visitNow(waiting.id)).toEqual(waiting)
    expect(await phoneList()).toEqual([])
    expect(placesOf(await propose())).toEqual([nine(clinic, 0), nine(clinic, 20)])
  })

  test('A2 two rows for one time are refused', async () => {
    const [first, second] = [await anAppointment(clinic, 0), await anAppointment(clinic, 10)]
    const moves = [moveOf(first, nine(clinic, 60)), moveOf(second, nine(clinic, 60))]
    expect((await refusal(rebook({ moves }), 'not_rebooked')).data).toMatchObject({ appointmentId: second.id })
  })

  test('A6 a patient who is elsewhere then is named', async () => {
    const booked = await anAppointment(clinic, 0)
    const third = await clinic.as.administrator.doctors.create({
      body: { id: uuidv7(), clinicId: clinic.clinicId, displayName: 'Dr Third' },
    })
    await desk().appointments.book({
      body: {
        id: uuidv7(),
        doctorId: third.id,
        patientId: booked.patientId,
        serviceId: clinic.service.id,
        startsAt: nine(clinic, 60),
        overbookReason: 'a look only',
      },
    })
    const { data } = await refusal(rebook({ moves: [moveOf(booked, nine(clinic, 60))] }), 'not_rebooked')
    expect(data).toMatchObject({ appointmentId: booked.id, why: 'patient_busy' })
    expect(placesOf(await propose())).toEqual([nine(clinic, 0)])
  })

  test('Q10 who was called, changed or seen meanwhile is named, and nothing is done', async () => {
    const [booked, visit] = [await anAppointment(clinic, 0), await clinic.aVisit()]
    await desk().visits.checkIn({ body: { id: uuidv7(), appointmentId: booked.id } })
    const moves = [moveOf(booked, nine(clinic, 0))]
    expect((await refusal(rebook({ moves }), 'not_rebooked')).data).toMatchObject({ why: 'changed' })
    await take(clinic.as.doctor, visit, 'called', 'in_consultation')
    const transfers = [transferOf(visit, { doctorId: clinic.otherDoctor.id })]
    expect((await refusal(rebook({ transfers }), 'not_rebooked')).data).toEqual({
      appointmentId: null,
      visitId: visit.id,
      why: 'changed',
      byName: '',
    })
  })

  test('nobody is booked with the doctor for the rest of the day, and a late start is no longer announced', async () => {
    const { id, version } = clinic.doctor
    const doctor = await desk().doctors.getSchedule({ params: { id } })
    expect(doctor.leaves).toEqual([])
    const { doctors } = desk()
    const present = await doctors.get({ params: { id } })
    await doctors.expect({ params: { id }, body: { version: present.version, expectedAt: nine(clinic, 60) } })
    expect(version).toBeGreaterThan(0)
    const { id: rebookingId } = await rebook({})
    await refusal(anAppointment(clinic, 60), 'outside_schedule')
    expect((await doctors.get({ params: { id } })).expectedAt).toBeNull()
    await rebook({})
    expect((await doctors.getSchedule({ params: { id } })).leaves).toHaveLength(1)
    await undo(rebookingId)
    expect((await doctors.get({ params: { id } })).expectedAt).toBe(nine(clinic, 60))
    expect(await anAppointment(clinic, 60)).toMatchObject({ status: 'booked' })
  })

  test('who had confirmed the old time has not confirmed the new one', async () => {
    const booked = await anAppointment(clinic, 0)
    const params = { id: booked.id }
    const confirmed = await desk().appointments.change({ params, body: { version: 1, status: 'confirmed' } })
    const { appointments } = await rebook({ moves: [moveOf(confirmed, nine(clinic, 30))] })
    expect(appointments).toMatchObject([{ status: 'booked' }])
  })
})

describe('U4 taking it back', () => {
  test('puts everything where it was, whole', async () => {
    const [booked, waiting] = [await anAppointment(clinic, 0), await clinic.aVisit()]
    clinic.clock.pass(1)
    const { id } = await rebook({
      moves: [moveOf(booked, nine(clinic, 30))],
      transfers: [transferOf(waiting, { doctorId: clinic.otherDoctor.id })],
    })
    // 09:00 has passed meanwhile: it is a place again all the same.
    clinic.clock.set(MORNING + 60_000)
    await undo(id)
    const { version: _, ...was } = booked
    expect(await now(booked.id)).toMatchObject(was)
    expect(await visitNow(waiting.id)).toMatchObject({ doctorId: clinic.doctor.id, status: 'waiting' })
    expect(await phoneList()).toEqual([])
    const cells = clinic.hub.databases.read.all`select doctorId, at from bookedCells where appointmentId = ${booked.id}`
    expect(cells).toEqual([0, 5].map((minutes) => ({ doctorId: clinic.doctor.id, at: nine(clinic, minutes) })))
    await refusal(undo(id), 'nothing_to_undo')
  })

  test('not when one of them has changed, and then nothing', async () => {
    const [booked, waiting] = [await anAppointment(clinic, 0), await clinic.aVisit()]
    const { id, visits } = await rebook({
      moves: [moveOf(booked, nine(clinic, 30))],
      transfers: [transferOf(waiting, { doctorId: clinic.otherDoctor.id })],
    })
    const [moved] = visits
    if (!moved) throw new Error('no visit was moved')
    await desk().visits.away({ params: { id: moved.id }, body: { version: moved.version, until: nine(clinic, 90) } })
    await refusal(undo(id), 'nothing_to_undo')
    expect(await now(booked.id)).toMatchObject({ startsAt: nine(clinic, 30) })
  })

  test('not when a patient was told', async () => {
    const booked = await anAppointment(clinic, 0)
    const { id, phoneCalls } = await rebook({ moves: [moveOf(booked, nine(clinic, 30))] })
    const [call] = phoneCalls
    if (!call) throw new Error('nobody is to be phoned')
    await desk().phoneCalls.tell({ params: { id: call.id }, body: { version: 1, told: true } })
    await refusal(undo(id), 'nothing_to_undo')
  })
})

describe('Q12 whom to phone', () => {
  test('who was moved, with the time they know; and who found no place', async () => {
    const [moved, left] = [await anAppointment(clinic, 0), await anAppointment(clinic, 10)]
    await rebook({ moves: [moveOf(moved, nine(clinic, 30))] })
    expect(await phoneList()).toMatchObject([
      { appointmentId: moved.id, startsAt: nine(clinic, 0), doctorId: clinic.doctor.id, why: 'doctor_gone' },
      { appointmentId: left.id, startsAt: nine(clinic, 10), doctorId: clinic.doctor.id, why: 'leave' },
    ])
    // Moved once more: still what the patient knows.
    await rebook({ moves: [moveOf(left, nine(clinic, 60))] })
    expect(await phoneList()).toHaveLength(2)
  })

  test('a tick says who and when, reaches every window, and a second one is told of the first (Q10)', async () => {
    const booked = await anAppointment(clinic, 0)
    const { phoneCalls } = await rebook({ moves: [moveOf(booked, nine(clinic, 30))] })
    const [call] = phoneCalls
    if (!call) throw new Error('nobody is to be phoned')
    const socket = await listen(clinic.hub.url, { token: clinic.people.nurse.token, clinicId: clinic.clinicId })
    const body = { version: 1, told: true }
    const told = await desk().phoneCalls.tell({ params: { id: call.id }, body })
    expect(told).toMatchObject({ toldAt: clinic.clock.iso(), toldById: clinic.people.receptionist.session.user.id })
    await socket.until(await lastSeq())
    socket.close()
    expect(framesAbout(socket, 'phoneCalls')).toMatchObject([
      { events: [{ type: 'phone_call_updated', changes: { phoneCalls: [told] } }] },
    ])
    const other = clinic.as.administrator.phoneCalls.tell({ params: { id: call.id }, body })
    expect((await refusal(other, 'stale_version')).data).toEqual({ current: told })
    await refusal(clinic.as.nurse.phoneCalls.tell({ params: { id: call.id }, body }), 'forbidden')
  })

  test('who is not told stays on the list on the next day, who is told leaves it, and it ends with the appointment', async () => {
    const [first, second] = [await anAppointment(clinic, 0), await anAppointment(clinic, 10)]
    const inTwoDays = (minutes: number) => nine(clinic, minutes + 2 * 24 * 60)
    const { phoneCalls } = await rebook({
      moves: [first, second].map((one, index) => moveOf(one, inTwoDays(index * 10))),
    })
    const [call] = phoneCalls
    if (!call) throw new Error('nobody is to be phoned')
    await desk().phoneCalls.tell({ params: { id: call.id }, body: { version: 1, told: true } })
    expect(await phoneList()).toHaveLength(2)
    clinic.clock.pass(24 * 60)
    expect(await phoneList()).toMatchObject([{ appointmentId: second.id }])
    const { data } = await desk().feed.snapshot({ params: { id: clinic.clinicId } })
    expect(data.phoneCalls).toMatchObject([{ appointmentId: second.id }])
    clinic.clock.pass(2 * 24 * 60)
    expect(await phoneList()).toEqual([])
  })

  test('leave that is taken back needs no call, but for whom was moved meanwhile', async () => {
    const [kept, moved] = [await anAppointment(clinic, 0), await anAppointment(clinic, 10)]
    const span = { from: nine(clinic, -30), to: nine(clinic, 300) }
    const params = { id: clinic.doctor.id }
    const { leave, phoneCalls } = await desk().doctors.takeLeave({ params, body: { id: uuidv7(), ...span } })
    expect(phoneCalls.map((call) => call.appointmentId)).toEqual([kept.id, moved.id])
    const elsewhere = { version: 1, doctorId: clinic.otherDoctor.id }
    await desk().appointments.change({ params: { id: moved.id }, body: elsewhere })
    await desk().doctors.cancelLeave({ params: { ...params, leaveId: leave.id } })
    expect(await phoneList()).toMatchObject([{ appointmentId: moved.id }])
  })

  test('a closure that is withdrawn needs no call either', async () => {
    await anAppointment(clinic, 0)
    const day = { from: '2026-03-09', to: '2026-03-09', reason: 'flood' }
    const params = { id: clinic.clinicId }
    const { closure } = await desk().clinics.close({ params, body: { id: uuidv7(), ...day } })
    expect(await phoneList()).toMatchObject([{ why: 'closure', causeId: closure.id }])
    await desk().clinics.withdrawClosure({ params: { ...params, closureId: closure.id } })
    expect(await phoneList()).toEqual([])
  })
})
