import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alert } from '../../contract/alerts.ts'
import type { Role } from '../../contract/permissions.ts'
import { hubLooks, take } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { spreadOf } from './analytics.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await aClinic()
})
afterAll(() => clinic.close())

const DAY = '2026-03-09'
const analytics = (query = {}, by: Role = 'administrator') =>
  clinic.as[by].alerts.analytics({ query: { clinicId: clinic.clinicId, from: DAY, to: DAY, ...query } })

test('L5 counts, time to acknowledge, by kind, severity, hour and person; waits by level (T1)', async () => {
  const { as, clinicId } = clinic
  const raise = async (severity: Alert['severity']) => {
    const visit = await clinic.aVisit()
    return as.receptionist.alerts.raise({
      body: { id: uuidv7(), clinicId, scope: 'patient', severity, visitId: visit.id, topic: 'pain' },
    })
  }
  const answer = async (alert: Alert, by: Role, version = 1) =>
    as[by].alerts.acknowledge({ params: { id: alert.id }, body: { version } })
  const first = await raise('critical')
  clinic.clock.pass(1)
  await answer(first, 'nurse')
  const second = await raise('critical')
  clinic.clock.pass(2)
  await hubLooks(clinic)
  clinic.clock.pass(1)
  await answer(second, 'doctor', 2)
  clinic.clock.pass(60)
  await raise('info')
  const urgent = await clinic.aVisit()
  clinic.clock.pass(5)
  await take(as.doctor, urgent, 'called')

  const told = await analytics()
  expect(told.all).toEqual({
    raised: 3,
    escalated: 1,
    unanswered: 1,
    toAcknowledge: { count: 2, median: 60, p90: 180 },
  })
  expect(told.byKind.find(({ kind }) => kind === 'by_hand')?.raised).toBe(3)
  expect(told.bySeverity.map(({ severity, raised }) => [severity, raised])).toEqual([
    ['info', 1],
    ['warning', 0],
    ['critical', 2],
  ])
  expect(told.byHour.map(({ raised }) => raised).flatMap((count, hour) => (count > 0 ? [[hour, count]] : []))).toEqual([
    [9, 2],
    [10, 1],
  ])
  const person = (by: Role, seconds: number) => ({
    userId: clinic.people[by].session.user.id,
    answered: 1,
    toAcknowledge: { count: 1, median: seconds, p90: seconds },
  })
  expect(told.byPerson).toHaveLength(2)
  expect(told.byPerson).toEqual(expect.arrayContaining([person('nurse', 60), person('doctor', 180)]))
  const standard = told.waits.find(({ urgency }) => urgency === 'standard')
  expect(standard).toEqual({
    urgency: 'standard',
    arrived: 4,
    looked: 0,
    toCall: { count: 1, median: 300, p90: 300 },
  })
  expect(told.arrivals[9]?.arrived).toBe(2)
})

test('L5 other days count nothing; it is for those who may, and of their clinics', async () => {
  const none = await analytics({ from: '2026-03-10', to: '2026-03-11' })
  expect(none.all).toEqual({
    raised: 0,
    escalated: 0,
    unanswered: 0,
    toAcknowledge: { count: 0, median: null, p90: null },
  })
  await refusal(analytics({}, 'receptionist'), 'forbidden')
  await refusal(analytics({}, 'cashier'), 'forbidden')
  await refusal(analytics({ clinicId: uuidv7() }, 'nurse'), 'forbidden')
  await refusal(analytics({ from: 'Monday' }), 'bad_input')
})

test('L5 several ask at once and each gets an answer; the numbers name no patient', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => analytics()))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(JSON.stringify(answers[0])).not.toMatch(/Family|ticket|visitId/)
})

test('a median is one of the values, and of nothing there is none', () => {
  expect(spreadOf([30, null, 10, 20])).toEqual({ count: 3, median: 20, p90: 30 })
  expect(spreadOf([null])).toEqual({ count: 0, median: null, p90: null })
})
