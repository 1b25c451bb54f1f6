import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Consultation } from '../../contract/consultations.ts'
import { clinicalNouns } from '../../contract/feed.ts'
import type { Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { anybody, aRecord, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal, signIn } from '../../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import { listen, resume } from '../../test/support/console.ts'

let clinic: TestClinic
let doctor: ApiClient
let all: ApiClient
beforeAll(async () => {
  clinic = await aClinic()
  doctor = clinic.as.doctor
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())

const save = (visit: Visit, version: number, notes: string, by = doctor) =>
  by.consultations.save({ params: { id: visit.id }, body: { version, reason: 'cough', notes, diagnoses: [] } })
const versions = async ({ id }: Visit) => (await doctor.consultations.versions({ params: { id } })).items
const recordOf = (id: string) => doctor.patients.openRecord({ params: { id } })
const now = <N extends 'visits' | 'patients' | 'consultations'>(noun: N, id: string) => {
  const record = clinic.hub.databases.read.find(noun, id)
  if (!record) throw new Error(`no ${noun}`)
  return record
}

describe('what is written of a visit', () => {
  test('is saved as it is typed, the space at its end too, and counts its versions', async () => {
    const visit = await clinic.aVisit()
    const first = await save(visit, 0, 'since three days ')
    expect(first).toMatchObject({ notes: 'since three days ', version: 1, status: 'draft', patientId: visit.patientId })
    expect(await save(visit, 1, 'since three days, at night')).toMatchObject({ version: 2 })
  })

  test('Q10 a second window is refused with what is there', async () => {
    const visit = await clinic.aVisit()
    const first = await save(visit, 0, 'one')
    const { data } = await refusal(save(visit, 0, 'two'), 'stale_version')
    expect((data as { current: Consultation }).current).toEqual(first)
  })

  test('earlier text is kept: another person’s, what stood for a while, and what was deleted by a slip', async () => {
    const visit = await clinic.aVisit()
    await save(visit, 0, 'first words of the doctor')
    await save(visit, 1, 'first words of the doctor, and more')
    expect(await versions(visit)).toEqual([])
    await save(visit, 2, '')
    expect((await versions(visit)).map((one) => one.notes)).toEqual(['first words of the doctor, and more'])
    await save(visit, 3, 'begun again', all)
    await save(visit, 4, 'begun again!', all)
    clinic.clock.pass(3)
    await save(visit, 5, 'begun again!!', all)
    await save(visit, 6, 'begun again!!!', all)
    expect((await versions(visit)).map((one) => one.version)).toEqual([6, 3, 2])
  })

  test('Q1 it is finished with its visit, a draft again when that is taken back, and may be amended', async () => {
    const visit = await clinic.aVisit()
    const called = await doctor.visits.call({
      params: { id: visit.id },
      body: { version: visit.version, reason: 'mine' },
    })
    const inside = await take(doctor, called, 'in_consultation')
    await save(visit, 0, 'done')
    const finished = await doctor.visits.finish({ params: { id: visit.id }, body: { version: inside.version } })
    expect(now('consultations', visit.id)).toMatchObject({ status: 'finished', version: 2 })
    const back = await doctor.visits.undo({ params: { id: visit.id }, body: { version: finished.version } })
    expect(now('consultations', visit.id)).toMatchObject({ status: 'draft', version: 3 })
    await doctor.visits.finish({ params: { id: visit.id }, body: { version: back.version } })
    expect(await save(visit, 4, 'done, and amended')).toMatchObject({ status: 'finished', version: 5 })
    expect((await versions(visit)).map((one) => one.notes)).toEqual(['done'])
  })

  test('Q1 whose consultation it was stays, whoever amends it after it is finished', async () => {
    const { id, version, displayName, specialty, roomId, active } = clinic.otherDoctor
    const user = { username: 'rao', displayName: 'Dr Rao', password: PASSWORD, clinicIds: [clinic.clinicId] }
    const userId = uuidv7()
    await clinic.as.administrator.users.create({ body: { id: userId, ...user, roles: ['doctor'] } })
    const body = { version, displayName, specialty, roomId, active, userId }
    await clinic.as.administrator.doctors.update({ params: { id }, body })
    const { api: other } = await signIn(clinic.hub.url, 'rao', PASSWORD)
    const visit = await clinic.aVisit()
    await save(visit, 0, 'mine')
    expect(await save(visit, 1, 'ours', other)).toMatchObject({ doctorId: id })
    expect(await save(visit, 2, 'mine again')).toMatchObject({ doctorId: clinic.doctor.id })
    const called = await doctor.visits.call({ params: { id: visit.id }, body: { version: 1, reason: 'mine' } })
    const inside = await take(doctor, called, 'in_consultation')
    await doctor.visits.finish({ params: { id: visit.id }, body: { version: inside.version } })
    const amended = await save(visit, 4, 'mine again, and a line of another', other)
    expect(amended).toMatchObject({ status: 'finished', doctorId: clinic.doctor.id, savedById: userId })
  })

  test('P5 opening the record, a visit’s or earlier text is a row of the audit, with no word of what it says', async () => {
    const visit = await clinic.aVisit()
    await save(visit, 0, 'a secret')
    await recordOf(visit.patientId ?? '')
    await doctor.consultations.ofVisit({ params: { id: visit.id } })
    await versions(visit)
    const { items } = await clinic.as.administrator.audit.list({ query: { limit: 4 } })
    expect(items.map((row) => row.action)).toEqual([
      'consultation.openVersions',
      'consultation.openVisit',
      'patient.openRecord',
      'consultation.save',
    ])
    expect(JSON.stringify(items)).not.toContain('secret')
  })
})

const idsOf = async (patientId: string) => {
  const { consultations, prescriptions, orders, attachments } = await recordOf(patientId)
  const { items } = await clinic.as.receptionist.followUps.list({ query: { clinicId: clinic.clinicId } })
  const mine = items.filter((one) => one.patientId === patientId)
  return [consultations, prescriptions, orders, attachments, mine].map((records) => records.map(({ id }) => id))
}

describe('all of it goes where its visit goes', () => {
  test('Q9 wrong patient: to the right one, and consoles are told', async () => {
    const visit = await clinic.aVisit()
    const ids = await aRecord(clinic, visit.id)
    const right = await clinic.aPatient()
    const console = await listen(clinic.hub.url, { token: clinic.people.doctor.token, clinicId: clinic.clinicId })
    const moved = await clinic.as.receptionist.visits.reassign({
      params: { id: visit.id },
      body: { version: visit.version, patientId: right.id, reason: 'wrong person' },
    })
    const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
    await console.until(seq)
    console.close()
    expect(moved.patientId).toBe(right.id)
    expect(await idsOf(right.id)).toEqual([[visit.id], [ids.prescription], [ids.order], [ids.file], [ids.followUp]])
    expect(await idsOf(visit.patientId ?? '')).toEqual([[], [], [], [], []])
    const told = console.events().flatMap((event) => event.changes.prescriptions ?? [])
    expect(told).toMatchObject([{ id: ids.prescription, patientId: right.id, version: 2 }])
  })

  test('T0 of somebody whom nobody knows yet: opened by the visit, and theirs once they are known', async () => {
    const { visit } = await doctor.visits.emergency({ body: { id: uuidv7(), clinicId: clinic.clinicId } })
    const ids = await aRecord(clinic, visit.id)
    const { orders } = await doctor.consultations.ofVisit({ params: { id: visit.id } })
    expect(orders).toMatchObject([{ id: ids.order, patientId: null }])
    const { id: patientId } = await clinic.aPatient()
    const { version } = now('visits', visit.id)
    await doctor.visits.reassign({ params: { id: visit.id }, body: { version, patientId, reason: 'known now' } })
    expect((await idsOf(patientId)).flat()).toHaveLength(5)
  })

  test('P4 a merge takes it along, and its undoing brings it back', async () => {
    const visit = await clinic.aVisit()
    await aRecord(clinic, visit.id)
    const [winner, loser] = [await clinic.aPatient(), now('patients', visit.patientId ?? '') as Patient]
    const body = { version: winner.version, loserId: loser.id, loserVersion: loser.version }
    const { mergeId } = await all.patients.merge({ params: { id: winner.id }, body })
    expect((await idsOf(winner.id)).flat()).toHaveLength(5)
    await all.patients.unmerge({ params: { id: winner.id }, body: { mergeId } })
    expect((await idsOf(winner.id)).flat()).toEqual([])
    expect((await idsOf(loser.id)).flat()).toHaveLength(5)
  })
})

test('design 6: who does not care for patients gets none of it: no snapshot, no event, no resume, no log of events', async () => {
  const roles = ['receptionist', 'cashier', 'administrator'] as const
  const consoles = await Promise.all(
    roles.map((who) =>
      listen(clinic.hub.url, {
        token: clinic.people[who].token,
        clinicId: clinic.clinicId,
        doctorId: clinic.doctor.id,
      }),
    ),
  )
  const from = { feed: consoles[0]?.connected.feed ?? '', after: consoles[0]?.connected.seq ?? 0 }
  const visit = await clinic.aVisit()
  await aRecord(clinic, visit.id)
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  for (const [index, who] of roles.entries()) {
    const console = consoles[index]
    if (!console) throw new Error('no console')
    await console.until(seq)
    const told = [
      console.frames,
      await resume(console.socket, from),
      await clinic.as[who].feed.snapshot({ params: { id: clinic.clinicId } }),
      await clinic.as[who].feed.events({ query: { clinicId: clinic.clinicId, after: 0 } }),
    ]
    for (const words of ['Paracetamol', 'Full blood count', 'a.pdf', 'cough', ...clinicalNouns.map((n) => `"${n}"`)])
      expect(JSON.stringify(told), `${who}: ${words}`).not.toContain(words)
    expect(JSON.stringify(told[0]), 'but whom to recall they do hear').toContain('follow_up_updated')
    console.close()
  }
  const { data } = await doctor.feed.snapshot({ params: { id: clinic.clinicId } })
  expect(data.orders?.some((order) => order.visitId === visit.id)).toBe(true)
  expect(data.consultations).toBeUndefined()
})

test('what is asked for a patient reads no other patient’s rows', () => {
  const plan = (query: string) =>
    clinic.hub.databases.reading
      .prepare(`explain query plan ${query}`)
      .all('x')
      .map((row) => (row as { detail: string }).detail)
      .join('\n')
  for (const [table, by] of [
    ['consultations', 'day'],
    ['prescriptions', 'prescribedAt'],
    ['orders', 'orderedAt'],
    ['attachments', 'addedAt'],
  ] as const)
    expect(plan(`select * from ${table} where patientId = ? order by ${by}`)).toContain(`${table}ByPatient`)
  for (const [of, index] of [
    ['doctorId', 'openOrders'],
    ['clinicId', 'openOrdersOfClinic'],
  ])
    expect(plan(`select * from orders where ${of} = ? and doneAt is null and withdrawnAt is null`)).toMatch(
      new RegExp(`${index} \\(`),
    )
})
