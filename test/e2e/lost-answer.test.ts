import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, isReady, launchBrowser } from '../support/browser.ts'
import { toast, toasts } from './hands.ts'
import { WAIT } from './picture.ts'

// The hub has done it, and its answer is lost. Pressed again, it is done once, also in a page that was loaded anew.

let browser: Browser
let clinic: ClinicOnScreen
let visit: Visit
let cashier: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  clinic = await aClinicOnScreen(browser)
  visit = await clinic.aVisit({ serviceId: clinic.service.id })
  cashier = await clinic.window('cashier', { at: `/cash-desk/${visit.id}` })
})
afterEach(() => clinic?.close())

/** Answers to what is posted there are lost: before the hub has heard of it, or after it was done. */
async function losing(page: Page, path: string, when: 'before' | 'after') {
  const keys: (string | undefined)[] = []
  await page.route(`**/api/${path}`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    if (when === 'after') await route.fetch()
    keys.push(route.request().headers()['idempotency-key'])
    await route.abort('connectionreset')
  })
  return { keys, again: () => page.unroute(`**/api/${path}`) }
}

const money = () => clinic.as.cashier.charges.list({ params: { id: visit.id } })
const takes = (page: Page) => page.getByRole('button', { name: /^Take/ })

test('M2: a part whose answer was lost is taken once: the page says so as soon as it hears of it', async () => {
  const { page } = cashier
  const lost = await losing(page, 'payments', 'after')
  await page.getByRole('textbox', { name: 'Amount' }).fill('200')
  await takes(page).click()
  await toast(page, '৳200.00 taken, receipt 1')
  await toasts(page).getByRole('button', { name: 'Receipt', exact: true }).waitFor()
  await lost.again()
  // Pressed once more it takes nothing: the rest is one more thing that is asked for.
  const amount = page.getByRole('textbox', { name: 'Amount' })
  await expect.poll(() => amount.inputValue(), WAIT).toBe('')
  expect(await takes(page).isDisabled()).toBe(true)
  await page.keyboard.press('F9')
  await page.getByRole('button', { name: 'Take ৳300.00' }).click()
  await toast(page, '৳300.00 taken, receipt 2')
  expect((await money()).payments.map(({ amountMinor }) => amountMinor)).toEqual([20_000, 30_000])
})

test('M2: it is the same payment when it is sent again, also after the page was loaded anew', async () => {
  const { page } = cashier
  const lost = await losing(page, 'payments', 'before')
  await takes(page).click()
  await expect.poll(() => lost.keys.length, WAIT).toBe(1)
  await takes(page).click()
  await expect.poll(() => lost.keys.length, WAIT).toBe(2)
  await page.reload()
  await takes(page).click()
  await expect.poll(() => lost.keys.length, WAIT).toBe(3)
  expect(new Set(lost.keys).size).toBe(1)
  await lost.again()
  await takes(page).click()
  await toast(page, '৳500.00 taken, receipt 1')
  expect((await money()).payments.map(({ id }) => id)).toEqual([lost.keys[0]])
})

test('M2: money that was given back is not given back again', async () => {
  const { page } = cashier
  await takes(page).click()
  await toast(page, '৳500.00 taken, receipt 1')
  const lost = await losing(page, 'payments/*/refund', 'after')
  await page.getByRole('button', { name: 'Refund receipt 1' }).click()
  const dialog = page.getByRole('dialog', { name: 'Refund of receipt 1' })
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('50')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Paid too much')
  await dialog.getByRole('button', { name: /^Refund/ }).click()
  await toast(page, /৳50.00 given back/)
  await dialog.waitFor({ state: 'detached' })
  expect(lost.keys).toHaveLength(1)
})

test('M1: a line is added once', async () => {
  const { page } = cashier
  await losing(page, 'visits/*/charges', 'after')
  await page.getByRole('button', { name: 'Add a line' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a line' })
  await dialog.getByRole('textbox', { name: 'In words' }).fill('Dressing')
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('40')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await toast(page, 'Dressing is added')
  await dialog.waitFor({ state: 'detached' })
  expect((await money()).charges.map(({ description }) => description)).toEqual([clinic.service.name, 'Dressing'])
})

test('Q4: a walk-in that is sent again is one patient and one visit', async () => {
  const { page } = await clinic.window('receptionist')
  const lost = await losing(page, 'patients', 'after')
  await page.keyboard.press('F4')
  const dialog = page.getByRole('dialog', { name: 'Walk-in' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('Quispe')
  await dialog.getByRole('option', { name: /Register/ }).click()
  await dialog.getByRole('radio', { name: /Dr Chen/ }).click()
  const verb = dialog.getByRole('button', { name: 'Check in', exact: true })
  await verb.click()
  await expect.poll(() => lost.keys.length, WAIT).toBe(1)
  await page.reload()
  await isReady(page)
  await lost.again()
  const lostVisit = await losing(page, 'visits/walk-in', 'after')
  await page.keyboard.press('F4')
  await verb.click()
  await expect.poll(() => lostVisit.keys.length, WAIT).toBe(1)
  await lostVisit.again()
  await verb.click()
  await toast(page, 'A002 is checked in')
  const { reading } = clinic.hub.databases
  expect(reading.prepare("select count(*) from patients where familyName = 'Quispe'").pluck().get()).toBe(1)
  expect(reading.prepare('select ticket from visits order by ticket').pluck().all()).toEqual(['A001', 'A002'])
})

test('T0 an emergency that is sent again is one, and another is another', async () => {
  const { page } = await clinic.window('receptionist')
  const emergencies = () =>
    clinic.hub.databases.reading.prepare("select count(*) from visits where urgency = 'immediate'").pluck().get()
  const dialog = page.getByRole('dialog', { name: 'Emergency' })
  const raise = async () => {
    await page.keyboard.press('F2')
    await dialog.getByRole('textbox').waitFor()
    await page.keyboard.press('Enter')
  }
  const lost = await losing(page, 'visits/emergency', 'before')
  await raise()
  await expect.poll(() => lost.keys.length, WAIT).toBe(1)
  await page.reload()
  await isReady(page)
  await raise()
  await expect.poll(() => lost.keys.length, WAIT).toBe(2)
  expect(new Set(lost.keys).size).toBe(1)
  await lost.again()
  // The dialog is open still: it is this one, also when more is known by now.
  await dialog.getByRole('button', { name: 'Call for help' }).click()
  await expect.poll(emergencies, WAIT).toBe(1)
  await dialog.waitFor({ state: 'detached' })
  const done = await losing(page, 'visits/emergency', 'after')
  await raise()
  await expect.poll(emergencies, WAIT).toBe(2)
  // The feed brings what got no answer.
  await dialog.waitFor({ state: 'detached' })
  await done.again()
  await raise()
  await dialog.waitFor({ state: 'detached' })
  expect(emergencies()).toBe(3)
})

test('a room whose answer was lost is made once, also after the page was loaded anew', async () => {
  const { page } = await clinic.window('administrator', { at: '/administration/rooms' })
  const lost = await losing(page, 'rooms', 'after')
  const save = async () => {
    await page.getByRole('main').getByRole('button', { name: 'Add a room' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a room' })
    await dialog.getByLabel('Name', { exact: true }).fill('Dressing room')
    await dialog.getByLabel('Called out as').fill('Room 9')
    await dialog.getByRole('button', { name: 'Save' }).click()
  }
  await save()
  await expect.poll(() => lost.keys.length, WAIT).toBe(1)
  await page.reload()
  await isReady(page)
  await lost.again()
  await save()
  await toast(page, 'Dressing room is saved')
  const { reading } = clinic.hub.databases
  expect(reading.prepare("select count(*) from rooms where name = 'Dressing room'").pluck().get()).toBe(1)
})
