import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Notification } from '../../contract/notifications.ts'
import type { StaffStatus, WaitingAnswer } from '../../contract/users.ts'
import type { Visit } from '../../contract/visits.ts'
import { take } from '../../test/support/acts.ts'
import { refusal, signIn } from '../../test/support/api-client.ts'
import { aClinic, MORNING, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())
beforeEach(async () => {
  clinic.clock.set(MORNING + day++ * 24 * 3_600_000)
  await leave('available')
})

const leave = (status: StaffStatus['status'], waiting?: WaitingAnswer) =>
  clinic.as.doctor.staff.setMyStatus({ body: { status, ...(waiting ? { waiting } : {}) } })
const statusNow = () => clinic.hub.databases.read.find('staff', clinic.people.doctor.session.user.id)?.status
const doctorNow = () => clinic.hub.databases.read.find('doctors', clinic.doctor.id)
const visitNow = ({ id }: Visit) => clinic.hub.databases.read.find('visits', id)
const inMinutes = (minutes: number) => new Date(clinic.clock.now() + minutes * 60_000).toISOString()
const to = (visit: Visit, place: { doctorId?: string; poolId?: string }) => ({
  visitId: visit.id,
  version: visit.version,
  doctorId: null,
  poolId: null,
  ...place,
})
const toldReception = async (): Promise<Notification[]> => {
  const { items } = await clinic.as.receptionist.notifications.list({ query: {} })
  return items.filter((one) => one.kind === 'doctor_left' && one.at === clinic.clock.iso())
}

describe('S1 a doctor who leaves with patients waiting is asked what becomes of them', () => {
  test('off duty is refused until it is said; a break is not', async () => {
    await clinic.aVisit()
    expect((await refusal(leave('off_duty'), 'patients_waiting')).data).toEqual({ waiting: 1 })
    expect(statusNow()).toBe('available')
    expect((await leave('on_break')).status).toBe('on_break')
  })

  test('nobody is asked who has nobody waiting, or only who is with them', async () => {
    const visit = await clinic.aVisit()
    await take(clinic.as.doctor, visit, 'called', 'in_consultation')
    expect((await leave('off_duty')).status).toBe('off_duty')
    expect((await clinic.as.nurse.staff.setMyStatus({ body: { status: 'off_duty' } })).status).toBe('off_duty')
  })

  test('they wait: everybody sees when the doctor is back, until they are', async () => {
    const visit = await clinic.aVisit()
    const backAt = inMinutes(30)
    await refusal(leave('on_break', { becomes: 'wait', backAt: clinic.clock.iso() }), 'bad_input')
    await leave('on_break', { becomes: 'wait', backAt })
    expect(doctorNow()?.expectedAt).toBe(backAt)
    expect(visitNow(visit)).toEqual(visit)
    expect(await toldReception()).toEqual([])
    await leave('available')
    expect(doctorNow()?.expectedAt).toBeNull()
  })

  test('they go to others, with their waiting time (Q9), in the same commit; reception hears of who stays', async () => {
    const [one, two, stays] = [await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit()]
    clinic.clock.pass(10)
    const { id: doctorId } = clinic.otherDoctor
    const transfers = [to(one, { doctorId }), to(two, { poolId: clinic.poolId })]
    await leave('off_duty', { becomes: 'move', transfers })
    expect(visitNow(one)).toMatchObject({ doctorId, status: 'waiting', queuedAt: one.queuedAt })
    expect(visitNow(two)).toMatchObject({ doctorId: null, poolId: clinic.poolId })
    expect(visitNow(stays)).toEqual(stays)
    expect(statusNow()).toBe('off_duty')
    expect((await toldReception()).map(({ parameters }) => parameters)).toEqual([
      { doctorId: clinic.doctor.id, visits: 1 },
    ])
  })

  test('all or none: one that has changed since stops the whole, and is named', async () => {
    const [one, two] = [await clinic.aVisit(), await clinic.aVisit()]
    const place = { doctorId: clinic.otherDoctor.id }
    const called = await take(clinic.as.receptionist, two, 'called')
    const transfers = [to(one, place), to(two, place)]
    const { data } = await refusal(leave('off_duty', { becomes: 'move', transfers }), 'not_rebooked')
    expect(data).toMatchObject({ visitId: two.id, why: 'changed' })
    expect([visitNow(one), visitNow(two), statusNow()]).toEqual([one, called, 'available'])
    const mine = [to(one, { doctorId: clinic.doctor.id })]
    await refusal(leave('off_duty', { becomes: 'move', transfers: mine }), 'bad_input')
  })

  test('reception is told how many, once', async () => {
    await clinic.aVisit()
    await clinic.aVisit()
    await leave('off_duty', { becomes: 'reception' })
    expect((await toldReception()).map(({ parameters }) => parameters.visits)).toEqual([2])
  })

  test('only a doctor who leaves has an answer to give', async () => {
    const waiting = { becomes: 'reception' } as const
    await refusal(clinic.as.nurse.staff.setMyStatus({ body: { status: 'off_duty', waiting } }), 'bad_input')
    await refusal(leave('busy', waiting), 'bad_input')
  })
})

test('S1 signing in makes a doctor available, and they are not expected any more', async () => {
  await leave('on_break', { becomes: 'wait', backAt: inMinutes(60) })
  await signIn(clinic.hub.url, 'doctor', PASSWORD)
  expect([statusNow(), doctorNow()?.expectedAt]).toEqual(['available', null])
})

describe('S2 a call names the room in which the doctor is today', () => {
  const useRoom = (roomId: string | null, version = doctorNow()?.version ?? 0) =>
    clinic.as.receptionist.doctors.useRoom({ params: { id: clinic.doctor.id }, body: { version, roomId } })
  const aRoom = async (publicLabel: string) =>
    clinic.as.administrator.rooms.create({
      body: { id: uuidv7(), clinicId: clinic.clinicId, name: publicLabel, publicLabel },
    })
  const callNext = () => clinic.as.doctor.visits.callNext({ body: { doctorId: clinic.doctor.id } })

  test('the one said for today, and tomorrow the usual one', async () => {
    const other = await aRoom('7')
    await useRoom(other.id)
    await clinic.aVisit()
    expect((await callNext())?.roomId).toBe(other.id)
    clinic.clock.set(MORNING + day++ * 24 * 3_600_000)
    await clinic.aVisit()
    expect((await callNext())?.roomId).toBe(clinic.roomId)
  })

  test('the one of the present session, before the usual one', async () => {
    const other = await aRoom('8')
    const { schedule } = await clinic.as.receptionist.doctors.getSchedule({ params: { id: clinic.doctor.id } })
    const sessions = schedule.sessions.map((session) => ({ ...session, roomId: other.id }))
    const params = { id: clinic.doctor.id }
    const set = await clinic.as.receptionist.doctors.setSchedule({
      params,
      body: { version: schedule.version, sessions },
    })
    await clinic.aVisit()
    expect((await callNext())?.roomId).toBe(other.id)
    const { version } = set
    await clinic.as.receptionist.doctors.setSchedule({ params, body: { version, sessions: schedule.sessions } })
  })

  test('who is called and not inside yet comes to the new room; who is inside stays', async () => {
    const other = await aRoom('9')
    const inside = await clinic.aVisit()
    await take(clinic.as.doctor, inside, 'called', 'in_consultation')
    const called = await take(clinic.as.receptionist, await clinic.aVisit(), 'called')
    expect(called.roomId).toBe(clinic.roomId)
    await useRoom(other.id)
    expect([visitNow(called)?.roomId, visitNow(inside)?.roomId]).toEqual([other.id, clinic.roomId])
    await refusal(useRoom(other.id, 1), 'stale_version')
    await refusal(useRoom(uuidv7()), 'not_found')
    await useRoom(null)
    expect(visitNow(called)?.roomId).toBe(clinic.roomId)
  })
})
