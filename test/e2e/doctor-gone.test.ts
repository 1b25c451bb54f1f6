import type { Browser, Locator, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anAppointment } from '../support/acts.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  launchBrowser,
  violations,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { choose, row, toast, toasts } from './hands.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let one: ConsoleWindow
let two: ConsoleWindow

/** Where the pictures go, when somebody wants to look: ANTEROOM_PICTURES=FOLDER. */
const pictures = process.env.ANTEROOM_PICTURES

const NAMES = ['Okafor', 'Silva', 'Ito', 'Rahman']

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
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
  // 09:30 on with Dr Chen, who has two more in the waiting room; Dr Rao is taken at 09:30.
  for (const [index, familyName] of NAMES.entries()) {
    const { id } = await clinic.aPatient({
      familyName,
      givenName: 'Given',
      phones: [`+880 1712 00000${index}`],
      language: 'bn',
    })
    await anAppointment(clinic, 30 + index * 10, { patientId: id })
  }
  await anAppointment(clinic, 30, { doctorId: clinic.otherDoctor.id })
  for (const familyName of ['Waits', 'Waiting']) {
    const { id } = await clinic.aPatient({ familyName })
    await clinic.aVisit({ patientId: id })
  }
  one = await clinic.window('receptionist')
  two = await clinic.window('receptionist2')
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const goneDialog = (page: Page) => page.getByRole('dialog', { name: 'Doctor late or gone' })
const phoneDialog = (page: Page) => page.getByRole('dialog', { name: /phone/ })
const newTimeOf = (dialog: Locator, name: string) => dialog.getByRole('combobox', { name: `New time of ${name}` })
const proposed = (page: Page) => Promise.all(NAMES.map((name) => newTimeOf(goneDialog(page), name).inputValue()))
const shot = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' })
}

async function openGone(page: Page, way: string): Promise<Locator> {
  await page.getByRole('grid', { name: 'Queue' }).getByRole('button', { name: 'Dr Chen: late or gone' }).click()
  const dialog = goneDialog(page)
  await dialog.getByText(way, { exact: true }).click()
  return dialog
}

async function byPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find patient, ticket, page' }).fill(words)
  await page
    .getByRole('option', { name: new RegExp(words) })
    .first()
    .click()
}

const doctorsOf = () =>
  clinic.hub.databases.reading
    .prepare(
      `select p.familyName || ' ' || d.displayName || ' ' || substr(a.startsAt, 6, 11) from appointments a
       join patients p on p.id = a.patientId join doctors d on d.id = a.doctorId
       where p.familyName in (select value from json_each(?)) order by a.startsAt, p.familyName`,
    )
    .pluck()
    .all(JSON.stringify(NAMES))

test('Q12 late: every window sees when the doctor is expected', async () => {
  await byPalette(one.page, 'Doctor late or gone')
  const dialog = goneDialog(one.page)
  await choose(dialog, 'Doctor', 'Dr Chen')
  await dialog.getByRole('textbox', { name: 'Expected at' }).fill('1015')
  await shot(one.page, 'doctor-late')
  await one.page.keyboard.press('Enter')
  for (const { page } of [one, two]) await row(page, 'Queue', 'Dr Chen').getByText('10:15').waitFor()
})

test('Q12 the proposal keeps times where it can, and follows what others book', async () => {
  const dialog = await openGone(one.page, 'Gone: to another doctor')
  await expect.poll(() => proposed(one.page), WAIT).toEqual(['40', '50', '00', '10'].map(ending))
  expect(await violations(one.page)).toEqual([])
  await shot(one.page, 'doctor-gone')
  await anAppointment(clinic, 50, { doctorId: clinic.otherDoctor.id })
  await expect
    .poll(() => proposed(one.page), WAIT)
    .toEqual([expect.stringMatching(/09:40$/), ...['10:00', '10:10', '10:20'].map(at)])
  await one.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

const at = (time: string) => expect.stringMatching(new RegExp(`${time}$`))
const ending = (minutes: string) => expect.stringMatching(new RegExp(`:${minutes}$`))

test('A2 a time that is taken at the last moment refuses the whole, names whom, and proposes anew', async () => {
  const before = doctorsOf()
  const held = await clinic.window('receptionist', { line: true })
  const dialog = await openGone(held.page, 'Gone: to another doctor')
  await expect.poll(() => proposed(held.page), WAIT).toEqual(['09:40', '10:00', '10:10', '10:20'].map(at))
  held.line.hold()
  const other = await anAppointment(clinic, 60, { doctorId: clinic.otherDoctor.id })
  await dialog.getByRole('button', { name: 'Move 4 booked, 2 waiting' }).click()
  await dialog
    .getByRole('alert')
    .getByText('Silva Given: receptionist has just taken that time. Nobody was moved.')
    .waitFor()
  await expect.poll(() => proposed(held.page), WAIT).toEqual(['09:40', '10:10', '10:20', '10:30'].map(at))
  await shot(held.page, 'doctor-gone-refused')
  expect(doctorsOf()).toEqual(before)
  held.line.release()
  await clinic.as.receptionist.appointments.cancel({
    params: { id: other.id },
    body: { version: other.version, reason: 'was a test of nerves' },
  })
  await held.page.close()
})

test('Q12 all move at once, one row changed and one left out; undo puts all of it back (U4)', async () => {
  const before = doctorsOf()
  const { page } = one
  const dialog = await openGone(page, 'Gone: to another doctor')
  await expect.poll(() => proposed(page), WAIT).toEqual(['09:40', '10:00', '10:10', '10:20'].map(at))
  await newTimeOf(dialog, 'Ito').fill('11:30')
  await page.getByRole('option', { name: '11:30' }).click()
  await choose(dialog, 'New time of Rahman', 'Left out: phone first')
  await dialog.getByRole('button', { name: 'Move 3 booked, 2 waiting' }).click()
  await toast(page, 'Moved: 3 booked, 2 waiting')
  for (const window of [one, two]) await row(window.page, 'Queue', 'Dr Rao').getByText('2 waiting').waitFor()
  expect(doctorsOf()).toEqual([
    'Okafor Dr Rao 03-09T03:40',
    'Rahman Dr Chen 03-09T04:00',
    'Silva Dr Rao 03-09T04:00',
    'Ito Dr Rao 03-09T05:30',
  ])
  await phoneDialog(page).getByText('4 of 4 still to phone').waitFor()
  await shot(page, 'phone-list')
  await toasts(page).getByRole('button', { name: 'Undo' }).last().click()
  await toast(page, 'All of them are back where they were')
  for (const window of [one, two]) await row(window.page, 'Queue', 'Dr Chen').getByText('2 waiting').waitFor()
  expect(doctorsOf()).toEqual(before)
  await phoneDialog(page).getByText('Nobody is to be phoned').waitFor()
  await phoneDialog(page).getByRole('button', { name: 'Close' }).last().click()
})

test('Q12 to another day: the same doctor, the same times; two receptions share the list of whom to phone', async () => {
  const { page } = one
  const dialog = await openGone(page, 'Gone: to another day')
  await expect
    .poll(() => proposed(page), WAIT)
    .toEqual(['09:30', '09:40', '09:50', '10:00'].map((t) => at(`Tue 10-Mar ${t}`)))
  await choose(dialog, 'Who waits goes to', 'Pool: Walk-ins')
  await shot(page, 'doctor-gone-another-day')
  await dialog.getByRole('button', { name: 'Move 4 booked, 2 waiting' }).click()
  const list = phoneDialog(page)
  await list.getByText('4 of 4 still to phone').waitFor()
  expect(await violations(page)).toEqual([])
  expect(doctorsOf()[0]).toBe('Okafor Dr Chen 03-10T03:30')

  await byPalette(two.page, 'Patients to phone')
  const shared = phoneDialog(two.page)
  const line = shared.getByRole('row').filter({ hasText: 'Silva' })
  for (const words of ['+880 1712 000001', 'বাংলা', '09-Mar-2026 09:40', '10-Mar-2026 09:40'])
    await line.getByText(words).waitFor()
  await line.getByRole('checkbox').check()
  await list.getByText('3 of 4 still to phone').waitFor()
  await list.getByRole('row').filter({ hasText: 'Silva' }).getByText('Second Desk').waitFor()
  for (const name of ['Okafor', 'Ito', 'Rahman'])
    await list.getByRole('checkbox', { name: `${name} Given is told` }).check()
  for (const each of [list, shared]) await each.getByRole('status').getByText('Everybody is told').waitFor()
  await shot(page, 'phone-list-told')
  expect([one.faults, two.faults]).toEqual([[], []])
})

test('Q12 the list on paper has names, phones, both times and language', async () => {
  const { page } = two
  await page.evaluate(() => {
    window.print = () => undefined
  })
  await phoneDialog(page).getByRole('button', { name: 'Print' }).click()
  const paper = page.locator('.anteroom-print')
  await paper.waitFor({ state: 'attached' })
  const text = (await paper.textContent()) ?? ''
  for (const words of ['Silva Given', '+880 1712 000001', 'বাংলা', '09-Mar-2026 09:40', '10-Mar-2026 09:40'])
    expect(text).toContain(words)
})
