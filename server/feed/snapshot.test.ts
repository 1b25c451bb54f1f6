import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinicalNouns, nouns } from '../../contract/feed.ts'
import { role } from '../../contract/permissions.ts'
import { anAppointment, anybody, aRecord, take, triageOf, well } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { onLoopback, pairStation } from '../../test/support/lan-station.ts'

let clinic: TestClinic
let all: ApiClient
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())

const snapshot = (by: ApiClient) => by.feed.snapshot({ params: { id: clinic.clinicId } })
const ids = (records: { id: string }[] = []) => records.map((record) => record.id)

test('what is clinical is in the snapshot and the events of clinical roles, and of no other', async () => {
  const { visit } = await all.visits.emergency({
    body: { id: uuidv7(), clinicId: clinic.clinicId, dangerSigns: ['chest_pain'] },
  })
  await aRecord(clinic, visit.id)
  const { items: alerts } = await all.alerts.list({ query: { clinicId: clinic.clinicId } })
  for (const alert of alerts)
    await all.alerts.resolve({ params: { id: alert.id }, body: { version: alert.version, outcome: 'treated' } })
  await triageOf(clinic, visit.id, well, 'immediate')
  const { id } = await clinic.aPatient()
  const items = [{ substance: 'Penicillin' }]
  await all.patients.setAllergies({ params: { id }, body: { version: 1, state: 'listed', items } })
  for (const one of role.options) {
    const clinical = one === 'doctor' || one === 'nurse'
    const { data } = await snapshot(clinic.as[one])
    expect(Object.keys(data).filter((noun) => clinicalNouns.some((hidden) => hidden === noun))).toEqual(
      clinical
        ? one === 'doctor'
          ? ['alertReasons', 'alertOutcomes', 'orders']
          : ['alertReasons', 'alertOutcomes']
        : [],
    )
    expect(ids(data.visits)).toContain(visit.id)
    const { frames } = await clinic.as[one].feed.events({ query: { clinicId: clinic.clinicId, after: 0 } })
    const seen = new Set(frames.flatMap((frame) => frame.events.flatMap((event) => Object.keys(event.changes))))
    for (const noun of clinicalNouns) expect(seen.has(noun), `${one} ${noun}`).toBe(clinical)
    expect(/penicillin|chest_pain/i.test(JSON.stringify([data, frames]))).toBe(clinical)
  }
})

test('it holds today: visits and appointments with their patients, lines and payments, and what was left open', async () => {
  const leftOpen = await clinic.aVisit()
  const over = await take(all, await clinic.aVisit(), 'left')
  clinic.clock.pass(24 * 60)
  const visit = await clinic.aVisit({ serviceId: clinic.service.id })
  const payment = await all.payments.take({
    body: { id: uuidv7(), visitId: visit.id, amountMinor: 100, method: 'cash' },
  })
  const booked = await anAppointment(clinic, 60)
  const deposit = await all.payments.take({
    body: { id: uuidv7(), appointmentId: booked.id, amountMinor: 100, method: 'card' },
  })
  const { data, day } = await snapshot(clinic.as.cashier)
  expect(day).toBe(visit.day)
  expect(ids(data.visits)).toEqual(expect.arrayContaining([leftOpen.id, visit.id]))
  expect(ids(data.visits)).not.toContain(over.id)
  expect(ids(data.appointments)).toEqual([booked.id])
  expect(ids(data.patients)).toEqual(
    expect.arrayContaining([leftOpen.patientId, visit.patientId, booked.patientId] as string[]),
  )
  expect(ids(data.patients)).not.toContain(over.patientId)
  expect(ids(data.payments).sort()).toEqual([payment.id, deposit.id].sort())
  expect(data.charges?.map((charge) => charge.visitId)).toEqual([visit.id])
  const ground = ['clinics', 'doctors', 'schedules', 'pools', 'services', 'rooms', 'users', 'staff'] as const
  for (const noun of ground) expect(data[noun]?.length, noun).toBeGreaterThan(0)
  for (const noun of Object.keys(data)) expect(Object.keys(nouns)).toContain(noun)
})

test('it says where on the feed it was read: what comes after follows without a gap', async () => {
  const { seq, feed } = await snapshot(clinic.as.nurse)
  const visit = await clinic.aVisit()
  const { frames, reset } = await clinic.as.nurse.feed.events({ query: { clinicId: clinic.clinicId, after: seq } })
  expect({ reset, feed: frames[0]?.feed, after: frames[0]?.after }).toEqual({ reset: false, feed, after: seq })
  const events = frames.flatMap((frame) => frame.events)
  expect(ids(events.flatMap((event) => event.changes.visits ?? []))).toContain(visit.id)
  const later = await snapshot(clinic.as.nurse)
  expect(later.seq).toBe(frames.at(-1)?.upTo)
})

test('a clinic where one does not work is closed', async () => {
  const { id } = await clinic.as.administrator.clinics.create({
    body: { id: uuidv7(), name: 'Elsewhere', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' },
  })
  expect((await snapshot(clinic.as.administrator)).data.clinics).toHaveLength(2)
  await refusal(clinic.as.doctor.feed.snapshot({ params: { id } }), 'forbidden')
  await refusal(clinic.as.doctor.feed.events({ query: { clinicId: id, after: 0 } }), 'forbidden')
  await refusal(clinic.as.doctor.visits.list({ query: { clinicId: id } }), 'forbidden')
  await refusal(clinic.as.doctor.queue.clinic({ params: { id } }), 'forbidden')
})

test('the computers are in the snapshot of whoever may look after them, and of no other', async () => {
  const lan = await aClinic({ hub: onLoopback })
  try {
    const { deviceId } = await pairStation(lan)
    for (const one of role.options) {
      const { data } = await lan.as[one].feed.snapshot({ params: { id: lan.clinicId } })
      expect(
        data.devices?.map(({ id }) => id),
        one,
      ).toEqual(one === 'administrator' ? [deviceId] : undefined)
    }
  } finally {
    await lan.close()
  }
})
