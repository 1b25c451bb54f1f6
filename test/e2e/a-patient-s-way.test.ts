import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { allShowTheDatabase, rowsOf, WAIT } from './picture.ts'

// One morning in three windows: what one does, the others see, and nobody reloads.

let browser: Browser
let clinic: ClinicOnScreen
let reception: ConsoleWindow
let doctor: ConsoleWindow
let cashier: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara', birthDate: '1984-03-07', sex: 'female' })
  await clinic.aPatient({ familyName: 'Silva', givenName: 'João' })
  reception = await clinic.window('receptionist')
  doctor = await clinic.window('doctor')
  cashier = await clinic.window('cashier')
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const agree = () => allShowTheDatabase(clinic, { today: [reception, cashier], doctor })
const toast = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'Messages' }).getByText(text).waitFor()
const press = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name }).click()

test('A1: reception books with F6, and the cashier sees the arrival', async () => {
  const { page } = reception
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Book' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('oka')
  await dialog.getByRole('option', { name: /Okafor Amara.*P-000001/ }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByRole('combobox', { name: 'Doctor' }).click()
  await page.getByRole('option', { name: 'Dr Chen' }).click()
  await dialog.getByRole('radio', { name: '09:00' }).click()
  await dialog.getByRole('button', { name: 'Book 09:00' }).click()
  await toast(page, 'Booked for 09-Mar-2026 09:00')
  for (const window of [reception, cashier])
    await expect.poll(() => rowsOf(window.page, 'Arrivals'), WAIT).toEqual([expect.stringMatching(/^09:00.*Okafor Amara.*Chen/)])
})

test('Q4: Enter on the arrival checks in', async () => {
  const { page } = reception
  await page.getByRole('grid', { name: 'Arrivals' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await toast(page, 'A001 is checked in')
  await toast(doctor.page, 'A001 has arrived for you')
  await agree()
  for (const window of [reception, cashier])
    await expect.poll(() => rowsOf(window.page, 'Arrivals'), WAIT).toEqual([expect.stringMatching(/In$/)])
})

test('U1: a walk-in by the keyboard alone: F4, three letters, Enter, doctor, Enter', async () => {
  const { page } = reception
  await page.keyboard.press('F4')
  const dialog = page.getByRole('dialog', { name: 'Walk-in' })
  await dialog.getByRole('combobox', { name: 'Patient' }).waitFor()
  await page.keyboard.type('sil')
  await dialog.getByRole('option', { name: /Silva João/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), WAIT).toContain('Dr Chen')
  await page.keyboard.press('Enter')
  await toast(page, 'A002 is checked in')
  await agree()
  expect(clinic.hub.databases.reading.prepare("select doctorId from visits where ticket = 'A002'").pluck().get()).toBe(
    clinic.doctor.id,
  )
})
