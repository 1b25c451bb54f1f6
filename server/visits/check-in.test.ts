import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { anAppointment, anybody, nine, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let all: ApiClient
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())
// Each test has a clinic day of its own: an empty diary and an empty line.
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const checkIn = (appointmentId: string, fields = {}) =>
  clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId, ...fields } })
const walkIn = (patientId: string, fields = {}) =>
  clinic.as.receptionist.visits.walkIn({
    body: { id: uuidv7(), clinicId: clinic.clinicId, patientId, doctorId: clinic.doctor.id, ...fields },
  })
const appointmentNow = (id: string) => clinic.as.receptionist.appointments.get({ params: { id } })

test("Q4 check-in by appointment puts the visit in its doctor's queue, due at its slot", async () => {
  const appointment = await anAppointment(clinic, 60, { doctorId: clinic.otherDoctor.id })
  const { visit, alreadyOpen, owesMinor } = await checkIn(appointment.id)
  expect(visit).toMatchObject({
    status: 'waiting',
    doctorId: clinic.otherDoctor.id,
    patientId: appointment.patientId,
    serviceId: clinic.service.id,
    appointmentId: appointment.id,
    dueAt: appointment.startsAt,
    arrivedAt: clinic.clock.iso(),
    ticket: `${clinic.otherDoctor.ticketLetter}001`,
    urgency: 'standard',
    triaged: false,
    lookedAt: null,
  })
  expect({ alreadyOpen, owesMinor }).toEqual({ alreadyOpen: false, owesMinor: 0 })
  expect((await appointmentNow(appointment.id)).status).toBe('checked_in')
})

test('Q4 a walk-in goes to a doctor or to a pool, and to one of them only', async () => {
  const [one, other, neither] = await Promise.all([clinic.aPatient(), clinic.aPatient(), clinic.aPatient()])
  expect((await walkIn(one.id)).visit).toMatchObject({ doctorId: clinic.doctor.id, poolId: null, dueAt: null })
  const pooled = (await walkIn(other.id, { doctorId: null, poolId: clinic.poolId })).visit
  expect(pooled).toMatchObject({ doctorId: null, poolId: clinic.poolId })
  await refusal(walkIn(neither.id, { doctorId: null }), 'bad_input')
  await refusal(walkIn(neither.id, { poolId: clinic.poolId }), 'bad_input')
  await refusal(walkIn(neither.id, { doctorId: uuidv7() }), 'not_found')
})

test('Q4 arrival is separate from entry, not in the future, and corrected with a mark', async () => {
  const { id } = await clinic.aPatient()
  const arrivedAt = nine(clinic, -25)
  await refusal(walkIn(id, { arrivedAt: nine(clinic, 1) }), 'bad_input')
  const { visit } = await walkIn(id, { arrivedAt })
  expect(visit).toMatchObject({ arrivedAt, queuedAt: arrivedAt, enteredAt: nine(clinic, 0), arrivedCorrected: false })
  const earlier = nine(clinic, -40)
  const update = (fields: { arrivedAt: string }) =>
    clinic.as.receptionist.visits.update({ params: { id: visit.id }, body: { version: 1, ...fields } })
  await refusal(update({ arrivedAt: nine(clinic, 5) }), 'bad_input')
  const corrected = await update({ arrivedAt: earlier })
  expect(corrected).toMatchObject({ arrivedAt: earlier, queuedAt: earlier, arrivedCorrected: true })
  expect(corrected.enteredAt).toBe(visit.enteredAt)
})

test('Q2 a second check-in answers with the open visit, in both REST families', async () => {
  const appointment = await anAppointment(clinic, 0)
  const first = await checkIn(appointment.id)
  const again = await checkIn(appointment.id)
  expect(again).toEqual({ ...first, alreadyOpen: true })
  const walked = await walkIn(appointment.patientId)
  expect(walked).toEqual({ ...first, alreadyOpen: true })
  const { queue } = clinic.as.receptionist
  expect(await queue.checkIn({ body: { id: uuidv7(), appointmentId: appointment.id } })).toEqual(again)
  const body = { id: uuidv7(), clinicId: clinic.clinicId, patientId: appointment.patientId, poolId: clinic.poolId }
  expect(await queue.walkIn({ body })).toEqual(again)
  const { items } = await all.visits.list({ query: { clinicId: clinic.clinicId } })
  expect(items.map((visit) => visit.id)).toEqual([first.visit.id])
})

test('Q2 fifty check-ins of one patient at once make one visit', async () => {
  const { id } = await clinic.aPatient()
  const answers = await Promise.all(Array.from({ length: 50 }, () => walkIn(id)))
  expect(new Set(answers.map(({ visit }) => visit.id)).size).toBe(1)
  expect(answers.filter((answer) => !answer.alreadyOpen)).toHaveLength(1)
})

test('Q2 a second appointment joins as the next stop, with its line, and finish leads there', async () => {
  const first = await anAppointment(clinic, 0)
  const second = await anAppointment(clinic, 60, { patientId: first.patientId, doctorId: clinic.otherDoctor.id })
  const { visit } = await checkIn(first.id)
  const joined = await checkIn(second.id)
  expect(joined.alreadyOpen).toBe(true)
  expect(joined.visit).toMatchObject({ id: visit.id, nextAppointmentIds: [second.id], doctorId: clinic.doctor.id })
  expect((await appointmentNow(second.id)).status).toBe('checked_in')
  // M1: each service is charged.
  expect((await all.charges.list({ params: { id: visit.id } })).balanceMinor).toBe(2 * clinic.service.priceMinor)

  const seen = await take(all, joined.visit, 'called', 'in_consultation')
  clinic.clock.pass(30)
  const onward = await all.visits.finish({ params: { id: visit.id }, body: { version: seen.version } })
  expect(onward).toMatchObject({
    status: 'waiting',
    doctorId: clinic.otherDoctor.id,
    appointmentId: second.id,
    serviceId: second.serviceId,
    dueAt: second.startsAt,
    nextAppointmentIds: [],
    queuedAt: visit.queuedAt,
    ticket: visit.ticket,
    endedAt: null,
    // Q5: the next doctor has not called anybody yet.
    calledAt: null,
  })
  expect((await appointmentNow(first.id)).status).toBe('fulfilled')
  expect((await appointmentNow(second.id)).status).toBe('checked_in')
  const done = await take(all, onward, 'called', 'in_consultation')
  const desk = await all.visits.finish({ params: { id: visit.id }, body: { version: done.version } })
  expect(desk.status).toBe('awaiting_payment')
})

test('M1 who was seen at the first stop and leaves before the second owes for the first', async () => {
  const first = await anAppointment(clinic, 0)
  const second = await anAppointment(clinic, 60, { patientId: first.patientId, doctorId: clinic.otherDoctor.id })
  await checkIn(first.id)
  const seen = await take(all, (await checkIn(second.id)).visit, 'called', 'in_consultation')
  const onward = await all.visits.finish({ params: { id: seen.id }, body: { version: seen.version } })
  await take(all, onward, 'left')
  const { charges, balanceMinor } = await all.charges.list({ params: { id: seen.id } })
  expect(balanceMinor).toBe(clinic.service.priceMinor)
  expect(charges.map(({ doctorId, reverseReason }) => [doctorId, reverseReason])).toEqual([
    [clinic.doctor.id, null],
    [clinic.otherDoctor.id, 'not_seen'],
  ])
})

test.each(['completed', 'in_consultation'] as const)(
  'Q2 nobody loses the next stop: %s by its status, or by paying, leads there too',
  async (how) => {
    const first = await anAppointment(clinic, 0)
    const second = await anAppointment(clinic, 60, { patientId: first.patientId, doctorId: clinic.otherDoctor.id })
    await checkIn(first.id)
    const seen = await take(all, (await checkIn(second.id)).visit, 'called', 'in_consultation')
    if (how === 'completed') await take(all, seen, 'completed')
    else {
      await take(all, seen, 'awaiting_payment')
      const amountMinor = 2 * clinic.service.priceMinor
      await all.payments.take({ body: { id: uuidv7(), visitId: seen.id, amountMinor, method: 'cash' } })
    }
    const { visit } = await all.visits.get({ params: { id: seen.id } })
    expect(visit).toMatchObject({ status: 'waiting', appointmentId: second.id, endedAt: null })
    expect((await appointmentNow(second.id)).status).toBe('checked_in')
  },
)

test("Q2 an appointment of another day neither checks in nor joins today's visit", async () => {
  const appointment = await anAppointment(clinic, 0)
  clinic.clock.pass(-24 * 60)
  await refusal(checkIn(appointment.id), 'bad_input')
  const open = await walkIn(appointment.patientId)
  await refusal(checkIn(appointment.id), 'bad_input')
  expect((await appointmentNow(appointment.id)).status).toBe('booked')
  expect((await all.visits.get({ params: { id: open.visit.id } })).visit).toEqual(open.visit)
})

test('Q2 the clinic day turns over at 04:00: what is open goes to the left-open list and blocks nobody', async () => {
  clinic.clock.set(Date.parse(nine(clinic, 14 * 60))) // 23:00
  const { id } = await clinic.aPatient()
  const { visit } = await walkIn(id)
  clinic.clock.pass(4 * 60 + 59) // 03:59
  expect((await walkIn(id)).visit.id).toBe(visit.id)
  const leftOpen = async () => {
    const { items } = await all.visits.list({ query: { clinicId: clinic.clinicId, leftOpen: 'true' } })
    return items.map((one) => one.id)
  }
  expect(await leftOpen()).not.toContain(visit.id)
  clinic.clock.pass(1) // 04:00
  expect(await leftOpen()).toContain(visit.id)
  const next = await walkIn(id)
  expect(next.alreadyOpen).toBe(false)
  expect(next.visit.day).not.toBe(visit.day)
  const line = await all.queue.doctor({ params: { id: clinic.doctor.id } })
  expect(line.visits.map((one) => one.id)).toEqual([next.visit.id])
  expect((await take(all, visit, 'left')).status).toBe('left')
  expect(await leftOpen()).not.toContain(visit.id)
})

test('Q2 a debt shows at the next check-in', async () => {
  const { id } = await clinic.aPatient()
  const owing = (await walkIn(id, { serviceId: clinic.service.id })).visit
  // Seen, and gone past the cash desk.
  await take(all, owing, 'called', 'in_consultation', 'awaiting_payment', 'left')
  expect((await walkIn(id)).owesMinor).toBe(clinic.service.priceMinor)
  expect((await walkIn(id)).owesMinor).toBe(clinic.service.priceMinor)
})

test('P4 who is checked in under a merged record comes in as the one they are', async () => {
  const [winner, loser] = [await clinic.aPatient(), await clinic.aPatient()]
  const body = { version: winner.version, loserId: loser.id, loserVersion: loser.version }
  await all.patients.merge({ params: { id: winner.id }, body })
  expect((await walkIn(loser.id)).visit.patientId).toBe(winner.id)
})

test('Q12 a family is checked in together: consecutive tickets under one family', async () => {
  const familyId = uuidv7()
  const people = [await clinic.aPatient(), await clinic.aPatient(), await clinic.aPatient()]
  const family = await Promise.all(people.map(({ id }) => walkIn(id, { familyId })))
  const letter = clinic.doctor.ticketLetter
  expect(family.map(({ visit }) => visit.ticket).sort()).toEqual([`${letter}001`, `${letter}002`, `${letter}003`])
  expect(new Set(family.map(({ visit }) => visit.familyId))).toEqual(new Set([familyId]))
})

test('Q4 nobody comes to a doctor who no longer works here', async () => {
  const gone = await all.doctors.create({
    body: { id: uuidv7(), clinicId: clinic.clinicId, displayName: 'Dr Gone', active: false },
  })
  const { id } = await clinic.aPatient()
  await refusal(walkIn(id, { doctorId: gone.id }), 'not_found')
})
