import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import encodeQR from 'qr'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import { pathOf } from '../../renderer/network/qr-path.ts'
import { anAppointment, nine, take } from '../support/acts.ts'
import { aContext, isReady, launchBrowser, newWindow, signInOn, watchFaults } from '../support/browser.ts'
import { aClinic, type TestClinic } from '../support/clinic.ts'
import { forPhones, publicUrl, tokenFor } from '../support/public.ts'
import { press, row } from './hands.ts'

// S5: a patient's phone, beside the consoles of those who call.

let browser: Browser
let clinic: TestClinic
let staff: BrowserContext
let doctor: Page
const phones: BrowserContext[] = []
const faults: string[][] = []

const PHONE = { width: 390, height: 844 }
/** How soon is measured in `bench/`; here it is waited for. */
const SOON = { timeout: 20_000 }

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinic({ hub: { ...forPhones(), pagesDir: PAGES_DIR } })
  staff = await aContext(browser)
  doctor = await newWindow(staff)
  await doctor.goto(clinic.hub.url)
  await signInOn(doctor, 'doctor')
  await isReady(doctor)
})
afterEach(async () => {
  expect(faults.flat()).toEqual([])
  for (const phone of phones.splice(0)) await phone.close()
})
afterAll(async () => {
  await staff?.close()
  await clinic?.close()
  await browser?.close()
})

type Look = { locale?: string; colorScheme?: 'light' | 'dark' }

async function aPhonePage(path: string, { locale = 'en-GB', colorScheme = 'light' }: Look = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale, colorScheme, timezoneId: 'America/New_York' })
  context.setDefaultTimeout(20_000)
  phones.push(context)
  const page = await context.newPage()
  faults.push(watchFaults(page))
  await page.goto(publicUrl(clinic) + path)
  return page
}

const openTicket = (visit: Visit, look?: Look) => aPhonePage(`/t/${tokenFor(clinic, 'ticket', visit.id)}`, look)
const openSlip = (id: string, look?: Look) => aPhonePage(`/a/${tokenFor(clinic, 'slip', id)}`, look)
const says = (page: Page, text: string | RegExp, how?: { timeout: number }) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: text }).waitFor(how)
const fresh = async (id: string) => (await clinic.as.receptionist.visits.get({ params: { id } })).visit
const end = async (...ids: string[]) => {
  for (const id of ids) await take(clinic.as.receptionist, await fresh(id), 'left')
}

async function breaks(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  const { violations } = await axe.setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

describe('a ticket on a phone', () => {
  test('goes along with its doctor’s console: place, call, recall, not here, hold, transfer, finish', async () => {
    const [first, second] = [await clinic.aVisit(), await clinic.aVisit()]
    const [mine, other] = [await openTicket(second), await openTicket(second)]
    await says(mine, '1 before you')
    await mine.getByText(second.ticket, { exact: true }).waitFor()
    expect(await mine.getByRole('img').getAttribute('aria-label')).toMatch(/^[a-z]+$/)
    await doctor.keyboard.press('F8')
    await says(mine, 'You are next', SOON)
    await take(clinic.as.receptionist, await fresh(first.id), 'left')
    // As long as somebody is with the doctor, F8 asks what becomes of them (Q7).
    await doctor.getByRole('main').getByText('Left', { exact: true }).waitFor()
    await doctor.keyboard.press('F8')
    await Promise.all([mine, other].map((page) => says(page, 'Please come now', SOON)))
    await mine.getByText('Room 2', { exact: true }).waitFor()
    expect(await mine.title()).toBe(second.ticket)
    const { version } = await fresh(second.id)
    await clinic.as.doctor.visits.notHere({ params: { id: second.id }, body: { version } })
    await says(mine, 'You were called and were not there', SOON)
    const again = await fresh(second.id)
    const body = { version: again.version, reason: 'a reason' }
    const called = await clinic.as.doctor.visits.call({ params: { id: second.id }, body })
    await says(mine, 'Please come now', SOON)
    const held = await take(clinic.as.doctor, called, 'in_consultation', 'on_hold')
    await says(mine, 'You come back to the doctor', SOON)
    const back = await take(clinic.as.doctor, held, 'waiting')
    await says(mine, 'You are next', SOON)
    const moved = await clinic.as.receptionist.visits.transfer({
      params: { id: second.id },
      body: { version: back.version, doctorId: clinic.otherDoctor.id },
    })
    await says(mine, 'You are next', SOON)
    await take(clinic.as.receptionist, moved, 'no_show')
    await says(mine, 'You were called and were not there', SOON)
    await other.getByText('Please tell the desk that you are here.', { exact: true }).waitFor()
  })

  test('is rated afterwards, with stars and ready-made words, by keyboard too', async () => {
    const visit = await clinic.aVisit()
    const page = await openTicket(visit)
    await says(page, 'You are next')
    const called = await clinic.as.doctor.visits.call({ params: { id: visit.id }, body: { version: visit.version } })
    await take(clinic.as.doctor, called, 'in_consultation', 'completed')
    await page.getByRole('heading', { name: 'How was your visit?' }).waitFor(SOON)
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    await page.getByRole('radio', { name: '1 star' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('checkbox', { name: 'Well explained', exact: true }).check()
    expect(await page.getByRole('textbox').count()).toBe(0)
    await page.getByRole('button', { name: 'العربية' }).click()
    expect(await page.getByRole('radio', { name: '3 نجوم' }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'إرسال' }).click()
    await page.getByText('شكرًا. وصلت إجابتك.').waitFor()
    const { items } = await clinic.as.administrator.ratings.list({ query: { clinicId: clinic.clinicId } })
    expect(items).toMatchObject([{ visitId: visit.id, stars: 3, words: ['well_explained'] }])
  })

  test('comes back by itself when the hub was away, and says meanwhile that it may be old', async () => {
    const options = { ...forPhones(), pagesDir: PAGES_DIR }
    const away = await aClinic({ hub: options })
    options.publicPort = away.hub.publicSide?.port ?? 0
    const visit = await away.aVisit()
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${publicUrl(away)}/t/${tokenFor(away, 'ticket', visit.id)}`)
    await says(page, 'You are next')
    await away.hub.close()
    await page.getByText('Not connected. What you see may be old.').waitFor({ timeout: 8000 })
    await away.restart()
    await page.getByText('Not connected. What you see may be old.').waitFor({ state: 'detached', timeout: 15_000 })
    const called = await away.as.doctor.visits.call({ params: { id: visit.id }, body: { version: visit.version } })
    expect(called.status).toBe('called')
    await says(page, 'Please come now', SOON)
    await context.close()
    await away.close()
  })

  test('speaks the phone’s language, and the one that is chosen, also the next time', async () => {
    const visit = await clinic.aVisit()
    const page = await openTicket(visit, { locale: 'bn-BD' })
    await says(page, 'এরপর আপনার পালা')
    expect(await page.locator('html').getAttribute('lang')).toBe('bn')
    await page.getByRole('button', { name: 'العربية' }).click()
    await says(page, 'أنت التالي')
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
    await page.reload()
    await says(page, 'أنت التالي')
    await end(visit.id)
  })

  test('a token that is none is no page, and one of another day says so', async () => {
    const page = await aPhonePage(`/t/${'A'.repeat(43)}`)
    await page.getByText('This page is not there.').waitFor()
    const visit = await clinic.aVisit()
    const dead = await openTicket(visit)
    await says(dead, 'You are next')
    const now = clinic.clock.now()
    clinic.clock.set(now + 24 * 3_600_000)
    await dead.reload()
    await says(dead, 'This ticket was for another day')
    expect(await dead.getByText(visit.ticket).count()).toBe(0)
    clinic.clock.set(now)
    await end(visit.id)
  })
})

describe('an appointment’s slip on a phone', () => {
  test('is confirmed, asked to be moved, moved live, and cancelled', async () => {
    const appointment = await anAppointment(clinic, 120)
    const page = await openSlip(appointment.id)
    await page.getByText('11:00').waitFor()
    await page.getByText('Monday').waitFor()
    await page.getByRole('button', { name: 'I will come' }).click()
    await says(page, 'You said that you come', SOON)
    await page.getByRole('button', { name: 'Ask for another time' }).click()
    await page.getByRole('button', { name: 'In the afternoon' }).click()
    await page.getByText('You asked for another time: In the afternoon.').waitFor(SOON)
    const { version } = await clinic.as.receptionist.appointments.get({ params: { id: appointment.id } })
    const body = { version, startsAt: nine(clinic, 300) }
    await clinic.as.receptionist.appointments.change({ params: { id: appointment.id }, body })
    await page.getByText('14:00').waitFor(SOON)
    await page.getByText('The time has changed. This is the new one.').waitFor()
    await page.getByRole('button', { name: 'Cancel the appointment' }).click()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Cancel the appointment' }).click()
    await page.getByRole('button', { name: 'I cannot come' }).click()
    await says(page, 'This appointment is cancelled', SOON)
    expect(await page.getByRole('button', { name: 'I will come' }).count()).toBe(0)
  })
})

describe('U7', () => {
  test.each([
    ['light', 'en-GB'],
    ['dark', 'en-GB'],
    ['light', 'ar'],
    ['dark', 'bn'],
  ] as const)('every state of both pages, in %s, for a phone that speaks %s', async (colorScheme, locale) => {
    const [ahead, visit] = [await clinic.aVisit(), await clinic.aVisit()]
    const page = await openTicket(visit, { colorScheme, locale })
    await page.locator('body[data-state=waiting]').waitFor()
    expect(await breaks(page)).toEqual([])
    await end(ahead.id)
    const body = { version: visit.version, reason: 'a reason' }
    const called = await clinic.as.doctor.visits.call({ params: { id: visit.id }, body })
    await page.locator('body[data-state=called]').waitFor()
    expect(await breaks(page)).toEqual([])
    await take(clinic.as.doctor, called, 'in_consultation', 'completed')
    await page.locator('form').waitFor()
    expect(await breaks(page)).toEqual([])
    const appointment = await anAppointment(clinic, 60 + 10 * phones.length)
    const slip = await openSlip(appointment.id, { colorScheme, locale })
    await slip.locator('.acts').waitFor()
    expect(await breaks(slip)).toEqual([])
    await slip.locator('.acts button').last().click()
    await slip.locator('.choices').waitFor()
    expect(await breaks(slip)).toEqual([])
    await slip.locator('.choices button').first().click()
    await slip.locator('body[data-state=cancelled]').waitFor()
    expect(await breaks(slip)).toEqual([])
    for (const phone of [page, slip]) {
      const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wide, 'nothing is wider than the phone').toBeLessThanOrEqual(0)
    }
  })
})

test('S5: the phone test, on the administration page and a phone, puts the code on the ticket', async () => {
  const page = await newWindow(staff)
  await page.goto(`${clinic.hub.url}/administration/phones`)
  await signInOn(page, 'administrator')
  await isReady(page)
  await page.getByText('No codes are printed: no phone was tested yet').waitFor()
  await page.getByRole('button', { name: 'Begin the test' }).click()
  const url = await page.getByText(/^http:\/\/127\.0\.0\.2:\d+\/phone-test\//).textContent()
  await page.getByText('Waiting for a phone').waitFor()
  const phone = await aPhonePage(new URL(url ?? '').pathname)
  await phone.getByRole('heading', { name: 'It worked' }).waitFor()
  expect(await breaks(phone)).toEqual([])
  await page.getByRole('button', { name: 'It worked: print codes' }).click()
  await page.getByText(/^Codes are printed: tested at 127\.0\.0\.2/).waitFor()
  await page.close()
  const visit = await clinic.aVisit()
  const desk = await newWindow(staff)
  await desk.goto(clinic.hub.url)
  await signInOn(desk, 'receptionist')
  await isReady(desk)
  await desk.evaluate(() => {
    window.print = () => undefined
  })
  await row(desk, 'Queue', visit.ticket).click()
  await press(desk, 'Print slip')
  const printed = desk.locator('.anteroom-slip svg[data-part=code] path')
  await printed.waitFor({ state: 'attached' })
  const ticketUrl = `${publicUrl(clinic)}/t/${tokenFor(clinic, 'ticket', visit.id)}`
  const code = pathOf(encodeQR(ticketUrl, 'raw', { border: 4, ecc: 'medium' }))
  expect(await printed.getAttribute('d')).toBe(code)
  expect(await desk.locator('.anteroom-slip').textContent()).not.toContain('Family')
  await desk.close()
  await end(visit.id)
})
