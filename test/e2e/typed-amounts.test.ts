import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'

let browser: Browser
let clinic: ClinicOnScreen
let cashier: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  await clinic.aVisit({
    serviceId: clinic.service.id,
    patientId: (await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })).id,
  })
  cashier = await clinic.window('cashier')
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

test('M2 an amount that could be two is not taken, and says so; Bengali digits are read', async () => {
  const { page } = cashier
  await page.getByRole('grid').getByRole('row').filter({ hasText: 'Okafor' }).click()
  const amount = page.getByRole('textbox', { name: 'Amount' })
  const given = page.getByRole('textbox', { name: 'Given' })
  const take = page.getByRole('button', { name: /^Take / })
  const unclear = page.getByText('Not clear. Write it like 500.00 or 1,500.00')
  await amount.fill('6,00')
  await unclear.waitFor()
  expect(await take.isDisabled()).toBe(true)
  await amount.fill('৬.০০')
  await unclear.waitFor({ state: 'detached' })
  await given.fill('10,0')
  await unclear.waitFor()
  expect(await take.isDisabled()).toBe(true)
  await given.fill('১০')
  await page.getByRole('button', { name: 'Take ৳6.00' }).click()
  const taken = () => clinic.hub.databases.reading.prepare('select amountMinor from payments').pluck().all()
  await expect.poll(taken, { timeout: 20_000 }).toEqual([600])
  expect(cashier.faults).toEqual([])
})
