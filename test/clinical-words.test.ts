import { Writable } from 'node:stream'
import fc from 'fast-check'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinicalNouns, eventType } from '../contract/feed.ts'
import type { Visit } from '../contract/visits.ts'
import { clinicalRoom, roomsOf } from '../server/realtime/audience.ts'
import { ill, take, triageOf, well } from './support/acts.ts'
import { type Input, inputOf, type KnownIds, type Route, routes, send } from './support/api-input.ts'
import { openScreen, type Screen } from './support/board-screen.ts'
import { aClinic, type TestClinic } from './support/clinic.ts'
import { type Listener, listen, resume } from './support/console.ts'
import { aPhone, forPhones, type Phone, publicUrl, tokenFor } from './support/public.ts'

// Design 6: whatever a clinician types of a patient holds one word here. It comes to nobody else: by no route, no refusal,
// no event, no line of the log, no board and no patient's page.
const WORD = 'quinsy'
/** With the vital signs and the danger signs, which have no words. */
const SECRET = new RegExp(`${WORD}|glucoseTenths|chest_pain`)
const secretIn = (told: unknown) => JSON.stringify(told)?.match(SECRET)?.[0]
const OTHERS = ['receptionist', 'cashier', 'administrator'] as const
/** It would end the session that the next case needs. */
const LEFT_OUT = ['auth.logout']

let clinic: TestClinic
let visit: Visit
let known: KnownIds
let screen: Screen
let phone: Phone
let logged = ''
const consoles = new Map<(typeof OTHERS)[number] | 'doctor', Listener>()
const position = () => clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events`?.seq ?? 0
const now = () => clinic.hub.databases.read.find('visits', visit.id) as Visit

beforeAll(async () => {
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      logged += chunk
      done()
    },
  })
  clinic = await aClinic({ hub: { ...forPhones(), log: pino({ level: 'trace' }, sink) } })
  const patient = await clinic.aPatient({ birthDate: '1961-05-04', sex: 'male' })
  visit = await clinic.aVisit({ patientId: patient.id, serviceId: clinic.service.id })
  for (const who of [...OTHERS, 'doctor'] as const) {
    const place = { clinicId: clinic.clinicId, doctorId: clinic.doctor.id }
    consoles.set(who, await listen(clinic.hub.url, { token: clinic.people[who].token, ...place }))
  }
  screen = await openScreen(clinic.hub.url)
  phone = await aPhone(publicUrl(clinic))
  await phone.ticket(tokenFor(clinic, 'ticket', visit.id))
  known = { ...(await write()), ...(await triage()) }
})
afterAll(async () => {
  for (const listener of consoles.values()) listener.close()
  screen?.close()
  phone?.close()
  await clinic?.close()
})

/** Every look, level and alert, each with the word. */
async function triage(): Promise<KnownIds> {
  const { nurse, doctor } = clinic.as
  const { clinicId } = clinic
  const body = { id: uuidv7(), clinicId, scope: 'patient', severity: 'critical', visitId: visit.id } as const
  const alert = await nurse.alerts.raise({ body: { ...body, topic: 'worse', note: WORD } })
  await triageOf(clinic, visit.id, { ...ill, glucoseTenths: 123 }, 'immediate')
  const lowered = { id: uuidv7(), version: now().version, vitals: well, pregnancy: 'no', level: 'standard' } as const
  await nurse.triage.record({ params: { id: visit.id }, body: { ...lowered, loweredReason: WORD } })
  const lower = { version: now().version, urgency: 'non_urgent', reason: WORD } as const
  await doctor.visits.update({ params: { id: visit.id }, body: lower })
  const { version } = clinic.hub.databases.read.find('alerts', alert.id) ?? alert
  const params = { id: alert.id }
  // L3: it asks the doctor already, for the one nurse has raised it; now every screen.
  await nurse.alerts.escalate({ params, body: { version } })
  await doctor.alerts.acknowledge({ params, body: { version: version + 1 } })
  await doctor.alerts.resolve({ params, body: { version: version + 2, outcome: 'treated', note: WORD } })
  await nurse.visits.emergency({ body: { id: uuidv7(), clinicId, dangerSigns: ['chest_pain'] } })
  const { items } = await nurse.alerts.list({ query: { clinicId } })
  return { alerts: items.map(({ id }) => id) }
}

/** All that a doctor writes of a visit, each with the word. */
async function write(): Promise<KnownIds> {
  const { doctor } = clinic.as
  const { id: visitId, patientId } = visit
  const items = [{ substance: `${WORD} root`, reaction: WORD }]
  await doctor.patients.setAllergies({ params: { id: patientId ?? '' }, body: { version: 1, state: 'listed', items } })
  const called = await doctor.visits.call({ params: { id: visitId }, body: { version: 1, reason: 'next' } })
  await take(doctor, called, 'in_consultation')
  const written = { version: 0, reason: WORD, notes: WORD, diagnoses: [{ text: WORD }] }
  await doctor.consultations.save({ params: { id: visitId }, body: written })
  await doctor.consultations.save({ params: { id: visitId }, body: { ...written, version: 1, keepEarlier: true } })
  const [prescription, order, file, followUp] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const medicine = { medicine: `${WORD} root`, dose: WORD, note: WORD, allergyReason: WORD }
  await doctor.prescriptions.add({ body: { id: prescription, visitId, ...medicine } })
  await doctor.orders.add({ body: { id: order, visitId, kind: 'lab', what: WORD } })
  const content = Buffer.from(`%PDF-1.7 ${WORD}`).toString('base64')
  await doctor.attachments.upload({ params: { id: file }, body: { offset: 0, content } })
  await doctor.attachments.add({ body: { id: file, visitId, uploadId: file, name: `${WORD}.pdf` } })
  await doctor.followUps.make({ body: { id: followUp, visitId, byDay: '2099-01-01' } })
  const hold = { version: now().version, status: 'on_hold', reason: WORD } as const
  await doctor.visits.setStatus({ params: { id: visitId }, body: hold })
  const ids = { visits: [visitId], visitId: [visitId], patients: [patientId ?? ''], patientId: [patientId ?? ''] }
  const records = { prescriptions: [prescription], orders: [order], attachments: [file], 'follow-ups': [followUp] }
  const { clinicId } = clinic
  return { ...ids, ...records, clinicId: [clinicId], clinics: [clinicId], queue: [clinicId], boards: [clinicId] }
}

const inputsOf = (route: Route, minimal: boolean): Input[] =>
  fc.sample(inputOf(route, known, { minimal }), { numRuns: 1, seed: 5 })

test('the trial itself is right: a doctor hears the word, in every event that clinicians alone hear', async () => {
  const doctor = consoles.get('doctor')
  await doctor?.until(position())
  expect(secretIn(doctor?.frames)).toBeDefined()
  const room = clinicalRoom(clinic.clinicId)
  const clinical = eventType.options.filter((type) => roomsOf(type, { clinicIds: [clinic.clinicId] }).includes(room))
  expect(clinical.length).toBeGreaterThan(8)
  expect(doctor?.events().map(({ type }) => type)).toEqual(expect.arrayContaining(clinical))
  const { steps } = await clinic.as.nurse.visits.get({ params: { id: visit.id } })
  expect(steps.filter(({ reason }) => reason === WORD).map(({ step }) => step)).toEqual(['hold', 'triaged', 'update'])
})

describe.each(OTHERS)('as a %s', (who) => {
  test('no event says it, live or after a lost connection, nor what a page begins with', async () => {
    const listener = consoles.get(who)
    await listener?.until(position())
    expect(listener?.events().length).toBeGreaterThan(5)
    const from = { feed: listener?.connected.feed ?? '', after: listener?.connected.seq ?? 0 }
    const resumed = listener && (await resume(listener.socket, from))
    expect(resumed).toHaveProperty('frames')
    const told = [listener?.frames, resumed]
    expect(secretIn(told)).toBeUndefined()
    for (const noun of clinicalNouns) expect(JSON.stringify(told)).not.toContain(`"${noun}"`)
  })

  // What is read, before what a random request may change.
  const asked = [...routes].sort((one, other) => Number(one.method !== 'GET') - Number(other.method !== 'GET'))
  test.each(asked.filter(({ name }) => !LEFT_OUT.includes(name)))('$name does not say it', async (route) => {
    for (const input of [...inputsOf(route, true), ...inputsOf(route, false)]) {
      const { body } = await send(clinic.hub.url, route, input, clinic.people[who].token)
      expect(secretIn(body)).toBeUndefined()
    }
  })
})

test('neither the board nor the patient’s own page nor the log says it', async () => {
  expect(screen.frames.length).toBeGreaterThan(0)
  expect(phone.told.length).toBeGreaterThan(0)
  expect(secretIn(screen.heard())).toBeUndefined()
  expect(secretIn(phone.told)).toBeUndefined()
  expect(logged).not.toBe('')
  expect(secretIn(logged)).toBeUndefined()
})
