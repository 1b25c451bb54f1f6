import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { row } from './hands.ts'

// Q11: reception sees how long it still takes, live, and how the doctor's day ends.

let browser: Browser
let clinic: ClinicOnScreen
let reception: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  reception = await clinic.window('receptionist')
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

test('Q11 a range beside the patient, and the end of the day beside the doctor', async () => {
  const { page } = reception
  await clinic.aVisit({ serviceId: clinic.service.id })
  await clinic.aVisit({ serviceId: clinic.service.id })
  const last = await clinic.aVisit({ serviceId: clinic.service.id })
  await row(page, 'Queue', last.ticket).click()
  const patient = page.getByRole('region', { name: 'Patient' })
  await patient.getByText(/^called in about \d+–\d+ min$/).waitFor()
  await page
    .getByRole('grid', { name: 'Queue' })
    .getByText(/^At this pace ends \d\d:\d\d/)
    .first()
    .waitFor()
  if (process.env.ANTEROOM_SHOT) await page.screenshot({ path: process.env.ANTEROOM_SHOT })
})

test('Q11 a visit that is immediate loses its range, by itself', async () => {
  const { page } = reception
  const { items } = await clinic.as.receptionist.visits.list({
    query: { clinicId: clinic.clinicId, status: 'waiting' },
  })
  const [visit] = items
  if (!visit) throw new Error('nobody waits')
  await row(page, 'Queue', visit.ticket).click()
  const patient = page.getByRole('region', { name: 'Patient' })
  await patient.getByText(/^called /).waitFor()
  await clinic.as.receptionist.visits.update({
    params: { id: visit.id },
    body: { version: visit.version, urgency: 'immediate' },
  })
  await patient.getByText(/^called /).waitFor({ state: 'detached' })
  expect(await patient.getByText(/^called /).count()).toBe(0)
})
