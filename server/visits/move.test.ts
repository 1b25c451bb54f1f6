import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import { expectOwingAsDerived } from '../../test/support/owing.ts'

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

const undo = ({ id, version }: Visit) => clinic.as.receptionist.visits.undo({ params: { id }, body: { version } })
const transfer = ({ id, version }: Visit, to: { doctorId?: string; poolId?: string }) =>
  clinic.as.receptionist.visits.transfer({ params: { id }, body: { version, ...to } })
const arrive = async (appointmentId: string) =>
  (await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId } })).visit
const appointmentNow = (id: string) => clinic.as.receptionist.appointments.get({ params: { id } })
const money = (visit: Visit) => all.charges.list({ params: { id: visit.id } })
const pay = (visit: Visit, amountMinor: number) =>
  all.payments.take({ body: { id: uuidv7(), visitId: visit.id, amountMinor, method: 'cash' } })
const unchanged = ({ version: _, ...visit }: Visit) => visit

describe('Q9 transfer', () => {
  test.each(['waiting', 'in_triage', 'called', 'in_consultation', 'on_hold'] as const)(
    'from %s keeps waiting time and history',
    async (status) => {
      const way = { waiting: [], in_triage: ['in_triage'], called: ['called'] } as const
      const deeper = status === 'in_consultation' ? [] : (['on_hold'] as const)
      const steps =
        status in way ? way[status as keyof typeof way] : (['called', 'in_consultation', ...deeper] as const)
      const visit = await clinic.aVisit()
      clinic.clock.pass(20)
      const before = await take(all, visit, ...steps)
      const moved = await transfer(before, { doctorId: clinic.otherDoctor.id })
      expect(moved).toMatchObject({
        doctorId: clinic.otherDoctor.id,
        poolId: null,
        status: status === 'in_triage' ? 'in_triage' : 'waiting',
        arrivedAt: visit.arrivedAt,
        queuedAt: visit.queuedAt,
        ticket: visit.ticket,
        roomId: null,
      })
      const { steps: history } = await all.visits.get({ params: { id: visit.id } })
      expect(history.map((step) => step.step)).toEqual(expect.arrayContaining(['walk_in', 'transfer']))
      expect(history).toHaveLength(steps.length + 2)
    },
  )

  test('to exactly one place of this clinic, and only while open', async () => {
    const visit = await clinic.aVisit()
    await refusal(transfer(visit, {}), 'bad_input')
    await refusal(transfer(visit, { doctorId: clinic.otherDoctor.id, poolId: clinic.poolId }), 'bad_input')
    await refusal(transfer(visit, { poolId: uuidv7() }), 'not_found')
    await refusal(transfer(await take(all, visit, 'left'), { poolId: clinic.poolId }), 'illegal_transition')
  })
})

describe('Q9 undo', () => {
  test('of a call: back in the line as before', async () => {
    const visit = await clinic.aVisit({ poolId: clinic.poolId })
    const called = await all.visits.callNext({ body: { doctorId: clinic.doctor.id } })
    const back = await undo(called as Visit)
    expect(unchanged(back)).toEqual(unchanged(visit))
    const { steps } = await all.visits.get({ params: { id: visit.id } })
    expect(steps.find((step) => step.step === 'call')).toMatchObject({ undone: true })
  })

  test('of a transfer: with its doctor again, in the consultation that it left', async () => {
    const inside = await take(all, await clinic.aVisit(), 'called', 'in_consultation')
    const back = await undo(await transfer(inside, { doctorId: clinic.otherDoctor.id }))
    expect(unchanged(back)).toEqual(unchanged(inside))
    await take(all, back, 'left')
  })

  test('of a transfer out of a consultation: not once the doctor has begun with the next', async () => {
    const inside = await take(all, await clinic.aVisit(), 'called', 'in_consultation')
    const moved = await transfer(inside, { doctorId: clinic.otherDoctor.id })
    await take(all, await clinic.aVisit(), 'called', 'in_consultation')
    await refusal(undo(moved), 'nothing_to_undo')
  })

  test('of a walk-in: cancelled, its line reversed', async () => {
    const visit = await clinic.aVisit({ serviceId: clinic.service.id })
    const gone = await undo(visit)
    expect(gone).toMatchObject({ status: 'cancelled', endReason: 'check_in_undone', endedAt: clinic.clock.iso() })
    const { charges, balanceMinor } = await money(visit)
    expect(balanceMinor).toBe(0)
    expect(charges).toMatchObject([{ reversedAt: clinic.clock.iso(), reverseReason: 'check_in_undone' }])
  })

  test.each(['booked', 'confirmed'] as const)(
    'of a check-in: the appointment is %s again, with its deposit (A5)',
    async (status) => {
      const booked = await anAppointment(clinic, 30)
      const body = { version: 1, status }
      await all.appointments.change({ params: { id: booked.id }, body })
      const deposit = await all.payments.take({
        body: { id: uuidv7(), appointmentId: booked.id, amountMinor: 10_000, method: 'cash' },
      })
      const visit = await arrive(booked.id)
      expect((await money(visit)).payments).toMatchObject([{ id: deposit.id }])
      expect(await undo(visit)).toMatchObject({ status: 'cancelled', appointmentId: null })
      expect((await appointmentNow(booked.id)).status).toBe(status)
      expect((await money(visit)).payments).toEqual([])
      const again = await arrive(booked.id)
      expect((await money(again)).balanceMinor).toBe(clinic.service.priceMinor - 10_000)
    },
  )

  test('of a second appointment that joined: it is as it was, with its line and deposit', async () => {
    const first = await anAppointment(clinic, 0)
    const second = await anAppointment(clinic, 60, { patientId: first.patientId })
    await all.payments.take({ body: { id: uuidv7(), appointmentId: second.id, amountMinor: 10_000, method: 'cash' } })
    const visit = await arrive(first.id)
    const joined = await arrive(second.id)
    expect((await money(visit)).balanceMinor).toBe(2 * clinic.service.priceMinor - 10_000)
    expect(unchanged(await undo(joined))).toEqual(unchanged(visit))
    expect((await appointmentNow(second.id)).status).toBe('booked')
    expect((await appointmentNow(first.id)).status).toBe('checked_in')
    expect((await money(visit)).balanceMinor).toBe(clinic.service.priceMinor)
  })

  test('of a check-in that was paid for: refused, for money does not vanish', async () => {
    const visit = await clinic.aVisit({ serviceId: clinic.service.id })
    await pay(visit, 100)
    await refusal(undo(visit), 'nothing_to_undo')
    expect((await all.visits.get({ params: { id: visit.id } })).visit).toEqual(visit)
  })

  test('only until the next step, and only of call, check-in and transfer', async () => {
    const called = await take(all, await clinic.aVisit(), 'called')
    await refusal(undo(await take(all, called, 'in_consultation')), 'nothing_to_undo')
    const triage = await take(all, await clinic.aVisit(), 'in_triage')
    await refusal(undo(triage), 'nothing_to_undo')
    const raised = await all.visits.update({ params: { id: triage.id }, body: { version: 2, urgency: 'urgent' } })
    await refusal(undo(raised), 'nothing_to_undo')
    await refusal(undo(await take(all, raised, 'left')), 'nothing_to_undo')
    const inside = await all.visits.get({ params: { id: called.id } })
    await take(all, inside.visit, 'left')
  })

  test('of an undone step: the one before it, once', async () => {
    const visit = await clinic.aVisit()
    const back = await undo(await take(all, visit, 'called'))
    const gone = await undo(back)
    expect(gone.status).toBe('cancelled')
    await refusal(undo(gone), 'nothing_to_undo')
  })
})

describe('Q9 wrong patient', () => {
  const reassign = (visit: Visit, patientId: string) =>
    clinic.as.receptionist.visits.reassign({
      params: { id: visit.id },
      body: { version: visit.version, patientId, reason: 'took the wrong card' },
    })

  test('the visit moves with its ticket, charges and payments, and the history says so', async () => {
    const visit = await clinic.aVisit({ serviceId: clinic.service.id })
    await pay(visit, 20_000)
    const right = await clinic.aPatient()
    const moved = await reassign(visit, right.id)
    expect(moved).toMatchObject({ patientId: right.id, ticket: visit.ticket, status: 'waiting', id: visit.id })
    expect(await money(moved)).toMatchObject({
      charges: [{ visitId: visit.id }],
      payments: [{ amountMinor: 20_000 }],
      balanceMinor: clinic.service.priceMinor - 20_000,
    })
    const history = (patientId: string) => all.patients.history({ params: { id: patientId }, query: {} })
    expect((await history(right.id)).visits.map((one) => one.id)).toEqual([visit.id])
    expect((await history(visit.patientId ?? '')).visits).toEqual([])
    const { steps } = await all.visits.get({ params: { id: visit.id } })
    expect(steps.at(-1)).toMatchObject({ step: 'reassign', reason: 'took the wrong card' })
  })

  test('a patient nobody knew gets a name', async () => {
    const { visit } = await all.visits.emergency({
      body: { id: uuidv7(), clinicId: clinic.clinicId, label: 'Unknown, male, about 40' },
    })
    const known = await clinic.aPatient()
    expect(await reassign(visit, known.id)).toMatchObject({ patientId: known.id, label: null, urgency: 'immediate' })
  })

  test('appointments stay with whoever booked them, as they were, with their deposits', async () => {
    const first = await anAppointment(clinic, 0)
    await all.appointments.change({ params: { id: first.id }, body: { version: 1, status: 'confirmed' } })
    const second = await anAppointment(clinic, 60, { patientId: first.patientId })
    await all.payments.take({ body: { id: uuidv7(), appointmentId: first.id, amountMinor: 5_000, method: 'cash' } })
    await arrive(first.id)
    const visit = await arrive(second.id)
    const right = await clinic.aPatient()
    const moved = await reassign(visit, right.id)
    expect(moved).toMatchObject({ appointmentId: null, nextAppointmentIds: [], dueAt: null, patientId: right.id })
    expect(await appointmentNow(first.id)).toMatchObject({ status: 'confirmed', patientId: first.patientId })
    expect((await appointmentNow(second.id)).status).toBe('booked')
    expect((await money(moved)).payments).toEqual([])
    // The one who booked turns up after all: visit, line and deposit are theirs.
    expect((await money(await arrive(first.id))).payments).toMatchObject([{ amountMinor: 5_000 }])
  })

  test('not to the same patient, nor to one who is here already, and not without a reason', async () => {
    const [visit, other] = [await clinic.aVisit(), await clinic.aVisit()]
    await refusal(reassign(visit, visit.patientId ?? ''), 'illegal_transition')
    await refusal(reassign(visit, other.patientId ?? ''), 'already_exists')
    await refusal(reassign(visit, uuidv7()), 'not_found')
    const body = { version: visit.version, patientId: uuidv7(), reason: ' ' }
    await refusal(clinic.as.receptionist.visits.reassign({ params: { id: visit.id }, body }), 'bad_input')
  })

  test('also when it is over: what the other one had booked is theirs again, and was not seen for', async () => {
    const booked = await anAppointment(clinic, 60)
    const id = uuidv7()
    const { visit } = await clinic.as.receptionist.visits.checkIn({ body: { id, appointmentId: booked.id } })
    await pay(visit, clinic.service.priceMinor)
    const done = await take(all, visit, 'called', 'in_consultation', 'completed')
    const now = () => clinic.hub.databases.read.find('appointments', booked.id)
    expect(now()?.status).toBe('fulfilled')
    const moved = await reassign(done, (await clinic.aPatient()).id)
    expect(moved).toMatchObject({ status: 'completed', appointmentId: null })
    expect(now()).toMatchObject({ status: 'booked', patientId: booked.patientId })
  })
})

describe('Q8 a no-show is a person’s act', () => {
  const aNurseOfAnotherClinic = async () => {
    const [id, clinicId] = [uuidv7(), uuidv7()]
    const { administrator } = clinic.as
    const zone = { timeZone: 'UTC', currency: 'EUR', language: 'en' } as const
    await administrator.clinics.create({ body: { id: clinicId, name: 'Elsewhere', ...zone } })
    const person = { id, username: 'elsewhere', displayName: 'Else Where', password: PASSWORD }
    await administrator.users.create({ body: { ...person, roles: ['nurse'], clinicIds: [clinicId] } })
    return id
  }
  const noShow = (visit: Visit, lookedForById?: string) =>
    clinic.as.receptionist.visits.setStatus({
      params: { id: visit.id },
      body: { version: visit.version, status: 'no_show', lookedForById },
    })

  test('from urgent up it needs who looked', async () => {
    const visit = await clinic.aVisit()
    const raised = await all.visits.update({ params: { id: visit.id }, body: { version: 1, urgency: 'urgent' } })
    expect((await refusal(noShow(raised), 'reason_required')).data).toEqual({ field: 'lookedForById' })
    const nurse = clinic.people.nurse.session.user.id
    const elsewhere = await aNurseOfAnotherClinic()
    for (const other of [uuidv7(), clinic.people.receptionist.session.user.id, elsewhere]) {
      const { data } = await refusal(noShow(raised, other), 'bad_input')
      expect((data as { fields: { field: string }[] }).fields[0]?.field).toBe('lookedForById')
    }
    expect(await noShow(raised, nurse)).toMatchObject({ status: 'no_show', lookedForBy: nurse })
  })

  test('below urgent it needs nobody', async () => {
    expect(await noShow(await clinic.aVisit())).toMatchObject({ status: 'no_show', lookedForBy: null })
  })

  test('one who returns re-enters near the front, with a clean slate', async () => {
    const visit = await clinic.aVisit()
    clinic.clock.pass(30)
    await clinic.aVisit()
    const gone = await noShow(visit)
    clinic.clock.pass(10)
    const back = await take(all, gone, 'waiting')
    expect(back).toMatchObject({ nearFront: true, notHere: 0, endedAt: null, queuedAt: visit.queuedAt })
    const { order } = await all.queue.doctor({ params: { id: clinic.doctor.id } })
    expect(order[0]).toMatchObject({ visitId: visit.id, reasons: [{ code: 'returned' }, {}, {}, {}] })
  })

  test('the appointment goes along, and comes back with its patient (A5)', async () => {
    const booked = await anAppointment(clinic, 0)
    const gone = await noShow(await arrive(booked.id))
    expect((await appointmentNow(booked.id)).status).toBe('no_show')
    await take(all, gone, 'waiting')
    expect((await appointmentNow(booked.id)).status).toBe('checked_in')
  })
})
