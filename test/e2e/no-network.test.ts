import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, launchBrowser } from '../support/browser.ts'

// A hub that only its own computer reaches: what its pages say of it, and what to do.

let browser: Browser
let clinic: ClinicOnScreen

beforeAll(async () => {
  browser = await launchBrowser()
  const lan = { listCards: () => [], findable: null, keepAwake: false }
  clinic = await aClinicOnScreen(browser, { hub: { lan, publicPort: 0 } })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

test('without a network card there is a sentence, and no empty table', async () => {
  const { page } = await clinic.window('administrator', { at: '/administration/network' })
  await page.getByText('This computer has no network card with an address now.').waitFor()
  expect(await page.getByRole('table', { name: 'Network cards' }).count()).toBe(0)
  await page.close()
})

test('S4 no television is given an address that leads to itself', async () => {
  const { page } = await clinic.window('administrator', { at: '/administration/waitingRoom' })
  await page.route('**/api/boards/*', (route) =>
    route.fulfill({ json: { addresses: ['http://127.0.0.1:8744/board'] } }),
  )
  await page.reload()
  await page.getByText('No television can reach the hub yet').waitFor()
  expect(await page.getByText('127.0.0.1').count()).toBe(0)
  await page.getByRole('link', { name: 'Open the screen' }).waitFor()
})
