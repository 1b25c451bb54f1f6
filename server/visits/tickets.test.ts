import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anybody, take } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

test('Q3 fifty walk-ins at once get fifty tickets, without gaps from 001', async () => {
  const { poolId } = clinic
  const visits = await Promise.all(Array.from({ length: 50 }, () => clinic.aVisit({ poolId })))
  const letter = visits[0]?.ticket[0] ?? ''
  const expected = Array.from({ length: 50 }, (_, index) => `${letter}${String(index + 1).padStart(3, '0')}`)
  expect(visits.map((visit) => visit.ticket).sort()).toEqual(expected)
})

test('Q3 a letter for each queue, and none that can be misread', async () => {
  const letters = [clinic.doctor.ticketLetter, clinic.otherDoctor.ticketLetter]
  const pools = await clinic.as.nurse.pools.list({ query: { clinicId: clinic.clinicId } })
  letters.push(...pools.items.map((pool) => pool.ticketLetter))
  for (let more = letters.length; more < 21; more++) {
    const body = { id: uuidv7(), clinicId: clinic.clinicId, name: `Queue ${more}`, doctorIds: [] }
    letters.push((await clinic.as.administrator.pools.create({ body })).ticketLetter)
  }
  expect([...letters].sort().join('')).toBe('ABCDEFGHJKLMNPRTUVWXY')
  const body = { id: uuidv7(), clinicId: clinic.clinicId, displayName: 'One Too Many' }
  await refusal(clinic.as.administrator.doctors.create({ body }), 'in_use')
})

test('Q3 tickets begin at 001 again each clinic day', async () => {
  const today = await clinic.aVisit()
  clinic.clock.pass(24 * 60)
  const tomorrow = await clinic.aVisit()
  expect(tomorrow.ticket).toBe(`${clinic.doctor.ticketLetter}001`)
  expect(tomorrow.day > today.day).toBe(true)
})

test('Q3 a ticket is never repeated in a day: not after an undo, not after a restart', async () => {
  const first = await clinic.aVisit()
  await clinic.as.receptionist.visits.undo({ params: { id: first.id }, body: { version: first.version } })
  const second = await clinic.aVisit()
  await clinic.restart()
  const third = await clinic.aVisit()
  expect(new Set([first.ticket, second.ticket, third.ticket]).size).toBe(3)
})

test('Q3 a refused check-in uses up no ticket', async () => {
  const before = await clinic.aVisit()
  const patient = await clinic.aPatient()
  const body = { id: before.id, clinicId: clinic.clinicId, patientId: patient.id, doctorId: clinic.doctor.id }
  await refusal(clinic.as.receptionist.visits.walkIn({ body }), 'already_exists')
  const after = await clinic.aVisit()
  expect(Number(after.ticket.slice(1))).toBe(Number(before.ticket.slice(1)) + 1)
})

test('Q3 a ticket stays with its visit when that is moved to another queue', async () => {
  const visit = await clinic.aVisit()
  const moved = await clinic.as.receptionist.visits.transfer({
    params: { id: visit.id },
    body: { version: visit.version, poolId: clinic.poolId },
  })
  expect(moved.ticket).toBe(visit.ticket)
  await take((await anybody(clinic)).api, moved, 'left')
})
