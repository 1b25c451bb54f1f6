import type { Browser, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { hubLooks } from '../support/acts.ts'
import { type SignedInClient, signIn } from '../support/api-client.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  launchBrowser,
  showTheme,
  violations,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { row, toast } from './hands.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let nurse: ConsoleWindow
let doctor: ConsoleWindow
let desk: ConsoleWindow
let cashier: ConsoleWindow
let otherNurse: SignedInClient
let visit: Visit

/** Where the pictures go, when somebody wants to look: ANTEROOM_PICTURES=FOLDER. */
const pictures = process.env.ANTEROOM_PICTURES
const shot = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' })
}

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  await clinic.as.administrator.users.create({
    body: {
      id: uuidv7(),
      username: 'amina',
      displayName: 'Amina K.',
      password: PASSWORD,
      roles: ['nurse'],
      clinicIds: [clinic.clinicId],
    },
  })
  otherNurse = await signIn(clinic.hub.url, 'amina', PASSWORD)
  const patient = await clinic.aPatient({ familyName: 'Okafor', birthDate: '1958-03-07', sex: 'female' })
  visit = await clinic.aVisit({ patientId: patient.id })
  nurse = await clinic.window('nurse', { at: '/alerts' })
  doctor = await clinic.window('doctor')
  desk = await clinic.window('receptionist')
  cashier = await clinic.window('cashier')
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const pass = async (minutes: number) => {
  clinic.clock.pass(minutes)
  await hubLooks(clinic)
}
/** By the other nurse: a critical alert is answered by somebody else than who measured. */
const isMeasured = ({ id, version }: Visit) => {
  const sick = { respiration: 27, spo2: 90, oxygen: 'air', systolic: 95, pulse: 134, consciousness: 'A' } as const
  const vitals = { ...sick, temperatureTenths: 390 }
  return otherNurse.api.triage.record({
    params: { id },
    body: { id: uuidv7(), version, vitals, level: 'immediate', pregnancy: 'no' },
  })
}
const banner = ({ page }: ConsoleWindow) =>
  page.getByRole('alert').getByText(`Help needed: ticket ${visit.ticket}, waiting room`)
const isQuiet = async (...windows: ConsoleWindow[]) => {
  for (const window of windows) expect(await banner(window).count()).toBe(0)
}
/** The colour that most of a canvas is drawn in; runs in the page. */
function mostDrawn(canvas: SVGElement | HTMLElement): string | undefined {
  if (!(canvas instanceof HTMLCanvasElement)) return undefined
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
  const counts = new Map<string, number>()
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = pixels.slice(at, at + 3).join()
    if (pixels[at + 3] === 255) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0]
}
/** What came before has come to a window once this has. */
const hasHeard = ({ heard }: ConsoleWindow) => {
  const { seq } = clinic.hub.databases.read.get<{ seq: number }>`select max(seq) as seq from events` ?? { seq: 0 }
  return expect.poll(() => heard.join('\n').includes(`"upTo":${seq}`), WAIT).toBe(true)
}

describe('L2, L3 a patient gets worse, and nobody answers', () => {
  test('the vitals raise an alert with them: the nurse’s screen says it, no other', async () => {
    await isMeasured(visit)
    await banner(nurse).waitFor()
    for (const window of [doctor, desk, cashier]) await hasHeard(window)
    await isQuiet(doctor, desk, cashier)
    const listed = row(nurse.page, 'Open', visit.ticket)
    await listed.getByText(/Asks the nurses · Score \d+/).waitFor()
    const words = await listed.textContent()
    for (const said of ['Critical', 'Okafor']) expect(words).toContain(said)
    await shot(nurse.page, 'alerts-open')
    expect(await violations(nurse.page)).toEqual([])
  })

  test('after a minute the doctor’s too, after two every screen: a ticket and a place, and nothing else', async () => {
    await pass(1)
    await banner(doctor).waitFor()
    for (const window of [desk, cashier]) await hasHeard(window)
    await isQuiet(desk, cashier)
    await pass(1)
    for (const window of [desk, cashier]) await banner(window).waitFor()
    expect(desk.heard.join('\n')).not.toMatch(/alertReasons|risk_score|"score"|respiration/)
    await desk.page.keyboard.press('Alt+8')
    const asked = row(desk.page, 'Open', visit.ticket)
    await asked.getByText('Asks everybody', { exact: true }).waitFor()
    expect(await asked.textContent(), 'L3 no name on such a screen').not.toContain('Okafor')
    await shot(desk.page, 'alerts-of-reception')
    expect(await desk.page.getByRole('navigation', { name: 'Alerts' }).getByRole('link').allTextContents()).toEqual([
      'Open',
      'Earlier',
    ])
  })

  test('one key answers it, and it is gone from every screen', async () => {
    await nurse.page.getByRole('grid', { name: 'Open' }).focus()
    await nurse.page.keyboard.press('a')
    await toast(nurse.page, `You answered ${visit.ticket}`)
    for (const window of [nurse, doctor, desk, cashier]) await banner(window).waitFor({ state: 'detached' })
    await row(nurse.page, 'Open', visit.ticket)
      .getByText(/nurse came at \d\d:\d\d/)
      .waitFor()
  })

  test('without an outcome it comes back; with one it is done', async () => {
    await pass(10)
    for (const window of [nurse, doctor, desk, cashier]) await banner(window).waitFor()
    await nurse.page.keyboard.press('a')
    await row(nurse.page, 'Open', visit.ticket)
      .getByText(/came at/)
      .waitFor()
    await nurse.page.getByRole('grid', { name: 'Open' }).focus()
    await nurse.page.keyboard.press('o')
    const dialog = nurse.page.getByRole('dialog', { name: `What became of ${visit.ticket}?` })
    await dialog.getByRole('radio', { name: 'Treated here' }).check()
    await shot(nurse.page, 'alerts-outcome')
    expect(await violations(nurse.page)).toEqual([])
    await nurse.page.keyboard.press('Enter')
    await nurse.page.getByText('No open alerts').waitFor()
  })
})

test('L1 raised by hand, with a patient found by ticket, and told to everybody', async () => {
  const { page } = desk
  await page.getByRole('button', { name: 'Raise an alert' }).click()
  const dialog = page.getByRole('dialog', { name: 'Raise an alert' })
  await dialog.getByRole('button', { name: 'Raise it' }).click()
  await dialog.getByText('Which patient?').waitFor()
  await shot(page, 'alerts-raise')
  expect(await violations(page)).toEqual([])
  await dialog.getByText('Everywhere', { exact: true }).click()
  await dialog.getByRole('combobox', { name: 'What is it' }).click()
  await page.getByRole('option', { name: 'Fire' }).click()
  await dialog.getByRole('textbox', { name: 'Note' }).fill('kitchen')
  await page.keyboard.press('Enter')
  for (const window of [nurse, doctor, cashier])
    await window.page.getByRole('alert').getByText('Fire: kitchen').waitFor()
  await shot(doctor.page, 'alerts-banner')
  await cashier.page.keyboard.press('Alt+A')
  for (const window of [nurse, doctor, desk, cashier])
    await window.page.getByRole('alert').getByText('Fire: kitchen').waitFor({ state: 'detached' })
})

test('L1 the history, by severity; what happened to one, and when', async () => {
  const { page } = nurse
  await page.getByRole('link', { name: 'Earlier' }).click()
  const line = page.getByRole('row').filter({ hasText: visit.ticket })
  await line.getByText('Treated here').waitFor()
  await line.getByText(/Okafor/).waitFor()
  await page.getByRole('combobox', { name: 'Severity' }).click()
  await page.getByRole('option', { name: 'Warning' }).click()
  await page.getByText('No alerts like that').waitFor()
  await page.getByRole('combobox', { name: 'Severity' }).click()
  await page.getByRole('option', { name: 'Critical' }).click()
  await line.getByRole('button', { name: visit.ticket }).click()
  const dialog = page.getByRole('dialog', { name: `${visit.ticket}: what happened` })
  await dialog.getByText('Asked on by the hub: Asks everybody').waitFor()
  expect(await dialog.getByRole('listitem').count()).toBe(7)
  await shot(page, 'alerts-steps')
  await page.keyboard.press('Escape')
  await shot(page, 'alerts-history')
})

describe('L5 what was raised is in the numbers', () => {
  test('counted, timed and drawn, and the same as a file', async () => {
    const { page } = nurse
    await page.getByRole('link', { name: 'Reports' }).click()
    const people = page.getByRole('table', { name: 'By who answered first' })
    await people.getByRole('row', { name: /^nurse 1 2:00/ }).waitFor()
    const severity = page.getByRole('table', { name: 'By severity' })
    await severity.getByRole('row', { name: /^Critical 2 1 0/ }).waitFor()
    const chart = page.getByRole('img', { name: 'Alerts by hour of the day; most: 09:00 · Raised 2' })
    await chart.focus()
    await page.keyboard.press('End')
    await page.getByText('23:00 · Raised 0').waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.getByText('22:00 · Raised 0').waitFor()
    await severity.getByRole('button', { name: 'Raised' }).press('Enter')
    await severity.getByRole('columnheader', { name: 'Raised', exact: true }).and(page.locator('[aria-sort]')).waitFor()
    const names = severity.getByRole('rowheader')
    expect(await names.allTextContents()).toEqual(['For information', 'Warning', 'Critical'])
    await severity.getByRole('button', { name: 'Raised' }).press('Enter')
    await expect.poll(() => names.first().textContent(), WAIT).toBe('Critical')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^alerts-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/)
  })

  test('U4 a chart is drawn in the colours of the theme, and on paper in those of the light one', async () => {
    const { page } = nurse
    const chart = page.getByRole('img', { name: /^Alerts by hour of the day/ })
    const colour = () => chart.locator('canvas').evaluate(mostDrawn)
    await showTheme(page, 'light')
    const light = await colour()
    await showTheme(page, 'dark')
    await expect.poll(colour, WAIT).not.toBe(light)
    const dark = await colour()
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    await expect.poll(colour, WAIT).toBe(light)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await expect.poll(colour, WAIT).toBe(dark)
  })

  test('U7 accessible in both themes', async () => {
    for (const part of ['Open', 'Earlier', 'Reports']) {
      await showTheme(nurse.page, 'light')
      await nurse.page.getByRole('navigation', { name: 'Alerts' }).getByRole('link', { name: part }).click()
      await nurse.page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' })
      await shot(nurse.page, `alerts-${part}-light`)
      expect(await violations(nurse.page)).toEqual([])
      await shot(nurse.page, `alerts-${part}-dark`)
    }
    await showTheme(nurse.page, 'light')
    expect([nurse.faults, doctor.faults, desk.faults, cashier.faults]).toEqual([[], [], [], []])
  })
})

test('L4 each chooses by kind and severity; critical is not among the choices', async () => {
  const { page } = doctor
  await page.getByRole('button', { name: /^Notifications, / }).click()
  await page.getByRole('button', { name: 'Choose how I am told' }).click()
  const part = page.getByRole('region', { name: 'Alerts' })
  const choice = part.getByRole('radiogroup', { name: 'A person · Warning' })
  await choice.scrollIntoViewIfNeeded()
  await shot(page, 'alerts-preferences')
  expect(await part.getByRole('radiogroup').count()).toBe(6)
  expect(await part.getByText(/· Critical/).count()).toBe(0)
  await choice.getByText('Silent').click()
  const own = () => clinic.hub.databases.read.find('notificationPreferences', clinic.people.doctor.session.user.id)
  await expect.poll(() => own()?.alertLevels.by_hand.warning, WAIT).toBe('silent')
})

test('L3 a rule’s alert and one by hand about one patient are one line, and each is answered by itself', async () => {
  const patient = await clinic.aPatient({ familyName: 'Silva', birthDate: '1958-03-07', sex: 'female' })
  const silva = await clinic.aVisit({ patientId: patient.id })
  const { id, ticket } = silva
  await isMeasured(silva)
  const byHand = { clinicId: clinic.clinicId, scope: 'patient', severity: 'critical', visitId: id } as const
  await clinic.as.doctor.alerts.raise({ body: { id: uuidv7(), ...byHand, topic: 'worse' } })
  const { page } = nurse
  const words = `Help needed: ticket ${ticket}, waiting room`
  const call = page.getByRole('alert').filter({ hasText: words })
  const lines = call.getByText(words)
  const more = call.getByRole('button', { name: 'and 1 more' })
  await more.waitFor()
  expect(await lines.count()).toBe(1)
  await shot(page, 'alerts-banner-joined')
  await more.click()
  await expect.poll(() => call.getByRole('button', { name: /I am coming/ }).count(), WAIT).toBe(2)
  await shot(page, 'alerts-banner-unfolded')
  expect(await violations(page)).toEqual([])
  await call
    .getByRole('button', { name: /I am coming/ })
    .last()
    .click()
  await more.waitFor({ state: 'detached' })
  expect(await lines.count()).toBe(1)
  await page.keyboard.press('Alt+A')
  await lines.first().waitFor({ state: 'detached' })
})
