import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../contract/permissions.ts'
import { type ApiClient, apiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

/** A client that sends every request under this key. */
const keyed = (key: string, by: Role = 'receptionist'): ApiClient =>
  apiClient(clinic.hub.url, () => ({
    authorization: `Bearer ${clinic.people[by].token}`,
    'idempotency-key': key,
  }))
const aBody = () => ({ id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Once' })
const count = (noun: 'patients' | 'audit' | 'events') => {
  const { read } = clinic.hub.databases
  const rows = {
    patients: () => read.get<{ n: number }>`select count(*) as n from patients`,
    audit: () => read.get<{ n: number }>`select count(*) as n from audit`,
    events: () => read.get<{ n: number }>`select count(*) as n from events`,
  }
  return rows[noun]()?.n
}

test('a repeat gets the first answer again, and changes nothing', async () => {
  const [key, body] = [uuidv7(), aBody()]
  const first = await keyed(key).patients.register({ body })
  const before = [count('patients'), count('audit'), count('events')]
  expect(await keyed(key).patients.register({ body })).toEqual(first)
  expect([count('patients'), count('audit'), count('events')]).toEqual(before)
  await refusal(clinic.as.receptionist.patients.register({ body }), 'already_exists')
})

test('also when it has been changed since, and after a restart of the hub', async () => {
  const [key, body] = [uuidv7(), aBody()]
  const first = await keyed(key).patients.register({ body })
  const { number: _, mergedIntoId: __, id, ...fields } = first
  await clinic.as.nurse.patients.update({ params: { id }, body: { ...fields, familyName: 'Changed' } })
  expect(await keyed(key).patients.register({ body })).toEqual(first)
  await clinic.restart()
  expect(await keyed(key).patients.register({ body })).toEqual(first)
})

test('ten at once are one', async () => {
  const [key, body] = [uuidv7(), aBody()]
  const before = count('patients') ?? 0
  const answers = await Promise.all(Array.from({ length: 10 }, () => keyed(key).patients.register({ body })))
  expect(new Set(answers.map((patient) => patient.number)).size).toBe(1)
  expect(count('patients')).toBe(before + 1)
})

test('an answer of nothing is repeated too', async () => {
  const visit = await clinic.aVisit()
  const called = await clinic.as.doctor.visits.callNext({ body: { doctorId: clinic.doctor.id } })
  const version = called?.version ?? 0
  const inside = await clinic.as.doctor.visits.setStatus({
    params: { id: visit.id },
    body: { version, status: 'in_consultation' },
  })
  const present = { visitId: visit.id, version: inside.version, becomes: 'finished' as const }
  const body = { doctorId: clinic.doctor.id, present }
  const key = uuidv7()
  for (let round = 0; round < 2; round++) expect(await keyed(key, 'doctor').visits.callNext({ body })).toBeNull()
})

test('409 for the same key with another body, or on another record', async () => {
  const key = uuidv7()
  await keyed(key).patients.register({ body: aBody() })
  await refusal(keyed(key).patients.register({ body: aBody() }), 'idempotency_mismatch')
  const [one, other] = [await clinic.aVisit(), await clinic.aVisit()]
  const body = { version: 1, until: null }
  await keyed(key).visits.away({ params: { id: one.id }, body })
  await refusal(keyed(key).visits.away({ params: { id: other.id }, body }), 'idempotency_mismatch')
})

test('a key belongs to its person and its route', async () => {
  const [key, body] = [uuidv7(), aBody()]
  await keyed(key).patients.register({ body })
  await refusal(keyed(key, 'nurse').patients.register({ body }), 'already_exists')
  const walkIn = { id: uuidv7(), clinicId: clinic.clinicId, patientId: body.id, poolId: clinic.poolId }
  expect((await keyed(key).visits.walkIn({ body: walkIn })).alreadyOpen).toBe(false)
  expect((await keyed(key).queue.walkIn({ body: walkIn })).alreadyOpen).toBe(true)
})

test('what was refused is not kept: it may succeed later under its key', async () => {
  const [key, visit] = [uuidv7(), await clinic.aVisit()]
  const params = { id: visit.id }
  const body = { version: 2, status: 'left' as const }
  await refusal(keyed(key).visits.setStatus({ params, body }), 'stale_version')
  await clinic.as.receptionist.visits.away({ params, body: { version: 1, until: null } })
  expect((await keyed(key).visits.setStatus({ params, body })).status).toBe('left')
})

test('nobody gets the answer whose permission is gone', async () => {
  const [key, body] = [uuidv7(), aBody()]
  await keyed(key).patients.register({ body })
  const { items } = await clinic.as.administrator.users.list({})
  const user = items.find((one) => one.username === 'receptionist')
  const id = user?.id ?? ''
  const update = (change: object) =>
    clinic.as.administrator.users.update({
      params: { id },
      body: {
        roles: ['receptionist'],
        clinicIds: [clinic.clinicId],
        displayName: 'R',
        language: 'en',
        active: true,
        version: 1,
        ...change,
      },
    })
  await update({ roles: ['cashier'] })
  await refusal(keyed(key).patients.register({ body }), 'forbidden')
  await update({ version: 2 })
  expect((await keyed(key).patients.register({ body })).id).toBe(body.id)
})

test('opening a record is done, and audited, each time, whatever key it comes under (P5)', async () => {
  const { id } = await clinic.aPatient()
  const open = () => keyed('the-same-key', 'doctor').patients.openRecord({ params: { id } })
  await open()
  await clinic.as.nurse.patients.setAllergies({ params: { id }, body: { version: 1, state: 'none_known' } })
  expect((await open()).allergies.state).toBe('none_known')
  const rows = clinic.hub.databases.read.all`
    select 1 from audit where recordId = ${id} and action = 'patient.openRecord'`
  expect(rows).toHaveLength(2)
})

test('a key is 8 to 128 plain signs', async () => {
  for (const key of ['short', 'x'.repeat(129), 'with space inside', 'semi;colon;key'])
    await refusal(keyed(key).patients.register({ body: aBody() }), 'bad_input')
})
