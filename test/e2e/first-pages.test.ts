import type { Browser } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, launchBrowser, newWindow, signInOn } from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'

let browser: Browser
let clinic: ClinicOnScreen

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

test.each([
  ['receptionist', 'Today'],
  ['nurse', 'Triage'],
  ['doctor', 'My queue'],
  ['cashier', 'Cash desk'],
  ['administrator', 'Administration'],
] as const)('%s begins on %s, the page of their role', async (role, name) => {
  const { page } = await clinic.window(role)
  const current = page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current=page]')
  expect(await current.allTextContents()).toEqual([name])
  await page.close()
})

test('Q4 a doctor without an entry is told so, and has the queue as soon as somebody links them', async () => {
  const { administrator } = clinic.as
  const [id, clinicId] = [uuidv7(), clinic.clinicId]
  const person = { username: 'new.doctor', displayName: 'New Doctor', password: PASSWORD, clinicIds: [clinicId] }
  await administrator.users.create({ body: { id, ...person, roles: ['doctor'] } })
  const page = await newWindow(clinic.context)
  await page.goto(clinic.hub.url)
  await signInOn(page, 'new.doctor')
  await page.getByText('You have no queue in this clinic').waitFor()
  await administrator.doctors.create({ body: { id: uuidv7(), clinicId, displayName: 'New Doctor', userId: id } })
  await page.getByText('Nobody is waiting').waitFor()
  await page.close()
})

test('an address that nothing is at says so in the frame, with the way back', async () => {
  const { page } = await clinic.window('receptionist')
  await page.goto(`${clinic.hub.url}/nothing/here`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await page.getByRole('link', { name: 'Go to Today' }).click()
  await page.getByRole('grid', { name: 'Queue' }).waitFor()
  await page.close()
})
