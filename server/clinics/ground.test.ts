import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let admin: ApiClient
beforeAll(async () => {
  clinic = await aClinic()
  admin = clinic.as.administrator
})
afterAll(() => clinic.close())

const own = () => ({ id: uuidv7(), clinicId: clinic.clinicId })
/** A doctor without a user, a room or a specialty. */
const nobody = { specialty: '', userId: null, roomId: null }
const types = (since: number) =>
  clinic.hub.databases.read.all<{ type: string }>`select type from events where seq > ${since} order by seq`.map(
    (row) => row.type,
  )
const position = () => clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events`?.seq ?? 0

describe('what a clinic is made of: added once, changed on sight of the present, announced, listed', () => {
  const service = { name: 'Blood test', minutes: 5, priceMinor: 900 }
  const cases = {
    rooms: {
      create: (id: string) => admin.rooms.create({ body: { ...own(), id, name: 'Room', publicLabel: '7' } }),
      update: (id: string, version: number) =>
        admin.rooms.update({ params: { id }, body: { version, name: 'Changed', publicLabel: '8', active: true } }),
      get: (id: string) => clinic.as.cashier.rooms.get({ params: { id } }),
      list: () => clinic.as.cashier.rooms.list({ query: { clinicId: clinic.clinicId } }),
      event: 'room_updated',
    },
    services: {
      create: (id: string) => admin.services.create({ body: { ...own(), id, ...service } }),
      update: (id: string, version: number) =>
        admin.services.update({
          params: { id },
          body: { version, ...service, name: 'Changed', isConsultation: false, active: true },
        }),
      get: (id: string) => clinic.as.cashier.services.get({ params: { id } }),
      list: () => clinic.as.cashier.services.list({ query: { clinicId: clinic.clinicId } }),
      event: 'service_updated',
    },
    doctors: {
      create: (id: string) => admin.doctors.create({ body: { ...own(), id, displayName: 'Dr New' } }),
      update: (id: string, version: number) =>
        admin.doctors.update({ params: { id }, body: { version, ...nobody, displayName: 'Changed', active: true } }),
      get: (id: string) => clinic.as.cashier.doctors.get({ params: { id } }),
      list: () => clinic.as.cashier.doctors.list({ query: { clinicId: clinic.clinicId } }),
      event: 'doctor_updated',
    },
    pools: {
      create: (id: string) => admin.pools.create({ body: { ...own(), id, name: 'Pool', doctorIds: [] } }),
      update: (id: string, version: number) =>
        admin.pools.update({
          params: { id },
          body: { version, name: 'Changed', doctorIds: [clinic.doctor.id], active: true },
        }),
      get: undefined,
      list: () => clinic.as.cashier.pools.list({ query: { clinicId: clinic.clinicId } }),
      event: 'clinic_updated',
    },
  }

  test.each(Object.keys(cases) as (keyof typeof cases)[])('%s', async (noun) => {
    const { create, update, get, list, event } = cases[noun]
    const [id, since] = [uuidv7(), position()]
    const made = await create(id)
    expect(made.version).toBe(1)
    expect((await refusal(create(id), 'already_exists')).data).toEqual({ field: 'id' })
    const changed = await update(id, 1)
    expect(changed).toMatchObject({ id, version: 2 })
    expect(JSON.stringify(changed)).toContain('Changed')
    expect((await refusal(update(id, 1), 'stale_version')).data).toEqual({ current: changed })
    if (get) expect(await get(id)).toEqual(changed)
    expect((await list()).items).toContainEqual(changed)
    expect(types(since)).toEqual([event, event])
    await refusal(update(uuidv7(), 1), 'not_found')
  })
})

test('an update replaces the record, so a field that is left out is refused, not filled in', async () => {
  const { id, version, name, publicLabel } = await admin.rooms.create({
    body: { ...own(), name: 'Room', publicLabel: '9' },
  })
  const body = { version, name, publicLabel } as never
  const { fields } = (await refusal(admin.rooms.update({ params: { id }, body }), 'bad_input')).data as {
    fields: { field: string }[]
  }
  expect(fields.map((one) => one.field)).toEqual(['active'])
})

test('Q3 a letter stays with its queue', async () => {
  const made = await admin.doctors.create({ body: { ...own(), displayName: 'Dr Letter' } })
  const params = { id: made.id }
  const off = await admin.doctors.update({
    params,
    body: { version: 1, ...nobody, displayName: 'Dr Letter', active: false },
  })
  const other = await admin.doctors.create({ body: { ...own(), displayName: 'Dr After' } })
  expect(off.ticketLetter).toBe(made.ticketLetter)
  expect(other.ticketLetter).not.toBe(made.ticketLetter)
})

test('a person is one doctor, and rooms, users and doctors are those of here', async () => {
  const userId = clinic.people.doctor.session.user.id
  const create = (fields: object) => admin.doctors.create({ body: { ...own(), displayName: 'Dr Twin', ...fields } })
  expect((await refusal(create({ userId }), 'in_use')).data).toEqual({ by: 'doctor' })
  await refusal(create({ userId: uuidv7() }), 'not_found')
  await refusal(create({ roomId: uuidv7() }), 'not_found')
  const body = { ...own(), name: 'Strangers', doctorIds: [uuidv7()] }
  await refusal(admin.pools.create({ body }), 'not_found')
})

test('S1 a doctor for whom somebody waits is not put away; what was left open on another day blocks nobody (Q2)', async () => {
  const made = await admin.doctors.create({ body: { ...own(), displayName: 'Dr Leaving' } })
  await clinic.aVisit({ doctorId: made.id })
  const put = () =>
    admin.doctors.update({
      params: { id: made.id },
      body: { version: 1, ...nobody, displayName: 'Dr Leaving', active: false },
    })
  expect((await refusal(put(), 'in_use')).data).toEqual({ by: 'open_visits' })
  clinic.clock.pass(24 * 60)
  expect((await put()).active).toBe(false)
})

test('Q12 reception announces when a late doctor is expected, and that they are here', async () => {
  const params = { id: clinic.otherDoctor.id }
  const { version } = await admin.doctors.get({ params })
  const expectedAt = new Date(clinic.clock.now() + 3_600_000).toISOString()
  const { expect: announce } = clinic.as.receptionist.doctors
  expect(await announce({ params, body: { version, expectedAt } })).toMatchObject({ expectedAt })
  expect(await announce({ params, body: { version: version + 1, expectedAt: null } })).toMatchObject({
    expectedAt: null,
  })
  await refusal(clinic.as.nurse.doctors.expect({ params, body: { version: 1, expectedAt: null } }), 'forbidden')
})

test('S1 a status is one’s own, announced once, with since when', async () => {
  const set = (status: 'busy' | 'on_break') => clinic.as.nurse.staff.setMyStatus({ body: { status } })
  await set('busy')
  clinic.clock.pass(5)
  const since = position()
  const mine = await set('on_break')
  expect(mine).toMatchObject({ id: clinic.people.nurse.session.user.id, status: 'on_break', since: clinic.clock.iso() })
  clinic.clock.pass(5)
  expect(await set('on_break')).toEqual(mine)
  expect(types(since)).toEqual(['staff_status_changed'])
  const { staff, users } = await clinic.as.cashier.staff.list({ query: { clinicId: clinic.clinicId } })
  expect(staff).toContainEqual(mine)
  expect(users.map((user) => user.username)).toContain('nurse')
})

test('a further clinic is its opener’s, with the rules’ own numbers, and its data are no other’s', async () => {
  const body = { id: uuidv7(), name: 'Second', timeZone: 'Europe/Berlin', currency: 'EUR', language: 'en' as const }
  const second = await admin.clinics.create({ body })
  expect(second.settings).toMatchObject({
    maxWaitMinutes: 120,
    lateGraceMinutes: 15,
    notHereLimit: 2,
    freeRevisitDays: 7,
  })
  expect((await admin.clinics.list({})).items.map((one) => one.id)).toContain(second.id)
  expect((await clinic.as.doctor.clinics.list({})).items.map((one) => one.id)).toEqual([clinic.clinicId])
  await refusal(clinic.as.doctor.clinics.get({ params: { id: second.id } }), 'forbidden')
  const room = await admin.rooms.create({ body: { id: uuidv7(), clinicId: second.id, name: 'R', publicLabel: 'R' } })
  await refusal(clinic.as.doctor.rooms.get({ params: { id: room.id } }), 'forbidden')
  const foreign = await admin.services.create({
    body: { id: uuidv7(), clinicId: second.id, name: 'S', minutes: 5, priceMinor: 1 },
  })
  const visit = await clinic.aVisit()
  const line = { id: uuidv7(), serviceId: foreign.id }
  await refusal(admin.charges.add({ params: { id: visit.id }, body: line }), 'not_found')
  await refusal(clinic.aVisit({ serviceId: foreign.id }), 'not_found')
})

describe('audit', () => {
  test('every command and every refusal is a row: who, what, when, about what', async () => {
    const visit = await clinic.aVisit()
    const stale = { params: { id: visit.id }, body: { version: 9, until: null } }
    await refusal(clinic.as.nurse.visits.away(stale), 'stale_version')
    const { items } = await admin.audit.list({ query: { limit: 3 } })
    expect(items).toMatchObject([
      { action: 'visit.away', outcome: 'stale_version', actorId: clinic.people.nurse.session.user.id },
      { action: 'visit.walkIn', outcome: 'done', noun: 'visits', recordId: visit.id, at: clinic.clock.iso() },
      { action: 'patient.register', recordId: visit.patientId, device: 'loopback' },
    ])
    expect(new Set(items.map((row) => row.hash)).size).toBe(3)
  })

  test('is found by person, action and record, page by page, by administrators alone', async () => {
    const visit = await clinic.aVisit()
    const actorId = clinic.people.receptionist.session.user.id
    const list = async (query: object) => (await admin.audit.list({ query: { limit: 200, ...query } })).items
    expect((await list({ recordId: visit.id })).map((row) => row.action)).toEqual(['visit.walkIn'])
    expect(new Set((await list({ action: 'visit.walkIn' })).map((row) => row.action))).toEqual(
      new Set(['visit.walkIn']),
    )
    expect(new Set((await list({ actorId })).map((row) => row.actorId))).toEqual(new Set([actorId]))
    const [newest, next] = await list({})
    expect((await list({ before: newest?.id }))[0]).toEqual(next)
    for (const role of ['receptionist', 'nurse', 'doctor', 'cashier'] as const)
      await refusal(clinic.as[role].audit.list({ query: {} }), 'forbidden')
  })

  test('holds no name, phone or reason of a patient: ids and codes only', async () => {
    const patient = await clinic.aPatient({ familyName: 'Beeblebrox', phones: ['01799 424242'] })
    const visit = await clinic.aVisit({ patientId: patient.id })
    const params = { id: visit.id }
    await clinic.as.nurse.visits.update({ params, body: { version: 1, urgency: 'urgent', reason: 'chest pain' } })
    const right = await clinic.aPatient()
    const body = { version: 2, patientId: right.id, reason: 'not Beeblebrox' }
    await clinic.as.receptionist.visits.reassign({ params, body })
    const rows = clinic.hub.databases.read.all`select * from audit`
    expect(JSON.stringify(rows)).not.toMatch(/Beeblebrox|424242|chest/)
    expect(JSON.stringify(rows)).toContain(right.id)
  })
})

test('info says who this hub is, to anybody, and nothing about patients or people', async () => {
  const response = await fetch(`${clinic.hub.url}/api/info`)
  expect(await response.json()).toEqual({
    name: 'Anteroom Test',
    hubId: clinic.hub.hubId,
    epoch: 1,
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    protocol: { oldest: expect.any(Number), newest: expect.any(Number) },
    device: null,
    root: expect.stringMatching(/^[\w-]{43}$/),
    demonstration: null,
  })
  expect(await (await fetch(`${clinic.hub.url}/health`)).json()).toEqual({ ok: true, fault: null })
})
