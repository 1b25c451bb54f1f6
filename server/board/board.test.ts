import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BoardState, boardFrame } from '../../contract/board.ts'
import { anAppointment } from '../../test/support/acts.ts'
import { signIn } from '../../test/support/api-client.ts'
import { openScreen, type Screen } from '../../test/support/board-screen.ts'
import { aClinic, PASSWORD, type TestClinic } from '../../test/support/clinic.ts'
import { type Call, holdCalls } from './state.ts'

let clinic: TestClinic
let screens: Screen[] = []
beforeEach(async () => {
  clinic = await aClinic()
})
afterEach(async () => {
  for (const screen of screens) screen.close()
  screens = []
  await clinic.close()
})

async function stateOf(query = ''): Promise<BoardState> {
  const response = await fetch(`${clinic.hub.url}/board/state${query}`)
  expect(response.status).toBe(200)
  return boardFrame.parse(await response.json()).state
}

async function aScreen(query = ''): Promise<Screen> {
  const screen = await openScreen(clinic.hub.url, query)
  screens.push(screen)
  return screen
}

async function callNext() {
  const visit = await clinic.as.doctor.visits.callNext({ body: { doctorId: clinic.doctor.id } })
  if (!visit) throw new Error('nobody was called')
  return visit
}

const shown = (state: BoardState) => state.calls.map(({ ticket, room }) => `${ticket} ${room}`)
const next = (state: BoardState) => state.lines.map((line) => [line.name, ...line.next].join(' '))

describe('S4: what the screen shows', () => {
  test('who is next is what the consoles say, by doctor and by pool', async () => {
    const first = await clinic.aVisit()
    clinic.clock.pass(2)
    const second = await clinic.aVisit()
    const pooled = await clinic.aVisit({ poolId: clinic.poolId })
    await clinic.as.nurse.visits.update({
      params: { id: second.id },
      body: { version: second.version, urgency: 'urgent' },
    })
    const { order } = await clinic.as.doctor.visits.queue({ query: { doctorId: clinic.doctor.id } })
    expect(order.map(({ visitId }) => visitId)).toEqual([second.id, first.id, pooled.id])
    expect(next(await stateOf())).toEqual([`Dr Chen ${second.ticket} ${first.ticket}`, `Walk-ins ${pooled.ticket}`])
  })

  test('Q5, Q7: a doctor’s own stand as they will be called, also when a pool’s walk-in takes the walk-in’s turn', async () => {
    for (const at of [20, 40, 60, 80]) {
      const { id: appointmentId } = await anAppointment(clinic, at)
      await clinic.as.receptionist.visits.checkIn({ body: { id: uuidv7(), appointmentId } })
    }
    await clinic.aVisit({ poolId: clinic.poolId })
    clinic.clock.pass(85)
    const walkIn = await clinic.aVisit()
    const { visits, order } = await clinic.as.doctor.visits.queue({ query: { doctorId: clinic.doctor.id } })
    const own = order.flatMap(
      ({ visitId }) => visits.find(({ id, doctorId }) => id === visitId && doctorId !== null) ?? [],
    )
    expect(own.map(({ ticket }) => ticket).at(-1)).toBe(walkIn.ticket)
    const [line] = (await stateOf()).lines
    expect(line?.next).toEqual(own.slice(0, 3).map(({ ticket }) => ticket))
  })

  test('a call is shown with its room, the newest first, and stays while the patient is inside', async () => {
    await clinic.aVisit()
    await clinic.aVisit()
    const first = await callNext()
    expect(shown(await stateOf())).toEqual([`${first.ticket} 2`])
    clinic.clock.pass(1)
    const inside = await clinic.as.doctor.visits.setStatus({
      params: { id: first.id },
      body: { version: first.version, status: 'in_consultation' },
    })
    const present = { visitId: first.id, version: inside.version, becomes: 'ahead' as const }
    const second = await clinic.as.doctor.visits.callNext({ body: { doctorId: clinic.doctor.id, present } })
    expect(shown(await stateOf())).toEqual([`${second?.ticket} 2`, `${first.ticket} 2`])
  })

  test('Q7: a recall is another call, to be announced again', async () => {
    await clinic.aVisit()
    const called = await callNext()
    const [before] = (await stateOf()).calls
    clinic.clock.pass(1)
    await clinic.as.doctor.visits.call({ params: { id: called.id }, body: { version: called.version } })
    const [after] = (await stateOf()).calls
    expect(after?.ticket).toBe(before?.ticket)
    expect(Date.parse(after?.calledAt ?? '')).toBe(Date.parse(before?.calledAt ?? '') + 60_000)
  })

  test('who is away is not among the next (Q12), and who is finished is gone', async () => {
    const away = await clinic.aVisit()
    const called = await clinic.aVisit()
    const until = new Date(clinic.clock.now() + 1_800_000).toISOString()
    await clinic.as.receptionist.visits.away({ params: { id: away.id }, body: { version: away.version, until } })
    expect(next(await stateOf())).toEqual([`Dr Chen ${called.ticket}`])
    const { id, version } = await callNext()
    const inside = await clinic.as.doctor.visits.setStatus({
      params: { id },
      body: { version, status: 'in_consultation' },
    })
    await clinic.as.doctor.visits.finish({ params: { id }, body: { version: inside.version } })
    expect(await stateOf()).toMatchObject({ calls: [], lines: [] })
  })

  test('a screen of some doctors shows theirs and their pools’ alone', async () => {
    const mine = await clinic.aVisit()
    const theirs = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
    const pooled = await clinic.aVisit({ poolId: clinic.poolId })
    expect(next(await stateOf(`?doctors=${clinic.otherDoctor.id}`))).toEqual([
      `Dr Rao ${theirs.ticket}`,
      `Walk-ins ${pooled.ticket}`,
    ])
    await callNext()
    expect(shown(await stateOf(`?doctors=${clinic.otherDoctor.id}`))).toEqual([])
    expect(shown(await stateOf(`?doctors=${clinic.otherDoctor.id},${clinic.doctor.id}`))).toEqual([`${mine.ticket} 2`])
  })

  test('an address that is not right is refused by the name of its part', async () => {
    const refused = async (query: string) => {
      const response = await fetch(`${clinic.hub.url}/board/state${query}`)
      const { code, data } = (await response.json()) as { code: string; data: { fields?: { field: string }[] } }
      return [response.status, code, data.fields?.[0]?.field]
    }
    expect(await refused('?clinic=first')).toEqual([400, 'bad_input', 'clinic'])
    expect(await refused(`?doctors=${clinic.doctor.id},x`)).toEqual([400, 'bad_input', 'doctors.1'])
    expect(await refused('?names=yes')).toEqual([400, 'bad_input', 'address'])
    expect(await refused(`?clinic=${uuidv7()}`)).toEqual([404, 'not_found', undefined])
  })
})

describe('the screen’s feed', () => {
  test('tells a call at once, and holds it for 10 s although the patient has gone on; one taken back goes at once (Q9)', async () => {
    await clinic.aVisit()
    const screen = await aScreen()
    const called = await callNext()
    await screen.until(({ state }) => state.calls[0]?.ticket === called.ticket)
    const back = await clinic.as.doctor.visits.notHere({ params: { id: called.id }, body: { version: called.version } })
    await clinic.as.receptionist.visits.setStatus({
      params: { id: called.id },
      body: { version: back.version, status: 'left', reason: 'went home' },
    })
    const other = await clinic.aVisit()
    const { state } = await screen.until((frame) => frame.state.lines.length === 1)
    expect(state.calls.map(({ ticket }) => ticket)).toEqual([called.ticket])
    clinic.clock.pass(1)
    const mistaken = await callNext()
    expect(mistaken.id).toBe(other.id)
    await screen.until((frame) => frame.state.calls.length === 2)
    await clinic.as.doctor.visits.undo({ params: { id: mistaken.id }, body: { version: mistaken.version } })
    const after = await screen.until((frame) => frame.state.calls.length === 1)
    expect(after.state.calls[0]?.ticket).toBe(called.ticket)
  })

  test('says what time it is, how fast time goes, and which page there is', async () => {
    const screen = await aScreen()
    expect(await screen.until(() => true)).toMatchObject({ at: clinic.clock.iso(), rate: 1, page: 'none' })
  })

  test('is silent about what nobody sees, and told apart by clinic', async () => {
    const admin = clinic.as.administrator
    const otherId = uuidv7()
    await admin.clinics.create({
      body: { id: otherId, name: 'Elsewhere', timeZone: 'Africa/Nairobi', currency: 'KES', language: 'ar' },
    })
    const { api } = await signIn(clinic.hub.url, 'administrator', PASSWORD)
    const doctor = await api.doctors.create({ body: { id: uuidv7(), clinicId: otherId, displayName: 'Dr Far' } })
    const mine = await aScreen()
    const theirs = await aScreen(`?clinic=${otherId}`)
    const first = await theirs.until(() => true)
    expect(first.state.clinic).toEqual({ name: 'Elsewhere', timeZone: 'Africa/Nairobi', language: 'ar' })
    const person = await api.patients.register({ body: { id: uuidv7(), familyName: 'Far', clinicId: otherId } })
    await api.visits.walkIn({
      body: { id: uuidv7(), clinicId: otherId, patientId: person.id, doctorId: doctor.id },
    })
    await theirs.until(({ state }) => state.lines[0]?.name === 'Dr Far')
    const visit = await clinic.aVisit()
    await mine.until(({ state }) => state.lines[0]?.next[0] === visit.ticket)
    expect(mine.heard()).not.toContain('Dr Far')
    expect(theirs.heard()).not.toContain('Dr Chen')
  })

  test('a board that cannot be read for a while ends nothing: it goes on when it can', async () => {
    const screen = await aScreen()
    await screen.until(() => true)
    const { writing } = clinic.hub.databases
    writing.exec('alter table boards rename to boardsAway')
    await clinic.aVisit()
    // Behind the screens' own turn: what was to be read has failed by now.
    await new Promise((later) => setTimeout(later, 200))
    writing.exec('alter table boardsAway rename to boards')
    const visit = await clinic.aVisit()
    await screen.until(({ state }) => state.lines[0]?.next.includes(visit.ticket) ?? false)
  })

  test('ends when the hub leaves', async () => {
    const screen = await aScreen()
    await clinic.restart()
    await screen.ended
    const again = await aScreen()
    await again.until(() => true)
  })
})

test('no name, number, level or identifier of a patient reaches a screen', async () => {
  const screen = await aScreen()
  const patient = await clinic.aPatient({
    familyName: 'Okaforsson',
    givenName: 'Amaryllis',
    phones: ['+880 1712 998877'],
  })
  const visit = await clinic.aVisit({ patientId: patient.id, serviceId: clinic.service.id })
  await clinic.as.nurse.visits.update({
    params: { id: visit.id },
    body: { version: visit.version, urgency: 'very_urgent' },
  })
  await clinic.as.nurse.visits.emergency({
    body: {
      id: uuidv7(),
      clinicId: clinic.clinicId,
      doctorId: clinic.doctor.id,
      label: 'Unknown, male, about 40',
      dangerSigns: ['chest_pain'],
    },
  })
  const emergency = await callNext()
  await screen.until(({ state }) => state.calls[0]?.ticket === emergency.ticket)
  const said = screen.heard() + JSON.stringify(await stateOf())
  for (const word of ['Okaforsson', 'Amaryllis', '998877', patient.number, patient.id, visit.id, 'urgent', 'immediate'])
    expect(said).not.toContain(word)
  for (const word of ['Unknown', 'about 40', 'chest', 'Consultation', clinic.doctor.id])
    expect(said).not.toContain(word)
})

describe('the message line', () => {
  const put = (body: { version: number; message: string | null; until?: string | null }, as = clinic.as.receptionist) =>
    as.boards.setMessage({ params: { id: clinic.clinicId }, body })

  test('reception says it, every screen shows it, and it ends with the clinic day', async () => {
    const screen = await aScreen()
    const board = await put({ version: 0, message: '  The laboratory opens at 10:00  ' })
    expect(board).toMatchObject({ message: 'The laboratory opens at 10:00', version: 1 })
    await screen.until(({ state }) => state.message === 'The laboratory opens at 10:00')
    // 04:00 in Dhaka.
    expect(board.messageUntil).toBe('2026-03-09T22:00:00.000Z')
    clinic.clock.set(Date.parse('2026-03-09T21:59:59.000Z'))
    expect((await stateOf()).message).toBe('The laboratory opens at 10:00')
    clinic.clock.set(Date.parse('2026-03-09T22:00:00.000Z'))
    expect((await stateOf()).message).toBeNull()
    expect((await clinic.as.nurse.feed.snapshot({ params: { id: clinic.clinicId } })).data.boards).toEqual([board])
  })

  test('ends at a set time, and when it is taken away', async () => {
    const until = new Date(clinic.clock.now() + 600_000).toISOString()
    await put({ version: 0, message: 'Back at ten past', until })
    clinic.clock.pass(9)
    expect((await stateOf()).message).toBe('Back at ten past')
    clinic.clock.pass(1)
    expect((await stateOf()).message).toBeNull()
    await put({ version: 1, message: 'Again' })
    expect(await put({ version: 2, message: null })).toMatchObject({ message: null, messageUntil: null, version: 3 })
    expect((await stateOf()).message).toBeNull()
  })

  test('is refused when it is too long, over already, stale (Q10), or said by others', async () => {
    await expect(put({ version: 0, message: 'x'.repeat(121) })).rejects.toMatchObject({
      code: 'bad_input',
      data: { fields: [{ field: 'message' }] },
    })
    const past = new Date(clinic.clock.now() - 1).toISOString()
    await expect(put({ version: 0, message: 'Hello', until: past })).rejects.toMatchObject({
      code: 'bad_input',
      data: { fields: [{ field: 'until' }] },
    })
    await put({ version: 0, message: 'Hello' })
    await expect(put({ version: 0, message: 'Over it' })).rejects.toMatchObject({ code: 'stale_version' })
    await expect(put({ version: 1, message: 'Mine' }, clinic.as.nurse)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('holding calls', () => {
  const call = (ticket: string, calledAt = '2026-03-09T03:00:00.000Z'): Call => ({
    visitId: ticket,
    doctorId: 'd',
    ticket,
    room: '2',
    calledAt,
  })
  const at = (nowMs: number, calledAt: string | null = '2026-03-09T03:00:00.000Z') => ({
    nowMs,
    holdMs: 10_000,
    calledAtNow: () => calledAt,
  })

  test('S4: at least 10 s from when it was first shown', () => {
    const first = holdCalls([], [call('A001')], at(1_000))
    const later = holdCalls(first, [call('A001')], at(5_000))
    expect(later).toEqual([{ call: call('A001'), since: 1_000 }])
    expect(holdCalls(later, [], at(10_999))).toEqual(later)
    expect(holdCalls(later, [], at(11_000))).toEqual([])
  })

  test('a recall takes the place of its call, and counts anew', () => {
    const again = call('A001', '2026-03-09T03:01:00.000Z')
    expect(holdCalls([{ call: call('A001'), since: 0 }], [again], at(2_000))).toEqual([{ call: again, since: 2_000 }])
  })

  test('what was taken back is not held', () => {
    expect(holdCalls([{ call: call('A001'), since: 0 }], [], at(2_000, null))).toEqual([])
  })
})
