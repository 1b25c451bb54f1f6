import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../local/cards.ts'
import { anAppointment } from '../../test/support/acts.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { ask, forPhones, loopbackCard, publicUrl, tokenFor } from '../../test/support/public.ts'

// S5: a code is printed only where a phone was seen to reach its page.

let clinic: TestClinic
let cards: Card[]
beforeEach(async () => {
  cards = [loopbackCard('127.0.0.2')]
  clinic = await aClinic({ hub: { ...forPhones(() => cards), pagesDir: null } })
})
afterEach(() => clinic?.close())

const params = () => ({ id: clinic.clinicId })
const api = () => clinic.as.administrator.phonePages
const address = () => new URL(publicUrl(clinic)).host
const codeOf = async () => (await api().get({ params: params() })).test?.code ?? ''

test('the phone test: begun, opened by a phone, confirmed, and then tickets and slips have their address', async () => {
  const visit = await clinic.aVisit()
  const appointment = await anAppointment(clinic, 60)
  const desk = clinic.as.receptionist.phonePages
  expect(await desk.ticket({ params: { id: visit.id } })).toEqual({ url: null })
  const begun = await api().begin({ params: params(), body: { address: address() } })
  expect(begun).toMatchObject({ addresses: [address()], tested: null, printed: false, test: { openedAt: null } })
  await refusal(api().confirm({ params: params(), body: { code: begun.test?.code ?? '' } }), 'not_opened')
  // The page itself needs the build; that it was asked for is what counts.
  expect((await ask(begun.test?.url ?? '')).status).toBe(503)
  const opened = await api().get({ params: params() })
  expect(opened.test?.openedAt).not.toBeNull()
  await refusal(api().confirm({ params: params(), body: { code: 'another' } }), 'not_opened')
  const passed = await api().confirm({ params: params(), body: { code: await codeOf() } })
  expect(passed).toMatchObject({
    tested: { address: address(), byId: clinic.people.administrator.session.user.id },
    printed: true,
    test: null,
  })
  expect(await desk.ticket({ params: { id: visit.id } })).toEqual({
    url: `http://${address()}/t/${tokenFor(clinic, 'ticket', visit.id)}`,
  })
  expect(await desk.slip({ params: { id: appointment.id } })).toEqual({
    url: `http://${address()}/a/${tokenFor(clinic, 'slip', appointment.id)}`,
  })
})

test('the hub’s own browser proves nothing; a code that was never given out is not there', async () => {
  const { test: begun } = await api().begin({ params: params(), body: { address: address() } })
  expect((await ask(begun?.url ?? '', { from: '127.0.0.2' })).status).toBe(404)
  expect((await ask(`${publicUrl(clinic)}/phone-test/other`)).status).toBe(404)
  expect((await api().get({ params: params() })).test?.openedAt).toBeNull()
})

test('an address that the hub does not have is refused; one that it loses asks for the test again', async () => {
  await refusal(api().begin({ params: params(), body: { address: '192.0.2.1:8744' } }), 'unreachable')
  const { test: begun } = await api().begin({ params: params(), body: { address: address() } })
  await ask(begun?.url ?? '')
  await api().confirm({ params: params(), body: { code: begun?.code ?? '' } })
  cards = [loopbackCard('127.0.0.3')]
  await expect.poll(async () => (await api().get({ params: params() })).printed).toBe(false)
  const visit = await clinic.aVisit()
  expect(await clinic.as.receptionist.phonePages.ticket({ params: { id: visit.id } })).toEqual({ url: null })
  expect((await api().get({ params: params() })).tested).not.toBeNull()
})

test('codes can be given up again', async () => {
  const { test: begun } = await api().begin({ params: params(), body: { address: address() } })
  await ask(begun?.url ?? '')
  await api().confirm({ params: params(), body: { code: begun?.code ?? '' } })
  expect(await api().update({ params: params(), body: { slipDetails: true, tested: false } })).toMatchObject({
    tested: null,
    printed: false,
    slipDetails: true,
  })
})
