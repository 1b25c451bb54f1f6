import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Changes } from '../../contract/feed.ts'
import type { Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { expectOwingAsDerived } from '../../test/support/owing.ts'
import { readChanges } from '../db/outbox.ts'

let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
afterEach(() => expectOwingAsDerived(clinic))
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const patientNow = (id: string) => clinic.hub.databases.read.find('patients', id) as Patient
const merge = async (winner: Patient, loser: Patient, ...continueVisitIds: string[]) => {
  const [version, loserVersion] = [patientNow(winner.id).version, patientNow(loser.id).version]
  const body = { version, loserId: loser.id, loserVersion, continueVisitIds }
  return (await clinic.as.receptionist.patients.merge({ params: { id: winner.id }, body })).mergeId
}
const unmerge = (winner: Patient, mergeId: string) =>
  clinic.as.receptionist.patients.unmerge({ params: { id: winner.id }, body: { mergeId } })
const visitNow = async ({ id }: Visit) => (await all.visits.get({ params: { id } })).visit
const money = ({ id }: Visit) => all.charges.list({ params: { id } })
const balance = async (visit: Visit) => (await money(visit)).balanceMinor
const pay = (visit: Visit, amountMinor: number) =>
  all.payments.take({ body: { id: uuidv7(), visitId: visit.id, amountMinor, method: 'cash' } })
const arrive = async (appointmentId: string) =>
  (await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId } })).visit
const appointmentNow = (id: string) => all.appointments.get({ params: { id } })
const unchanged = <T extends { version: number }>({ version: _, ...record }: T) => record
const two = async () => [await clinic.aPatient(), await clinic.aPatient()] as const
const price = () => clinic.service.priceMinor

/** Both are here, each with a line; `goes` is the winner's. */
async function bothHere() {
  const [winner, loser] = await two()
  const serviceId = clinic.service.id
  const goes = await clinic.aVisit({ patientId: winner.id, serviceId })
  const ends = await clinic.aVisit({ patientId: loser.id, serviceId, doctorId: clinic.otherDoctor.id })
  return { winner, loser, goes, ends }
}

/** Everything that is kept of both, but for its versions. */
async function pictureOf(...visits: Visit[]) {
  const monies = await Promise.all(visits.map(money))
  return {
    visits: (await Promise.all(visits.map(visitNow))).map(unchanged),
    money: monies.map(({ charges, payments, balanceMinor }) => ({
      balanceMinor,
      charges: charges.map(unchanged),
      payments: payments.map(unchanged),
    })),
  }
}

/** The changes of the newest commit of that type. */
function told(type: string): Changes {
  const row = clinic.hub.databases.read.get<{ changes: string }>`
    select changes from events where type = ${type} order by seq desc limit 1`
  return readChanges(clinic.hub.databases.read, row?.changes ?? '{}')
}

describe('P4 what hangs on the visit that ends joins the one that continues', () => {
  test('lines and payments: the balances before, after, and after it is undone', async () => {
    const { winner, loser, goes, ends } = await bothHere()
    const paid = await pay(ends, 20_000)
    const before = await pictureOf(goes, ends)
    expect(before.money.map((one) => one.balanceMinor)).toEqual([price(), price() - 20_000])

    const mergeId = await merge(winner, loser, goes.id)
    expect([await balance(goes), await balance(ends)]).toEqual([2 * price() - 20_000, 0])
    expect((await money(goes)).payments).toMatchObject([{ id: paid.id, receiptNumber: paid.receiptNumber }])
    expect((await money(goes)).charges).toHaveLength(2)
    expect(await visitNow(ends)).toMatchObject({ status: 'cancelled', mergedIntoId: goes.id, patientId: winner.id })

    await unmerge(winner, mergeId)
    expect(await pictureOf(goes, ends)).toEqual(before)
  })

  test('every touched record is told in the same commit, and when it is undone', async () => {
    const { winner, loser, goes, ends } = await bothHere()
    const paid = await pay(ends, 20_000)
    const [line] = (await money(ends)).charges
    const ids = (changes: Changes) =>
      Object.fromEntries(Object.entries(changes).map(([noun, records]) => [noun, records.map(({ id }) => id).sort()]))
    const touched = {
      patients: [winner.id, loser.id].sort(),
      visits: [goes.id, ends.id].sort(),
      charges: [line?.id],
      payments: [paid.id],
    }
    const mergeId = await merge(winner, loser, goes.id)
    expect(ids(told('patient_merged'))).toEqual(touched)
    expect(told('patient_merged').charges).toMatchObject([{ visitId: goes.id, version: 2 }])
    await unmerge(winner, mergeId)
    expect(ids(told('patient_merged'))).toMatchObject(touched)
    expect(told('patient_merged').charges).toMatchObject([{ visitId: ends.id, version: 3 }])
  })

  test('appointments are its next stops (Q2), and are its own again when it is undone', async () => {
    const [winner, loser] = await two()
    const goes = await clinic.aVisit({ patientId: winner.id })
    const [first, second] = [
      await anAppointment(clinic, 60, { patientId: loser.id, doctorId: clinic.otherDoctor.id }),
      await anAppointment(clinic, 90, { patientId: loser.id }),
    ]
    const joined = await arrive(first.id)
    const ends = await arrive(second.id)
    expect(ends.id).toBe(joined.id)
    const before = await pictureOf(goes, ends)

    const mergeId = await merge(winner, loser, goes.id)
    expect(await visitNow(goes)).toMatchObject({ appointmentId: null, nextAppointmentIds: [first.id, second.id] })
    expect(await visitNow(ends)).toMatchObject({ appointmentId: null, nextAppointmentIds: [] })
    expect(await appointmentNow(first.id)).toMatchObject({ status: 'checked_in', patientId: winner.id })
    expect((await arrive(first.id)).id).toBe(goes.id)

    await unmerge(winner, mergeId)
    expect(await pictureOf(goes, ends)).toEqual(before)
    expect(await appointmentNow(second.id)).toMatchObject({ status: 'checked_in', patientId: loser.id })
  })

  test('one with the doctor who is waited for is the visit’s own', async () => {
    const [winner, loser] = await two()
    const goes = await clinic.aVisit({ patientId: winner.id })
    const booked = await anAppointment(clinic, 30, { patientId: loser.id })
    await arrive(booked.id)
    await merge(winner, loser, goes.id)
    const own = { appointmentId: booked.id, dueAt: booked.startsAt, nextAppointmentIds: [] }
    expect(await visitNow(goes)).toMatchObject(own)
    await take(all, await visitNow(goes), 'called', 'in_consultation')
    await pay(goes, price())
    await take(all, await visitNow(goes), 'completed')
    expect((await appointmentNow(booked.id)).status).toBe('fulfilled')
  })

  test('one that was seen for, and has only to be paid, is fulfilled and no stop to come', async () => {
    const [winner, loser] = await two()
    const goes = await clinic.aVisit({ patientId: winner.id, doctorId: clinic.otherDoctor.id })
    const booked = await anAppointment(clinic, 0, { patientId: loser.id })
    const ends = await take(all, await arrive(booked.id), 'called', 'in_consultation', 'awaiting_payment')
    const before = await pictureOf(goes, ends)
    const mergeId = await merge(winner, loser, goes.id)
    expect(await visitNow(goes)).toMatchObject({ appointmentId: null, nextAppointmentIds: [] })
    expect((await appointmentNow(booked.id)).status).toBe('fulfilled')
    expect(await balance(goes)).toBe(price())
    await unmerge(winner, mergeId)
    expect(await pictureOf(goes, ends)).toEqual(before)
    expect((await appointmentNow(booked.id)).status).toBe('checked_in')
  })

  test('T1 the level is the higher of both; an alarm is about the one that goes on', async () => {
    const [winner, loser] = await two()
    const goes = await clinic.aVisit({ patientId: winner.id })
    const place = { clinicId: clinic.clinicId, patientId: loser.id, doctorId: clinic.otherDoctor.id }
    const { visit: ends } = await clinic.as.nurse.visits.emergency({ body: { id: uuidv7(), ...place } })
    const alert = async () =>
      (await all.alerts.list({ query: { clinicId: clinic.clinicId } })).items.find((one) =>
        [goes.id, ends.id].includes(one.visitId ?? ''),
      )
    const mergeId = await merge(winner, loser, goes.id)
    expect((await visitNow(goes)).urgency).toBe('immediate')
    expect(await alert()).toMatchObject({ visitId: goes.id, ticket: goes.ticket })
    await unmerge(winner, mergeId)
    expect((await visitNow(goes)).urgency).toBe('standard')
    expect(await alert()).toMatchObject({ visitId: ends.id, ticket: ends.ticket })
  })
})

describe('P4 undone after things went on', () => {
  test('a line goes back as it is now, a payment with its refund; later money stays', async () => {
    const { winner, loser, goes, ends } = await bothHere()
    const paid = await pay(ends, 30_000)
    const [line] = (await money(ends)).charges
    const mergeId = await merge(winner, loser, goes.id)
    await all.charges.update({
      params: { id: line?.id ?? '' },
      body: { version: 2, waivedMinor: 5_000, reason: 'goodwill' },
    })
    await all.payments.refund({
      params: { id: paid.id },
      body: { id: uuidv7(), amountMinor: 10_000, reason: 'too much' },
    })
    await pay(goes, 40_000)
    await unmerge(winner, mergeId)
    expect(await balance(ends)).toBe(price() - 5_000 - 30_000 + 10_000)
    expect((await money(ends)).payments.map((one) => one.kind)).toEqual(['payment', 'refund'])
    expect(await balance(goes)).toBe(price() - 40_000)
  })

  test('what was taken back because the one that went on left unseen, is due again', async () => {
    const { winner, loser, goes, ends } = await bothHere()
    const mergeId = await merge(winner, loser, goes.id)
    await take(all, await visitNow(goes), 'left')
    expect(await balance(goes)).toBe(0)
    await unmerge(winner, mergeId)
    expect(await visitNow(ends)).toMatchObject({ status: 'waiting', patientId: loser.id, mergedIntoId: null })
    expect([await balance(goes), await balance(ends)]).toEqual([0, price()])
  })

  test('an appointment that was seen for meanwhile stays fulfilled; one that was called off is to come again', async () => {
    const [winner, loser] = await two()
    const goes = await clinic.aVisit({ patientId: winner.id })
    const seen = await anAppointment(clinic, 0, { patientId: loser.id })
    const off = await anAppointment(clinic, 60, { patientId: loser.id, doctorId: clinic.otherDoctor.id })
    await arrive(seen.id)
    const ends = await arrive(off.id)
    const mergeId = await merge(winner, loser, goes.id)
    const next = await take(all, await visitNow(goes), 'called', 'in_consultation', 'completed')
    expect(next).toMatchObject({ status: 'waiting', appointmentId: off.id })
    await take(all, next, 'left')
    await unmerge(winner, mergeId)
    expect(await visitNow(goes)).toMatchObject({ status: 'left', appointmentId: null, patientId: winner.id })
    expect(await visitNow(ends)).toMatchObject({ appointmentId: null, nextAppointmentIds: [off.id], status: 'waiting' })
    const statuses = [(await appointmentNow(seen.id)).status, (await appointmentNow(off.id)).status]
    expect(statuses).toEqual(['fulfilled', 'checked_in'])
  })

  test('one that cannot be open again has its money back, and owes nothing if it was never seen (M2)', async () => {
    const [winner, loser] = await two()
    const own = await clinic.aVisit({ patientId: winner.id, serviceId: clinic.service.id })
    const theirs = await clinic.aVisit({ patientId: loser.id })
    const paid = await pay(own, 10_000)
    const mergeId = await merge(winner, loser, theirs.id)
    await take(all, await visitNow(theirs), 'left')
    await clinic.aVisit({ patientId: winner.id })
    await unmerge(winner, mergeId)
    expect(await visitNow(own)).toMatchObject({ status: 'cancelled', patientId: winner.id, mergedIntoId: null })
    expect((await money(own)).payments).toMatchObject([{ id: paid.id }])
    expect([await balance(own), await balance(theirs)]).toEqual([-10_000, 0])
  })

  test('a debt of who was seen is not lost sight of', async () => {
    const [winner, loser] = await two()
    const waiting = await clinic.aVisit({ patientId: winner.id, serviceId: clinic.service.id })
    const own = await take(all, waiting, 'called', 'in_consultation', 'awaiting_payment')
    const theirs = await clinic.aVisit({ patientId: loser.id })
    const mergeId = await merge(winner, loser, theirs.id)
    await take(all, await visitNow(theirs), 'left')
    await clinic.aVisit({ patientId: winner.id })
    await unmerge(winner, mergeId)
    expect(await visitNow(own)).toMatchObject({ status: 'left', patientId: winner.id })
    clinic.clock.pass(24 * 60)
    const { id, clinicId } = { id: uuidv7(), clinicId: clinic.clinicId }
    const body = { id, clinicId, patientId: winner.id, doctorId: clinic.doctor.id }
    expect((await all.visits.walkIn({ body })).owesMinor).toBe(price())
  })

  test('a merge around it that was undone first leaves no trace', async () => {
    const { winner, loser, goes, ends } = await bothHere()
    const before = await pictureOf(goes, ends)
    const inner = await merge(winner, loser, goes.id)
    const outer = await clinic.aPatient()
    const around = await merge(outer, winner)
    await unmerge(outer, around)
    await unmerge(winner, inner)
    expect(await pictureOf(goes, ends)).toEqual(before)
  })
})

describe('P4 in several clinics and days', () => {
  test('both here in two clinics: each pair has its answer', async () => {
    const other = uuidv7()
    await clinic.as.administrator.clinics.create({
      body: { id: other, name: 'Second', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' },
    })
    const pool = await clinic.as.administrator.pools.create({
      body: { id: uuidv7(), clinicId: other, name: 'Walk-ins', doctorIds: [] },
    })
    const there = async (patientId: string) =>
      (
        await clinic.as.administrator.visits.walkIn({
          body: { id: uuidv7(), clinicId: other, patientId, poolId: pool.id },
        })
      ).visit
    const { winner, loser, goes, ends } = await bothHere()
    const [own, theirs] = [await there(winner.id), await there(loser.id)]
    const both = async (...chosen: string[]) =>
      (await refusal(merge(winner, loser, ...chosen), 'both_visits_open')).data
    expect(await both(goes.id)).toEqual({ visitIds: [own.id, theirs.id] })
    expect(await both(theirs.id)).toEqual({ visitIds: [goes.id, ends.id] })
    expect(await both(goes.id, ends.id, theirs.id)).toEqual({ visitIds: [goes.id, ends.id] })
    await merge(winner, loser, goes.id, theirs.id)
    const { read } = clinic.hub.databases
    expect(read.find('visits', own.id)).toMatchObject({ status: 'cancelled', mergedIntoId: theirs.id })
    expect(read.find('visits', ends.id)).toMatchObject({ status: 'cancelled', mergedIntoId: goes.id })
    expect(await balance(goes)).toBe(2 * price())
    for (const { changes } of read.all<{ changes: string }>`
      select changes from events where type = 'patient_merged' order by seq desc limit 2`) {
      const { visits = [], charges = [] } = readChanges(read, changes)
      const clinics = new Set([...visits, ...charges].map((record) => record.clinicId))
      expect(clinics.size).toBe(1)
    }
  })

  test('left open on a day that is over: asked the same, and today’s is not touched', async () => {
    const { winner, loser, goes, ends } = await bothHere()
    clinic.clock.pass(24 * 60)
    const today = await clinic.aVisit({ patientId: winner.id })
    const before = await pictureOf(goes, ends, today)
    await refusal(merge(winner, loser, today.id), 'both_visits_open')
    const mergeId = await merge(winner, loser, goes.id)
    expect(await visitNow(today)).toEqual(today)
    expect(await balance(goes)).toBe(2 * price())
    await unmerge(winner, mergeId)
    expect(await pictureOf(goes, ends, today)).toEqual(before)
  })
})

type Act = { act: 'pay' | 'charge' | 'refund'; on: 'goes' | 'ends'; amount: number }

describe('P4 nothing is lost', () => {
  const act: fc.Arbitrary<Act> = fc.record({
    act: fc.constantFrom('pay' as const, 'charge' as const, 'refund' as const),
    on: fc.constantFrom('goes' as const, 'ends' as const),
    amount: fc.integer({ min: 1, max: 60_000 }),
  })
  test('lines and payments of both are the same, and the sum of their balances, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 6 }), fc.array(act, { maxLength: 4 }), fc.boolean(), keeps),
      { numRuns: 25 },
    )
  })

  async function keeps(before: Act[], between: Act[], loserGoesOn: boolean) {
    const { winner, loser, goes, ends } = await bothHere()
    const [stays, joins] = loserGoesOn ? [ends, goes] : [goes, ends]
    for (const one of before) await perform(one, one.on === 'goes' ? goes : ends)
    const first = await sums(goes, ends)
    const mergeId = await merge(winner, loser, stays.id)
    expect(await sums(goes, ends)).toEqual(first)
    expect(await balance(joins)).toBe(0)
    for (const one of between) await perform(one, stays)
    const second = await sums(goes, ends)
    await unmerge(winner, mergeId)
    expect(await sums(goes, ends)).toEqual(second)
    for (const visit of [goes, ends]) await take(all, await visitNow(visit), 'left')
  }

  async function perform({ act: what, amount: amountMinor }: Act, visit: Visit) {
    const { payments, balanceMinor } = await money(visit)
    if (what === 'charge')
      return all.charges.add({ params: { id: visit.id }, body: { id: uuidv7(), description: 'Line', amountMinor } })
    if (what === 'pay') return balanceMinor > 0 ? pay(visit, Math.min(amountMinor, balanceMinor)) : undefined
    const paid = payments.find((one) => one.kind === 'payment')
    if (!paid || payments.some((one) => one.refundOfId === paid.id)) return undefined
    const body = { id: uuidv7(), amountMinor: Math.min(amountMinor, paid.amountMinor), reason: 'back' }
    return all.payments.refund({ params: { id: paid.id }, body })
  }

  async function sums(...visits: Visit[]) {
    const monies = await Promise.all(visits.map(money))
    const ids = (of: 'charges' | 'payments') => monies.flatMap((one) => one[of].map(({ id }) => id)).sort()
    return {
      charges: ids('charges'),
      payments: ids('payments'),
      balance: monies.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0),
    }
  }
})
