import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { take } from '../../test/support/acts.ts'
import { aClinic, MORNING, type TestClinic } from '../../test/support/clinic.ts'
import { act, aPhone, forPhones, type Phone, publicUrl, stateOf, tokenFor } from '../../test/support/public.ts'

// S5, design 4: a ticket's page says where its patient stands, to that ticket alone, as it happens.

let clinic: TestClinic
let url: string
const phones: Phone[] = []

beforeAll(async () => {
  clinic = await aClinic({ hub: { ...forPhones(), pagesDir: null } })
  url = publicUrl(clinic)
})
afterAll(async () => {
  for (const phone of phones) phone.close()
  await clinic?.close()
})

async function phoneOf(visit: Visit) {
  const phone = await aPhone(url)
  phones.push(phone)
  return { phone, state: stateOf(await phone.ticket(tokenFor(clinic, 'ticket', visit.id))) }
}

async function callNext(visitId: string): Promise<Visit> {
  const { version } = await fresh(visitId)
  return clinic.as.doctor.visits.call({ params: { id: visitId }, body: { version, reason: 'a reason' } })
}

const fresh = async (id: string) => (await clinic.as.receptionist.visits.get({ params: { id } })).visit

describe('where a ticket stands', () => {
  test('Q5: how many are called before, and that it is next', async () => {
    const [first, second, third] = [await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit()]
    const one = await phoneOf(first)
    const three = await phoneOf(third)
    expect(one.state).toMatchObject({ ticket: first.ticket, state: 'next', position: 0, clinic: { language: 'en' } })
    expect(three.state).toMatchObject({ state: 'waiting', position: 2, calledTo: null })
    await callNext(first.id)
    expect(await one.phone.until(({ state }) => state === 'called')).toMatchObject({ calledTo: '2', calls: 1 })
    expect(await three.phone.until(({ position }) => position === 1)).toMatchObject({ state: 'waiting' })
    // S4: a recall is a call of its own.
    await callNext(first.id)
    await one.phone.until(({ calls }) => calls === 2)
    const called = await fresh(first.id)
    await clinic.as.doctor.visits.notHere({ params: { id: first.id }, body: { version: called.version } })
    await one.phone.until(({ state }) => state === 'skipped')
    await take(clinic.as.receptionist, await fresh(second.id), 'left')
    await three.phone.until(({ state }) => state === 'next')
    await take(clinic.as.receptionist, await fresh(first.id), 'left')
    expect(await one.phone.until(({ state }) => state === 'left')).toMatchObject({ position: null, mayRate: false })
    await take(clinic.as.receptionist, await fresh(third.id), 'left')
  })

  test('Q9: a transfer takes it to the other line, and its phone along', async () => {
    const visit = await clinic.aVisit()
    const there = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
    const { phone } = await phoneOf(visit)
    const { version } = visit
    const body = { version, doctorId: clinic.otherDoctor.id }
    const moved = await clinic.as.receptionist.visits.transfer({ params: { id: visit.id }, body })
    await phone.until(({ state, position }) => state === 'next' || position !== null)
    await take(clinic.as.receptionist, there, 'left')
    await phone.until(({ state }) => state === 'next')
    await take(clinic.as.receptionist, moved, 'left')
    await phone.until(({ state }) => state === 'left')
  })

  test('Q4: of a pool’s ticket, with the doctor who comes to it first', async () => {
    const own = await clinic.aVisit()
    const pooled = await clinic.aVisit({ poolId: clinic.poolId })
    const { state } = await phoneOf(pooled)
    expect(state).toMatchObject({ state: 'next', position: 0 })
    for (const visit of [own, pooled]) await take(clinic.as.receptionist, await fresh(visit.id), 'left')
  })

  test('Q12: away until a time; Q8: missed', async () => {
    const visit = await clinic.aVisit()
    const { phone } = await phoneOf(visit)
    const until = new Date(clinic.clock.now() + 30 * 60_000).toISOString()
    const body = { version: visit.version, until }
    const away = await clinic.as.receptionist.visits.away({ params: { id: visit.id }, body })
    expect(await phone.until(({ state }) => state === 'away')).toMatchObject({ awayUntil: until, position: null })
    await take(clinic.as.receptionist, away, 'no_show')
    await phone.until(({ state }) => state === 'missed')
  })

  test('a second phone that comes with news leaves the first one not behind', async () => {
    const visit = await clinic.aVisit()
    const until = new Date(clinic.clock.now() + 30 * 60_000).toISOString()
    const body = { version: visit.version, until }
    const away = await clinic.as.receptionist.visits.away({ params: { id: visit.id }, body })
    const first = await phoneOf(away)
    expect(first.state.state).toBe('away')
    // Nothing is written: time alone has brought the patient back.
    clinic.clock.pass(31)
    expect((await phoneOf(away)).state.state).toBe('next')
    await first.phone.until(({ state }) => state === 'next')
    await take(clinic.as.receptionist, away, 'left')
  })

  test('M2: unpaid is told as the way to the desk, and no amount', async () => {
    const payFirst = await aClinic({ settings: { payBefore: true }, hub: { ...forPhones(), pagesDir: null } })
    try {
      const visit = await payFirst.aVisit({ serviceId: payFirst.service.id })
      const phone = await aPhone(publicUrl(payFirst))
      const state = stateOf(await phone.ticket(tokenFor(payFirst, 'ticket', visit.id)))
      expect(state).toMatchObject({ state: 'pay_first', position: null })
      expect(JSON.stringify(state)).not.toContain('50000')
      phone.close()
    } finally {
      await payFirst.close()
    }
  })

  test('Q1: in consultation, on hold, finished', async () => {
    const visit = await clinic.aVisit()
    const { phone } = await phoneOf(visit)
    const called = await callNext(visit.id)
    const held = await take(clinic.as.doctor, called, 'in_consultation', 'on_hold')
    await phone.until(({ state }) => state === 'on_hold')
    await take(clinic.as.doctor, held, 'in_consultation', 'completed')
    expect(await phone.until(({ state }) => state === 'finished')).toMatchObject({ mayRate: true, rated: false })
    expect(phone.told.map(({ state }) => state)).not.toContain('over')
  })
})

describe('who hears', () => {
  test('several phones hear the same; one that has left hears no more, and the hub forgets it', async () => {
    const visit = await clinic.aVisit()
    const token = tokenFor(clinic, 'ticket', visit.id)
    const [one, two, three] = [await phoneOf(visit), await phoneOf(visit), await phoneOf(visit)]
    await three.phone.socket.emitWithAck('leave_queue', { token })
    await callNext(visit.id)
    await Promise.all([one, two].map(({ phone }) => phone.until(({ state }) => state === 'called')))
    expect(one.phone.told).toEqual(two.phone.told)
    expect(three.phone.told).toEqual([])
    for (const phone of phones.splice(0)) phone.close()
    await expect.poll(() => clinic.hub.publicSide?.tracked()).toBe(0)
    await take(clinic.as.receptionist, await fresh(visit.id), 'left')
  })

  test('nobody hears of somebody else’s ticket, nor what changes nothing for theirs', async () => {
    const mine = await clinic.aVisit()
    const { phone } = await phoneOf(mine)
    const other = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
    await clinic.as.receptionist.patients.register({
      body: {
        id: uuidv7(),
        clinicId: clinic.clinicId,
        familyName: 'Silent',
      },
    })
    await take(clinic.as.receptionist, other, 'left')
    await callNext(mine.id)
    await phone.until(({ state }) => state === 'called')
    expect(phone.told.every(({ ticket }) => ticket === mine.ticket)).toBe(true)
    expect(phone.told.length).toBe(1)
    await take(clinic.as.receptionist, await fresh(mine.id), 'left')
  })

  test('a phone comes back by itself after a restart of the hub', async () => {
    const options = { ...forPhones(), pagesDir: null }
    const other = await aClinic({ hub: options })
    try {
      options.publicPort = other.hub.publicSide?.port ?? 0
      const visit = await other.aVisit()
      const token = tokenFor(other, 'ticket', visit.id)
      const phone = await aPhone(publicUrl(other), { reconnection: true })
      await phone.ticket(token)
      const again = new Promise<void>((resolve) => {
        phone.socket.once('disconnect', () => phone.socket.once('connect', () => resolve()))
      })
      await other.restart()
      await again
      expect(stateOf(await phone.ticket(token))).toMatchObject({ ticket: visit.ticket, state: 'next' })
      phone.close()
    } finally {
      await other.close()
    }
  })

  test('a phone that asks without end is let go', async () => {
    const visit = await clinic.aVisit()
    const { phone } = await phoneOf(visit)
    const gone = new Promise<string>((resolve) => phone.socket.once('disconnect', resolve))
    for (let count = 0; count < 40; count++)
      phone.socket.emit('join_queue', { token: tokenFor(clinic, 'ticket', visit.id) })
    expect(await gone).toBe('io server disconnect')
    await take(clinic.as.receptionist, await fresh(visit.id), 'left')
  })
})

describe('afterwards', () => {
  test('S5: stars and ready-made words, once a visit, whichever phone is first', async () => {
    const visit = await clinic.aVisit()
    const path = `${url}/t/${tokenFor(clinic, 'ticket', visit.id)}/rating`
    expect((await act(path, { stars: 4, words: ['kind'] })).status).toBe(409)
    await take(clinic.as.doctor, await callNext(visit.id), 'in_consultation', 'completed')
    const { phone, state } = await phoneOf(visit)
    expect(state.mayRate).toBe(true)
    for (const wrong of [{}, { stars: 6 }, { stars: 0 }, { stars: 3, words: ['rude words'] }, { stars: 3, note: 'x' }])
      expect((await act(path, wrong)).status, JSON.stringify(wrong)).toBe(400)
    expect((await act(path, { stars: 4, words: ['kind', 'kind', 'quick'] })).status).toBe(200)
    expect((await act(path, { stars: 1, words: ['unkind'] })).status).toBe(200)
    expect(await phone.until(({ rated }) => rated)).toMatchObject({ mayRate: false })
    const { items, counts } = await clinic.as.administrator.ratings.list({ query: { clinicId: clinic.clinicId } })
    expect(items).toEqual([
      {
        visitId: visit.id,
        doctorId: clinic.doctor.id,
        day: visit.day,
        at: clinic.clock.iso(),
        stars: 4,
        words: ['kind', 'quick'],
      },
    ])
    expect(counts).toEqual([{ stars: 4, count: 1 }])
    const { items: audit } = await clinic.as.administrator.audit.list({ query: { recordId: visit.id } })
    expect(audit.find(({ action }) => action === 'rating.give')).toMatchObject({ actorId: null, device: 'patient' })
  })

  test('Q2, S5: dead after the day: its page says so and nothing of the visit', async () => {
    const visit = await clinic.aVisit()
    const { phone } = await phoneOf(visit)
    clinic.clock.set(MORNING + 24 * 3_600_000)
    const token = tokenFor(clinic, 'ticket', visit.id)
    const state = stateOf(await phone.ticket(token))
    expect(state).toMatchObject({ state: 'over', ticket: null, position: null, calls: 0, rated: false })
    expect((await act(`${url}/t/${token}/rating`, { stars: 5 })).status).toBe(404)
  })
})
