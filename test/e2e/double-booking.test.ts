import type { Browser, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { choose, press, row, toast, toasts } from './hands.ts'
import { pictureInDatabase, pictureOf, WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let one: ConsoleWindow
let two: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })
  await clinic.aPatient({ familyName: 'Silva', givenName: 'João' })
  await clinic.as.administrator.users.create({
    body: {
      id: uuidv7(),
      username: 'receptionist2',
      password: PASSWORD,
      displayName: 'Second Desk',
      roles: ['receptionist'],
      clinicIds: [clinic.clinicId],
    },
  })
  one = await clinic.window('receptionist')
  two = await clinic.window('receptionist2', { line: true })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Book' })

async function prepareBooking(page: Page, typed: string, time: string): Promise<void> {
  await page.keyboard.press('F6')
  const dialog = dialogOf(page)
  await dialog.getByRole('combobox', { name: 'Patient' }).fill(typed)
  await dialog.getByRole('option').filter({ hasText: 'P-0' }).click()
  await choose(dialog, 'Doctor', 'Dr Chen')
  await dialog.getByRole('radio', { name: time }).click()
  await dialog.getByRole('button', { name: `Book ${time}` }).waitFor()
}

test('A2: of two receptions that book one slot at once one succeeds; the other is told by whom and offered the nearest', async () => {
  await Promise.all([prepareBooking(one.page, 'oka', '09:30'), prepareBooking(two.page, 'sil', '09:30')])
  // Neither has heard of the other when they press.
  two.line.hold()
  await Promise.all([one, two].map(({ page }) => dialogOf(page).getByRole('button', { name: 'Book 09:30' }).click()))
  const taken = /^(receptionist|Second Desk) has just taken that time\.$/
  const told = ({ page }: ConsoleWindow) => dialogOf(page).getByRole('alert').getByText(taken)
  await expect.poll(async () => (await told(one).count()) + (await told(two).count()), WAIT).toBe(1)
  two.line.release()
  const loser = (await told(one).count()) === 1 ? one : two
  const winner = loser === one ? two : one
  await toast(winner.page, 'Booked for 09-Mar-2026 09:30')
  expect(await told(loser).textContent()).toContain(winner === one ? 'receptionist' : 'Second Desk')
  expect(startsInDatabase()).toEqual(['03:30'])

  const offered = dialogOf(loser.page).getByRole('alert').getByRole('button')
  expect(await offered.allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/09:(20|40)$/)]))
  await offered.filter({ hasText: '09:40' }).click()
  await dialogOf(loser.page).getByRole('button', { name: 'Book 09:40' }).click()
  await toast(loser.page, 'Booked for 09-Mar-2026 09:40')
  expect(startsInDatabase()).toEqual(['03:30', '03:40'])
  for (const { page } of [one, two])
    await expect.poll(() => page.getByRole('grid', { name: 'Arrivals' }).getByRole('row').count(), WAIT).toBe(2)
})

test('A4: a slot that is taken while the dialog is open is not offered any more', async () => {
  const { page } = one
  await page.keyboard.press('F6')
  const dialog = dialogOf(page)
  await choose(dialog, 'Doctor', 'Dr Chen')
  const slot = dialog.getByRole('radio', { name: '10:00' })
  await slot.waitFor()
  const patient = await clinic.aPatient()
  await clinic.as.nurse.appointments.book({
    body: {
      id: uuidv7(),
      doctorId: clinic.doctor.id,
      patientId: patient.id,
      serviceId: clinic.service.id,
      startsAt: '2026-03-09T04:00:00.000Z',
    },
  })
  await expect.poll(() => slot.getAttribute('title'), WAIT).toBe('Taken')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('Q10: who acts on what another has changed is told how it is, sees it, and changes nothing', async () => {
  const visit = await clinic.aVisit()
  for (const { page } of [one, two]) await row(page, 'Queue', visit.ticket).click()
  two.line.hold()
  await press(one.page, 'Call')
  await toast(one.page, `${visit.ticket} is called to Room 2`)

  await press(two.page, 'Call')
  await toast(two.page, `Somebody else changed ${visit.ticket}: Called. Nothing was done.`)
  await expect.poll(() => pictureOf(two.page, 'Queue'), WAIT).toEqual(pictureInDatabase(clinic))
  await two.page.getByRole('toolbar').getByRole('button', { name: 'Not here' }).waitFor()
  expect(stepsOf(visit.id)).toEqual(['walk_in', 'call'])

  two.line.release()
  await toasts(two.page).getByRole('button', { name: 'Dismiss' }).first().click()
  await press(two.page, 'Not here')
  await toast(two.page, `${visit.ticket} was not there and is back in the queue`)
  for (const { page } of [one, two])
    await expect.poll(() => pictureOf(page, 'Queue'), WAIT).toEqual(pictureInDatabase(clinic))
  expect([one.navigations(), two.navigations(), one.faults, two.faults]).toEqual([0, 0, [], []])
})

function startsInDatabase(): unknown[] {
  const { reading } = clinic.hub.databases
  return reading.prepare('select substr(startsAt, 12, 5) from appointments order by startsAt').pluck().all()
}

function stepsOf(visitId: string): unknown[] {
  const { reading } = clinic.hub.databases
  return reading.prepare('select step from visitSteps where visitId = ? order by id').pluck().all(visitId)
}
