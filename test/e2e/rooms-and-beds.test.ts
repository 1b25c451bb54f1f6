import type { Browser, Locator, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { aBed, take } from '../support/acts.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  launchBrowser,
  showTheme,
  violations,
} from '../support/browser.ts'
import { choose, row, toast, toasts } from './hands.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let nurse: ConsoleWindow
let desk: ConsoleWindow
/** A third window, whose line can be held. */
let held: ConsoleWindow
let wardId: string
const visits: Visit[] = []

/** Where the pictures go, when somebody wants to look: ANTEROOM_PICTURES=FOLDER. */
const pictures = process.env.ANTEROOM_PICTURES

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  const body = { id: uuidv7(), clinicId: clinic.clinicId, name: 'Treatment room', publicLabel: '5' }
  wardId = (await clinic.as.administrator.rooms.create({ body })).id
  for (const label of ['Bed 1', 'Bed 2', 'Bed 3']) await aBed(clinic, label, wardId)
  for (const familyName of ['Okafor', 'Silva', 'Ito']) {
    const { id } = await clinic.aPatient({ familyName, givenName: 'Given' })
    visits.push(await clinic.aVisit({ patientId: id }))
  }
  held = await clinic.window('receptionist', { at: '/rooms-and-beds', line: true })
  nurse = await clinic.window('nurse', { at: '/rooms-and-beds' })
  desk = await clinic.window('receptionist', { at: '/rooms-and-beds' })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const plan = (page: Page): Locator => page.getByRole('group', { name: 'Rooms and their beds' })
const bed = (page: Page, label: string): Locator => plan(page).getByRole('button', { name: label })
const staffRow = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Staff' }).getByRole('listitem').filter({ hasText: name })
const ticketOf = (at: number) => visits[at]?.ticket ?? ''
const shot = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' })
}
const both = () => [nurse.page, desk.page]
/** S2: staff read the name that they have for a place, never the label that the waiting room is told. */
const helpIsCalledTo = async (page: Page, visitId: string, place: string) => {
  const { alerts } = clinic.as.receptionist
  const why = { scope: 'patient', severity: 'critical', topic: 'fell' } as const
  const { id } = await alerts.raise({ body: { ...why, id: uuidv7(), clinicId: clinic.clinicId, visitId } })
  const ticket = visits.find((visit) => visit.id === visitId)?.ticket
  await page.getByRole('alert').getByText(`Help needed: ticket ${ticket}, ${place}`, { exact: true }).waitFor()
  const version = clinic.hub.databases.read.find('alerts', id)?.version ?? 0
  await alerts.resolve({ params: { id }, body: { outcome: 'false_alarm', version } })
}
const shows = async (label: string, words: string | RegExp) => {
  for (const page of both()) await bed(page, label).getByText(words).waitFor()
}

async function assign(page: Page, label: string, typed: string): Promise<void> {
  await bed(page, label).click()
  await page.getByRole('combobox', { name: 'Ticket or name' }).fill(typed)
  await page.keyboard.press('Enter')
}

describe('S2 rooms and beds', () => {
  test('by keyboard alone: a ticket typed on a free bed and Enter; two windows agree', async () => {
    const { page } = nurse
    await bed(page, 'Bed 1').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => bed(page, 'Bed 2').evaluate((one) => one === document.activeElement), WAIT).toBe(true)
    await page.keyboard.type(ticketOf(0).toLowerCase())
    await page.getByRole('dialog', { name: 'Who is for Bed 2, Treatment room?' }).waitFor()
    await expect.poll(() => page.getByRole('option').count(), WAIT).toBe(1)
    await shot(page, 'bed-assign')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await shows('Bed 2', 'Okafor Given')
    await shows('Bed 2', 'Occupied')
    await expect.poll(() => bed(page, 'Bed 2').evaluate((one) => one === document.activeElement), WAIT).toBe(true)
  })

  test('U4 undo puts it back', async () => {
    await toasts(nurse.page).getByRole('button', { name: 'Undo' }).last().click()
    await shows('Bed 2', 'Free')
    await assign(nurse.page, 'Bed 2', 'okafor')
    await shows('Bed 2', ticketOf(0))
  })

  test('of two who want one bed the second is told by whom it was taken', async () => {
    await bed(held.page, 'Bed 1').getByText('Free').waitFor()
    held.line.hold()
    await assign(nurse.page, 'Bed 1', 'silva')
    await shows('Bed 1', 'Silva Given')
    await assign(held.page, 'Bed 1', 'ito')
    await toast(held.page, 'nurse has just taken that bed.')
    held.line.release()
    await bed(held.page, 'Bed 1').getByText('Silva Given').waitFor()
    await held.page.close()
  })

  test('who has a bed leaves it for another when that is picked', async () => {
    await assign(desk.page, 'Bed 3', 'silva')
    await shows('Bed 3', 'Silva Given')
    await shows('Bed 1', 'To clean')
    await bed(nurse.page, 'Bed 1').press('Enter')
    await shows('Bed 1', 'Free')
  })

  test('a visit that is over marks its bed; released it is cleaned, and then free', async () => {
    await take(clinic.as.receptionist, visits[1] as Visit, 'left')
    await shows('Bed 3', 'Visit over: release')
    await shot(nurse.page, 'rooms-and-beds-marked')
    await bed(desk.page, 'Bed 3').click()
    await desk.page.getByRole('menuitem', { name: 'Release' }).click()
    await shows('Bed 3', 'To clean')
    await desk.page.getByText('To clean 1', { exact: true }).click()
    await expect.poll(() => plan(desk.page).getByRole('button').count(), WAIT).toBe(1)
    await bed(desk.page, 'Bed 3').click()
    await desk.page.getByText('No bed is like that now').waitFor()
    await desk.page.getByText('All rooms', { exact: true }).click()
    await shows('Bed 3', 'Free')
  })

  test('U7 accessible, in both themes', async () => {
    expect(await violations(nurse.page)).toEqual([])
    for (const theme of ['dark', 'light'] as const) {
      await showTheme(nurse.page, theme)
      await shot(nurse.page, `rooms-and-beds-${theme}`)
    }
  })

  test('the administrator adds a bed and takes it out of service', async () => {
    const { page } = await clinic.window('administrator', { at: '/administration/rooms' })
    await page.getByRole('button', { name: 'Add a bed to Treatment room' }).click()
    await page.getByRole('textbox', { name: 'Label' }).fill('Bed 3')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This room has a bed of that label already.').waitFor()
    await page.getByRole('textbox', { name: 'Label' }).fill('Couch')
    await page.getByRole('button', { name: 'Save' }).click()
    await shows('Couch', 'Free')
    await page.getByRole('button', { name: 'Couch' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Out of service' }).click()
    await shows('Couch', 'Out of service')
    await shot(page, 'administration-rooms')
    await page.close()
  })
})

describe('S1 staff', () => {
  let doctor: ConsoleWindow
  beforeAll(async () => {
    doctor = await clinic.window('doctor')
  })

  test('who is in, how loaded, and connected or not, live', async () => {
    const { page } = desk
    await staffRow(page, 'Dr Chen').getByText('Available').waitFor()
    await expect.poll(() => staffRow(page, 'Dr Chen').getByText('not connected').count(), WAIT).toBe(0)
    await staffRow(page, 'Dr Chen').getByText('2 waiting').waitFor()
    await take(clinic.as.doctor, visits[0] as Visit, 'called', 'in_consultation')
    await staffRow(page, 'Dr Chen')
      .getByText(`With ${ticketOf(0)}`)
      .waitFor()
    await plan(page).getByRole('region', { name: 'Room 2' }).getByText('In consultation').waitFor()
  })

  test('S2 reception says where the doctor is today, and the next call names it', async () => {
    const { page } = desk
    await staffRow(page, 'Dr Chen')
      .getByRole('button', { name: /room today/ })
      .click()
    await page.getByRole('menuitem', { name: 'Treatment room' }).click()
    await plan(page).getByRole('region', { name: 'Treatment room' }).getByText('Dr Chen').waitFor()
    const third = visits[2] as Visit
    const called = await clinic.as.receptionist.visits.call({
      params: { id: third.id },
      body: { version: third.version },
    })
    expect(called.roomId).toBe(wardId)
    await plan(nurse.page).getByRole('region', { name: 'Treatment room' }).getByText('Called').waitFor()
    await staffRow(page, 'Dr Chen')
      .getByRole('button', { name: /room today/ })
      .getByText('Treatment room')
      .waitFor()
    await helpIsCalledTo(nurse.page, third.id, 'Treatment room')
    await helpIsCalledTo(nurse.page, visits[0]?.id ?? '', 'Bed 2, Treatment room')
    const { id, version } = called
    await clinic.as.receptionist.visits.undo({ params: { id }, body: { version } })
  })

  test('a doctor who goes on a break says when they are back, and undoes it', async () => {
    const { page } = doctor
    await page.getByTitle('Status, theme, password, sign out').click()
    await page.getByRole('menuitem', { name: 'On a break' }).click()
    const dialog = page.getByRole('dialog', { name: '1 patient is waiting for you' })
    await dialog.getByText(`${ticketOf(0)} is still with you.`).waitFor()
    await dialog.getByRole('textbox', { name: 'Back at' }).fill('1015')
    await shot(page, 'leaving')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await staffRow(desk.page, 'Dr Chen').getByText('Expected 10:15').waitFor()
    await toasts(page).getByRole('button', { name: 'Undo' }).last().click()
    await staffRow(desk.page, 'Dr Chen').getByText('Available').waitFor()
  })

  test('one who signs out with patients waiting moves them; reception and the plan follow', async () => {
    const { page } = doctor
    await page.getByTitle('Status, theme, password, sign out').click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    const dialog = page.getByRole('dialog', { name: '1 patient is waiting for you' })
    await dialog.getByText('To somebody else', { exact: true }).click()
    await choose(dialog, 'Who waits goes to', 'Dr Rao')
    await shot(page, 'leaving-move')
    await dialog.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('User name').waitFor()
    expect(clinic.hub.databases.read.find('visits', visits[2]?.id ?? '')?.doctorId).toBe(clinic.otherDoctor.id)
    await staffRow(desk.page, 'Dr Rao').getByText('1 waiting').waitFor()
    await desk.page.keyboard.press('Alt+1')
    await row(desk.page, 'Queue', 'Dr Chen').getByText('Off duty').waitFor()
    await row(desk.page, 'Queue', 'Dr Rao').getByText('1 waiting').waitFor()
    await desk.page.getByRole('button', { name: /^Staff: \d+ in$/ }).click()
    await desk.page.getByRole('dialog', { name: 'Staff' }).getByText('Dr Rao').waitFor()
    expect(await violations(desk.page)).toEqual([])
    await shot(desk.page, 'staff-dialog')
    await desk.page.keyboard.press('Escape')
  })

  test('one who signs out with nobody waiting is asked whether they are off duty', async () => {
    const { page } = await clinic.window('doctor')
    await staffRow(nurse.page, 'Dr Chen').getByText('Available').waitFor()
    await page.getByTitle('Status, theme, password, sign out').click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'No, only from this computer' }).click()
    await page.getByLabel('User name').waitFor()
    await staffRow(nurse.page, 'Dr Chen').getByText('not connected').waitFor({ state: 'attached' })
    await page.close()
    expect([nurse.faults, desk.faults, doctor.faults]).toEqual([[], [], []])
  })
})
