import Database from 'better-sqlite3'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hubLooks } from '../../test/support/acts.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
const prepared = new Set<string>()

/** Notes every statement that the hub prepares from its first moment on, while it lives through the hot part of a day. */
beforeAll(async () => {
  const spy = vi.spyOn(Database.prototype, 'prepare')
  clinic = await aClinic()
  await liveThroughADay()
  for (const [text] of spy.mock.calls) prepared.add(text)
  spy.mockRestore()
})
afterAll(() => clinic?.close())

async function liveThroughADay(): Promise<void> {
  const { as, doctor, poolId, service, clinicId } = clinic
  const patient = await clinic.aPatient({ phones: ['+880 1712 345678'] })
  const date = '2026-03-09'
  const slots = await as.receptionist.appointments.availableSlots({
    query: { doctorId: doctor.id, date, serviceId: service.id },
  })
  const [slot] = slots.items
  const body = {
    id: uuidv7(),
    doctorId: doctor.id,
    patientId: patient.id,
    serviceId: service.id,
    startsAt: slot?.startsAt ?? '',
  }
  const appointment = await as.receptionist.appointments.book({ body })
  await as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId: appointment.id } })
  await clinic.aVisit({ poolId, serviceId: service.id })
  const called = await as.doctor.visits.callNext({ body: { doctorId: doctor.id } })
  if (!called) throw new Error('nobody was called')
  const params = { id: called.id }
  const started = await as.doctor.visits.setStatus({
    params,
    body: { version: called.version, status: 'in_consultation' },
  })
  await as.doctor.visits.finish({ params, body: { version: started.version } })
  const { balanceMinor } = await as.cashier.charges.list({ params })
  const payment = await as.cashier.payments.take({
    body: { id: uuidv7(), visitId: called.id, amountMinor: balanceMinor, method: 'cash' },
  })
  await as.cashier.payments.refund({
    params: { id: payment.id },
    body: { id: uuidv7(), amountMinor: 1, reason: 'a mistake' },
  })
  // Q2: who was here before is asked for what they owe.
  await clinic.aVisit({ patientId: called.patientId ?? '' })
  await as.receptionist.visits.queue({ query: { clinicId } })
  await as.receptionist.visits.list({ query: { clinicId, leftOpen: 'true' } as never })
  await as.receptionist.patients.search({ query: { q: 'family' } })
  await as.receptionist.patients.search({ query: { q: patient.number } })
  await as.receptionist.patients.history({ params: { id: patient.id }, query: {} })
  await as.receptionist.patients.duplicates({ query: { familyName: 'Family', birthDate: '1984-03-07' } })
  await alarm()
  await as.receptionist.waits.list({ query: { clinicId } })
  await as.receptionist.feed.snapshot({ params: { id: clinicId } })
  await as.receptionist.feed.events({ query: { clinicId, after: 1 } })
  await as.administrator.audit.list({ query: {} })
  await as.administrator.audit.list({ query: { recordId: patient.id } })
}

async function alarm(): Promise<void> {
  const { as, clinicId } = clinic
  const { id: visitId } = await clinic.aVisit()
  const alert = await as.receptionist.alerts.raise({
    body: { id: uuidv7(), clinicId, scope: 'patient', severity: 'critical', visitId, topic: 'fell' },
  })
  const params = { id: alert.id }
  await hubLooks(clinic)
  await as.nurse.alerts.acknowledge({ params, body: { version: alert.version } })
  await as.nurse.alerts.list({ query: { clinicId, kind: 'by_hand', personId: clinic.people.nurse.session.user.id } })
  await as.nurse.alerts.steps({ params })
  await as.nurse.alerts.resolve({ params, body: { version: alert.version + 1, outcome: 'seen' } })
}

/** Tables that grow with every day, and must never be walked from end to end by what a day does. */
const growing =
  /^SCAN (visits|v|patients|p|appointments|a|charges|c|payments|events|audit|visitSteps|owingVisits|bookedCells|idempotency|waits|forecasts|merges|patientClinics|alerts|alertReasons|alertOutcomes|alertSteps|notifications)\b(?!.*USING (COVERING )?INDEX)/

test('no hot statement walks a table that grows with the years', () => {
  const { reading } = clinic.hub.databases
  const statements = [...prepared].filter((text) => /^\s*(select|update|delete)/i.test(text))
  expect(statements.length).toBeGreaterThan(40)
  const walks = statements.flatMap((text) => {
    const plan = planOf(text)
    return plan
      .filter((line) => growing.test(line) && !newestFirst(text))
      .map((line) => `${line}   in   ${text.replace(/\s+/g, ' ')}`)
  })
  expect(walks).toEqual([])
  expect(reading.open).toBe(true)

  function planOf(text: string): string[] {
    // Planned on the writing side, which may also plan an update; EXPLAIN runs nothing.
    const statement = clinic.hub.databases.writing.prepare(`explain query plan ${text}`)
    const blanks = Array.from({ length: text.split('?').length - 1 }, () => null)
    return (statement.all(...blanks) as { detail: string }[]).map((row) => row.detail)
  }
})

/** Walking a table backwards from its end, and stopping after a few rows, is what is wanted. */
function newestFirst(text: string): boolean {
  return /order by (rowid|id) desc limit/.test(text)
}

test('what finds the open visit of a patient, the line of a clinic and the calls of a doctor uses its own index', () => {
  const plans = [...prepared]
    .filter((text) => /from visits/.test(text) && /^\s*select/.test(text))
    .map((text) => {
      const blanks = Array.from({ length: text.split('?').length - 1 }, () => null)
      const rows = clinic.hub.databases.reading.prepare(`explain query plan ${text}`).all(...blanks)
      return (rows as { detail: string }[]).map((row) => row.detail).join(' | ')
    })
  for (const index of ['openVisits', 'visitsByDoctor', 'visitsByTicket', 'visitsByPatient'])
    expect(
      plans.some((plan) => plan.includes(index)),
      index,
    ).toBe(true)
})

test('what happened to one record is found by its index, whatever is on file', () => {
  const plans = [...prepared]
    .filter((text) => /^\s*select.*from audit\s+where recordId/s.test(text))
    .flatMap((text) => {
      const blanks = Array.from({ length: text.split('?').length - 1 }, () => null)
      return clinic.hub.databases.reading.prepare(`explain query plan ${text}`).all(...blanks) as { detail: string }[]
    })
  expect(plans.map((plan) => plan.detail)).toEqual([expect.stringContaining('auditByRecord')])
})

test('Q11 a doctor’s last consultations of one type, and their last visits, are found by an index and not sorted', () => {
  const plans = [...prepared]
    .filter((text) => /^\s*select s\.visitId/.test(text))
    .map((text) => {
      const blanks = Array.from({ length: text.split('?').length - 1 }, () => null)
      const rows = clinic.hub.databases.reading.prepare(`explain query plan ${text}`).all(...blanks)
      return (rows as { detail: string }[]).map((row) => row.detail).join(' | ')
    })
  const lengths = plans.filter((plan) => plan.includes('consultationsByType'))
  const last = plans.filter((plan) => plan.includes('visitsByDoctor'))
  expect([lengths.length, last.length]).toEqual([1, 1])
  expect(lengths[0]).toContain('consultationsByType (doctorId=? AND serviceId=?')
  // Of the twenty that were found, not of all on file: what is sorted comes after the limit.
  for (const plan of [...lengths, ...last]) expect(plan.split('TEMP B-TREE').length - 1).toBeLessThanOrEqual(1)
})
