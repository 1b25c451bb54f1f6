import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { anAppointment } from '../support/acts.ts'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { row, toast, toasts } from './hands.ts'
import { rowsOf, WAIT } from './picture.ts'

// U1: nothing needs a mouse, and Enter does no harm.

let browser: Browser
let clinic: ClinicOnScreen
let desk: ConsoleWindow
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  clinic = await aClinicOnScreen(browser)
  const amara = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })
  await clinic.aVisit({ patientId: amara.id, serviceId: clinic.service.id })
  await clinic.aVisit({ serviceId: clinic.service.id })
  await clinic.aVisit({ poolId: clinic.poolId })
  const joao = await clinic.aPatient({ familyName: 'Silva', givenName: 'João' })
  await anAppointment(clinic, 60, { patientId: joao.id })
  desk = await clinic.window('receptionist')
  page = desk.page
  await row(page, 'Queue', 'A002').waitFor()
})
afterEach(async () => {
  expect(desk.faults).toEqual([])
  await clinic?.close()
})

const grid = (name: string) => page.getByRole('grid', { name })
const selected = () => page.getByRole('row', { selected: true }).allTextContents()
const visitsInDatabase = () =>
  clinic.hub.databases.reading.prepare('select * from visits order by ticket').all() as Visit[]
const statusOf = (ticket: string) => visitsInDatabase().find((visit) => visit.ticket === ticket)?.status
const everythingWritten = () => {
  const count = (table: string) => clinic.hub.databases.reading.prepare(`select count(*) from ${table}`).pluck().get()
  return { visits: visitsInDatabase(), payments: count('payments'), events: count('events') }
}

test('U1: Ctrl+K and Ctrl+F find a ticket, a patient, a page and an action by their words', async () => {
  for (const key of ['Control+k', 'Control+f']) {
    await page.keyboard.press(key)
    const palette = page.getByRole('combobox', { name: 'Find patient, ticket, page' })
    await palette.waitFor()
    await expect.poll(() => palette.evaluate((box) => box === document.activeElement), WAIT).toBe(true)
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
  }
  await find('a002', /A002/)
  await page.getByRole('region', { name: 'Patient' }).getByText('A002').waitFor()
  await find('sil', /Silva João/)
  await page.getByRole('heading', { name: 'SILVA, João' }).waitFor()
  await find('walk', /^Walk-in/)
  await page.getByRole('dialog', { name: 'Walk-in' }).waitFor()
  await page.keyboard.press('Escape')
})

test('P2: more than the hub looks for is not taken, in the box of a walk-in, of the patients and of the palette', async () => {
  const long = 'x'.repeat(300)
  const boxes = [
    { open: 'F4', box: page.getByRole('dialog', { name: 'Walk-in' }).getByRole('combobox', { name: 'Patient' }) },
    { open: 'Control+k', box: page.getByRole('combobox', { name: 'Find patient, ticket, page' }) },
  ]
  for (const { open, box } of boxes) {
    await page.keyboard.press(open)
    await box.waitFor()
    await page.keyboard.insertText(long)
    expect(await box.inputValue()).toHaveLength(200)
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
  }
  await page.getByRole('link', { name: 'Patients' }).click()
  const box = page.getByRole('textbox', { name: 'Find a patient' })
  await box.fill('')
  await box.focus()
  await page.keyboard.insertText(long)
  expect(await box.inputValue()).toHaveLength(200)
})

test('U1: in the palette the arrow keys choose', async () => {
  await page.keyboard.press('Control+k')
  const options = page.getByRole('option')
  await options.nth(1).waitFor()
  const chosen = () => options.evaluateAll((all) => all.findIndex((one) => one.ariaSelected === 'true'))
  expect(await chosen()).toBe(0)
  await page.keyboard.press('ArrowDown')
  await expect.poll(chosen, WAIT).toBe(1)
  await page.keyboard.press('ArrowUp')
  await expect.poll(chosen, WAIT).toBe(0)
  await page.keyboard.press('Escape')
})

test('U1: arrow keys walk a list and pass its headings; Home and End go to its ends', async () => {
  await grid('Queue').focus()
  const walked: string[] = []
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'Home']) {
    await page.keyboard.press(key)
    const [text] = await selected()
    walked.push(/[A-Z]\d{3}/.exec(text ?? '')?.[0] ?? 'a heading')
  }
  expect(walked).toEqual(['A001', 'A002', 'C001', 'C001', 'A002', 'C001', 'A001'])
})

test('U1: Enter on any row of the queue writes nothing: it never calls, pays or deletes', async () => {
  const doctor = await clinic.window('doctor')
  const before = everythingWritten()
  await walkWithEnter(page, 'Queue')
  await walkWithEnter(doctor.page, 'My queue')
  // An answer from the hub: what was asked of it before has been done.
  await find('sil', /Silva João/)
  expect(everythingWritten()).toEqual(before)
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('U1: Enter on an arrival checks in, once; again it only opens', async () => {
  await grid('Arrivals').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await toast(page, 'A003 is checked in')
  const before = everythingWritten()
  await grid('Arrivals').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'SILVA, João' }).waitFor()
  expect(everythingWritten()).toEqual(before)
})

test('U4: a call is taken back from its message, and by Ctrl+Z', async () => {
  await row(page, 'Queue', 'A001').click()
  await page.keyboard.press('F8')
  await toast(page, 'A001 is called to Room 2')
  expect(statusOf('A001')).toBe('called')
  await toasts(page).getByRole('button', { name: /^Undo/ }).click()
  await toast(page, 'Undone: A001 is as it was')
  expect(statusOf('A001')).toBe('waiting')
  await page.keyboard.press('F8')
  await toast(page, 'A001 is called to Room 2')
  await page.keyboard.press('Control+z')
  await toast(page, 'Undone: A001 is as it was')
  expect(statusOf('A001')).toBe('waiting')
})

test('Q9: undo is offered for ten seconds and no longer', async () => {
  const watched = await clinic.window('receptionist', { clock: true })
  await row(watched.page, 'Queue', 'A001').click()
  await watched.page.keyboard.press('F8')
  const undo = toasts(watched.page).getByRole('button', { name: /^Undo/ })
  await undo.waitFor()
  await watched.page.clock.runFor(9000)
  expect(await undo.count()).toBe(1)
  await watched.page.clock.runFor(1500)
  await undo.waitFor({ state: 'detached' })
  await watched.page.keyboard.press('Control+z')
  await watched.page.keyboard.press('F9')
  await watched.page.getByRole('dialog', { name: 'Payment, A001' }).waitFor()
  expect(statusOf('A001')).toBe('called')
})

test('U1: Tab reaches everything on Today that can be pressed; W is the key for Why', async () => {
  await row(page, 'Queue', 'A001').click()
  await page.getByRole('toolbar').waitFor()
  const pressable = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, [role=grid]')]
    const seen = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled'))
    for (const [index, one] of seen.entries()) one.setAttribute('data-nr', String(index))
    return seen.map((one) => one.textContent ?? '')
  })
  const reached = new Set<number>()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (let tabs = 0; tabs < pressable.length + 5; tabs += 1) {
    await page.keyboard.press('Tab')
    reached.add(await page.evaluate(() => Number(document.activeElement?.getAttribute('data-nr') ?? -1)))
  }
  const missed = pressable.filter((_text, index) => !reached.has(index))
  expect(new Set(missed)).toEqual(new Set(['Why?']))

  await grid('Queue').focus()
  await page.keyboard.press('w')
  await page.getByRole('dialog', { name: /^Why A001 Okafor Amara/ }).waitFor()
  await page.keyboard.press('Escape')
})

test('U1: what does not stand as a button is in a menu that the keyboard opens and walks', async () => {
  await row(page, 'Queue', 'A001').click()
  await page.getByRole('button', { name: 'More that can be done' }).focus()
  await page.keyboard.press('Enter')
  const items = page.getByRole('menu').getByRole('menuitem')
  await items.first().waitFor()
  const names = await items.allTextContents()
  expect(names).toEqual(expect.arrayContaining(['Print slip', 'No-show', 'Left', 'Wrong patient', 'Cancel visit']))
  const walked: string[] = []
  for (const _ of names) {
    await page.keyboard.press('ArrowDown')
    walked.push(await page.evaluate(() => document.activeElement?.textContent ?? ''))
  }
  expect(new Set(walked)).toEqual(new Set(names))
  await page.keyboard.press('Escape')
})

test('A1: a booking by the keyboard alone', async () => {
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Book' })
  await dialog.getByRole('combobox', { name: 'Patient' }).waitFor()
  await page.keyboard.type('oka')
  await dialog.getByRole('option', { name: /Okafor Amara/ }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByRole('radio', { name: '09:10' }).waitFor()
  await expect.poll(() => dialog.evaluate((box) => box.contains(document.activeElement)), WAIT).toBe(true)
  for (let tabs = 0; tabs < 8 && !(await onSlot(page)); tabs += 1) await page.keyboard.press('Tab')
  expect(await onSlot(page)).toBe(true)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await toast(page, /^Booked for 09-Mar-2026 09:/)
  expect(await rowsOf(page, 'Arrivals')).toHaveLength(2)
})

test('choosing in a drop-down what is chosen already keeps it', async () => {
  await page.keyboard.press('F6')
  const doctor = page.getByRole('dialog', { name: 'Book' }).getByRole('combobox', { name: 'Doctor' })
  const before = await doctor.inputValue()
  await doctor.click()
  await page.getByRole('option', { name: before }).click()
  expect(await doctor.inputValue()).toBe(before)
})

const onSlot = (on: Page) => on.evaluate(() => document.activeElement?.getAttribute('data-at') !== null)

async function find(typed: string, option: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find patient, ticket, page' }).fill(typed)
  await page.getByRole('option', { name: option, selected: true }).waitFor()
  await page.keyboard.press('Enter')
}

async function walkWithEnter(on: Page, list: string): Promise<void> {
  const rows = await rowsOf(on, list)
  await on.getByRole('grid', { name: list }).focus()
  await on.keyboard.press('Home')
  for (const _ of rows) {
    await on.keyboard.press('Enter')
    await on.keyboard.press('ArrowDown')
  }
}
