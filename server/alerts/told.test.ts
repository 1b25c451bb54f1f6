import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert } from '../../contract/alerts.ts'
import type { Role } from '../../contract/permissions.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic, type TestClock } from '../../test/support/clinic.ts'
import { type Listener, listen } from '../../test/support/console.ts'

/** A clock that runs, and that the test puts forward. */
let ahead = MORNING - Date.now()
const running: TestClock = {
  now: () => Date.now() + ahead,
  iso: () => new Date(Date.now() + ahead).toISOString(),
  pass: (minutes) => {
    ahead += minutes * 60_000
  },
  set: (ms) => {
    ahead = ms - Date.now()
  },
}

let clinic: TestClinic
const open: Listener[] = []
beforeAll(async () => {
  clinic = await aClinic({ clock: running })
})
afterAll(async () => {
  for (const listener of open) listener.close()
  await clinic.close()
})

const follow = async (by: Role) => {
  const listener = await listen(clinic.hub.url, { token: clinic.people[by].token, clinicId: clinic.clinicId })
  open.push(listener)
  return listener
}
const position = () =>
  clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events`?.seq ?? Number.NaN
const raise = async (severity: Alert['severity'] = 'critical') => {
  const visit = await clinic.aVisit()
  const { clinicId } = clinic
  return clinic.as.administrator.alerts.raise({
    body: { id: uuidv7(), clinicId, scope: 'patient', severity, visitId: visit.id, topic: 'fell', note: 'in the lift' },
  })
}
const now = ({ id }: Alert) => clinic.hub.databases.read.find('alerts', id)
const toldOf = (listener: Listener, { id }: Alert) =>
  listener.events().flatMap(({ type, changes }) => (changes.alerts?.some((one) => one.id === id) ? [type] : []))

test('L3 the hub’s own clock escalates, to the moment; each screen hears of it when it is asked, and never why', async () => {
  const [nurse, desk] = [await follow('nurse'), await follow('receptionist')]
  const alert = await raise()
  // All but half a second has passed; the hub is told by the next alert that it may be due sooner than it waits for.
  ahead += Date.parse(alert.dueAt ?? '') - running.now() - 500
  await raise('info')
  await expect.poll(() => now(alert)?.asked, { timeout: 20_000, interval: 10 }).toBe('doctor')
  const late = Date.parse(now(alert)?.escalatedAt ?? '') - Date.parse(alert.dueAt ?? '')
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThan(1_000)
  await Promise.all([nurse, desk].map((listener) => listener.until(position())))
  expect(toldOf(nurse, alert)).toEqual(['patient_alert', 'alert_escalated'])
  expect(toldOf(desk, alert)).toEqual([])
  await clinic.as.doctor.alerts.escalate({ params: { id: alert.id }, body: { version: 2 } })
  await clinic.as.doctor.alerts.acknowledge({ params: { id: alert.id }, body: { version: 3 } })
  const said = { version: 4, outcome: 'treated', note: 'a bruise' } as const
  await clinic.as.doctor.alerts.resolve({ params: { id: alert.id }, body: said })
  await Promise.all([nurse, desk].map((listener) => listener.until(position())))
  expect(toldOf(desk, alert)).toEqual(['alert_escalated', 'alert_acknowledged', 'alert_resolved'])
  expect(JSON.stringify(desk.frames)).not.toMatch(/lift|bruise|treated|by_hand|alertReasons|alertOutcomes/)
  expect(JSON.stringify(nurse.frames)).toMatch(/in the lift/)
  expect(JSON.stringify(nurse.frames)).toMatch(/a bruise/)
})

test('L3 who raised one hears that somebody comes, on whatever screen they sit, and never what became of it', async () => {
  const desk = await follow('receptionist')
  const visit = await clinic.aVisit()
  const { clinicId } = clinic
  const alert = await clinic.as.receptionist.alerts.raise({
    body: { id: uuidv7(), clinicId, scope: 'patient', severity: 'warning', visitId: visit.id, topic: 'fell' },
  })
  await clinic.as.nurse.alerts.acknowledge({ params: { id: alert.id }, body: { version: 1 } })
  const said = { version: 2, outcome: 'treated', note: 'a wrist' } as const
  await clinic.as.nurse.alerts.resolve({ params: { id: alert.id }, body: said })
  await desk.until(position())
  expect(toldOf(desk, alert)).toEqual(['patient_alert', 'alert_acknowledged', 'alert_resolved'])
  expect(JSON.stringify(desk.frames)).not.toMatch(/a wrist|treated|alertReasons|alertOutcomes/)
})

test('L3 what has not come to their screen is nobody’s to answer, nor to read in a refusal', async () => {
  const alert = await raise()
  for (const version of [1, 7]) {
    const answering = clinic.as.cashier.alerts.acknowledge({ params: { id: alert.id }, body: { version } })
    await refusal(answering, 'not_found')
  }
  expect(now(alert)).toEqual(alert)
})

test('L3 two who answer at once: one does, the other is told who', async () => {
  const alert = await raise()
  const answers = await Promise.allSettled(
    (['nurse', 'doctor'] as const).map((by) =>
      clinic.as[by].alerts.acknowledge({ params: { id: alert.id }, body: { version: 1 } }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'stale_version', data: { current: now(alert) } },
  })
})

test('L4 how one is told is kept by kind and severity; critical cannot be muted', async () => {
  const preferences = await clinic.as.nurse.notifications.preferences({})
  const { version, levels, alertLevels } = preferences
  const set = (chosen: object) =>
    clinic.as.nurse.notifications.setPreferences({ body: { version, ...chosen } as never })
  const muted = { ...alertLevels, by_hand: { ...alertLevels.by_hand, critical: 'silent' } }
  await refusal(set({ alertLevels: muted }), 'bad_input')
  await refusal(set({ alertLevels: { ...alertLevels, emergency: alertLevels.by_hand } }), 'bad_input')
  const quiet = { ...alertLevels, long_wait: { info: 'silent', warning: 'silent' } }
  expect(await set({ alertLevels: quiet })).toEqual({
    ...preferences,
    levels,
    alertLevels: quiet,
    version: version + 1,
  })
})

test('L3 the same request twice with one key is one alert', async () => {
  const visit = await clinic.aVisit()
  const { clinicId } = clinic
  const body = { id: uuidv7(), clinicId, scope: 'patient', severity: 'critical', visitId: visit.id, topic: 'fell' }
  const send = () =>
    fetch(`${clinic.hub.url}/api/alerts`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${clinic.people.cashier.token}`,
        'idempotency-key': body.id,
      },
      body: JSON.stringify(body),
    }).then((answer) => answer.json())
  const [first, again] = [await send(), await send()]
  expect(again).toEqual(first)
  const rows = clinic.hub.databases.read.all`select id from alerts where visitId = ${visit.id}`
  expect(rows).toHaveLength(1)
})

test('L3 the history says to clinicians whom an alert was about, also once the ticket is another’s', async () => {
  const alert = await raise()
  const { patientId } = clinic.hub.databases.read.find('visits', alert.visitId ?? '') ?? { patientId: null }
  const patient = clinic.hub.databases.read.find('patients', patientId ?? '')
  const listed = (who: 'nurse' | 'receptionist') =>
    clinic.as[who].alerts.list({ query: { clinicId: clinic.clinicId, limit: 200 } })
  const whom = { id: alert.id, patientId, familyName: patient?.familyName, givenName: patient?.givenName }
  expect((await listed('nurse')).about).toContainEqual(whom)
  await clinic.as.nurse.alerts.escalate({ params: { id: alert.id }, body: { version: alert.version } })
  const { version } = now(alert) ?? alert
  await clinic.as.nurse.alerts.escalate({ params: { id: alert.id }, body: { version } })
  const { items, about } = await listed('receptionist')
  expect(items.map(({ id }) => id)).toContain(alert.id)
  expect(about).toBeUndefined()
})
