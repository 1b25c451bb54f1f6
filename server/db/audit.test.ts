import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../contract/errors.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { stranger } from '../auth/commands.ts'
import { verifyAudit } from './audit.ts'
import { openDatabases } from './open.ts'
import { sqlTags } from './sql.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
  for (let count = 0; count < 3; count++) await clinic.aVisit()
})
afterAll(() => clinic.close())

const tampered = (statement: string) => {
  const { writing } = clinic.hub.databases
  writing.exec('savepoint tampering')
  try {
    writing.exec(statement)
    return verifyAudit(sqlTags(writing))
  } finally {
    writing.exec('rollback to tampering; release tampering')
  }
}

test('the chain of an untouched audit leads to its head', () => {
  const verdict = verifyAudit(clinic.hub.databases.read)
  const newest = clinic.hub.databases.reading.prepare('select id, hash from audit order by id desc limit 1').get()
  expect(verdict).toEqual({ head: newest })
})

test('an edit, a deletion and a row put in between show', () => {
  expect(tampered("update audit set action = 'patient.read' where id = 5")).toEqual({ broken: 5 })
  expect(tampered('delete from audit where id = 5')).toEqual({ broken: 5 })
  expect(tampered('update audit set id = id + 1 where id > 900000; delete from audit where id = 1')).toEqual({
    broken: 1,
  })
})

test('a truncation leads to another head than the one that was anchored outside', () => {
  const before = verifyAudit(clinic.hub.databases.read)
  const after = tampered('delete from audit where id = (select max(id) from audit)')
  expect(after).toHaveProperty('head')
  expect(after).not.toEqual(before)
})

test('the audit has who, from where, what and when of every act, and no patient data', async () => {
  const patient = await clinic.aPatient({ familyName: 'Zebrowskaya', phones: ['+880 1799 123456'] })
  const rows = clinic.hub.databases.reading.prepare('select * from audit where recordId = ?').all(patient.id) as Record<
    string,
    unknown
  >[]
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    action: 'patient.register',
    noun: 'patients',
    actorId: clinic.people.receptionist.session.user.id,
    device: 'loopback',
    outcome: 'done',
    at: clinic.clock.iso(),
  })
  const all = JSON.stringify(clinic.hub.databases.reading.prepare('select * from audit').all())
  expect(all).not.toMatch(/Zebrowskaya|1799 ?123456/)
})

test('a person whose role may not is refused on record, reads included', async () => {
  const { as, people } = clinic
  await refusal(
    as.cashier.clinics.list({}).then(() => as.cashier.audit.list({ query: {} })),
    'forbidden',
  )
  const newest = clinic.hub.databases.reading.prepare('select * from audit order by id desc limit 1').get()
  expect(newest).toMatchObject({
    actorId: people.cashier.session.user.id,
    action: 'GET /audit',
    outcome: 'forbidden',
  })
})

test('a refusal says what it was about, by its id and by nothing else', async () => {
  const { as } = clinic
  const [patient, visit] = [await clinic.aPatient(), await clinic.aVisit()]
  const newest = () =>
    clinic.hub.databases.reading.prepare('select action, outcome, recordId from audit order by id desc limit 1').get()
  await refusal(as.cashier.patients.openRecord({ params: { id: patient.id } }), 'forbidden')
  expect(newest()).toEqual({ action: 'patient.openRecord', outcome: 'forbidden', recordId: patient.id })
  await refusal(as.nurse.visits.away({ params: { id: visit.id }, body: { version: 9, until: null } }), 'stale_version')
  expect(newest()).toEqual({ action: 'visit.away', outcome: 'stale_version', recordId: visit.id })
  await refusal(as.cashier.patients.openRecord({ params: { id: 'Zebrowskaya' } }), 'forbidden')
  expect(newest()).toEqual({ action: 'patient.openRecord', outcome: 'forbidden', recordId: null })
})

test('what the hub works out by itself is no act; what it does by its clock, a refusal and whatever a person does are', async () => {
  const { door, databases } = clinic.hub
  const newest = () => databases.reading.prepare('select max(id) from audit').pluck().get() as number
  const rows = (after: number) =>
    databases.reading.prepare('select action, outcome from audit where id > ? order by id').all(after)
  const refuse = () => {
    throw new Refusal('not_found', { noun: 'clinics' })
  }
  const before = newest()
  await door.write(stranger, 'waits.estimate', () => undefined)
  expect(rows(before)).toEqual([])
  await door.write(stranger, 'alert.goOn', () => undefined)
  await door.write({ ...stranger, userId: 'somebody' }, 'waits.estimate', () => undefined)
  await expect(door.write(stranger, 'waits.estimate', refuse)).rejects.toThrow(Refusal)
  expect(rows(before)).toEqual([
    { action: 'alert.goOn', outcome: 'done' },
    { action: 'waits.estimate', outcome: 'done' },
    { action: 'waits.estimate', outcome: 'not_found' },
  ])
  expect(verifyAudit(databases.read)).toHaveProperty('head')
})

test('a flood of strangers is summed up in one row and buys no sync each', async () => {
  const rows = () => clinic.hub.databases.reading.prepare('select count(*) from audit').pluck().get() as number
  const before = rows()
  await Promise.all(
    Array.from({ length: 100 }, () =>
      fetch(`${clinic.hub.url}/api/visits/queue?clinicId=${clinic.clinicId}`, {
        headers: { authorization: 'Bearer no' },
      }),
    ),
  )
  expect(rows()).toBe(before)
  const { dataDir } = clinic
  await clinic.hub.close()
  const reopened = openDatabases(dataDir)
  const summary = reopened.read.all<{ detail: string }>`select detail from audit where action = 'strangers.refused'`
  reopened.close()
  expect(summary.map((row) => JSON.parse(row.detail) as unknown)).toEqual([{ read: 100 }])
  await clinic.restart()
})
