import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { choose, press, row, toast } from './hands.ts'
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
  cashier = await clinic.window('cashier', { at: '/today' })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const agree = () => allShowTheDatabase(clinic, { today: [reception, cashier], doctor })

test('A1: reception books with F6, and the cashier sees the arrival', async () => {
  const { page } = reception
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Book' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('oka')
  await dialog.getByRole('option', { name: /Okafor Amara.*P-000001/ }).waitFor()
  await page.keyboard.press('Enter')
  await choose(dialog, 'Doctor', 'Dr Chen')
  await dialog.getByRole('radio', { name: '09:00' }).click()
  await dialog.getByRole('button', { name: 'Book 09:00' }).click()
  await toast(page, 'Booked for 09-Mar-2026 09:00')
  for (const window of [reception, cashier])
    await expect
      .poll(() => rowsOf(window.page, 'Arrivals'), WAIT)
      .toEqual([expect.stringMatching(/^09:00.*Okafor Amara.*Chen/)])
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

test('Q7: the doctor calls the next one, who is due, and starts', async () => {
  const { page } = doctor
  await page.keyboard.press('F8')
  await toast(page, 'A001 is called to Room 2')
  await agree()
  await page.getByRole('heading', { name: 'OKAFOR, Amara' }).waitFor()
  await press(page, 'Start')
  await toast(page, 'A001: In consultation')
  await agree()
})

test('Q1: on hold, and the next one is called but is not there', async () => {
  const { page } = doctor
  await press(page, 'Hold')
  await toast(page, 'A001: On hold')
  await agree()
  await press(page, 'Call next')
  await toast(page, 'A002 is called to Room 2')
  await agree()
  await press(page, 'Not here')
  await toast(page, 'A002 was not there and is back in the queue')
  await agree()
  await expect.poll(() => rowsOf(reception.page, 'Queue'), WAIT).toContainEqual(expect.stringMatching(/A002.*Not here/))
})

test('Q1: back from hold, and finished to the cash desk', async () => {
  const { page } = doctor
  await row(page, 'My queue', 'A001').click()
  await press(page, 'Go on')
  await toast(page, 'A001: In consultation')
  await agree()
  await page.keyboard.press('F10')
  await toast(page, 'A001 goes to the cash desk')
  await agree()
})

test('U4: a finish by mistake is undone with Ctrl+Z', async () => {
  const { page } = doctor
  await page.keyboard.press('Control+z')
  await toast(page, 'Undone: A001 is as it was')
  await agree()
  await page.keyboard.press('F10')
  await toast(page, 'A001 goes to the cash desk')
  await agree()
})

test('M2: paid in two parts by two methods; paying it off completes the visit', async () => {
  const { page } = cashier
  await row(page, 'Queue', 'A001').click()
  await row(reception.page, 'Queue', 'A001').click()
  await page.keyboard.press('F9')
  const dialog = page.getByRole('dialog', { name: 'Payment, A001' })
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('200')
  await dialog.getByRole('textbox', { name: 'Given in cash' }).fill('500')
  await dialog.getByRole('status').getByText('৳300.00').waitFor()
  await dialog.getByRole('button', { name: 'Take ৳200.00' }).click()
  await toast(page, '৳200.00 taken, receipt 1')
  for (const window of [reception, cashier]) await due(window).getByText('৳300.00').waitFor()
  await agree()
  await page.keyboard.press('F9')
  await dialog.getByRole('textbox', { name: 'Amount' }).waitFor()
  await page.keyboard.press('Alt+2')
  await dialog.getByRole('radio', { name: 'Card', checked: true }).waitFor()
  await dialog.getByRole('button', { name: 'Take ৳300.00' }).click()
  await toast(page, '৳300.00 taken, receipt 2')
  for (const window of [reception, cashier]) await due(window).getByText('৳0.00').waitFor()
  await agree()
  for (const window of [reception, cashier])
    await expect.poll(() => rowsOf(window.page, 'Arrivals'), WAIT).toEqual([expect.stringMatching(/Seen$/)])
})

test('M2: a refund asks why, and is seen at once', async () => {
  const { page } = cashier
  const money = page.getByRole('table')
  await money
    .getByRole('row', { name: /Cash.*receipt 1/ })
    .getByRole('button', { name: 'Refund' })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Refund of receipt 1' })
  const verb = dialog.getByRole('button', { name: 'Refund ৳50.00 to Okafor Amara' })
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('50')
  expect(await verb.isDisabled()).toBe(true)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Paid too much')
  await verb.click()
  await toast(page, '৳50.00 given back to Okafor Amara')
  for (const window of [reception, cashier])
    await window.page.getByRole('row', { name: /Refund by Cash.*receipt 3.*Paid too much.*৳50\.00/ }).waitFor()
})

test('at the end each console shows what the database holds, and none was reloaded', async () => {
  await agree()
  const { payments, charges } = moneyInDatabase()
  expect(payments).toEqual([
    ['payment', 'cash', 20_000, 1],
    ['payment', 'card', 30_000, 2],
    ['refund', 'cash', 5_000, 3],
  ])
  expect(charges).toEqual([50_000])
  for (const window of [reception, cashier]) {
    const lines = await window.page.getByRole('table').getByRole('row').allTextContents()
    expect(lines.map((line) => /৳[\d.]+/.exec(line)?.[0])).toEqual([
      '৳500.00',
      '৳200.00',
      '৳300.00',
      '৳50.00',
      '৳50.00',
    ])
  }
  for (const window of [reception, doctor, cashier]) {
    expect(window.navigations()).toBe(0)
    expect(window.faults).toEqual([])
  }
})

const due = ({ page }: ConsoleWindow) => page.getByRole('row', { name: /^Due/ })

function moneyInDatabase() {
  const { reading } = clinic.hub.databases
  const visit = "(select id from visits where ticket = 'A001')"
  return {
    payments: reading
      .prepare(
        `select kind, method, amountMinor, receiptNumber from payments where visitId = ${visit} order by receiptNumber`,
      )
      .raw()
      .all(),
    charges: reading.prepare(`select amountMinor from charges where visitId = ${visit}`).pluck().all(),
  }
}
