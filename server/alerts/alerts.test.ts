import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Alert, AlertReason } from '../../contract/alerts.ts'
import type { ClinicSettings } from '../../contract/clinics.ts'
import { type Role, role } from '../../contract/permissions.ts'
import type { Visit } from '../../contract/visits.ts'
import { hubLooks as looks, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let day = 0
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())
beforeEach(() => clinic.clock.set(MORNING + day++ * 24 * 3_600_000))

const hubLooks = () => looks(clinic)
const pass = async (minutes: number) => {
  clinic.clock.pass(minutes)
  await hubLooks()
}
const now = (alert: Pick<Alert, 'id'>) => clinic.hub.databases.read.find('alerts', alert.id)
const idOf = (by: Role) => clinic.people[by].session.user.id
const body = (fields: object = {}) => ({
  id: uuidv7(),
  clinicId: clinic.clinicId,
  scope: 'patient' as const,
  severity: 'critical' as const,
  topic: 'worse' as const,
  ...fields,
})
const raise = (by: Role, visit: Visit, fields = {}) =>
  clinic.as[by].alerts.raise({ body: body({ visitId: visit.id, ...fields }) })
const act = (alert: Pick<Alert, 'id'>) => ({ params: { id: alert.id }, body: { version: now(alert)?.version ?? 0 } })
const resolve = (api: ApiClient, alert: Alert, outcome: 'seen' | 'false_alarm' = 'seen') => {
  const { params, body } = act(alert)
  return api.alerts.resolve({ params, body: { ...body, outcome } })
}
const seenBy = async (by: Role) => {
  await hubLooks()
  const { items } = await clinic.as[by].alerts.list({ query: { clinicId: clinic.clinicId, limit: 200 } })
  const { data } = await clinic.as[by].feed.snapshot({ params: { id: clinic.clinicId } })
  expect(items).toEqual(expect.arrayContaining(data.alerts ?? []))
  return items.map(({ id }) => id)
}
const raisedFor = (visit: Visit, kind: AlertReason['kind']) => {
  const { read } = clinic.hub.databases
  const rows = read.all<{ id: string }>`select a.id from alerts a join alertReasons r on r.id = a.id
    where a.visitId = ${visit.id} and r.kind = ${kind} order by a.raisedAt, a.id`
  return rows.flatMap(({ id }) => read.find('alerts', id) ?? [])
}
const outcomeOf = ({ id }: Alert) => clinic.hub.databases.read.find('alertOutcomes', id)?.outcome
const step = (visit: Visit, change: { status: Visit['status'] }) => take(clinic.as.receptionist, visit, change.status)
const urgent = async (urgency: 'urgent' | 'very_urgent' | 'immediate') => {
  const { id: patientId } = await clinic.aPatient({ birthDate: '1961-05-04', sex: 'male' })
  const place = { clinicId: clinic.clinicId, patientId, doctorId: clinic.doctor.id }
  return (await clinic.as.receptionist.visits.walkIn({ body: { id: uuidv7(), ...place, urgency } })).visit
}

describe('L3 a critical alert climbs by the hub’s clock until somebody answers', () => {
  test('nurse, after two minutes the doctor, after two more every screen; never before its time', async () => {
    const alert = await raise('receptionist', await clinic.aVisit())
    expect(alert).toMatchObject({ asked: 'nurse', raisedById: idOf('receptionist') })
    await pass(1.99)
    expect(now(alert)).toEqual(alert)
    await pass(0.01)
    expect(now(alert)).toMatchObject({ asked: 'doctor', escalatedAt: clinic.clock.iso() })
    await hubLooks()
    await pass(1.99)
    expect(now(alert)?.asked).toBe('doctor')
    await pass(0.01)
    expect(now(alert)).toMatchObject({ asked: 'everybody', dueAt: null, version: 3 })
    await pass(60)
    expect(now(alert)?.version).toBe(3)
    const { items } = await clinic.as.nurse.alerts.steps({ params: { id: alert.id } })
    expect(items.map(({ step, asked, actorId }) => [step, asked, actorId])).toEqual([
      ['raised', 'nurse', idOf('receptionist')],
      ['escalated', 'doctor', null],
      ['escalated', 'everybody', null],
    ])
  })

  test('an immediate patient waits one minute for an answer', async () => {
    const alert = await raise('receptionist', await urgent('immediate'))
    await pass(1)
    expect(now(alert)?.asked).toBe('doctor')
  })

  test('answered in time it does not climb; what is not critical never does', async () => {
    const answered = await raise('receptionist', await clinic.aVisit())
    const warning = await raise('receptionist', await clinic.aVisit(), { severity: 'warning' })
    await clinic.as.nurse.alerts.acknowledge(act(answered))
    await pass(9.9)
    expect(now(answered)).toMatchObject({ asked: 'nurse', acknowledgedById: idOf('nurse') })
    expect(now(warning)).toEqual(warning)
  })

  test('answered without an outcome it comes back after ten minutes, and climbs again; with one it is done', async () => {
    const alert = await raise('receptionist', await clinic.aVisit())
    const done = await raise('receptionist', await clinic.aVisit())
    for (const one of [alert, done]) await clinic.as.nurse.alerts.acknowledge(act(one))
    await resolve(clinic.as.nurse, done)
    await pass(10)
    expect(now(alert)).toMatchObject({ asked: 'nurse', acknowledgedAt: null, acknowledgedById: null })
    await pass(2)
    expect(now(alert)?.asked).toBe('doctor')
    expect(now(done)).toMatchObject({ resolvedById: idOf('nurse'), dueAt: null })
    expect(outcomeOf(done)).toBe('seen')
    await refusal(clinic.as.doctor.alerts.acknowledge(act(done)), 'illegal_transition')
    await refusal(clinic.as.doctor.alerts.escalate(act(done)), 'illegal_transition')
    await refusal(resolve(clinic.as.doctor, done), 'illegal_transition')
  })

  test('it goes to others than who raised it: they cannot answer it, but can say the outcome', async () => {
    const alert = await raise('nurse', await clinic.aVisit())
    // There is one nurse, who raised it.
    expect(alert.asked).toBe('doctor')
    await refusal(clinic.as.nurse.alerts.acknowledge(act(alert)), 'own_alert')
    expect((await resolve(clinic.as.nurse, alert)).resolvedById).toBe(idOf('nurse'))
  })

  test('a person asks the next role at once, also after an answer', async () => {
    const alert = await raise('receptionist', await clinic.aVisit(), { severity: 'warning' })
    await clinic.as.nurse.alerts.acknowledge(act(alert))
    expect(await clinic.as.nurse.alerts.escalate(act(alert))).toMatchObject({ asked: 'doctor', acknowledgedAt: null })
    expect((await clinic.as.doctor.alerts.escalate(act(alert))).asked).toBe('everybody')
    await refusal(clinic.as.doctor.alerts.escalate(act(alert)), 'illegal_transition')
    await refusal(
      clinic.as.doctor.alerts.acknowledge({ params: { id: alert.id }, body: { version: 1 } }),
      'stale_version',
    )
  })

  test('a role with nobody signed in is skipped at once; with nobody in either, every screen says it', async () => {
    const disable = async (by: Role, active: boolean) => {
      const user = await clinic.as.administrator.users.get({ params: { id: idOf(by) } })
      const { id, username: _, ...fields } = user
      await clinic.as.administrator.users.update({ params: { id }, body: { ...fields, active } })
    }
    const climbing = await raise('receptionist', await clinic.aVisit())
    await disable('doctor', false)
    await pass(2)
    expect(now(climbing)?.asked).toBe('everybody')
    await disable('nurse', false)
    expect((await raise('receptionist', await clinic.aVisit())).asked).toBe('everybody')
    await disable('nurse', true)
    await disable('doctor', true)
    await clinic.restart()
  })

  test('a hub that was away does what is due at its start, once', async () => {
    const alert = await raise('receptionist', await clinic.aVisit())
    await clinic.hub.close()
    clinic.clock.pass(30)
    await clinic.restart()
    await expect.poll(() => now(alert)?.asked).toBe('doctor')
    await hubLooks()
    expect(now(alert)).toMatchObject({ asked: 'doctor', version: 2 })
  })
})

describe('L1 what somebody raises by hand', () => {
  test.each(role.options)('a %s may; of a patient others hear only when it has come to every screen', async (by) => {
    const alert = await raise(by, await clinic.aVisit(), { note: 'grey and sweating' })
    const clinical: Role[] = ['nurse', 'doctor']
    for (const other of role.options)
      expect((await seenBy(other)).includes(alert.id), other).toBe(clinical.includes(other) || other === by)
    await pass(2)
    await pass(2)
    for (const other of role.options) expect(await seenBy(other), other).toContain(alert.id)
    const answers = await Promise.all(
      role.options.map((other) => clinic.as[other].alerts.list({ query: { clinicId: clinic.clinicId } })),
    )
    for (const [index, answer] of answers.entries()) {
      const mayKnow = clinical.includes(role.options[index] ?? 'cashier')
      expect(JSON.stringify(answer).includes('grey and sweating')).toBe(mayKnow)
      expect(answer.alertReasons === undefined).toBe(!mayKnow)
    }
    await resolve(clinic.as.doctor, alert)
  })

  test('to the clinic or the whole hub it is whole to all staff, at once', async () => {
    for (const scope of ['clinic', 'hospital'] as const) {
      const fields = body({ scope, topic: 'fire', note: 'second floor', severity: 'info' })
      const alert = await clinic.as.cashier.alerts.raise({ body: fields })
      expect(alert).toMatchObject({ scope, asked: 'everybody', topic: 'fire', note: 'second floor', ticket: null })
      for (const other of role.options) expect(await seenBy(other)).toContain(alert.id)
      await clinic.as.receptionist.alerts.acknowledge(act(alert))
      await resolve(clinic.as.receptionist, alert)
    }
  })

  test('what is not right is refused, naming the field', async () => {
    const visit = await clinic.aVisit()
    const named = async (fields: object, field: string) => {
      const { data } = await refusal(clinic.as.nurse.alerts.raise({ body: body(fields) as never }), 'bad_input')
      expect((data as { fields: { field: string }[] }).fields[0]?.field).toContain(field)
    }
    await named({}, 'visitId')
    await named({ visitId: visit.id, topic: 'fire' }, 'topic')
    await named({ scope: 'clinic', topic: 'fell' }, 'topic')
    await named({ scope: 'hospital', topic: 'fire', visitId: visit.id }, 'visitId')
    await named({ visitId: visit.id, severity: 'terrible' }, 'severity')
    await named({ visitId: visit.id, note: 'x'.repeat(201) }, 'note')
    await refusal(raise('nurse', visit, { clinicId: uuidv7() }), 'forbidden')
    await refusal(raise('nurse', { ...visit, id: uuidv7() }), 'not_found')
    const over = await step(await clinic.aVisit(), { status: 'cancelled' })
    await refusal(raise('nurse', over), 'illegal_transition')
  })

  test('of a patient clinicians say what became of it; who raised one by mistake takes it back', async () => {
    const alert = await raise('receptionist', await clinic.aVisit())
    await refusal(resolve(clinic.as.receptionist, alert), 'forbidden')
    await refusal(resolve(clinic.as.cashier, alert, 'false_alarm'), 'not_found')
    await resolve(clinic.as.receptionist, alert, 'false_alarm')
    expect(outcomeOf(alert)).toBe('false_alarm')
  })
})

describe('T5, L2 what the rules raise', () => {
  test('T5 a look that is overdue from urgent up, once an episode; closed by itself after the look', async () => {
    const [visit, standard] = [await urgent('urgent'), await clinic.aVisit()]
    await pass(10)
    expect(raisedFor(visit, 'observation_overdue')).toEqual([])
    await pass(0.1)
    await hubLooks()
    const [first, ...more] = raisedFor(visit, 'observation_overdue')
    expect(first).toMatchObject({ severity: 'warning', raisedById: null, asked: 'nurse', dueAt: null })
    expect(more).toEqual([])
    expect(raisedFor(standard, 'observation_overdue')).toEqual([])
    await clinic.as.nurse.triage.look({ params: { id: visit.id }, body: { version: visit.version } })
    await hubLooks()
    expect(now(first as Alert)).toMatchObject({ resolvedById: null, resolvedAt: clinic.clock.iso() })
    expect(outcomeOf(first as Alert)).toBe('over')
    await pass(30.1)
    expect(raisedFor(visit, 'observation_overdue')).toHaveLength(2)
  })

  test('T5 one that somebody has closed is not raised again in its episode', async () => {
    const visit = await urgent('very_urgent')
    await pass(11)
    await resolve(clinic.as.nurse, raisedFor(visit, 'observation_overdue')[0] as Alert)
    await pass(5)
    expect(raisedFor(visit, 'observation_overdue')).toHaveLength(1)
  })

  test('an urgent patient who waits for long, until the call', async () => {
    const [visit, standard] = [await urgent('urgent'), await clinic.aVisit()]
    await pass(60)
    expect(raisedFor(visit, 'long_wait')).toEqual([])
    await pass(0.1)
    const [alert] = raisedFor(visit, 'long_wait')
    expect(alert).toMatchObject({ severity: 'warning', ticket: visit.ticket })
    expect(raisedFor(standard, 'long_wait')).toEqual([])
    await step(visit, { status: 'called' })
    await hubLooks()
    expect(outcomeOf(alert as Alert)).toBe('over')
  })

  const say = async (own: Partial<ClinicSettings>) => {
    const { clinics } = clinic.as.administrator
    const params = { id: clinic.clinicId }
    const { id: _, ...fields } = await clinics.get({ params })
    await clinics.update({ params, body: { ...fields, settings: { ...fields.settings, ...own } } })
    return fields.settings
  }

  test('T5, L2 after the minutes that the clinic says itself', async () => {
    const usual = await say({
      lookAgainMinutes: { very_urgent: 5, urgent: 20, standard: 60, non_urgent: 120 },
      longWaitMinutes: { very_urgent: 30, urgent: 25 },
    })
    const visit = await urgent('urgent')
    await clinic.as.nurse.triage.look({ params: { id: visit.id }, body: { version: visit.version } })
    await pass(20)
    expect(raisedFor(visit, 'observation_overdue')).toEqual([])
    await pass(0.1)
    expect(raisedFor(visit, 'observation_overdue')).toHaveLength(1)
    expect(raisedFor(visit, 'long_wait')).toEqual([])
    await pass(5)
    expect(raisedFor(visit, 'long_wait')).toHaveLength(1)
    await say(usual)
  })

  test('L2 longer minutes end an alert, and raise it again once they have passed; not where a person ended it', async () => {
    const [visit, answered] = [await urgent('urgent'), await urgent('urgent')]
    await pass(60.1)
    await resolve(clinic.as.nurse, raisedFor(answered, 'long_wait')[0] as Alert)
    const usual = await say({ longWaitMinutes: { very_urgent: 30, urgent: 90 } })
    await hubLooks()
    expect(raisedFor(visit, 'long_wait').map(outcomeOf)).toEqual(['over'])
    await pass(29.9)
    expect(raisedFor(visit, 'long_wait')).toHaveLength(1)
    await pass(0.1)
    await hubLooks()
    expect(raisedFor(visit, 'long_wait').map(outcomeOf)).toEqual(['over', undefined])
    expect(raisedFor(answered, 'long_wait')).toHaveLength(1)
    await say(usual)
  })

  test('L2 a lower level ends an alert, and raises it again once the minutes of that level have passed', async () => {
    const visit = await urgent('very_urgent')
    const { id, version } = visit
    const outcomes = () => raisedFor(visit, 'long_wait').map(outcomeOf)
    await pass(30.1)
    expect(outcomes()).toEqual([undefined])
    await clinic.as.nurse.visits.update({ params: { id }, body: { version, urgency: 'urgent', reason: 'eats again' } })
    await pass(29.9)
    expect(outcomes()).toEqual(['over'])
    await pass(0.1)
    expect(outcomes()).toEqual(['over', undefined])
  })

  const vitals = (worse: boolean) => ({
    respiration: worse ? 30 : 16,
    spo2: worse ? 88 : 98,
    oxygen: 'air' as const,
    systolic: worse ? 85 : 120,
    pulse: worse ? 135 : 70,
    consciousness: 'A' as const,
    temperatureTenths: 370,
  })
  const triage = (visit: Visit, worse: boolean) =>
    clinic.as.nurse.triage.record({
      params: { id: visit.id },
      body: {
        ...{ id: uuidv7(), version: visit.version, vitals: vitals(worse), pregnancy: 'no' },
        level: 'immediate',
      },
    })

  test('L2 a score past its threshold, with the vitals, once an episode; it ends with vitals that are well', async () => {
    const visit = await urgent('urgent')
    const first = await triage(visit, true)
    const [alert] = raisedFor(visit, 'risk_score')
    expect(alert).toMatchObject({ severity: 'critical', asked: 'doctor', raisedAt: clinic.clock.iso() })
    expect(clinic.hub.databases.read.find('alertReasons', alert?.id ?? '')?.score).toBe(first.record.risk.score?.total)
    clinic.clock.pass(0.5)
    const second = await triage(first.visit, true)
    expect(raisedFor(visit, 'risk_score')).toHaveLength(1)
    clinic.clock.pass(0.1)
    const well = await triage(second.visit, false)
    await hubLooks()
    expect(outcomeOf(alert as Alert)).toBe('over')
    await triage(well.visit, true)
    expect(raisedFor(visit, 'risk_score')).toHaveLength(2)
  })

  test('a patient who was seen to the end has no open alert', async () => {
    const visit = await clinic.aVisit()
    const alert = await raise('receptionist', visit)
    const called = await take(clinic.as.doctor, visit, 'called', 'in_consultation')
    await clinic.as.doctor.visits.finish({ params: { id: visit.id }, body: { version: called.version } })
    await hubLooks()
    expect(outcomeOf(alert)).toBe('over')
  })
})

test('who left keeps their alert until the clinic day is over: they may have collapsed (Q8)', async () => {
  const visit = await clinic.aVisit()
  const alert = await raise('receptionist', visit)
  await step(visit, { status: 'left' })
  await pass(60)
  expect(now(alert)?.resolvedAt).toBeNull()
  await pass(24 * 60)
  expect(outcomeOf(alert)).toBe('over')
})

test('the history: by severity, kind, person and day, a page at a time; kinds only to clinicians', async () => {
  const visit = await clinic.aVisit()
  const raised = [await raise('cashier', visit), await raise('cashier', visit, { severity: 'info' })]
  await clinic.as.doctor.alerts.acknowledge(act(raised[0] as Alert))
  const date = clinic.clock.iso().slice(0, 10)
  const ids = async (query: object, by: Role = 'nurse') => {
    const { items } = await clinic.as[by].alerts.list({
      query: { clinicId: clinic.clinicId, from: date, to: date, ...query },
    })
    return items.map(({ id }) => id)
  }
  const [critical, info] = raised.map(({ id }) => id)
  expect(await ids({})).toEqual([info, critical])
  expect(await ids({ severity: 'critical' })).toEqual([critical])
  expect(await ids({ kind: 'by_hand' })).toEqual([info, critical])
  expect(await ids({ kind: 'long_wait' })).toEqual([])
  expect(await ids({ personId: idOf('doctor') })).toEqual([critical])
  expect(await ids({ from: '2020-01-01', to: '2020-01-02' })).toEqual([])
  await refusal(ids({ kind: 'by_hand' }, 'receptionist'), 'forbidden')
  const first = await clinic.as.nurse.alerts.list({ query: { clinicId: clinic.clinicId, from: date, limit: 1 } })
  const next = await clinic.as.nurse.alerts.list({
    query: { clinicId: clinic.clinicId, from: date, limit: 1, cursor: first.cursor ?? '' },
  })
  expect([...first.items, ...next.items].map(({ id }) => id)).toEqual([info, critical])
  expect(next.cursor).toBeNull()
  await refusal(clinic.as.cashier.alerts.steps({ params: { id: uuidv7() } }), 'not_found')
})
