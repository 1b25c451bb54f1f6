import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHub, type Hub } from '../../server/hub.ts'
import { aContext, isReady, launchBrowser, signInOn, violations, watchFaults } from '../support/browser.ts'
import { testClock } from '../support/clinic.ts'
import { choose, row, toast } from './hands.ts'

// The first day of a clinic, by hand and on the pages only.

const SECRET = 'a short sentence'

let browser: Browser
let hub: Hub
let dataDir: string
let page: Page
let faults: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  dataDir = mkdtempSync(join(tmpdir(), 'anteroom-first-'))
  hub = await createHub({ dataDir, port: 0, clock: testClock().now })
  page = await (await aContext(browser)).newPage()
  faults = watchFaults(page)
  await page.goto(hub.url)
})
afterAll(async () => {
  await browser?.close()
  await hub?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a fresh hub asks for a clinic and its administrator, and says what is missing', async () => {
  await page.getByRole('heading', { name: 'Welcome to Anteroom' }).waitFor()
  expect(await violations(page)).toEqual([])
  const begin = page.getByRole('button', { name: 'Set up the clinic' })
  await begin.click()
  await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBeGreaterThan(3)
  expect(await violations(page)).toEqual([])

  await page.getByRole('textbox', { name: 'Name of the clinic' }).fill('Shapla Street Clinic')
  await pick('Time zone', 'Dhaka')
  await pick('Currency', 'BDT')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Min')
  await page.getByRole('textbox', { name: 'User name' }).fill('ada')
  await page.getByLabel('Password', { exact: true }).fill(SECRET)
  await page.getByLabel('Password again').fill(SECRET)
  await begin.click()
  await isReady(page)
  await page.getByRole('banner').getByText('Shapla Street Clinic').waitFor()
  await page.getByRole('complementary', { name: 'Next steps' }).waitFor()
})

test('a room, a service, a doctor who signs in, and the hours', async () => {
  await step('Add rooms')
  await add('Add a room', { Name: 'Consulting room 2', 'Called out as': 'Room 2' })
  await step('Add services and prices')
  await add('Add a service', { Name: 'Consultation', Minutes: '15', 'Price (BDT)': '600' })
  await step('Add people')
  await add('Add a person', { Name: 'Dr Chen', 'User name': 'chen', Password: SECRET }, ['Doctor'])
  await add('Add a person', { Name: 'Rita Desk', 'User name': 'rita', Password: SECRET }, ['Receptionist'])
  await step('Add doctors')
  // The person brought the entry along; its room is set there.
  await page.getByText('signs in as chen').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await choose(dialog, 'Usual room', 'Consulting room 2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Add hours on Monday' }).click()
  await page.getByRole('textbox', { name: 'Monday, from' }).fill('0900')
  await page.getByRole('textbox', { name: 'Monday, until' }).fill('1700')
  await page.getByRole('button', { name: 'Same Monday to Friday' }).click()
  await page.getByRole('toolbar', { name: 'Not saved yet' }).getByRole('button', { name: 'Save' }).click()
  await toast(page, 'The hours are saved')
  await page.getByRole('complementary', { name: 'Next steps' }).waitFor({ state: 'detached' })
})

test('the receptionist signs in, books, registers and checks in the first patient', async () => {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Ada Min/ })
    .click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await signInOn(page, 'rita', SECRET)
  await isReady(page)
  // What the administrator was told, and could take back, is not for her.
  expect(await page.getByRole('region', { name: 'Messages' }).getByRole('button').count()).toBe(0)
  // A user lands on the page of their role, wherever the one before was.
  await page.getByRole('region', { name: 'Arrivals' }).waitFor()
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Book' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('Okafor Amara')
  await dialog.getByRole('option', { name: /^Register/ }).click()
  await dialog.getByRole('radio', { name: '09:15' }).click()
  await dialog.getByRole('button', { name: 'Book 09:15' }).click()
  await toast(page, 'Booked for 09-Mar-2026 09:15')
  await row(page, 'Arrivals', 'Okafor Amara').click()
  await page.getByRole('button', { name: 'Check in', exact: true }).click()
  await toast(page, 'A001 is checked in')
  await row(page, 'Queue', 'A001').waitFor()
  // Q4: where one doctor sees everybody, a walk-in waits for that one.
  await page.keyboard.press('F4')
  const walkIn = page.getByRole('dialog', { name: 'Walk-in' })
  await walkIn.getByRole('combobox', { name: 'Patient' }).fill('Rahman Ali')
  await walkIn.getByRole('option', { name: /^Register/ }).click()
  await expect.poll(() => walkIn.getByRole('button', { name: 'Check in', exact: true }).isEnabled()).toBe(true)
  await walkIn.getByRole('radio', { name: /Dr Chen/, checked: true }).waitFor()
  await walkIn.getByRole('button', { name: 'Back' }).click()
})

test('the doctor signs in and calls the patient to the room', async () => {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Rita Desk/ })
    .click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await signInOn(page, 'chen', SECRET)
  await isReady(page)
  await page.keyboard.press('F8')
  await toast(page, 'A001 is called to Consulting room 2')
  const visit = hub.databases.reading.prepare('select * from visits').get()
  expect(visit).toMatchObject({ ticket: 'A001', status: 'called', day: '2026-03-09' })
  expect(hub.databases.reading.prepare('select amountMinor from charges').pluck().all()).toEqual([60_000])
  expect(faults).toEqual([])
})

async function pick(field: string, typed: string): Promise<void> {
  const box = page.getByRole('combobox', { name: field })
  await box.fill(typed)
  await page.getByRole('option', { name: typed }).first().click()
}

/** Goes on by the list of what a new clinic still needs. */
const step = (name: string) =>
  page.getByRole('complementary', { name: 'Next steps' }).getByRole('link', { name }).click()

/** Fills in a dialog and saves it. */
async function add(button: string, fields: Record<string, string>, ticks: readonly string[] = []): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog', { name: button })
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value)
  for (const tick of ticks) await dialog.getByRole('checkbox', { name: tick, exact: true }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await toast(page, `${fields.Name} is saved`)
}
