import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Charge, Payment } from '../../contract/money.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { expectOwingAsDerived } from '../../test/support/owing.ts'

let clinic: TestClinic
let all: ApiClient
let price: number
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
  price = clinic.service.priceMinor
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))
afterEach(() => expectOwingAsDerived(clinic))

const aPaying = () => clinic.aVisit({ serviceId: clinic.service.id })
const money = (visit: Visit) => all.charges.list({ params: { id: visit.id } })
const pay = (visit: Visit, amountMinor: number, method: Payment['method'] = 'cash', by: Role = 'cashier') =>
  clinic.as[by].payments.take({ body: { id: uuidv7(), visitId: visit.id, amountMinor, method } })
const refund = (payment: Payment, amountMinor: number, by: Role = 'cashier') =>
  clinic.as[by].payments.refund({
    params: { id: payment.id },
    body: { id: uuidv7(), amountMinor, reason: 'paid twice' },
  })
const change = ({ id, version }: Charge, fields: object, by: Role = 'cashier') =>
  clinic.as[by].charges.update({ params: { id }, body: { version, ...fields } })
const theLine = async (visit: Visit) => (await money(visit)).charges[0] as Charge
const now = async (visit: Visit) => (await all.visits.get({ params: { id: visit.id } })).visit
const toCashDesk = (visit: Visit) => take(all, visit, 'called', 'in_consultation', 'awaiting_payment')

describe('M1 lines', () => {
  test('check-in adds the service’s line, at its price of today', async () => {
    const visit = await aPaying()
    expect((await money(visit)).charges).toMatchObject([
      {
        visitId: visit.id,
        serviceId: clinic.service.id,
        description: clinic.service.name,
        amountMinor: price,
        waivedMinor: 0,
        payer: 'patient',
        currency: 'BDT',
        reversedAt: null,
      },
    ])
    const { id: _, clinicId: __, ...fields } = clinic.service
    const body = { ...fields, priceMinor: price + 1 }
    clinic.service = await all.services.update({ params: { id: clinic.service.id }, body })
    expect((await money(visit)).balanceMinor).toBe(price)
    expect((await money(await aPaying())).balanceMinor).toBe(++price)
  })

  test('without a service there is nothing to pay', async () => {
    expect(await money(await clinic.aVisit())).toEqual({ charges: [], payments: [], balanceMinor: 0 })
  })

  test('a line is added by service or by words and amount, with its payer', async () => {
    const visit = await aPaying()
    const add = (fields: object, by: Role = 'doctor') =>
      clinic.as[by].charges.add({ params: { id: visit.id }, body: { id: uuidv7(), ...fields } })
    await add({ description: 'Plaster', amountMinor: 700, payer: 'employer', payerName: 'Delta Ltd' })
    await add({ serviceId: clinic.service.id })
    expect((await refusal(add({ description: 'Plaster' }), 'reason_required')).data).toEqual({ field: 'amountMinor' })
    expect((await refusal(add({ amountMinor: 1 }), 'reason_required')).data).toEqual({ field: 'description' })
    await refusal(add({ description: 'Plaster', amountMinor: -1 }), 'bad_input')
    await refusal(add({ description: 'Plaster', amountMinor: 0.5 }), 'bad_input')
    await refusal(add({ serviceId: uuidv7() }), 'not_found')
    await refusal(add({ serviceId: clinic.service.id }, 'nurse'), 'forbidden')
    // What the employer pays is not asked of the patient.
    const { balanceMinor, charges } = await money(visit)
    expect(balanceMinor).toBe(2 * price)
    expect(charges.map((line) => line.payer).sort()).toEqual(['employer', 'patient', 'patient'])
  })

  test('a waiver needs the permission and a reason, keeps who gave it, and is no more than the line', async () => {
    const visit = await aPaying()
    const line = await theLine(visit)
    await refusal(change(line, { waivedMinor: 1, reason: 'poor' }, 'receptionist'), 'forbidden')
    await refusal(change(line, { waivedMinor: 1 }), 'reason_required')
    await refusal(change(line, { waivedMinor: price + 1, reason: 'poor' }), 'bad_input')
    const waived = await change(line, { waivedMinor: price - 100, reason: 'poor' })
    const waivedById = clinic.people.cashier.session.user.id
    expect(waived).toMatchObject({ waivedMinor: price - 100, waiverReason: 'poor', waivedById, version: 2 })
    expect((await money(visit)).balanceMinor).toBe(100)
    expect((await refusal(change(line, { waivedMinor: 0 }), 'stale_version')).data).toEqual({ current: waived })
  })

  test('another payer is written down', async () => {
    const line = await theLine(await aPaying())
    const changed = await change(line, { payer: 'insurer', payerName: 'Green Health' })
    expect(changed).toMatchObject({ payer: 'insurer', payerName: 'Green Health', amountMinor: price })
  })

  test('a free category lets off what is due, like a waiver: by who may, and it is named', async () => {
    const visit = await aPaying()
    const line = await theLine(visit)
    const add = (fields: object, by: Role) =>
      clinic.as[by].charges.add({
        params: { id: visit.id },
        body: { id: uuidv7(), serviceId: clinic.service.id, payer: 'free', ...fields },
      })
    await refusal(change(line, { payer: 'free', payerName: 'Staff' }, 'receptionist'), 'forbidden')
    await refusal(add({ payerName: 'Staff' }, 'receptionist'), 'forbidden')
    const unnamed = await refusal(change(line, { payer: 'free' }), 'reason_required')
    expect(unnamed.data).toEqual({ field: 'payerName' })
    await refusal(add({ payerName: ' ' }, 'cashier'), 'reason_required')
    expect((await money(visit)).balanceMinor).toBe(price)
    const waivedById = clinic.people.cashier.session.user.id
    const free = await change(line, { payer: 'free', payerName: 'Under five' })
    expect(free).toMatchObject({ payer: 'free', payerName: 'Under five', waivedById, waivedMinor: 0 })
    await refusal(change(free, { payerName: '' }), 'reason_required')
    await add({ payerName: 'Under five' }, 'doctor')
    expect((await money(visit)).balanceMinor).toBe(0)
    // What becomes due again is nobody's gift: reception may say so.
    await change(free, { payer: 'patient', payerName: '' }, 'receptionist')
    expect((await money(visit)).balanceMinor).toBe(price)
  })

  test('M2 nothing is deleted: a mistake is reversed, with a reason, once', async () => {
    const visit = await aPaying()
    const line = await theLine(visit)
    await refusal(change(line, { reverse: true }), 'reason_required')
    const reversed = await change(line, { reverse: true, reason: 'typed twice' })
    expect(reversed).toMatchObject({ reversedAt: clinic.clock.iso(), reverseReason: 'typed twice', amountMinor: price })
    expect(await money(visit)).toMatchObject({ balanceMinor: 0, charges: [{ id: line.id }] })
    await refusal(change(reversed, { waivedMinor: 0 }), 'illegal_transition')
  })
})

describe('M2 payments', () => {
  test('partial, by several methods; the balance is derived, and paying it off completes', async () => {
    const visit = await toCashDesk(await aPaying())
    await pay(visit, 10_000, 'cash')
    await pay(visit, 15_000, 'card')
    expect((await money(visit)).balanceMinor).toBe(price - 25_000)
    expect((await now(visit)).status).toBe('awaiting_payment')
    await pay(visit, price - 25_000, 'mobile')
    const { payments, balanceMinor } = await money(visit)
    expect(payments.map((one) => one.method)).toEqual(['cash', 'card', 'mobile'])
    expect(balanceMinor).toBe(0)
    expect(await now(visit)).toMatchObject({ status: 'completed', endedAt: clinic.clock.iso(), owesReason: null })
  })

  test('before the cash desk they complete nothing; the doctor’s finish does', async () => {
    const visit = await aPaying()
    await pay(visit, price)
    expect((await now(visit)).status).toBe('waiting')
    const inside = await take(all, visit, 'called', 'in_consultation')
    const done = await all.visits.finish({ params: { id: visit.id }, body: { version: inside.version } })
    expect(done.status).toBe('completed')
  })

  test('a waiver or a reversal that leaves nothing due completes too', async () => {
    for (const fields of [{ waivedMinor: price }, { reverse: true }]) {
      const visit = await toCashDesk(await aPaying())
      await change(await theLine(visit), { ...fields, reason: 'poor' })
      expect((await now(visit)).status).toBe('completed')
    }
  })

  test('never more than is due, for a visit that is there, by who may', async () => {
    const visit = await aPaying()
    expect((await refusal(pay(visit, price + 1), 'balance_due')).data).toEqual({ balanceMinor: price })
    for (const amount of [0, -5, 1.5]) await refusal(pay(visit, amount), 'bad_input')
    await refusal(pay({ ...visit, id: uuidv7() }, 1), 'not_found')
    for (const by of ['nurse', 'doctor'] as const) await refusal(pay(visit, 1, 'cash', by), 'forbidden')
    await refusal(all.payments.take({ body: { id: uuidv7(), amountMinor: 1, method: 'cash' } }), 'bad_input')
    expect((await money(visit)).payments).toEqual([])
  })

  test('two cashiers at once never take more than is due', async () => {
    const visit = await aPaying()
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => pay(visit, price)))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect((await money(visit)).balanceMinor).toBe(0)
  })

  test('late ones belong to the day on which they are made', async () => {
    const visit = await aPaying()
    clinic.clock.pass(24 * 60)
    const payment = await pay(visit, 500)
    expect(payment.day > visit.day).toBe(true)
    const { items } = await all.payments.list({ query: { clinicId: clinic.clinicId } })
    expect(items.map((one) => one.id)).toEqual([payment.id])
    day++
  })
})

describe('M2 refunds', () => {
  test('need their permission and reason, and cannot exceed what was paid', async () => {
    const visit = await toCashDesk(await aPaying())
    const paid = await pay(visit, price)
    await refusal(refund(paid, 1, 'receptionist'), 'forbidden')
    await refusal(refund({ ...paid, id: uuidv7() }, 1), 'not_found')
    const body = { id: uuidv7(), amountMinor: 1, reason: ' ' }
    await refusal(clinic.as.cashier.payments.refund({ params: { id: paid.id }, body }), 'bad_input')
    expect((await refusal(refund(paid, price + 1), 'more_than_paid')).data).toEqual({ refundableMinor: price })
    const back = await refund(paid, price - 100)
    expect(back).toMatchObject({ kind: 'refund', refundOfId: paid.id, visitId: visit.id, reason: 'paid twice' })
    expect((await refusal(refund(paid, 101), 'more_than_paid')).data).toEqual({ refundableMinor: 100 })
    expect((await money(visit)).balanceMinor).toBe(price - 100)
    await refusal(refund(back, 1), 'illegal_transition')
  })

  test('at once: together no more than was paid', async () => {
    const paid = await pay(await aPaying(), price)
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => refund(paid, 20_000)))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(2)
  })

  test('a debt that comes of it shows at the next check-in (Q2)', async () => {
    const visit = await toCashDesk(await aPaying())
    await refund(await pay(visit, price), 300)
    const body = { id: uuidv7(), clinicId: clinic.clinicId, patientId: visit.patientId ?? '', poolId: clinic.poolId }
    expect((await clinic.as.receptionist.visits.walkIn({ body })).owesMinor).toBe(300)
  })
})

test('M3 receipt numbers run without gaps, under concurrency, refusals and refunds', async () => {
  const visits = await Promise.all(Array.from({ length: 20 }, aPaying))
  const payments = await Promise.all(
    visits.map(async (visit, index) => {
      if (index % 4 === 0) await refusal(pay(visit, price + 1), 'balance_due')
      const paid = await pay(visit, 100)
      return index % 5 === 0 ? [paid, await refund(paid, 50)] : [paid]
    }),
  )
  const numbers = payments.flat().map((payment) => payment.receiptNumber)
  expect(numbers).toHaveLength(24)
  const rows = clinic.hub.databases.read.all<{ number: number }>`
    select receiptNumber as number from payments where clinicId = ${clinic.clinicId} order by receiptNumber`
  expect(rows.map((row) => row.number)).toEqual(rows.map((_, index) => index + 1))
})

describe('M2 owes', () => {
  const complete = (visit: Visit, fields: object, by: Role = 'cashier') =>
    clinic.as[by].visits.setStatus({
      params: { id: visit.id },
      body: { version: visit.version, status: 'completed', ...fields },
    })

  test('to leave owing needs to be said, with a reason, and keeps who let it', async () => {
    const visit = await toCashDesk(await aPaying())
    expect((await refusal(complete(visit, {}), 'balance_due')).data).toEqual({ balanceMinor: price })
    await refusal(complete(visit, { owes: true }), 'reason_required')
    await refusal(complete(visit, { owes: true, reason: 'no change' }, 'nurse'), 'forbidden')
    expect(await complete(visit, { owes: true, reason: 'no change' })).toMatchObject({
      status: 'completed',
      owesReason: 'no change',
      owesById: clinic.people.cashier.session.user.id,
    })
    await pay(visit, price)
    expect((await money(visit)).balanceMinor).toBe(0)
  })

  test('with nothing due nobody owes', async () => {
    const visit = await toCashDesk(await clinic.aVisit())
    expect(await complete(visit, { owes: true, reason: 'by habit' })).toMatchObject({
      owesReason: null,
      owesById: null,
    })
  })
})

describe('M2 a deposit', () => {
  const deposit = (appointmentId: string, amountMinor: number) =>
    all.payments.take({ body: { id: uuidv7(), appointmentId, amountMinor, method: 'cash' } })

  test('moves to its visit at check-in', async () => {
    const booked = await anAppointment(clinic, 0)
    const paid = await deposit(booked.id, 20_000)
    expect(paid).toMatchObject({ visitId: null, appointmentId: booked.id, version: 1 })
    const { visit } = await all.visits.checkIn({ body: { id: uuidv7(), appointmentId: booked.id } })
    const { payments, balanceMinor } = await money(visit)
    expect(payments).toEqual([{ ...paid, visitId: visit.id, version: 2 }])
    expect(balanceMinor).toBe(price - 20_000)
  })

  test('is for who is still to come: later it would never find its visit', async () => {
    const booked = await anAppointment(clinic, 0)
    await all.visits.checkIn({ body: { id: uuidv7(), appointmentId: booked.id } })
    await refusal(deposit(booked.id, 100), 'illegal_transition')
    await refusal(deposit(uuidv7(), 100), 'not_found')
  })

  test('can be refunded without any visit', async () => {
    const booked = await anAppointment(clinic, 0)
    expect(await refund(await deposit(booked.id, 500), 500)).toMatchObject({ visitId: null, kind: 'refund' })
    const { visit } = await all.visits.checkIn({ body: { id: uuidv7(), appointmentId: booked.id } })
    expect((await money(visit)).balanceMinor).toBe(price)
  })
})

test('M2 who was never seen owes nothing, and who comes back is asked again', async () => {
  const price = clinic.service.priceMinor
  const visit = await clinic.aVisit({ serviceId: clinic.service.id })
  const params = { id: visit.id }
  const step = async (status: 'left' | 'waiting') => {
    const { version } = (await clinic.as.receptionist.visits.get({ params })).visit
    await clinic.as.receptionist.visits.setStatus({ params, body: { version, status } })
    return clinic.as.receptionist.charges.list({ params })
  }
  const left = await step('left')
  expect(left.balanceMinor).toBe(0)
  expect(left.charges.map((line) => line.reverseReason)).toEqual(['not_seen'])
  expect((await step('waiting')).balanceMinor).toBe(price)
})

test('M2 who was seen owes for it, also when another doctor was to go on and never saw them', async () => {
  const other = clinic.otherDoctor.id
  for (const status of ['left', 'no_show'] as const) {
    const begun = await take(all, await aPaying(), 'called', 'in_consultation')
    const body = { version: begun.version, doctorId: other, poolId: null, reason: 'a second opinion' }
    const given = await all.visits.transfer({ params: { id: begun.id }, body })
    await take(all, given, status)
    expect((await money(begun)).balanceMinor).toBe(price)
  }
  const unseen = await aPaying()
  const body = { version: unseen.version, doctorId: other, poolId: null }
  await take(all, await all.visits.transfer({ params: { id: unseen.id }, body }), 'left')
  expect((await money(unseen)).balanceMinor).toBe(0)
})

test('M2, Q2 what a cancelled visit leaves due is a debt: nothing for who was never seen, all for who was', async () => {
  const again = async (visit: Visit) => {
    clinic.clock.pass(24 * 60)
    const body = {
      id: uuidv7(),
      clinicId: clinic.clinicId,
      patientId: visit.patientId ?? '',
      doctorId: clinic.doctor.id,
    }
    return (await all.visits.walkIn({ body })).owesMinor
  }
  const unseen = await take(all, await aPaying(), 'cancelled')
  expect(await again(unseen)).toBe(0)
  const seen = await take(all, await aPaying(), 'called', 'in_consultation', 'cancelled')
  expect((await money(seen)).balanceMinor).toBe(price)
  expect(await again(seen)).toBe(price)
  await pay(seen, price)
  expect((await money(seen)).balanceMinor).toBe(0)
})

test('M2 who comes back is asked for all that was taken back, as it was, and for nothing twice', async () => {
  const first = await anAppointment(clinic, 0)
  const second = await anAppointment(clinic, 60, { patientId: first.patientId, doctorId: clinic.otherDoctor.id })
  await all.visits.checkIn({ body: { id: uuidv7(), appointmentId: first.id } })
  const { visit } = await all.visits.checkIn({ body: { id: uuidv7(), appointmentId: second.id } })
  await change(await theLine(visit), { waivedMinor: 100, reason: 'a hard month' })
  const balances: number[] = []
  let there = visit
  for (const status of ['left', 'waiting', 'left', 'waiting'] as const) {
    there = await take(all, there, status)
    balances.push((await money(visit)).balanceMinor)
    clinic.clock.pass(1)
  }
  expect(balances).toEqual([0, 2 * price - 100, 0, 2 * price - 100])
  const due = (await money(visit)).charges.filter((line) => line.reversedAt === null)
  expect(due.map(({ doctorId, waiverReason }) => [doctorId, waiverReason])).toEqual([
    [clinic.doctor.id, 'a hard month'],
    [clinic.otherDoctor.id, null],
  ])
  await take(all, there, 'called', 'in_consultation', 'left', 'waiting')
  expect((await money(visit)).balanceMinor).toBe(2 * price - 100)
})
