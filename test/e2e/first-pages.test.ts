import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, launchBrowser } from '../support/browser.ts'

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

test('an address that nothing is at says so in the frame, with the way back', async () => {
  const { page } = await clinic.window('receptionist')
  await page.goto(`${clinic.hub.url}/nothing/here`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await page.getByRole('link', { name: 'Go to Today' }).click()
  await page.getByRole('grid', { name: 'Queue' }).waitFor()
  await page.close()
})
