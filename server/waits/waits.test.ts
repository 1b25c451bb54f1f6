import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { fromRows } from '../db/records.ts'
import { lastVisits, recentLengths, visitsSoFar } from './history.ts'
import { keptWaits } from './queries.ts'
import { expectedWaitOf, openWaits } from './waits.ts'

let clinic: TestClinic
beforeEach(async () => {
  clinic = await aClinic()
})
afterEach(() => clinic.close())

const waits = () => clinic.as.receptionist.waits.list({ query: { clinicId: clinic.clinicId } })
const waitOf = async (visit: Visit) => (await waits()).visits.find((wait) => wait.visitId === visit.id)
const aVisit = () => clinic.aVisit({ serviceId: clinic.service.id })

const step = (visit: Visit, status: Visit['status'], reason?: string) =>
  clinic.as.doctor.visits.setStatus({
    params: { id: visit.id },
    body: { version: visit.version, status, ...(reason ? { reason } : {}) },
  })
async function start(): Promise<Visit> {
  const called = await clinic.as.doctor.visits.callNext({ body: { doctorId: clinic.doctor.id } })
  if (!called) throw new Error('nobody was called')
  clinic.clock.pass(1)
  return step(called, 'in_consultation')
}
const finish = (visit: Visit) =>
  clinic.as.doctor.visits.finish({ params: { id: visit.id }, body: { version: visit.version } })

/** One consultation of so many minutes. */
async function consult(minutes: number): Promise<Visit> {
  await aVisit()
  const visit = await start()
  clinic.clock.pass(minutes)
  return finish(visit)
}

const read = () => clinic.hub.databases.read
const minutesOf = (lengths: readonly number[]) => lengths.map((ms) => Math.round(ms / 60_000))

test('Q11 who waits longer is told more, P80 is not below P50, and both are steps of five', async () => {
  const line = [await aVisit(), await aVisit(), await aVisit(), await aVisit()]
  const { visits } = await waits()
  expect(visits.map((wait) => wait.visitId).sort()).toEqual(line.map((visit) => visit.id).sort())
  const told = await Promise.all(line.map(waitOf))
  const middle = told.map((wait) => wait?.p50Minutes ?? -1)
  expect(middle).toEqual([...middle].sort((a, b) => a - b))
  expect(middle.at(-1)).toBeGreaterThanOrEqual(25)
  for (const wait of visits) {
    expect(wait.p80Minutes).toBeGreaterThanOrEqual(wait.p50Minutes ?? 0)
    expect((wait.p50Minutes ?? 1) % 5).toBe(0)
    expect((wait.p80Minutes ?? 1) % 5).toBe(0)
  }
})

test('Q11 none for immediate', async () => {
  const { visit } = await clinic.as.receptionist.visits.emergency({
    body: { id: uuidv7(), clinicId: clinic.clinicId, doctorId: clinic.doctor.id },
  })
  const other = await aVisit()
  expect(await waitOf(visit)).toBeUndefined()
  expect(await waitOf(other)).toBeDefined()
})

test('Q11 a late start that was announced is waited for; back again it is not', async () => {
  const visit = await aVisit()
  const before = (await waitOf(visit))?.p50Minutes ?? -1
  const expectedAt = new Date(clinic.clock.now() + 40 * 60_000).toISOString()
  const doctor = await clinic.as.receptionist.doctors.expect({
    params: { id: clinic.doctor.id },
    body: { version: clinic.doctor.version, expectedAt },
  })
  expect(before).toBeLessThan(10)
  expect((await waitOf(visit))?.p50Minutes).toBeGreaterThanOrEqual(40)
  await clinic.as.receptionist.doctors.expect({
    params: { id: doctor.id },
    body: { version: doctor.version, expectedAt: null },
  })
  expect((await waitOf(visit))?.p50Minutes).toBe(before)
})

test('Q11 a doctor who is off duty is not counted on, and is again once available', async () => {
  await clinic.as.doctor.staff.setMyStatus({ body: { status: 'off_duty' } })
  const visit = await aVisit()
  expect(await waitOf(visit)).toBeUndefined()
  await clinic.as.doctor.staff.setMyStatus({ body: { status: 'available' } })
  expect(await waitOf(visit)).toBeDefined()
})

test('Q11 past the P95 of the present consultation it says delayed, and nothing sooner', async () => {
  await aVisit()
  await start()
  const waiting = await aVisit()
  clinic.clock.pass(5)
  expect((await waitOf(waiting))?.delayed).toBe(false)
  clinic.clock.pass(60)
  expect((await waitOf(waiting))?.delayed).toBe(true)
})

test('Q11 the lengths are those of this doctor and visit type, the last 20, newest first, without holds', async () => {
  for (let minutes = 1; minutes <= 22; minutes += 1) await consult(minutes)
  const { doctor, otherDoctor, service } = clinic
  const lengths = minutesOf(recentLengths(read(), doctor.id, service.id))
  expect(lengths).toEqual(Array.from({ length: 20 }, (_, index) => 22 - index))
  expect(recentLengths(read(), doctor.id, null)).toEqual([])
  expect(recentLengths(read(), otherDoctor.id, service.id)).toEqual([])
})

test('Q11 a hold is no part of the consultation, and a finish that was undone did not end it', async () => {
  await aVisit()
  const visit = await start()
  clinic.clock.pass(4)
  const held = await step(visit, 'on_hold', 'laboratory')
  clinic.clock.pass(30)
  const again = await step(held, 'in_consultation')
  clinic.clock.pass(3)
  expect(
    visitsSoFar(read(), [visit.id])
      .get(visit.id)
      ?.stays.map((stay) => stay.toMs - stay.fromMs),
  ).toEqual([240_000])
  const finished = await finish(again)
  const back = await clinic.as.doctor.visits.undo({ params: { id: visit.id }, body: { version: finished.version } })
  clinic.clock.pass(2)
  await finish(back)
  expect(minutesOf(recentLengths(read(), clinic.doctor.id, clinic.service.id))).toEqual([9])
  expect(minutesOf(lastVisits(read(), clinic.doctor.id).flatMap((past) => past.holdsMs))).toEqual([30])
})

test('Q11 after eight short consultations the same line is told less than by the configured length', async () => {
  const lastOfThree = async () => {
    const line = [await aVisit(), await aVisit(), await aVisit()]
    const told = (await waits()).visits.map((wait) => wait.p50Minutes ?? 0)
    for (const visit of line)
      await clinic.as.receptionist.visits.setStatus({
        params: { id: visit.id },
        body: { version: visit.version, status: 'left' },
      })
    return Math.max(...told)
  }
  const configured = await lastOfThree()
  for (let count = 0; count < 8; count += 1) await consult(2)
  expect(await lastOfThree()).toBeLessThan(configured)
})

test('Q11 appointments to come are counted on, and the forecast says who is not seen by the end', async () => {
  // 17:00 in Dhaka is the end of the session.
  clinic.clock.set(Date.parse('2026-03-09T10:30:00.000Z'))
  await clinic.as.doctor.staff.setMyStatus({ body: { status: 'available' } })
  for (let count = 0; count < 6; count += 1) await aVisit()
  const { doctors } = await waits()
  const mine = doctors.find((forecast) => forecast.doctorId === clinic.doctor.id)
  expect(mine?.unseen).toBeGreaterThanOrEqual(1)
  expect(Date.parse(mine?.endsAt ?? '')).toBeGreaterThan(Date.parse('2026-03-09T11:00:00.000Z'))
})

test('Q11 an appointment to come is counted on by who is called after it', async () => {
  const line = [await aVisit(), await aVisit(), await aVisit(), await aVisit()]
  const last = line.at(-1) ?? (await aVisit())
  const before = (await waitOf(last))?.p50Minutes ?? 0
  await anAppointment(clinic, 10)
  await anAppointment(clinic, 20)
  expect((await waitOf(last))?.p50Minutes).toBeGreaterThan(before)
})

test('Q11 one visit’s wait can be asked for, and is null for who does not wait', async () => {
  const { door, databases } = clinic.hub
  const waits = openWaits({
    door,
    clock: clinic.clock.now,
    readTogether: (act) => databases.reading.transaction(() => act(databases.read))(),
    log: pino({ level: 'silent' }),
  })
  try {
    const parts = { waits, read: databases.read }
    await aVisit()
    const visit = await start()
    const waiting = await aVisit()
    expect(await expectedWaitOf(parts, waiting.id)).toEqual(await waitOf(waiting))
    expect(await expectedWaitOf(parts, visit.id)).toBeNull()
  } finally {
    await waits.close()
  }
})

test('what changed is announced once, kept, and in the snapshot', async () => {
  const visit = await aVisit()
  await expect
    .poll(() => keptWaits(read(), { clinicId: clinic.clinicId, day: visit.day }).waits)
    .toMatchObject([{ id: visit.id, delayed: false, version: 1 }])
  const { data } = await clinic.as.receptionist.feed.snapshot({ params: { id: clinic.clinicId } })
  expect(data.waits).toMatchObject([{ id: visit.id }])
  expect(data.forecasts).toMatchObject([{ id: clinic.doctor.id, unseen: 0 }])
  const { frames } = await clinic.as.cashier.feed.events({ query: { clinicId: clinic.clinicId, after: 0 } })
  const told = frames.flatMap((frame) => frame.events).filter((event) => event.type === 'waits_updated')
  expect(told).toHaveLength(1)
  expect(told[0]?.changes.waits).toEqual(fromRows('waits', read().all`select * from waits`))
  // Nobody's act (decision 0016).
  expect(read().all`select id from audit where action = 'waits.estimate'`).toEqual([])
})

test('another clinic’s are nobody’s business', async () => {
  await refusal(clinic.as.receptionist.waits.list({ query: { clinicId: uuidv7() } }), 'forbidden')
})
