import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Role, role } from '../../contract/permissions.ts'
import type { DangerSign } from '../../contract/visits.ts'
import { anAppointment, anybody, take } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
let all: ApiClient
beforeAll(async () => {
  clinic = await aClinic()
  all = (await anybody(clinic)).api
})
afterAll(() => clinic.close())

const emergency = (api: ApiClient, fields = {}) =>
  api.visits.emergency({ body: { id: uuidv7(), clinicId: clinic.clinicId, ...fields } })
const alertsOf = async (visitId: string) => {
  const { items } = await all.alerts.list({ query: { clinicId: clinic.clinicId } })
  return items.filter((alert) => alert.visitId === visitId)
}
const snapshot = async (by: Role) => (await clinic.as[by].feed.snapshot({ params: { id: clinic.clinicId } })).data
const signs: DangerSign[] = ['chest_pain', 'cannot_breathe']

test.each(role.options)('T0 emergency is one key for a %s, no name needed', async (by) => {
  const { visit, alreadyOpen } = await emergency(clinic.as[by], { label: 'Unknown, male, about 40' })
  expect(alreadyOpen).toBe(false)
  expect(visit).toMatchObject({
    status: 'waiting',
    urgency: 'immediate',
    patientId: null,
    doctorId: null,
    label: 'Unknown, male, about 40',
  })
  expect(await alertsOf(visit.id)).toMatchObject([
    {
      severity: 'critical',
      ticket: visit.ticket,
      raisedById: clinic.people[by].session.user.id,
      acknowledgedAt: null,
    },
  ])
})

test('T0 not even a label is needed', async () => {
  expect((await emergency(clinic.as.cashier)).visit).toMatchObject({ label: null, patientId: null })
})

test('T0 visit and alert are one commit: without the one there is not the other', async () => {
  const { writing, read } = clinic.hub.databases
  const id = uuidv7()
  writing.exec(`create trigger noAlerts before insert on alerts begin select raise(abort, 'no alerts today'); end`)
  await refusal(emergency(clinic.as.receptionist, { id }), 'internal')
  writing.exec('drop trigger noAlerts')
  expect(read.get`select 1 from visits where id = ${id}`).toBeUndefined()
  expect(await alertsOf(id)).toEqual([])
  await emergency(clinic.as.receptionist, { id })
  expect(await alertsOf(id)).toHaveLength(1)
})

test('T0 somebody who waits already becomes immediate in the same visit, with an alert', async () => {
  const visit = await clinic.aVisit()
  const answer = await emergency(clinic.as.cashier, { patientId: visit.patientId })
  expect(answer).toMatchObject({ alreadyOpen: true, visit: { id: visit.id, urgency: 'immediate', version: 2 } })
  expect(await alertsOf(visit.id)).toHaveLength(1)
})

test('T0 one tick of a danger sign at check-in does the same', async () => {
  const { id: patientId } = await clinic.aPatient()
  const body = { clinicId: clinic.clinicId, patientId, doctorId: clinic.doctor.id, dangerSigns: signs }
  const { visit } = await clinic.as.receptionist.visits.walkIn({ body: { ...body, id: uuidv7() } })
  expect(visit.urgency).toBe('immediate')
  expect(await alertsOf(visit.id)).toHaveLength(1)
  const booked = await anAppointment(clinic, 60)
  const arrived = await clinic.as.receptionist.visits.checkIn({
    body: { id: uuidv7(), appointmentId: booked.id, dangerSigns: ['heavy_bleeding'] },
  })
  expect(arrived.visit.urgency).toBe('immediate')
  expect(await alertsOf(arrived.visit.id)).toHaveLength(1)
})

test.each(['walk-in', 'check-in', 'next stop'] as const)(
  'T0 a tick is heard when the patient is here already (%s)',
  async (how) => {
    const booked = await anAppointment(clinic, 90 + ['walk-in', 'check-in', 'next stop'].indexOf(how) * 10)
    const dangerSigns = signs
    const { checkIn, walkIn } = clinic.as.receptionist.visits
    const arrive = () => checkIn({ body: { id: uuidv7(), appointmentId: booked.id, dangerSigns } })
    const open = { clinicId: clinic.clinicId, patientId: booked.patientId, doctorId: clinic.doctor.id }
    if (how === 'check-in') await checkIn({ body: { id: uuidv7(), appointmentId: booked.id } })
    else await walkIn({ body: { ...open, id: uuidv7() } })
    const { visit, alreadyOpen } =
      how === 'walk-in' ? await walkIn({ body: { ...open, id: uuidv7(), dangerSigns } }) : await arrive()
    expect({ alreadyOpen, urgency: visit.urgency }).toEqual({ alreadyOpen: true, urgency: 'immediate' })
    expect(await alertsOf(visit.id)).toHaveLength(1)
  },
)

test('T0 why travels to clinical roles only; that somebody needs help, to everybody', async () => {
  const { visit } = await emergency(clinic.as.cashier, { dangerSigns: signs })
  const [alert] = await alertsOf(visit.id)
  for (const by of role.options) {
    const { alerts, alertReasons } = await snapshot(by)
    expect(alerts?.map((one) => one.id)).toContain(alert?.id)
    const reasons = alertReasons?.find((one) => one.id === alert?.id)
    if (by === 'doctor' || by === 'nurse')
      expect(reasons).toMatchObject({ id: alert?.id, dangerSigns: signs, version: 1 })
    else expect(alertReasons).toBeUndefined()
    const { frames } = await clinic.as[by].feed.events({ query: { clinicId: clinic.clinicId, after: 0 } })
    const text = JSON.stringify(frames)
    expect(text.includes(alert?.id ?? 'none')).toBe(true)
    expect(text.includes('chest_pain')).toBe(by === 'doctor' || by === 'nurse')
  }
})

test('T0 the answer and the audit say nothing of the danger signs', async () => {
  const answer = await emergency(clinic.as.doctor, { dangerSigns: signs })
  expect(JSON.stringify(answer)).not.toContain('chest_pain')
  const rows = clinic.hub.databases.read.all<{
    detail: string
  }>`select detail from audit where recordId = ${answer.visit.id}`
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain('chest_pain')
})

test('T0 an emergency is first everywhere, also before who is past the maximum wait', async () => {
  await clinic.aVisit()
  clinic.clock.pass(200)
  const { visit } = await emergency(clinic.as.nurse)
  const { order } = await all.queue.clinic({ params: { id: clinic.clinicId } })
  const firsts = order.filter((entry) => entry.reasons[0]?.code === 'level').map((entry) => entry.visitId)
  expect(firsts).toContain(visit.id)
  expect(order.slice(0, firsts.length).map((entry) => entry.visitId)).toEqual(firsts)
})

test('L3 an alert is answered once; a stale answer shows who did', async () => {
  const { visit } = await emergency(clinic.as.receptionist)
  const [alert] = await alertsOf(visit.id)
  const answer = (by: Role, version: number) =>
    clinic.as[by].alerts.acknowledge({ params: { id: alert?.id ?? '' }, body: { version } })
  const answered = await answer('nurse', 1)
  expect(answered).toMatchObject({
    acknowledgedAt: clinic.clock.iso(),
    acknowledgedById: clinic.people.nurse.session.user.id,
  })
  expect((await refusal(answer('doctor', 1), 'stale_version')).data).toEqual({ current: answered })
  await refusal(answer('doctor', 2), 'illegal_transition')
  expect((await alertsOf(visit.id))[0]).toMatchObject({ acknowledgedAt: clinic.clock.iso(), resolvedAt: null })
  await take(all, visit, 'left')
})
