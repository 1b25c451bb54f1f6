import { io } from 'socket.io-client'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FeedEvent } from '../../contract/feed.ts'
import { signIn } from '../../test/support/api-client.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import { type Listener, listen, refusedHandshake, resume, word } from '../../test/support/console.ts'
import { MOST_RESUMED } from './resume.ts'

let clinic: TestClinic
const open: { close(): void }[] = []
beforeAll(async () => {
  clinic = await aClinic()
})
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})
afterAll(() => clinic.close())

const position = () =>
  clinic.hub.databases.reading.prepare("select seq from sqlite_sequence where name = 'events'").pluck().get() as number

async function follow(
  role: 'receptionist' | 'nurse' | 'doctor' | 'cashier',
  rooms: Record<string, unknown> = {},
): Promise<Listener> {
  const { token } = clinic.people[role]
  const listener = await listen(clinic.hub.url, { token, clinicId: clinic.clinicId, ...rooms })
  open.push(listener)
  return listener
}

test('a commit is one frame that begins where the last one ended; nobody misses a number', async () => {
  const desk = await follow('receptionist')
  for (let count = 0; count < 5; count++) await clinic.aVisit()
  await desk.until(position())
  let stand = desk.connected.seq
  for (const frame of desk.frames) {
    expect(frame.after).toBe(stand)
    expect(frame.upTo).toBeGreaterThan(frame.after)
    stand = frame.upTo
  }
  expect(stand).toBe(position())
})

test('two consoles of one kind get the same frames, and a check-in carries all that it touched', async () => {
  const [one, two] = [await follow('receptionist'), await follow('receptionist')]
  const visit = await clinic.aVisit({ serviceId: clinic.service.id })
  await Promise.all([one.until(position()), two.until(position())])
  const seen = (listener: Listener) => listener.events().filter((event) => event.changes.visits?.[0]?.id === visit.id)
  expect(seen(one)).toEqual(seen(two))
  expect(seen(one).map((event) => event.type)).toEqual(['queue_updated', 'new_checkin'])
  const changes = seen(one)[1]?.changes
  expect(changes?.patients?.[0]?.id).toBe(visit.patientId)
  expect(changes?.charges?.[0]?.visitId).toBe(visit.id)
  expect(seen(one)[1]).toMatchObject({ clinicId: clinic.clinicId, doctorId: clinic.doctor.id, at: clinic.clock.iso() })
})

test('a frame reaches who may see nothing of it, empty, so that they know where they stand', async () => {
  const { token } = clinic.people.receptionist
  const nowhere = await listen(clinic.hub.url, { token })
  open.push(nowhere)
  await clinic.aVisit()
  await nowhere.until(position())
  expect(nowhere.frames.length).toBeGreaterThan(0)
  expect(nowhere.events().filter((event) => event.type !== 'presence_changed')).toEqual([])
})

test('clinical nouns reach clinical roles only, in frames and in named events alike', async () => {
  const nurse = await follow('nurse')
  const desk = await follow('receptionist')
  const named = await stock('receptionist')
  const patient = await clinic.aPatient()
  await clinic.as.doctor.patients.setAllergies({
    params: { id: patient.id },
    body: { version: 1, state: 'listed', items: [{ substance: 'Penicillin', reaction: 'rash' }] },
  })
  const body = { id: uuidv7(), clinicId: clinic.clinicId, label: 'Unknown, male', dangerSigns: ['chest_pain' as const] }
  await clinic.as.receptionist.visits.emergency({ body })
  await Promise.all([nurse.until(position()), desk.until(position())])
  await named.until('hospital_alert')
  expect(JSON.stringify(nurse.frames)).toContain('Penicillin')
  expect(JSON.stringify(nurse.frames)).toContain('chest_pain')
  expect(JSON.stringify(desk.frames)).not.toMatch(/Penicillin|chest_pain|allergies|alertReasons/)
  expect(JSON.stringify(named.heard)).not.toMatch(/Penicillin|chest_pain|allergies|alertReasons/)
  expect(desk.events().map((event) => event.type)).toContain('hospital_alert')
})

test('S3 what is for one person reaches their windows alone; everybody’s frames go on without a gap', async () => {
  const [here, there] = [await follow('doctor'), await follow('doctor')]
  const others = [await follow('receptionist'), await follow('nurse'), await follow('cashier')]
  const [mine, foreign] = [await stock('doctor'), await stock('receptionist')]
  for (let count = 0; count < 3; count++) await clinic.aVisit()
  await Promise.all([here, there, ...others].map((listener) => listener.until(position())))
  await foreign.until('new_checkin')
  for (const listener of [here, there, ...others]) {
    let stand = listener.connected.seq
    for (const frame of listener.frames) {
      expect(frame.after).toBe(stand)
      stand = frame.upTo
    }
    expect(stand).toBe(position())
  }
  const told = (listener: Listener) => listener.events().flatMap((event) => event.changes.notifications ?? [])
  expect(told(here)).toHaveLength(3)
  expect(told(there)).toEqual(told(here))
  for (const listener of others) {
    expect(JSON.stringify(listener.frames)).not.toMatch(/notification/)
    expect(listener.events().filter((event) => event.type === 'new_checkin')).toHaveLength(3)
  }
  await mine.until('new_notification')
  expect(mine.heard.map(([name]) => name)).toContain('new_notification')
  expect(JSON.stringify(foreign.heard)).not.toMatch(/notification/)
})

test('S3 read, all read and the choice are heard in every window of their person, and missed by none that was away', async () => {
  const away = await follow('doctor')
  const { feed, seq } = away.connected
  away.close()
  const other = await follow('doctor')
  await clinic.aVisit()
  await clinic.aVisit()
  const api = clinic.as.doctor
  const { items } = await api.notifications.list({ query: { limit: 1 } })
  await api.notifications.read({ params: { id: items[0]?.id ?? '' } })
  await api.notifications.readAll({ body: {} })
  const { version, levels } = await api.notifications.preferences({})
  await api.notifications.setPreferences({ body: { version, levels } })
  await other.until(position())
  const ours = (events: FeedEvent[]) => events.map((event) => event.type).filter((type) => /notification/.test(type))
  const heard = [
    ...['new_notification', 'new_notification', 'notification_read', 'all_notifications_read'],
    'notification_preferences_updated',
  ]
  expect(ours(other.events())).toEqual(heard)
  const again = await follow('doctor')
  const answer = await resume(again.socket, { feed, after: seq })
  if (!('frames' in answer)) throw new Error('a resume was expected')
  expect(ours(answer.frames.flatMap((frame) => frame.events))).toEqual(heard)
  const { frames } = await clinic.as.nurse.feed.events({ query: { clinicId: clinic.clinicId, after: seq } })
  expect(ours(frames.flatMap((frame) => frame.events))).toEqual([])
})

test('resume answers with what was missed, filtered as it would have been live', async () => {
  const desk = await follow('receptionist')
  const { feed, seq } = desk.connected
  desk.close()
  const visit = await clinic.aVisit()
  const again = await follow('receptionist')
  const answer = await resume(again.socket, { feed, after: seq })
  if (!('frames' in answer)) throw new Error('a resume was expected')
  expect(answer.frames).toHaveLength(1)
  expect(answer.frames[0]).toMatchObject({ feed, after: seq })
  expect(answer.frames[0]?.upTo).toBeGreaterThan(seq)
  expect(answer.frames[0]?.events.map((event) => event.changes.visits?.[0]?.id)).toContain(visit.id)
  // The hub itself may say something in between: who is here, how long it takes.
  await expect.poll(() => resume(again.socket, { feed, after: position() })).toEqual({ frames: [] })
})

test('resume says reset for another feed, a place ahead, rubbish, and past what is kept', async () => {
  const { socket, connected } = await follow('receptionist')
  const { feed } = connected
  expect(await resume(socket, { feed: uuidv7(), after: 0 })).toEqual({ reset: true })
  expect(await resume(socket, { feed, after: position() + 1 })).toEqual({ reset: true })
  expect(await resume(socket, { feed, after: -1 })).toEqual({ reset: true })
  expect(await resume(socket, null as never)).toEqual({ reset: true })
  const { writing } = clinic.hub.databases
  const last = position()
  writing.exec('savepoint forgetting')
  writing.exec('delete from events where seq < 5')
  writing.exec('release forgetting')
  expect(await resume(socket, { feed, after: 2 })).toEqual({ reset: true })
  expect(await resume(socket, { feed, after: last - 1 })).toHaveProperty('frames')
})

test(`resume says reset past ${MOST_RESUMED} events`, async () => {
  const { socket, connected } = await follow('receptionist')
  const start = position()
  while (position() - start <= MOST_RESUMED) await Promise.all(Array.from({ length: 100 }, () => clinic.aPatient()))
  expect(await resume(socket, { feed: connected.feed, after: start })).toEqual({ reset: true })
})

test('after a restart of the hub the feed goes on where it was', async () => {
  const desk = await follow('receptionist')
  await clinic.aVisit()
  await desk.until(position())
  const stand = position()
  await clinic.restart()
  const again = await follow('receptionist')
  expect(again.connected.feed).toBe(desk.connected.feed)
  expect(again.connected.seq).toBeGreaterThanOrEqual(stand)
  const visit = await clinic.aVisit()
  const answer = await resume(again.socket, { feed: desk.connected.feed, after: stand })
  expect(JSON.stringify(answer)).toContain(visit.id)
})

test('a handshake is refused without a live session, for a foreign clinic, and for another protocol', async () => {
  const { url } = clinic.hub
  const { token } = clinic.people.receptionist
  expect(await refusedHandshake(url, { token: 'forged' })).toBe('not_signed_in')
  expect(await refusedHandshake(url, {})).toBe('bad_input')
  expect(await refusedHandshake(url, { token, protocol: 999 })).toBe('wrong_protocol')
  expect(await refusedHandshake(url, { token, clinicId: uuidv7() })).toBe('forbidden')
  expect(await refusedHandshake(url, { token, doctorId: uuidv7() })).toBe('forbidden')
})

test('a socket from another site’s page is refused', async () => {
  const { token } = clinic.people.receptionist
  const socket = io(clinic.hub.url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { origin: 'http://evil.example' },
    auth: { token },
  })
  open.push(socket)
  const refused = await word<Error>(socket, 'connect_error')
  expect(refused).toBeInstanceOf(Error)
  expect(socket.connected).toBe(false)
})

test('signing out closes the sockets of that session and of no other', async () => {
  const leaving = await signIn(clinic.hub.url, 'cashier', PASSWORD)
  const staying = await follow('cashier')
  const socket = (await listen(clinic.hub.url, { token: leaving.token })).socket
  const closed = word(socket, 'disconnect')
  await leaving.api.auth.logout({})
  await closed
  expect(staying.socket.connected).toBe(true)
})

test('a disabled user is out', async () => {
  const id = uuidv7()
  const fields = {
    displayName: 'Temp',
    roles: ['receptionist' as const],
    clinicIds: [clinic.clinicId],
    language: 'en' as const,
  }
  await clinic.as.administrator.users.create({ body: { id, username: 'temp', password: PASSWORD, ...fields } })
  const temp = await signIn(clinic.hub.url, 'temp', PASSWORD)
  const { socket } = await listen(clinic.hub.url, { token: temp.token })
  const closed = word(socket, 'disconnect')
  await clinic.as.administrator.users.update({ params: { id }, body: { version: 1, ...fields, active: false } })
  await closed
  expect(await refusedHandshake(clinic.hub.url, { token: temp.token })).toBe('not_signed_in')
})

test('leaving a room ends its events, joining begins them; foreign rooms are refused', async () => {
  const { token } = clinic.people.receptionist
  const listener = await listen(clinic.hub.url, { token })
  open.push(listener)
  const { socket } = listener
  expect(await socket.emitWithAck('join_queue_room', { clinicId: uuidv7() })).toMatchObject({
    ok: false,
    code: 'forbidden',
  })
  expect(await socket.emitWithAck('join_queue_room', null)).toMatchObject({ ok: false })
  expect(await socket.emitWithAck('join_queue_room', { clinicId: clinic.clinicId })).toEqual({ ok: true })
  const heard = await clinic.aVisit()
  await listener.until(position())
  expect(await socket.emitWithAck('leave_queue_room', { clinicId: clinic.clinicId })).toEqual({ ok: true })
  const unheard = await clinic.aVisit()
  await listener.until(position())
  expect(JSON.stringify(listener.frames)).toContain(heard.id)
  expect(JSON.stringify(listener.frames)).not.toContain(unheard.id)
})

test('a stock client hears each event under its own name, once, though it is in the clinic’s and the doctor’s room', async () => {
  const named = await stock('doctor')
  expect(await named.socket.emitWithAck('join_doctor_room', { doctorId: clinic.doctor.id })).toEqual({ ok: true })
  const visit = await clinic.aVisit()
  await named.until('new_checkin')
  const about = named.heard.filter(([, event]) => event.changes?.visits?.[0]?.id === visit.id)
  expect(about.map(([name]) => name)).toEqual(['queue_updated', 'new_checkin'])
  expect(about[0]?.[1]).toMatchObject({ type: 'queue_updated', clinicId: clinic.clinicId, doctorId: clinic.doctor.id })
})

test.each([
  ['as it comes, by polling first', ['polling', 'websocket']],
  ['by polling alone', ['polling']],
])('a stock client %s hears the same', async (_, transports) => {
  const named = await stock('doctor', transports)
  const visit = await clinic.aVisit()
  await named.until('new_checkin')
  const about = named.heard.filter(([, event]) => event.changes?.visits?.[0]?.id === visit.id)
  expect(about.map(([name]) => name)).toEqual(['queue_updated', 'new_checkin'])
})

test('a foreign page gets no handshake by polling either', async () => {
  const path = `${clinic.hub.url}/socket.io/?EIO=4&transport=polling`
  const answer = await fetch(path, { headers: { origin: 'http://evil.example' } })
  expect(answer.status).toBe(403)
  expect((await fetch(path)).status).toBe(200)
})

test('who watches over a patient hears their alerts, also from without the clinic’s room; only clinicians may', async () => {
  const visit = await clinic.aVisit()
  const room = { patientId: visit.patientId }
  const desk = await follow('receptionist')
  expect(await desk.socket.emitWithAck('join_patient_room', room)).toMatchObject({ ok: false, code: 'forbidden' })
  const watching = await listen(clinic.hub.url, { token: clinic.people.nurse.token })
  open.push(watching)
  for (const rubbish of [null, { patientId: uuidv7() }, { patientId: 7 }])
    expect(await watching.socket.emitWithAck('join_patient_room', rubbish)).toMatchObject({ ok: false })
  expect(await watching.socket.emitWithAck('join_patient_room', room)).toEqual({ ok: true })
  const alarm = (patientId: string | null) =>
    clinic.as.receptionist.visits.emergency({ body: { id: uuidv7(), clinicId: clinic.clinicId, patientId } })
  await alarm(visit.patientId)
  await alarm(null)
  await watching.until(position())
  const told = watching.events().filter((event) => event.type === 'patient_alert')
  expect(told.map((event) => event.changes.alerts?.[0]?.visitId)).toEqual([visit.id])
  expect(await watching.socket.emitWithAck('leave_patient_room', room)).toEqual({ ok: true })
  await alarm(visit.patientId)
  await watching.until(position())
  expect(watching.events().filter((event) => event.type === 'patient_alert')).toHaveLength(1)
})

test('a bug in one request of a socket is answered, and the hub lives', async () => {
  const { socket, connected } = await follow('receptionist')
  const { writing } = clinic.hub.databases
  writing.exec('alter table events rename to mislaid')
  const answer = await resume(socket, { feed: connected.feed, after: 1 })
  const handshake = await refusedHandshake(clinic.hub.url, { token: clinic.people.nurse.token })
  writing.exec('alter table mislaid rename to events')
  expect([answer, handshake]).toEqual([{ ok: false, code: 'internal', message: expect.any(String) }, 'was admitted'])
  expect(await resume(socket, { feed: connected.feed, after: position() })).toEqual({ frames: [] })
})

test('the heartbeat says where the feed stands', async () => {
  const { socket, connected } = await follow('receptionist')
  const beat = await word(socket, 'heartbeat')
  expect(beat).toMatchObject({ feed: connected.feed, seq: position(), rate: 1 })
})

test('S1 presence follows a person’s first and last window', async () => {
  const desk = await follow('receptionist')
  const nurse = await follow('nurse')
  const nurseId = clinic.people.nurse.session.user.id
  const seen = () =>
    desk
      .events()
      .flatMap((event) => event.changes.presence ?? [])
      .filter((one) => one.id === nurseId)
  const second = await follow('nurse')
  await clinic.aVisit()
  await desk.until(position())
  expect(seen().map((one) => one.online)).toEqual([true])
  second.close()
  nurse.close()
  await new Promise<void>((resolve) => {
    desk.socket.on('events', () => {
      if (seen().length > 1) resolve()
    })
  })
  expect(seen().map((one) => one.online)).toEqual([true, false])
})

/** Any Socket.IO client with a login's token, as the seeds have it. */
async function stock(role: 'receptionist' | 'doctor', transports = ['websocket']) {
  const socket = io(clinic.hub.url, {
    transports,
    forceNew: true,
    auth: { token: clinic.people[role].token },
  })
  open.push(socket)
  const heard: [string, Partial<FeedEvent>][] = []
  const waiting = new Map<string, () => void>()
  socket.onAny((name: string, event: Partial<FeedEvent>) => {
    heard.push([name, event])
    waiting.get(name)?.()
  })
  await word(socket, 'connect')
  expect(await socket.emitWithAck('join_queue_room', { clinicId: clinic.clinicId })).toEqual({ ok: true })
  const until = (name: string) =>
    heard.some(([known]) => known === name)
      ? Promise.resolve()
      : new Promise<void>((resolve) => waiting.set(name, resolve))
  return { socket, heard, until }
}
