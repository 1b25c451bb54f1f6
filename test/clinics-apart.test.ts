import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { role } from '../contract/permissions.ts'
import { anAppointment, aRecord, take } from './support/acts.ts'
import { type ApiClient, refusal, type SignedInClient, signIn } from './support/api-client.ts'
import { type Input, inputOf, type KnownIds, routes, send } from './support/api-input.ts'
import { aClinic, PASSWORD, type TestClinic } from './support/clinic.ts'
import { listen } from './support/console.ts'
import { oneOfEach } from './support/one-of-each.ts'

// One hub, two clinics: what belongs to one is not for those who work in the other.
let clinic: TestClinic
/** Holds every role, in the second clinic. */
let stranger: SignedInClient
/** Works in both. */
let both: ApiClient
let known: KnownIds
const secondId = uuidv7()

beforeAll(async () => {
  clinic = await aClinic()
  const admin = clinic.as.administrator
  await admin.clinics.create({
    body: { id: secondId, name: 'Elsewhere', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' },
  })
  stranger = await aPerson('stranger', [secondId])
  both = (await aPerson('both', [clinic.clinicId, secondId])).api
  known = { ...(await oneOfEach(clinic)), queue: [clinic.clinicId] }
})
afterAll(() => clinic.close())

async function aPerson(username: string, clinicIds: string[]): Promise<SignedInClient> {
  await clinic.as.administrator.users.create({
    body: { id: uuidv7(), username, displayName: username, password: PASSWORD, roles: [...role.options], clinicIds },
  })
  return signIn(clinic.hub.url, username, PASSWORD)
}

// Patients and users are the whole hub's, and so is the audit, for administrators.
const ofAClinic = routes.filter(
  ({ name, meta }) => meta.permission !== 'public' && !/^(patients|users|auth|audit|setup|hub)\./.test(name),
)

test.each(ofAClinic)('$name tells a stranger nothing, whatever version they guess', async (route) => {
  for (const input of fc.sample(inputOf(route, known, { minimal: true }), { numRuns: 3, seed: 7 }) as Input[]) {
    const { body } = await send(clinic.hub.url, route, input, stranger.token)
    expect(JSON.stringify(body)).not.toContain(clinic.clinicId)
  }
})

test('a stale version is not answered with the record of another clinic', async () => {
  const visit = await clinic.aVisit()
  const stale = stranger.api.visits.away({ params: { id: visit.id }, body: { version: 99, until: null } })
  await refusal(stale, 'forbidden')
})

test('nobody is called to a doctor of another clinic', async () => {
  const visit = await clinic.aVisit()
  const doctor = await both.doctors.create({ body: { id: uuidv7(), clinicId: secondId, displayName: 'Dr Else' } })
  const call = both.visits.call({
    params: { id: visit.id },
    body: { version: 1, doctorId: doctor.id, reason: 'a friend' },
  })
  await refusal(call, 'not_found')
})

test('a clinic that is opened is news to its opener alone', async () => {
  const { token } = clinic.people.receptionist
  const desk = await listen(clinic.hub.url, { token, clinicId: clinic.clinicId })
  const opener = await listen(clinic.hub.url, {
    token: clinic.people.administrator.token,
    clinicId: clinic.clinicId,
  })
  const named = { id: uuidv7(), name: 'Third House', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' } as const
  await clinic.as.administrator.clinics.create({ body: named })
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  await Promise.all([desk.until(seq), opener.until(seq)])
  expect(JSON.stringify(opener.frames)).toContain('Third House')
  expect(JSON.stringify(desk.frames)).not.toContain('Third House')
  desk.close()
  opener.close()
})

test('an appointment that moves to another clinic leaves the screens of the first', async () => {
  const appointment = await anAppointment(clinic, 120)
  const doctor = await both.doctors.create({ body: { id: uuidv7(), clinicId: secondId, displayName: 'Dr Away' } })
  const service = await both.services.create({
    body: { id: uuidv7(), clinicId: secondId, name: 'Visit', minutes: 10, priceMinor: 1 },
  })
  const desk = await listen(clinic.hub.url, { token: clinic.people.receptionist.token, clinicId: clinic.clinicId })
  const { id, version } = appointment
  const body = { version, doctorId: doctor.id, serviceId: service.id, overbookReason: 'the other house' }
  const moved = await both.appointments.change({ params: { id }, body })
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  await desk.until(seq)
  expect(desk.events().flatMap((event) => event.changes.appointments ?? [])).toContainEqual(moved)
  expect(moved.clinicId).toBe(secondId)
  desk.close()
})

test('Q2 a debt is owed to one clinic, in its currency; another does not hear of it', async () => {
  const { id: doctorId } = clinic.otherDoctor
  const visit = await clinic.aVisit({ serviceId: clinic.service.id, doctorId })
  const patientId = visit.patientId ?? ''
  const called = await both.visits.call({
    params: { id: visit.id },
    body: { version: visit.version, reason: 'a debtor' },
  })
  await take(both, called, 'in_consultation', 'awaiting_payment', 'left')
  const pool = await both.pools.create({ body: { id: uuidv7(), clinicId: secondId, name: 'All', doctorIds: [] } })
  const walkIn = (clinicId: string, poolId: string) =>
    both.visits.walkIn({ body: { id: uuidv7(), clinicId, patientId, poolId } })
  expect((await walkIn(secondId, pool.id)).owesMinor).toBe(0)
  expect((await walkIn(clinic.clinicId, clinic.poolId)).owesMinor).toBe(clinic.service.priceMinor)
})

test('a merge tells each clinic its own visits', async () => {
  const here = await clinic.aVisit()
  const loserId = here.patientId ?? ''
  const pool = await both.pools.create({ body: { id: uuidv7(), clinicId: secondId, name: 'More', doctorIds: [] } })
  const body = { id: uuidv7(), clinicId: secondId, patientId: loserId, poolId: pool.id }
  const { visit: there } = await both.visits.walkIn({ body })
  const desk = await listen(clinic.hub.url, { token: clinic.people.receptionist.token, clinicId: clinic.clinicId })
  const winner = await clinic.aPatient()
  const merge = { version: 1, loserId, loserVersion: 1 }
  await both.patients.merge({ params: { id: winner.id }, body: merge })
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  await desk.until(seq)
  const told = desk.events().filter((event) => event.type === 'patient_merged')
  expect(told).toHaveLength(1)
  expect(told[0]?.changes.visits?.map((visit) => visit.id)).toEqual([here.id])
  expect(JSON.stringify(desk.frames)).not.toContain(there.id)
  desk.close()
})

test('L1 what is told to a clinic stays there; what is told to the whole hub reaches, and is answered by, both', async () => {
  const { id: secondUser } = stranger.session.user
  const there = await listen(clinic.hub.url, { token: stranger.token, clinicId: secondId })
  const raise = (scope: 'clinic' | 'hospital') => {
    const what = { clinicId: clinic.clinicId, scope, severity: 'critical', topic: 'fire', note: scope } as const
    return clinic.as.receptionist.alerts.raise({ body: { id: uuidv7(), ...what } })
  }
  const [here, everywhere] = [await raise('clinic'), await raise('hospital')]
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  await there.until(seq)
  const heard = there.events().flatMap((event) => event.changes.alerts ?? [])
  expect(heard).toEqual([everywhere])
  const { data } = await stranger.api.feed.snapshot({ params: { id: secondId } })
  expect(data.alerts?.map(({ id }) => id)).toContain(everywhere.id)
  expect(data.alerts?.map(({ id }) => id)).not.toContain(here.id)
  const answer = ({ id }: { id: string }) => stranger.api.alerts.acknowledge({ params: { id }, body: { version: 1 } })
  await refusal(answer(here), 'forbidden')
  await refusal(stranger.api.alerts.steps({ params: { id: here.id } }), 'not_found')
  expect((await answer(everywhere)).acknowledgedById).toBe(secondUser)
  there.close()
})

test('who watches over a patient of two clinics hears what their own writes; a merge tells each its own', async () => {
  const here = await clinic.aVisit()
  const loserId = here.patientId ?? ''
  const pool = await both.pools.create({ body: { id: uuidv7(), clinicId: secondId, name: 'Watched', doctorIds: [] } })
  const place = { id: uuidv7(), clinicId: secondId, patientId: loserId, poolId: pool.id }
  const { visit: there } = await both.visits.walkIn({ body: place })
  const watching = await listen(clinic.hub.url, { token: clinic.people.nurse.token, clinicId: clinic.clinicId })
  const room = { patientId: loserId }
  expect(await watching.socket.emitWithAck('join_patient_room', room)).toEqual({ ok: true })
  const save = (visitId: string, notes: string) =>
    both.consultations.save({ params: { id: visitId }, body: { version: 0, reason: '', notes, diagnoses: [] } })
  const [own] = [await save(here.id, 'for this house'), await save(there.id, 'for that house')]
  await both.followUps.make({ body: { id: uuidv7(), visitId: there.id, byDay: '2099-01-01' } })
  const winner = await clinic.aPatient()
  await both.patients.merge({ params: { id: winner.id }, body: { version: 1, loserId, loserVersion: 1 } })
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  await watching.until(seq)
  const heard = watching.events().flatMap((event) => event.changes.consultations ?? [])
  expect(heard).toEqual([own, { ...own, patientId: winner.id, version: 2 }])
  expect(JSON.stringify(watching.frames)).not.toMatch(new RegExp(`that house|${there.id}`))
  watching.close()
})

test('an order is given to no doctor of another clinic: nobody would find it again', async () => {
  const visit = await clinic.aVisit()
  const { order: id } = await aRecord(clinic, visit.id)
  const doctor = await both.doctors.create({ body: { id: uuidv7(), clinicId: secondId, displayName: 'Dr Far' } })
  const what = { kind: 'lab', what: 'Full blood count', status: 'ordered', dueOn: null, result: '' } as const
  const change = (doctorId: string) => both.orders.change({ params: { id }, body: { version: 1, ...what, doctorId } })
  await refusal(change(doctor.id), 'not_found')
  expect((await change(clinic.otherDoctor.id)).doctorId).toBe(clinic.otherDoctor.id)
})
