import { connect } from 'node:net'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'

let clinic: TestClinic
const lines: string[] = []
beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) })
  clinic = await aClinic({ hub: { log } })
})
afterAll(() => clinic.close())

/** All that may tell who somebody is. */
const person = {
  familyName: 'Beeblebrox',
  givenName: 'Zaphod',
  phones: ['01799 424242'],
  address: '7 Betelgeuse Lane',
  note: 'prefers mornings',
  identifiers: [{ kind: 'card', value: 'HHG-4242' }],
}
const secrets = ['Beeblebrox', 'Zaphod', '424242', 'Betelgeuse', 'mornings', 'HHG', '1979-10-12', 'penicillin']
const told = () => {
  const text = lines.join('').toLowerCase()
  return secrets.filter((secret) => text.includes(secret.toLowerCase()))
}
const bugs = () => lines.map((line) => JSON.parse(line)).filter((line) => line.msg === 'bug')

test('no patient data in the log when a request is refused', async () => {
  const patient = await clinic.aPatient(person)
  await clinic.as.doctor.patients.openRecord({ params: { id: patient.id } })
  const { url } = clinic.hub
  const headers = { authorization: `Bearer ${clinic.people.receptionist.token}`, 'content-type': 'application/json' }
  const post = (body: string) => fetch(`${url}/api/patients`, { method: 'POST', headers, body })
  const { id: _, number: __, mergedIntoId: ___, ...fields } = patient
  const answers = await Promise.all([
    post(JSON.stringify({ ...person, id: 'no id', birthDate: '1979-10-12T' })),
    post(`{"familyName": "Beeblebrox", ${JSON.stringify(person)}`),
    post(JSON.stringify({ ...person, id: patient.id, clinicId: clinic.clinicId })),
    fetch(`${url}/api/patients?q=Zaphod%20Beeblebrox&limit=none`, { headers }),
    fetch(`${url}/api/patients?q=Beeblebrox`),
    fetch(`${url}/api/Zaphod/Beeblebrox`, { headers }),
    fetch(`${url}/api/patients/${patient.id}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ ...fields, version: 9 }),
    }),
  ])
  expect(answers.map((answer) => answer.status)).toEqual([400, 400, 409, 400, 401, 404, 409])
  const set = clinic.as.nurse.patients.setAllergies({
    params: { id: patient.id },
    body: { version: 9, state: 'listed', items: [{ substance: 'Penicillin' }] },
  })
  await refusal(set, 'stale_version')
  expect(told()).toEqual([])
})

test('a body that is cut off is no bug', async () => {
  const before = lines.length
  const socket = connect(clinic.hub.port, '127.0.0.1')
  socket.write(
    `POST /api/patients HTTP/1.1\r\nHost: 127.0.0.1:${clinic.hub.port}\r\nContent-Type: application/json\r\n` +
      'Content-Length: 500\r\n\r\n{"familyName":"Beeblebrox',
  )
  // The one asks behind the other, so the hub has begun to read when it is cut off.
  await fetch(`${clinic.hub.url}/health`)
  socket.destroy()
  await fetch(`${clinic.hub.url}/health`)
  await fetch(`${clinic.hub.url}/health`)
  expect(lines.slice(before)).toEqual([])
})

test('a bug gives the client a reference that is in the log, and nothing else', async () => {
  const patient = await clinic.aPatient(person)
  const { writing } = clinic.hub.databases
  writing.prepare('update patients set sex = ? where id = ?').run('Zaphod', patient.id)
  const { data } = await refusal(clinic.as.nurse.patients.get({ params: { id: patient.id } }), 'internal')
  expect(Object.keys(data)).toEqual(['reference'])
  expect(bugs().at(-1)).toMatchObject({ level: 50, ...(data as object), at: [{ path: ['sex'] }] })
  expect(told()).toEqual([])
})

test('no patient data in the log when a bug stumbles over it', async () => {
  const before = bugs().length
  const { writing } = clinic.hub.databases
  const [torn, unreadable] = [await clinic.aPatient(person), await clinic.aPatient(person)]
  writing.prepare('update patients set phones = ? where id = ?').run('["01799 424242", Zaphod', torn.id)
  await refusal(clinic.as.nurse.patients.get({ params: { id: torn.id } }), 'internal')
  writing.prepare('update patients set guardian = ? where id = ?').run('"Zaphod"', unreadable.id)
  await refusal(clinic.as.nurse.patients.get({ params: { id: unreadable.id } }), 'internal')
  writing.exec(`create trigger noPatients before insert on patients begin select raise(abort, 'no'); end`)
  await refusal(clinic.aPatient(person), 'internal')
  writing.exec('drop trigger noPatients')
  writing.exec('alter table allergies rename to mislaid')
  await refusal(clinic.aPatient({ ...person, id: uuidv7() }), 'internal')
  writing.exec('alter table mislaid rename to allergies')
  expect(bugs().length - before).toBe(4)
  for (const bug of bugs()) expect(bug.stack).toMatch(/server\/|better-sqlite3|orpc/) // still of use to who mends it
  expect(told()).toEqual([])
  expect((await clinic.aPatient(person)).familyName).toBe('Beeblebrox')
})
