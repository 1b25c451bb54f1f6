import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { row, toast } from './hands.ts'
import { rowsOf, WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let cashier: ConsoleWindow
let reception: ConsoleWindow
let nurse: ConsoleWindow
let doctor: ConsoleWindow
let all: ConsoleWindow[]

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  const patient = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })
  await clinic.aVisit({ patientId: patient.id })
  cashier = await clinic.window('cashier', { at: '/today' })
  reception = await clinic.window('receptionist')
  nurse = await clinic.window('nurse')
  doctor = await clinic.window('doctor')
  all = [cashier, reception, nurse, doctor]
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const banner = ({ page }: ConsoleWindow) => page.getByRole('alert').getByText(/^Help needed: ticket \S+, /)
const TICKET = 'C001'

test('T0: F2 over another dialog too, and once only; what was begun under it stays', async () => {
  const { page } = reception
  await page.keyboard.press('F4')
  const patient = page.getByRole('dialog', { name: 'Walk-in' }).getByRole('combobox', { name: 'Patient' })
  await patient.fill('Oka')
  await page.keyboard.press('F2')
  const emergency = page.getByRole('dialog', { name: 'Emergency' })
  await emergency.waitFor()
  await page.keyboard.press('F2')
  await page.keyboard.press('Escape')
  await emergency.waitFor({ state: 'detached' })
  expect(await patient.inputValue()).toBe('Oka')
  await page.keyboard.press('Escape')
  await patient.waitFor({ state: 'detached' })
})

test('T0: F2 and Enter on the cashier’s page, without a name; a ticked danger sign goes with it', async () => {
  const { page } = cashier
  await page.keyboard.press('F2')
  const dialog = page.getByRole('dialog', { name: 'Emergency' })
  await dialog.getByRole('checkbox', { name: 'Chest pain' }).check()
  await dialog.getByRole('textbox', { name: 'Who (if you know)' }).focus()
  await page.keyboard.press('Enter')
  await toast(page, `Help is called: ${TICKET}`)
  const visit = clinic.hub.databases.reading.prepare('select * from visits where ticket = ?').get(TICKET)
  expect(visit).toMatchObject({ patientId: null, label: null, urgency: 'immediate', status: 'waiting' })
})

test('L3: every screen says which ticket and where, and nothing else', async () => {
  for (const window of all)
    expect(await banner(window).textContent()).toMatch(new RegExp(`^Help needed: ticket ${TICKET}, \\S+`))
})

test('L3: also a locked screen, on which nothing can be pressed', async () => {
  const { page } = reception
  await page.keyboard.press('Control+L')
  await page.getByRole('heading', { name: 'Locked' }).waitFor()
  await banner(reception).waitFor()
  expect(await page.getByRole('alert').getByRole('button').count()).toBe(0)
  await page.getByLabel('Password or PIN', { exact: true }).fill('correct horse')
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('region').first().waitFor()
})

test('L3: why never reaches the receptionist, neither the screen nor the wire', async () => {
  await row(reception.page, 'Queue', TICKET).click()
  await reception.page.getByRole('heading', { name: 'Unknown patient' }).waitFor()
  const screen = await reception.page.locator('body').textContent()
  expect(screen).not.toMatch(/chest|pain\b|sign|unconscious/i)
  const wire = reception.heard.join('\n')
  expect(wire).toContain('hospital_alert')
  expect(wire).not.toMatch(/chest_pain|alertReasons|dangerSigns/)
  expect(doctor.heard.join('\n')).toContain('chest_pain')
})

test('Q5: the doctor has the emergency first, although it came last', async () => {
  const waiting = (await rowsOf(doctor.page, 'My queue')).filter((text) => /[A-Z]\d{3}/.test(text))
  expect(waiting.map((text) => text.slice(0, 4))).toEqual([TICKET, 'A001'])
  expect(waiting[0]).toContain('Immediate')
})

test('L3: answered by two at once it is answered by one, and is gone from every screen', async () => {
  await Promise.all([nurse, doctor].map(({ page }) => page.keyboard.press('Alt+A')))
  for (const window of all) await banner(window).waitFor({ state: 'detached' })
  const said = () =>
    Promise.all([nurse, doctor].map(({ page }) => page.getByText(`You answered ${TICKET}`, { exact: true }).count()))
  await expect.poll(async () => (await said()).filter((count) => count > 0).length, WAIT).toBe(1)
  const alerts = clinic.hub.databases.reading.prepare('select acknowledgedById from alerts').pluck().all()
  expect(alerts).toEqual([expect.any(String)])
  expect(all.map((window) => [window.navigations(), window.faults])).toEqual(all.map(() => [0, []]))
})
