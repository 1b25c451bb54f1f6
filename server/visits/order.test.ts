import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { anAppointment, anybody, nine, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

// The order itself is tested in rules/: here, that the hub puts it to the right visits with the right clock.
let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const line = async (doctorId = clinic.doctor.id) => {
  const { order, visits } = await all.queue.doctor({ params: { id: doctorId } })
  expect(order.map((entry) => entry.place)).toEqual(order.map((_, index) => index + 1))
  expect(visits.map((visit) => visit.id)).toEqual(expect.arrayContaining(order.map((entry) => entry.visitId)))
  return order
}
const ids = async () => (await line()).map((entry) => entry.visitId)
const raise = (visit: Visit, urgency: Urgency) =>
  clinic.as.receptionist.visits.update({ params: { id: visit.id }, body: { version: visit.version, urgency } })
const arrive = async (appointmentId: string) =>
  (await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId } })).visit

test('Q5 immediate, very urgent, past the maximum wait, urgent, then the rest', async () => {
  const longWaiting = await clinic.aVisit()
  clinic.clock.pass(110)
  const standard = await clinic.aVisit()
  const urgent = await raise(await clinic.aVisit(), 'urgent')
  const veryUrgent = await raise(await clinic.aVisit(), 'very_urgent')
  const immediate = await raise(await clinic.aVisit(), 'immediate')
  expect(await ids()).toEqual([immediate, veryUrgent, urgent, longWaiting, standard].map((visit) => visit.id))
  clinic.clock.pass(10)
  expect(await ids()).toEqual([immediate, veryUrgent, longWaiting, urgent, standard].map((visit) => visit.id))
})

test('Q5 appointments on time come first, no more than two in a row while a walk-in waits', async () => {
  const booked = await Promise.all([10, 20, 30].map((at) => anAppointment(clinic, at)))
  const walkIn = await clinic.aVisit()
  clinic.clock.pass(5)
  const [first, second, third] = await Promise.all(booked.map((one) => arrive(one.id)))
  expect(await ids()).toEqual([walkIn, first, second, third].map((visit) => visit?.id)) // not due yet
  clinic.clock.pass(25)
  expect(await ids()).toEqual([first, second, walkIn, third].map((visit) => visit?.id))
  // Two were called: now it is the walk-in's turn, and the hub remembers it.
  for (const visit of [first, second]) await take(all, visit as Visit, 'called', 'in_consultation', 'awaiting_payment')
  expect(await ids()).toEqual([walkIn.id, third?.id])
  expect((await line())[0]?.reasons[0]).toEqual({ code: 'walk_in_turn' })
})

test('Q5 later than the grace an appointment counts as a walk-in from its arrival', async () => {
  const booked = await anAppointment(clinic, 0)
  const walkIn = await clinic.aVisit()
  clinic.clock.pass(16)
  const late = await arrive(booked.id)
  expect(await ids()).toEqual([walkIn.id, late.id])
  expect((await line())[1]?.reasons).toContainEqual({ code: 'late_for_appointment', minutes: 16 })
})

test('Q4 the order uses the arrival, not the entry', async () => {
  const entered = await clinic.aVisit()
  clinic.clock.pass(10)
  const patient = await clinic.aPatient()
  const { visit: came } = await clinic.as.receptionist.visits.walkIn({
    body: {
      id: uuidv7(),
      clinicId: clinic.clinicId,
      patientId: patient.id,
      doctorId: clinic.doctor.id,
      arrivedAt: nine(clinic, -20),
    },
  })
  expect(await ids()).toEqual([came.id, entered.id])
})

test('Q4 a doctor draws their own, their pools’, and emergencies that are nobody’s yet', async () => {
  const own = await clinic.aVisit()
  const pooled = await clinic.aVisit({ poolId: clinic.poolId })
  const theirs = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
  const { visit: emergency } = await clinic.as.cashier.visits.emergency({
    body: { id: uuidv7(), clinicId: clinic.clinicId },
  })
  const body = { id: uuidv7(), clinicId: clinic.clinicId, name: 'Women', doctorIds: [clinic.otherDoctor.id] }
  const { id: poolId } = await all.pools.create({ body })
  const notMine = await clinic.aVisit({ poolId })
  const mine = new Set(await ids())
  expect(mine).toEqual(new Set([own.id, pooled.id, emergency.id]))
  const others = new Set((await line(clinic.otherDoctor.id)).map((entry) => entry.visitId))
  expect(others).toEqual(new Set([theirs.id, pooled.id, emergency.id, notMine.id]))
})

test('Q5 reception raises a level, never lowers it; a clinician lowers it with a reason (T1)', async () => {
  const visit = await clinic.aVisit()
  const raised = await raise(visit, 'urgent')
  expect(raised.urgency).toBe('urgent')
  await refusal(raise(raised, 'standard'), 'forbidden')
  const lower = (reason?: string) =>
    clinic.as.nurse.visits.update({
      params: { id: raised.id },
      body: { version: raised.version, urgency: 'non_urgent', reason },
    })
  expect((await refusal(lower(), 'reason_required')).data).toEqual({ field: 'reason' })
  expect((await lower('seen, is well')).urgency).toBe('non_urgent')
  const { steps } = await all.visits.get({ params: { id: visit.id } })
  expect(steps.at(-1)?.reason).toBe('seen, is well')
})

test('Q5 reception checks nobody in below standard', async () => {
  const { id: patientId } = await clinic.aPatient()
  const body = { clinicId: clinic.clinicId, patientId, doctorId: clinic.doctor.id, urgency: 'non_urgent' as const }
  await refusal(clinic.as.receptionist.visits.walkIn({ body: { ...body, id: uuidv7() } }), 'forbidden')
  expect((await clinic.as.nurse.visits.walkIn({ body: { ...body, id: uuidv7() } })).visit.urgency).toBe('non_urgent')
})

test('Q5 an untriaged patient is marked, and first look is due after ten minutes', async () => {
  await clinic.aVisit()
  const codes = async () => (await line())[0]?.reasons.map((reason) => reason.code)
  expect(await codes()).toEqual(['waiting', 'level', 'untriaged'])
  clinic.clock.pass(10)
  expect(await codes()).toEqual(['waiting', 'level', 'untriaged', 'first_look_due'])
})

test('Q6 why this patient is next is answered from the order itself, the same on every path', async () => {
  const booked = await anAppointment(clinic, 0)
  const visit = await arrive(booked.id)
  clinic.clock.pass(7)
  const byDoctor = await all.queue.doctor({ params: { id: clinic.doctor.id } })
  expect(byDoctor.order).toEqual([
    {
      visitId: visit.id,
      place: 1,
      callable: true,
      reasons: [
        { code: 'appointment_due', at: booked.startsAt },
        { code: 'waiting', minutes: 7 },
        { code: 'untriaged' },
      ],
    },
  ])
  expect(await all.visits.queue({ query: { doctorId: clinic.doctor.id } })).toEqual(byDoctor)
  const byClinic = await all.queue.clinic({ params: { id: clinic.clinicId } })
  expect(byClinic.order).toEqual(byDoctor.order)
  expect(await all.visits.queue({ query: { clinicId: clinic.clinicId } })).toEqual(byClinic)
  await refusal(all.visits.queue({ query: {} }), 'bad_input')
})

test('Q12 who is away keeps the clock and is not called until the time, or until they are back', async () => {
  const visit = await clinic.aVisit()
  const other = await clinic.aVisit()
  const away = (until: string | null, version: number) =>
    clinic.as.receptionist.visits.away({ params: { id: visit.id }, body: { version, until } })
  await refusal(away(nine(clinic, -1), 1), 'bad_input')
  const gone = await away(nine(clinic, 30), 1)
  expect(gone).toMatchObject({ queuedAt: visit.queuedAt, status: 'waiting' })
  expect(await line()).toMatchObject([
    { visitId: other.id },
    { visitId: visit.id, callable: false, reasons: [{ code: 'away_until', at: nine(clinic, 30) }, {}, {}, {}] },
  ])
  clinic.clock.pass(30)
  expect((await ids())[0]).toBe(visit.id)
  clinic.clock.pass(-10)
  await away(null, gone.version)
  expect((await line())[0]).toMatchObject({ visitId: visit.id, callable: true })
  await refusal(
    away(nine(clinic, 60), 3)
      .then((again) => take(all, again, 'left'))
      .then((left) => away(null, left.version)),
    'illegal_transition',
  )
})
