import type { Browser, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Role, role } from '../../contract/permissions.ts'
import { views } from '../../renderer/views.ts'
import { anAppointment, take } from '../support/acts.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  isReady,
  launchBrowser,
  newWindow,
  pill,
  violations,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { onLoopback, pairStation } from '../support/lan-station.ts'
import { eachPage, press, row, toast } from './hands.ts'

// U7: WCAG 2.2 AA, on every page and in every dialog, in light and dark.

let browser: Browser
let clinic: ClinicOnScreen
/** Everything at once, so that there is no view and no action that is not looked at. */
let everybody: ConsoleWindow
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser, { hub: onLoopback })
  await fillClinic()
  await pairStation(clinic, 'Desk')
  await clinic.as.administrator.users.create({
    body: {
      id: uuidv7(),
      username: 'everybody',
      password: PASSWORD,
      displayName: 'Every Body',
      roles: role.options.filter((each): each is Role => each !== 'doctor'),
      clinicIds: [clinic.clinicId],
    },
  })
  everybody = await clinic.window('everybody')
  page = everybody.page
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

afterEach(leave)

/** Closes whatever is open over the page. */
async function leave(): Promise<void> {
  const over = page.getByRole('dialog').or(page.getByRole('menu')).or(page.getByRole('listbox'))
  while ((await over.count()) > 0) await page.keyboard.press('Escape')
}

/** Somebody in every state, of every urgency. */
async function fillClinic(): Promise<void> {
  const api = clinic.as.doctor
  const named = await clinic.aPatient({
    familyName: 'Okafor',
    givenName: 'Amara',
    birthDate: '1984-03-07',
    sex: 'female',
    note: 'Hard of hearing',
  })
  const paying = await clinic.aVisit({ patientId: named.id, serviceId: clinic.service.id })
  await take(api, paying, 'called', 'in_consultation')
  await clinic.as.doctor.visits.finish({ params: { id: paying.id }, body: { version: 3 } })
  await take(api, await clinic.aVisit(), 'called', 'in_consultation', 'on_hold')
  await take(api, await clinic.aVisit(), 'called', 'in_consultation')
  for (const urgency of ['non_urgent', 'urgent', 'very_urgent', 'immediate'] as const) {
    const visit = await clinic.aVisit({ serviceId: clinic.service.id })
    await api.visits.update({
      params: { id: visit.id },
      body: { version: visit.version, urgency, reason: 'looked at' },
    })
  }
  await anAppointment(clinic, 30)
  const gone = await anAppointment(clinic, 60)
  await clinic.as.receptionist.appointments.cancel({
    params: { id: gone.id },
    body: { version: gone.version, reason: 'called off' },
  })
}

async function isAccessible(on: Page): Promise<void> {
  expect.soft(await violations(on)).toEqual([])
}

describe('U7: every view', () => {
  test('of the rail, as somebody who may see all of them', async () => {
    const seen: string[] = []
    await eachPage(page, async (name) => {
      seen.push(name)
      expect.soft(await violations(page), name).toEqual([])
    })
    expect(seen.length).toBeGreaterThanOrEqual(views.length - 1)
  })

  test('of a doctor', async () => {
    const doctor = await clinic.window('doctor')
    await isAccessible(doctor.page)
    await row(doctor.page, 'My queue', 'In consultation').click()
    await isAccessible(doctor.page)
    await press(doctor.page, 'Call next')
    await doctor.page.getByRole('dialog', { name: /is still with you$/ }).waitFor()
    await isAccessible(doctor.page)
    await doctor.page.close()
  })

  test('of somebody who is not signed in, and of a locked screen', async () => {
    const stranger = await newWindow(clinic.context)
    await stranger.goto(clinic.hub.url)
    await stranger.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    await isAccessible(stranger)
    await stranger.close()
    await page.keyboard.press('Control+L')
    await page.getByRole('heading', { name: 'Locked' }).waitFor()
    await isAccessible(page)
    await page.getByLabel('Password or PIN', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await isReady(page)
  })
})

describe('U7: Today', () => {
  test('with an appointment, a visit that waits and one that pays', async () => {
    await page.goto(`${clinic.hub.url}/today`)
    await isReady(page)
    await row(page, 'Arrivals', '09:30').click()
    await isAccessible(page)
    await row(page, 'Queue', /[A-Z]\d{3}.*Very urgent/).click()
    await isAccessible(page)
    await page.getByRole('button', { name: 'More that can be done' }).click()
    await page.getByRole('menu').waitFor()
    await isAccessible(page)
    await leave()
    await row(page, 'Queue', 'Okafor Amara').click()
    await isAccessible(page)
  })

  const dialogs: { name: string; title: string | RegExp; open: () => Promise<unknown> }[] = [
    { name: 'Walk-in', title: 'Walk-in', open: () => page.keyboard.press('F4') },
    { name: 'Book', title: 'Book', open: () => page.keyboard.press('F6') },
    { name: 'Emergency', title: 'Emergency', open: () => page.keyboard.press('F2') },
    { name: 'Payment', title: /^Payment/, open: () => page.keyboard.press('F9') },
    { name: 'Transfer', title: /^Transfer/, open: () => act('Transfer') },
    { name: 'Away', title: /is away for a while$/, open: () => act('Away') },
    { name: 'No-show', title: /did not come$/, open: () => act('No-show') },
    { name: 'Wrong patient', title: /is the wrong patient$/, open: () => act('Wrong patient') },
    { name: 'Cancel visit', title: 'Cancel this visit', open: () => act('Cancel visit') },
    { name: 'Why', title: /^Why/, open: () => page.getByRole('grid', { name: 'Queue' }).press('w') },
  ]
  test.each(dialogs)('the dialog $name', async ({ title, open }) => {
    await row(page, 'Queue', /[A-Z]\d{3}.*Very urgent/).click()
    await open()
    const dialog = page.getByRole('dialog', { name: title })
    await dialog.waitFor()
    await isAccessible(page)
  })

  test('registering somebody new in the walk-in', async () => {
    await page.keyboard.press('F4')
    const dialog = page.getByRole('dialog', { name: 'Walk-in' })
    await dialog.getByRole('combobox', { name: 'Patient' }).fill('Okafor Amara')
    await dialog.getByRole('option', { name: /P-000001/ }).waitFor()
    await isAccessible(page)
    await dialog.getByRole('option', { name: /^Register/ }).click()
    await dialog.getByRole('button', { name: /P-000001/ }).waitFor()
    await isAccessible(page)
  })

  test('the refund', async () => {
    await row(page, 'Queue', 'Okafor Amara').click()
    await page.keyboard.press('F9')
    await page.getByRole('dialog').getByRole('button', { name: /^Take/ }).click()
    await toast(page, /taken, receipt 1/)
    await isAccessible(page)
    await page.getByRole('button', { name: 'Refund' }).click()
    await page.getByRole('dialog', { name: /^Refund/ }).waitFor()
    await isAccessible(page)
  })
})

describe('U7: the dialogs of the other pages', () => {
  const dialogs: [path: string, button: string | RegExp][] = [
    ['/appointments', 'Move'],
    ['/appointments', 'Cancel appointment'],
    ['/cash-desk', 'Add a line'],
    ['/cash-desk', 'Refund receipt 1'],
    ['/patients', 'Register a patient'],
    ['/patients', 'Import patients'],
    ['/administration/clinic', 'Close for some days'],
    ['/administration/rooms', 'Add a room'],
    ['/administration/services', 'Consultation'],
    ['/administration/people', 'Every Body'],
    ['/administration/doctors', 'Edit'],
    ['/administration/doctors', 'Enter leave'],
    ['/administration/pools', 'Walk-ins'],
    ['/administration/computers', 'Add a computer'],
    ['/administration/computers', 'Desk'],
    ['/administration/computers', 'Remove Desk'],
    ['/administration/network', 'Make a new root'],
  ]
  test.each(dialogs)('%s: %s', async (path, button) => {
    await page.goto(clinic.hub.url + path)
    await isReady(page)
    if (path === '/appointments') await row(page, /^Appointments/, '09:30').click()
    if (path === '/cash-desk')
      await row(page, 'To pay', /[A-Z]\d{3}/)
        .first()
        .click()
    await page.getByRole('main').getByRole('button', { name: button }).first().click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(page)
  })

  test('/cash-desk: a line’s menu, and waiving it', async () => {
    await page.goto(`${clinic.hub.url}/cash-desk`)
    await isReady(page)
    await row(page, 'To pay', /[A-Z]\d{3}/)
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Change the line/ })
      .first()
      .click()
    await page.getByRole('menu').waitFor()
    await isAccessible(page)
    await page.getByRole('menuitem').first().click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(page)
  })

  test('/patients: somebody’s record, merging and allergies', async () => {
    await page.goto(`${clinic.hub.url}/patients`)
    await isReady(page)
    await page.getByRole('textbox', { name: 'Find a patient' }).fill('Okafor')
    await page.getByRole('grid', { name: 'Found patients' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'OKAFOR, Amara' }).waitFor()
    await page.getByRole('button', { name: 'Open record' }).click()
    await page.getByText('not asked').waitFor()
    await isAccessible(page)
    await page.getByRole('button', { name: 'More that can be done' }).last().click()
    await page.getByRole('menuitem', { name: /merge/i }).click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(page)
  })
})

describe('U7: the frame', () => {
  test('the palette', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find patient, ticket, page' }).fill('a0')
    await page.getByRole('option', { name: /A002/ }).waitFor()
    await isAccessible(page)
  })

  test('an emergency on the screen, its bell, the connection and the person’s menu', async () => {
    await clinic.as.nurse.visits.emergency({ body: { id: uuidv7(), clinicId: clinic.clinicId } })
    await page.getByRole('button', { name: /^I am coming/ }).waitFor()
    await isAccessible(page)
    const header = page.getByRole('banner')
    const bell = header.getByRole('button', { name: /^Alerts/ })
    const person = header.getByRole('button', { name: /Every Body/ })
    for (const button of [bell, pill(page), person]) {
      await button.click()
      await isAccessible(page)
      await leave()
    }
    expect(everybody.faults).toEqual([])
  })
})

async function act(name: string): Promise<void> {
  const button = page.getByRole('toolbar').getByRole('button', { name, exact: true })
  if ((await button.count()) > 0) return button.click()
  await page.getByRole('button', { name: 'More that can be done' }).click()
  await page.getByRole('menuitem', { name }).click()
}
