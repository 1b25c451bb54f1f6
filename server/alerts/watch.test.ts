import { Writable } from 'node:stream'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Alert } from '../../contract/alerts.ts'
import type { Role } from '../../contract/permissions.ts'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { hubLooks, ill, triageOf } from '../../test/support/acts.ts'
import { signIn } from '../../test/support/api-client.ts'
import { aClinic, MORNING, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'

// The hub's own watch, on a clock that stands still but for the test: only an event, or its next look, makes it go on.
const WAIT = { timeout: 20_000, interval: 50 }
/** The hub's clock runs so fast for its watch that the rules look every one and a half seconds. */
const CLOCK_RATE = 10

let clinic: TestClinic
let logged = ''
let day = 0
beforeAll(async () => {
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      logged += chunk
      done()
    },
  })
  clinic = await aClinic({ hub: { clockRate: CLOCK_RATE, log: pino({ level: 'error' }, sink) } })
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const raise = (visit: Visit, severity: Alert['severity'] = 'critical', by: Role = 'receptionist') => {
  const about = { id: uuidv7(), clinicId: clinic.clinicId, scope: 'patient', visitId: visit.id } as const
  return clinic.as[by].alerts.raise({ body: { ...about, severity, topic: 'worse', note: 'grey and sweating' } })
}
const now = ({ id }: Alert) => clinic.hub.databases.read.find('alerts', id)
const visitNow = ({ id }: Visit) => clinic.hub.databases.read.find('visits', id) as Visit
const overdueOf = ({ id }: Visit) =>
  clinic.hub.databases.read.all`select a.id from alerts a join alertReasons r on r.id = a.id
    where a.visitId = ${id} and r.kind = 'observation_overdue'`
const after = (alert: Alert, minutes: number) => new Date(Date.parse(alert.raisedAt) + minutes * 60_000).toISOString()
const raiseLevel = (visit: Visit, urgency: Urgency) =>
  clinic.as.receptionist.visits.update({
    params: { id: visit.id },
    body: { version: visitNow(visit).version, urgency },
  })

test('L3 one that fails keeps no other back, is logged without a word of the patient, and is tried again', async () => {
  const visits = [await clinic.aVisit(), await clinic.aVisit()]
  const [broken, whole] = [await raise(visits[0] as Visit), await raise(visits[1] as Visit)]
  const { writing } = clinic.hub.databases
  writing.exec(`create trigger broken before update on alerts when old.id = '${broken.id}' and new.asked = 'doctor'
    begin select raise(abort, 'Okafor is grey and sweating'); end`)
  clinic.clock.pass(2)
  await raise(visits[1] as Visit, 'info')
  await expect.poll(() => now(whole)?.asked, WAIT).toBe('doctor')
  expect(now(broken)?.asked).toBe('nurse')
  await expect.poll(() => logged, WAIT).toContain(broken.id)
  expect(logged).not.toMatch(/Okafor|grey|sweating/)
  writing.exec('drop trigger broken')
  await expect.poll(() => now(broken)?.asked, WAIT).toBe('doctor')
  expect(logged.split(broken.id)).toHaveLength(2)
})

test('L3 the last of those who were asked signs out: the next role is asked at once', async () => {
  const nurses = [clinic.people.nurse, await signIn(clinic.hub.url, 'nurse', PASSWORD)]
  const alert = await raise(await clinic.aVisit())
  await nurses[0]?.api.auth.logout({})
  await hubLooks(clinic)
  expect(now(alert)).toEqual(alert)
  await nurses[1]?.api.auth.logout({})
  await expect.poll(() => now(alert)?.asked, WAIT).toBe('doctor')
  expect(now(alert)).toMatchObject({ escalatedAt: alert.raisedAt, dueAt: after(alert, 2) })
  clinic.people.nurse = await signIn(clinic.hub.url, 'nurse', PASSWORD)
  clinic.as.nurse = clinic.people.nurse.api
})

test('L3 an answer stays an answer when whoever gave it signs out', async () => {
  const alert = await raise(await clinic.aVisit())
  const other = await signIn(clinic.hub.url, 'nurse', PASSWORD)
  await other.api.alerts.acknowledge({ params: { id: alert.id }, body: { version: 1 } })
  for (const one of [other, clinic.people.nurse]) await one.api.auth.logout({})
  await hubLooks(clinic)
  expect(now(alert)).toMatchObject({ asked: 'nurse', version: 2 })
  clinic.people.nurse = await signIn(clinic.hub.url, 'nurse', PASSWORD)
  clinic.as.nurse = clinic.people.nurse.api
})

test('T5 the rules look in time, however often somebody raises an alert', async () => {
  const visit = await clinic.aVisit()
  await raiseLevel(visit, 'urgent')
  clinic.clock.pass(11)
  const other = await clinic.aVisit()
  await expect
    .poll(async () => {
      await raise(other, 'info')
      return overdueOf(visit).length
    }, WAIT)
    .toBe(1)
})

test('L3 whoever has become immediate waits one minute for an answer, from when somebody was asked', async () => {
  const [early, late, answered] = [await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit()]
  const alerts = [await raise(early), await raise(late), await raise(answered)] as const
  expect(now(alerts[0])?.dueAt).toBe(after(alerts[0], 2))
  await clinic.as.nurse.alerts.acknowledge({ params: { id: alerts[2].id }, body: { version: 1 } })
  await raiseLevel(early, 'immediate')
  await raiseLevel(answered, 'immediate')
  expect(now(alerts[0])).toMatchObject({ asked: 'nurse', dueAt: after(alerts[0], 1), version: 2 })
  expect(now(alerts[2])?.dueAt).toBe(after(alerts[2], 10))
  clinic.clock.pass(1.5)
  await raiseLevel(late, 'immediate')
  await expect.poll(() => now(alerts[1])?.asked, WAIT).toBe('doctor')
  expect(now(alerts[1])).toMatchObject({ escalatedAt: clinic.clock.iso() })
})

test('L3 vital signs that make a patient immediate hurry what was raised by hand', async () => {
  const visit = await clinic.aVisit({
    patientId: (await clinic.aPatient({ birthDate: '1961-05-04', sex: 'male' })).id,
  })
  const alert = await raise(visit)
  await triageOf(clinic, visit.id, ill, 'immediate')
  expect(now(alert)?.dueAt).toBe(after(alert, 1))
})

test('L3 a merge that raises the level hurries the alerts of both, as any raise does', async () => {
  const [winner, loser] = [await clinic.aPatient(), await clinic.aPatient()]
  const place = { clinicId: clinic.clinicId, patientId: loser.id, doctorId: clinic.otherDoctor.id }
  const goes = await clinic.aVisit({ patientId: winner.id })
  const { visit: ends } = await clinic.as.receptionist.visits.walkIn({ body: { id: uuidv7(), ...place } })
  const alerts = [await raise(goes), await raise(ends)]
  await raiseLevel(goes, 'immediate')
  expect(alerts.map((alert) => now(alert)?.dueAt)).toEqual(alerts.map((alert, index) => after(alert, index + 1)))
  const versions = { version: winner.version, loserId: loser.id, loserVersion: loser.version }
  const body = { ...versions, continueVisitIds: [ends.id] }
  await clinic.as.receptionist.patients.merge({ params: { id: winner.id }, body })
  expect(visitNow(ends).urgency).toBe('immediate')
  for (const alert of alerts) expect(now(alert)).toMatchObject({ visitId: ends.id, dueAt: after(alert, 1) })
})
