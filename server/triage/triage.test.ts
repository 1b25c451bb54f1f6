import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinicalNouns } from '../../contract/feed.ts'
import type { Patient } from '../../contract/patients.ts'
import type { TriageRecord } from '../../contract/triage.ts'
import type { Visit } from '../../contract/visits.ts'
import { anybody, ill, take, triageOf, well } from '../../test/support/acts.ts'
import { type ApiClient, refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { listen, resume } from '../../test/support/console.ts'

let clinic: TestClinic
let nurse: ApiClient
beforeAll(async () => {
  clinic = await aClinic()
  nurse = clinic.as.nurse
})
afterAll(() => clinic.close())

const ADULT = { birthDate: '1984-03-07' }
const adult = async () => clinic.aVisit({ patientId: (await clinic.aPatient(ADULT)).id })
const now = (visit: Pick<Visit, 'id'>): Visit => {
  const found = clinic.hub.databases.read.find('visits', visit.id)
  if (!found) throw new Error('no visit')
  return found
}
const position = () => clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events`?.seq ?? 0
const takenOf = async ({ id }: Pick<Visit, 'id'>) => (await nurse.triage.ofVisit({ params: { id } })).items
const predict = (visit: Visit, vitals: Partial<TriageRecord>) =>
  nurse.risk.predict({
    body: { clinicId: clinic.clinicId, visitId: visit.id, pregnancy: 'no', vitals: vitals as typeof well },
  })
const alertsOf = (visit: Visit) =>
  clinic.hub.databases.read.all<{ severity: string }>`
    select severity from alerts where visitId = ${visit.id} order by raisedAt, id`.map(({ severity }) => severity)

describe('T1 T3 a set of vital signs', () => {
  test('is kept with its score, sub-scores, scale and versions, and never changed: a correction is another', async () => {
    const visit = await adult()
    const { record } = await triageOf(clinic, visit.id, ill, 'immediate')
    expect(record).toMatchObject({
      ...ill,
      ageMonths: 504,
      level: 'immediate',
      takenById: clinic.people.nurse.session.user.id,
    })
    expect(record.risk.score).toMatchObject({
      total: 7,
      spo2Scale: 1,
      pack: { id: 'news2', version: '2017' },
      band: 'high',
    })
    const second = await triageOf(clinic, visit.id, { ...ill, pulse: 116 }, 'immediate')
    expect((await takenOf(visit)).map(({ id }) => id)).toEqual([second.record.id, record.id])
    expect((await takenOf(visit))[1]).toEqual(record)
  })

  test('T2 T5 one that was typed a while ago is kept, and counts, as taken then', async () => {
    const visit = await adult()
    clinic.clock.pass(5)
    const then = clinic.clock.iso()
    clinic.clock.pass(40)
    const send = (takenAt: string) => {
      const body = {
        id: uuidv7(),
        version: now(visit).version,
        vitals: well,
        pregnancy: 'no',
        level: 'standard',
      } as const
      return nurse.triage.record({ params: { id: visit.id }, body: { ...body, takenAt } })
    }
    const refused = async (takenAt: string) => (await refusal(send(takenAt), 'bad_input')).data
    const names = { fields: [{ field: 'takenAt' }] }
    const earlier = (instant: string, minutes: number) => new Date(Date.parse(instant) - minutes * 60_000).toISOString()
    expect(await refused(earlier(visit.arrivedAt, 1)), 'before they came').toMatchObject(names)
    expect(await refused(earlier(clinic.clock.iso(), -1)), 'to come').toMatchObject(names)
    const { record, visit: after } = await send(then)
    expect([record.takenAt, after.lookedAt]).toEqual([then, then])
    const seen = await nurse.triage.look({ params: { id: visit.id }, body: { version: after.version } })
    expect(await refused(earlier(then, 1)), 'before the last set').toMatchObject(names)
    const later = await send(earlier(clinic.clock.iso(), 10))
    expect(later.visit.lookedAt, 'a look since is not undone').toBe(seen.lookedAt)
  })

  test('0 is a value, and what was not taken stays empty', async () => {
    const { record } = await triageOf(clinic, (await adult()).id, { pulse: 0 }, 'immediate')
    expect(record).toMatchObject({ pulse: 0, respiration: null, spo2: null, oxygen: null, consciousness: null })
    expect(record.risk.score).toMatchObject({ total: null, complete: false, atLeast: 3 })
  })

  test('T5 re-sorts the queue in the same commit: one frame says record, level and place', async () => {
    const [first, worse] = [await adult(), await adult()]
    const console = await listen(clinic.hub.url, { token: clinic.people.nurse.token, clinicId: clinic.clinicId })
    const { visit } = await triageOf(clinic, worse.id, ill, 'immediate')
    await console.until(position())
    console.close()
    expect(visit).toMatchObject({ urgency: 'immediate', triaged: true, lookedAt: clinic.clock.iso() })
    const frame = console.frames.find(({ events }) => events.some(({ type }) => type === 'triage_updated'))
    const types = frame?.events.map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(['queue_updated', 'triage_updated', 'risk_updated', 'patient_alert']))
    const { order } = await nurse.visits.queue({ query: { clinicId: clinic.clinicId } })
    const places = [worse, first].map(({ id }) => order.findIndex(({ visitId }) => visitId === id))
    expect(places[0]).toBeLessThan(places[1] ?? -1)
  })

  test('T1 the rules only raise: below what they ask for needs a reason, and it is kept', async () => {
    const visit = await adult()
    const lower = (loweredReason: string | null) =>
      nurse.triage.record({
        params: { id: visit.id },
        body: { id: uuidv7(), version: visit.version, vitals: ill, pregnancy: 'no', level: 'standard', loweredReason },
      })
    expect((await refusal(lower(null), 'reason_required')).data).toEqual({ field: 'loweredReason' })
    expect(now(visit)).toEqual(visit)
    const { record } = await lower('Known lung disease, as always')
    expect(record).toMatchObject({ level: 'standard', loweredReason: 'Known lung disease, as always' })
    const { steps } = await nurse.visits.get({ params: { id: visit.id } })
    expect(steps.at(-1)).toMatchObject({ step: 'triaged', reason: 'Known lung disease, as always' })
  })

  test('T1 normal vital signs do not lower what somebody gave', async () => {
    const visit = await adult()
    await triageOf(clinic, visit.id, ill, 'immediate')
    await refusal(triageOf(clinic, visit.id, well, 'standard'), 'reason_required')
    const { record } = await predict(visit, well)
    expect(record).toMatchObject({ level: 'immediate', risk: { level: null, score: { total: 0 } } })
    expect(now(visit).urgency).toBe('immediate')
  })

  test('Q10 two nurses triage the same patient: one result, and the other is told with the visit as it is', async () => {
    const visit = await adult()
    const body = { version: visit.version, vitals: ill, pregnancy: 'no', level: 'immediate' } as const
    const send = () => nurse.triage.record({ params: { id: visit.id }, body: { ...body, id: uuidv7() } })
    const outcomes = await Promise.allSettled([send(), send()])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = outcomes.find((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'stale_version', data: { current: now(visit) } })
    expect(await takenOf(visit)).toHaveLength(1)
    expect(alertsOf(visit)).toHaveLength(1)
  })

  test('Q1 whoever was taken in for triage is back in the line, in place and with the same clock', async () => {
    const visit = await adult()
    const inside = await take(nurse, visit, 'in_triage')
    clinic.clock.pass(4)
    const after = await triageOf(clinic, inside.id, well)
    expect(after.visit).toMatchObject({ status: 'waiting', queuedAt: visit.queuedAt, triaged: true })
  })

  test('T1 T5 taken in and let go without a record: looked at, and the level is still nobody’s decision', async () => {
    const visit = await adult()
    const inside = await take(nurse, visit, 'in_triage')
    clinic.clock.pass(12)
    const after = await take(nurse, inside, 'waiting')
    const kept = { triaged: false, lookedAt: clinic.clock.iso(), queuedAt: visit.queuedAt, urgency: visit.urgency }
    expect(after).toMatchObject({ status: 'waiting', ...kept })
    const { order } = await nurse.visits.queue({ query: { doctorId: clinic.doctor.id } })
    const codes = order.find((one) => one.visitId === visit.id)?.reasons.map(({ code }) => code)
    expect(codes).toContain('untriaged')
    expect(codes).not.toContain('first_look_due')
    // Below `standard` without a reason: no decision is taken back by it.
    expect((await triageOf(clinic, visit.id, well, 'non_urgent')).visit.urgency).toBe('non_urgent')
  })

  test('T2 scale 2 needs the clinician who decided, and values out of reason are refused by name', async () => {
    const visit = await adult()
    const scale = (scaleDecidedById: string | null) =>
      nurse.triage.record({
        params: { id: visit.id },
        body: {
          ...{ id: uuidv7(), version: now(visit).version, pregnancy: 'no', level: 'standard', scaleDecidedById },
          vitals: { ...well, spo2: 90, spo2Scale: 2 },
        },
      })
    for (const nobody of [null, clinic.people.receptionist.session.user.id])
      expect((await refusal(scale(nobody), 'bad_input')).data).toMatchObject({
        fields: [{ field: 'scaleDecidedById' }],
      })
    const doctorId = clinic.people.doctor.session.user.id
    expect((await scale(doctorId)).record).toMatchObject({ scaleDecidedById: doctorId, risk: { score: { total: 0 } } })
    const { data } = await refusal(triageOf(clinic, visit.id, { ...well, temperatureTenths: 37 }), 'bad_input')
    expect(JSON.stringify(data)).toContain('temperatureTenths')
  })

  test('T3 T4 age and pregnancy choose the packs: a child has no NEWS2, and a nurse’s band never overrides the record', async () => {
    const child = await clinic.aVisit({ patientId: (await clinic.aPatient({ birthDate: '2023-03-01' })).id })
    const { record } = await nurse.triage.record({
      params: { id: child.id },
      body: {
        ...{ id: uuidv7(), version: child.version, level: 'very_urgent', ageBand: '16_and_over', pregnancy: 'no' },
        vitals: { ...well, respiration: 45 },
      },
    })
    expect(record).toMatchObject({ ageBand: null, ageMonths: 36, risk: { score: null, blocked: ['under_16'] } })
    expect(record.risk.level).toBe('very_urgent')
  })

  test('a visit that has ended takes no more', async () => {
    const visit = await adult()
    await take(clinic.as.receptionist, visit, 'left')
    await refusal(triageOf(clinic, visit.id, well), 'illegal_transition')
    const body = { version: now(visit).version }
    await refusal(nurse.triage.look({ params: { id: visit.id }, body }), 'illegal_transition')
  })
})

describe('T5 a look', () => {
  test('counts without vital signs, and so does having been with a nurse or a doctor', async () => {
    const visit = await adult()
    expect(visit.lookedAt).toBeNull()
    clinic.clock.pass(9)
    const looked = await nurse.triage.look({ params: { id: visit.id }, body: { version: visit.version } })
    expect(looked).toMatchObject({ lookedAt: clinic.clock.iso(), triaged: false })
    const called = await clinic.as.doctor.visits.call({
      params: { id: visit.id },
      body: { version: 2, reason: 'mine' },
    })
    const inside = await take(clinic.as.doctor, called, 'in_consultation')
    clinic.clock.pass(12)
    const held = await take(clinic.as.doctor, inside, 'on_hold')
    expect(held.lookedAt).toBe(clinic.clock.iso())
  })
})

describe('L2 a score past its threshold', () => {
  test('alerts once an episode, again past a higher threshold, and anew once it was over', async () => {
    const visit = await adult()
    const warned = { ...well, respiration: 25 }
    const steps = [warned, warned, ill, warned, { pulse: 72 }, ill, well, warned]
    const raised: (string | null)[] = []
    for (const vitals of steps) {
      clinic.clock.pass(1)
      raised.push((await predict(visit, vitals)).alertRaised)
    }
    expect(raised).toEqual(['warning', null, 'critical', null, null, null, null, 'warning'])
    expect(alertsOf(visit)).toEqual(['warning', 'critical', 'warning'])
  })

  test('without a visit a prediction is only worked out', async () => {
    const before = position()
    const body = { clinicId: clinic.clinicId, vitals: ill, ageMonths: 480, pregnancy: 'no' } as const
    const { risk, record, alertRaised } = await nurse.risk.predict({ body })
    expect(risk).toMatchObject({ alert: 'critical', level: 'immediate', score: { total: 7 } })
    expect({ record, alertRaised }).toEqual({ record: null, alertRaised: null })
    expect(position()).toBe(before)
  })
})

describe('Q9 P4 what was taken goes where its visit goes', () => {
  test('T0 to somebody who is known only later; wrong patient; a merge and its undoing', async () => {
    const { api } = await anybody(clinic)
    const { visit } = await nurse.visits.emergency({ body: { id: uuidv7(), clinicId: clinic.clinicId } })
    const { record } = await triageOf(clinic, visit.id, well, 'immediate')
    expect(record).toMatchObject({ patientId: null, ageMonths: null, risk: { blocked: ['age_not_known'] } })
    const [loser, winner] = [await clinic.aPatient(ADULT), await clinic.aPatient(ADULT)] as [Patient, Patient]
    const body = { version: now(visit).version, patientId: loser.id, reason: 'known now' }
    await api.visits.reassign({ params: { id: visit.id }, body })
    expect(await takenOf(visit)).toMatchObject([{ id: record.id, patientId: loser.id, takenAt: record.takenAt }])
    const merging = { version: winner.version, loserId: loser.id, loserVersion: loser.version }
    const { mergeId } = await api.patients.merge({ params: { id: winner.id }, body: merging })
    expect(await takenOf(visit)).toMatchObject([{ id: record.id, patientId: winner.id }])
    await api.patients.unmerge({ params: { id: winner.id }, body: { mergeId } })
    expect(await takenOf(visit)).toMatchObject([{ id: record.id, patientId: loser.id }])
  })
})

describe('P5 and who hears', () => {
  test('opening is a row of the audit, without a number of it', async () => {
    const visit = await adult()
    await triageOf(clinic, visit.id, { ...well, glucoseTenths: 1234 })
    await takenOf(visit)
    const { items } = await clinic.as.administrator.audit.list({ query: { limit: 2 } })
    expect(items.map(({ action, recordId }) => [action, recordId])).toEqual([
      ['triage.open', visit.id],
      ['triage.record', visit.id],
    ])
    expect(JSON.stringify(items)).not.toContain('1234')
  })

  test('who watches a patient hears without following the clinic', async () => {
    const visit = await adult()
    const watcher = await listen(clinic.hub.url, { token: clinic.people.doctor.token })
    const joined = await new Promise((answer) =>
      watcher.socket.emit('join_patient_room', { patientId: visit.patientId }, answer),
    )
    expect(joined).toEqual({ ok: true })
    const { record } = await triageOf(clinic, visit.id, well)
    await watcher.until(position())
    watcher.close()
    expect(watcher.events().flatMap(({ changes }) => changes.triageRecords ?? [])).toContainEqual(record)
  })

  test('design 6: receptionist, cashier and administrator get the level and nothing else, by no way', async () => {
    const roles = ['receptionist', 'cashier', 'administrator'] as const
    const follow = (who: (typeof roles)[number]) =>
      listen(clinic.hub.url, { token: clinic.people[who].token, clinicId: clinic.clinicId })
    const consoles = await Promise.all(roles.map(follow))
    const visit = await adult()
    await triageOf(clinic, visit.id, { ...ill, glucoseTenths: 1234 }, 'immediate')
    for (const [index, who] of roles.entries()) {
      const console = consoles[index]
      if (!console) throw new Error('no console')
      const { feed, seq: after } = console.connected
      await console.until(position())
      const told = JSON.stringify([
        console.frames,
        await resume(console.socket, { feed, after }),
        await clinic.as[who].feed.snapshot({ params: { id: clinic.clinicId } }),
        await clinic.as[who].feed.events({ query: { clinicId: clinic.clinicId, after: 0 } }),
      ])
      for (const word of [
        '1234',
        'respiration',
        'news2',
        'triage_updated',
        ...clinicalNouns.map((noun) => `"${noun}"`),
      ])
        expect(told, `${who}: ${word}`).not.toContain(word)
      expect(
        console.events().some(({ changes }) => changes.visits?.some(({ urgency }) => urgency === 'immediate')),
      ).toBe(true)
      console.close()
    }
  })

  test('what is asked for a visit or a patient reads no other’s rows', () => {
    const plan = (query: string) =>
      JSON.stringify(clinic.hub.databases.reading.prepare(`explain query plan ${query}`).all())
    expect(plan("select * from triageRecords where patientId = 'x' order by takenAt")).toContain(
      'triageRecordsByPatient',
    )
    expect(plan("select * from triageRecords where visitId = 'x' order by takenAt")).toContain('triageRecordsByVisit')
  })
})
