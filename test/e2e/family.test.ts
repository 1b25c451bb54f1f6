import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anAppointment } from '../support/acts.ts'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { press, row, toast, toasts } from './hands.ts'
import { WAIT } from './picture.ts'

// Q12: a mother and her two children: checked in together, called together, paid for by one.

let browser: Browser
let clinic: ClinicOnScreen
let reception: ConsoleWindow
let doctor: ConsoleWindow
let cashier: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  const [mother, , son] = [
    await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' }),
    await clinic.aPatient({ familyName: 'Okafor', givenName: 'Ben' }),
    await clinic.aPatient({ familyName: 'Okafor', givenName: 'Chidi' }),
  ]
  await anAppointment(clinic, 0, { patientId: mother.id })
  await anAppointment(clinic, 20, { patientId: son.id })
  reception = await clinic.window('receptionist')
  doctor = await clinic.window('doctor')
  cashier = await clinic.window('cashier', { at: '/cash-desk' })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const visits = () =>
  clinic.hub.databases.reading.prepare('select ticket, status, familyId from visits order by ticket').all() as {
    ticket: string
    status: string
    familyId: string | null
  }[]
const statuses = () => visits().map((visit) => visit.status)

test('one who is booked, one who is not, and one who is, are checked in as one family', async () => {
  const { page } = reception
  await row(page, 'Arrivals', 'Amara').click()
  await page.getByRole('button', { name: 'Check in, and another of the family' }).click()
  const dialog = page.getByRole('dialog', { name: 'Walk-in' })
  await dialog.getByText('Checked in so far: A001').waitFor()
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('ben')
  await dialog.getByRole('option', { name: /Okafor Ben/ }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByRole('radio', { name: /Dr Chen/ }).click()
  await dialog.getByRole('button', { name: 'Check in, and another of the family' }).click()
  await dialog.getByText('Checked in so far: A001, A002').waitFor()
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('chi')
  await dialog.getByRole('option', { name: /Okafor Chidi/ }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByText('Has an appointment at 09:20 with Dr Chen').waitFor()
  await page.keyboard.press('Enter')
  await toast(page, 'A003 is checked in')
  await page.getByText('family A001, A002').waitFor()
  expect(statuses()).toEqual(['waiting', 'waiting', 'waiting'])
  expect(new Set(visits().map((visit) => visit.familyId)).size).toBe(1)
})

test('the doctor calls the first, and the family with them; a call too many is undone', async () => {
  const { page } = doctor
  await page.keyboard.press('F8')
  await toast(page, 'A001 is called to Room 2')
  await press(page, 'Call the family with them (2)')
  await toast(page, 'The family is called to Room 2: A002, A003')
  expect(statuses()).toEqual(['called', 'called', 'called'])
  await page.keyboard.press('Control+z')
  await toast(page, 'Undone: A003 is as it was')
  expect(statuses()).toEqual(['called', 'waiting', 'waiting'])
  await row(reception.page, 'Queue', 'A001').click()
  await press(reception.page, 'Call the family with them (2)')
  await toast(reception.page, 'The family is called to Room 2: A002, A003')
  expect(statuses()).toEqual(['called', 'called', 'called'])
})

test('one payment for all, by the keyboard once they are chosen, with a receipt number for each on one paper', async () => {
  const { page } = cashier
  await row(page, 'To pay', 'A002').click()
  const till = page.getByRole('form', { name: 'Payment' })
  const all = till.getByRole('checkbox', {
    name: 'Pay for the family: 3 visits (A001, A002, A003), together ৳1,500.00',
  })
  await all.focus()
  await page.keyboard.press('Space')
  await till.getByRole('textbox', { name: 'Given in cash' }).fill('2000')
  await till.getByRole('status').getByText('৳500.00').waitFor()
  await page.keyboard.press('Enter')
  await toast(page, '৳1,500.00 taken, receipt 1, 2, 3. Give back ৳500.00.')
  const paid = clinic.hub.databases.reading
    .prepare('select v.ticket, p.amountMinor, p.receiptNumber from payments p join visits v on v.id = p.visitId')
    .raw()
    .all()
  expect(paid.sort()).toEqual([
    ['A001', 50_000, 1],
    ['A002', 50_000, 2],
    ['A003', 50_000, 3],
  ])
  await page.evaluate(() => {
    window.print = () => {}
  })
  await toasts(page).getByRole('button', { name: 'Receipt', exact: true }).click()
  const paper = page.locator('.anteroom-print')
  await expect.poll(() => paper.textContent(), WAIT).toMatch(/Receipt 1,.*Amara.*Receipt 2,.*Ben.*Receipt 3,.*Chidi/)
  expect(await paper.textContent()).toContain('Paid together: ৳1,500.00')
})

test('nobody’s page was reloaded, or had a fault', () => {
  for (const window of [reception, doctor, cashier]) expect(window.faults).toEqual([])
})
