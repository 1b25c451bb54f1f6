import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  isReady,
  launchBrowser,
  signInOn,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { row } from './hands.ts'
import { WAIT } from './picture.ts'

const PIN = '4711'
const NAMES = /okafor|amara|silva|joão|new and secret/i

let browser: Browser
let clinic: ClinicOnScreen
let desk: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  const patient = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })
  await clinic.aVisit({ patientId: patient.id })
  await clinic.aVisit({ patientId: (await clinic.aPatient({ familyName: 'Silva', givenName: 'João' })).id })
  await clinic.as.receptionist.auth.changePassword({ body: { current: PASSWORD, pin: PIN } })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})
beforeEach(async () => {
  desk = await clinic.window('receptionist')
  await row(desk.page, 'Queue', 'Okafor Amara').click()
  await desk.page.getByRole('heading', { name: 'OKAFOR, Amara' }).waitFor()
})
afterEach(() => desk.page.close())

const locked = (page: Page) => page.getByRole('heading', { name: 'Locked' })
const secret = (page: Page) => page.getByLabel('Password or PIN', { exact: true })
/** Everything that can be read in the page, also what is typed and what is not seen. */
const everything = (page: Page) =>
  page.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value)
    return `${document.title} ${document.documentElement.outerHTML} ${typed.join(' ')}`
  })
const person = (page: Page, name: string) =>
  page.getByRole('banner').getByRole('button', { name: new RegExp(`^${name}\\b`) })

async function beginDraft({ page }: ConsoleWindow): Promise<void> {
  await page.keyboard.press('F4')
  const dialog = page.getByRole('dialog', { name: 'Walk-in' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('New')
  await dialog.getByRole('option', { name: 'Register “New” as new' }).click()
  await dialog.getByRole('textbox', { name: 'Given name' }).fill('And Secret')
}

test('what a screen reader was told of a patient is gone from a locked screen', async () => {
  const { page } = await clinic.window('doctor')
  await clinic.aVisit({ patientId: (await clinic.aPatient({ familyName: 'Okafor', givenName: 'Uche' })).id })
  await page.getByRole('status').filter({ hasText: 'Okafor Uche' }).waitFor({ state: 'attached' })
  await page.keyboard.press('Control+L')
  await locked(page).waitFor()
  expect(await everything(page)).not.toMatch(NAMES)
  await page.close()
})

test('a locked screen holds no patient’s name, in sight or not, and the draft is there again afterwards', async () => {
  const { page } = desk
  await beginDraft(desk)
  expect(await everything(page)).toMatch(NAMES)
  await page.keyboard.press('Control+L')
  await locked(page).waitFor()
  expect(await everything(page)).not.toMatch(NAMES)

  await secret(page).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await isReady(page)
  const dialog = page.getByRole('dialog', { name: 'Walk-in' })
  if ((await dialog.count()) === 0) await page.keyboard.press('F4')
  expect(await dialog.getByRole('textbox', { name: 'Given name' }).inputValue()).toBe('And Secret')
  await row(page, 'Queue', 'Okafor Amara').waitFor()
})

test('the same person continues by PIN; a wrong one is refused and opens nothing', async () => {
  const { page } = desk
  await page.getByRole('button', { name: 'Lock' }).click()
  await secret(page).fill('0000')
  await page.keyboard.press('Enter')
  await page.getByText('The name or the password is wrong.').waitFor()
  expect(await everything(page)).not.toMatch(NAMES)
  await secret(page).fill(PIN)
  await page.keyboard.press('Enter')
  await isReady(page)
  await person(page, 'receptionist').waitFor()
})

test('a locked screen stays locked over a reload', async () => {
  const { page } = desk
  await page.keyboard.press('Control+L')
  await locked(page).waitFor()
  await page.reload()
  await locked(page).waitFor()
  expect(await everything(page)).not.toMatch(NAMES)
})

test('U8: another person continues as themselves, and finds nothing of the first one’s', async () => {
  const { page } = desk
  await beginDraft(desk)
  await page.keyboard.press('Control+L')
  await page.getByRole('button', { name: 'Someone else' }).click()
  await page.getByLabel('User name').fill('doctor')
  await secret(page).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await isReady(page)
  await person(page, 'doctor').waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await everything(page)).not.toMatch(/and secret/i)
  const visit = await clinic.aVisit()
  await row(page, 'My queue', visit.ticket).waitFor()
})

test('two windows of one browser are two people, each also after a reload', async () => {
  const cashier = await clinic.window('cashier', { at: '/today' })
  await Promise.all([desk.page.reload(), cashier.page.reload()])
  await isReady(desk.page)
  await isReady(cashier.page)
  await person(desk.page, 'receptionist').waitFor()
  await person(cashier.page, 'cashier').waitFor()
  expect(await desk.page.getByRole('button', { name: /^Walk-in/ }).count()).toBe(1)
  expect(await cashier.page.getByRole('button', { name: /^Walk-in/ }).count()).toBe(0)
  await cashier.page.close()
})

test('signing out closes this window’s session and no other; nothing is left to go back to', async () => {
  const other = await clinic.window('receptionist')
  const { page } = desk
  const sessions = () =>
    clinic.hub.databases.reading.prepare('select count(*) from sessions where endedAt is null').pluck().get()
  const before = Number(sessions())
  await beginDraft(desk)
  await page.keyboard.press('Escape')
  await person(page, 'receptionist').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  expect(sessions()).toBe(before - 1)
  expect(await everything(page)).not.toMatch(NAMES)
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toMatch(NAMES)
  await page.reload()
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  await row(other.page, 'Queue', 'Okafor Amara').waitFor()
  await other.page.reload()
  await isReady(other.page)
  await other.page.close()
  await signInOn(page, 'nurse')
  await isReady(page)
  await person(page, 'nurse').waitFor()
})

test('a screen that nobody touches for ten minutes locks itself, and not before', async () => {
  const { page } = await clinic.window('receptionist', { clock: true })
  await page.clock.runFor('08:00')
  await page.keyboard.press('Shift')
  await page.clock.runFor('09:00')
  expect(await locked(page).count()).toBe(0)
  await page.clock.runFor('01:30')
  await expect.poll(() => locked(page).count(), WAIT).toBe(1)
  expect(await everything(page)).not.toMatch(NAMES)
  await page.close()
})
