import type { Browser, Locator, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../contract/orders.ts'
import type { Visit } from '../../contract/visits.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  launchBrowser,
  violations,
} from '../support/browser.ts'
import { press } from './hands.ts'
import { WAIT } from './picture.ts'

// U8: nothing that was typed in a consultation is lost, sent or not.

let browser: Browser
let clinic: ClinicOnScreen
let doctor: ConsoleWindow
let page: Page
let visit: Visit
let order: Order

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  visit = await clinic.aVisit()
  const body = { id: uuidv7(), visitId: visit.id, kind: 'imaging', what: 'Chest film' } as const
  order = (await clinic.as.doctor.orders.add({ body })).order
  doctor = await clinic.window('doctor')
  page = doctor.page
  await page.keyboard.press('F8')
  await press(page, 'Start')
  await notes().waitFor()
})
afterAll(async () => {
  expect(doctor?.faults).toEqual([])
  await clinic?.close()
  await browser?.close()
})

const SAVES = '**/api/visits/*/consultation'
const part = (name: string): Locator => page.getByRole('region', { name, exact: true })
const notes = () => part('This visit').getByLabel('Notes')
const reason = () => part('This visit').getByLabel('Reason')
const atHub = () => clinic.hub.databases.read.find('consultations', visit.id)
const orderAtHub = () => clinic.hub.databases.read.find('orders', order.id)
const dialog = (name: string): Locator => page.getByRole('dialog', { name })
const letter = () => dialog('Referral letter')
const allergies = () => page.getByRole('dialog', { name: /^Allergies of/ })
const openAllergies = () => page.getByRole('button', { name: 'Write down Allergies' }).click()
const open = (paper: string) => part('On paper').getByRole('button', { name: paper }).click()
const openResult = () =>
  part('Orders')
    .getByRole('button', { name: /^Result/ })
    .click()

/** Puts it away as a hand does that meant to go on later. */
async function putAway(shown: Locator): Promise<void> {
  await page.keyboard.press('Escape')
  await shown.waitFor({ state: 'detached' })
}

/** What lies on this computer of forms that were not sent. */
const lying = () =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('anteroom.unsaved.')))

test('U8 a letter begins with what is on the screen, saved or not', async () => {
  await page.route(SAVES, (route) => route.abort())
  await notes().fill('Not saved when the letter was begun.')
  await open('Referral letter')
  const words = letter().getByLabel('Letter')
  await expect.poll(() => words.inputValue(), WAIT).toContain('Not saved when the letter was begun.')
  await putAway(letter())
  await page.unroute(SAVES)
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Not saved when the letter was begun.')
})

test('U8 what waits for one save is sent once', async () => {
  let count = 0
  const gate = Promise.withResolvers<void>()
  await page.route(SAVES, async (route) => {
    count += 1
    if (count === 1) await gate.promise
    await route.continue()
  })
  await notes().fill('First.')
  await reason().focus()
  await expect.poll(() => count, WAIT).toBe(1)
  // Each field that is left wants a save: two wait for the first.
  await notes().fill('First. Second.')
  await reason().fill('cough')
  await notes().focus()
  gate.resolve()
  await expect.poll(() => atHub(), WAIT).toMatchObject({ notes: 'First. Second.', reason: 'cough' })
  await part('This visit')
    .getByText(/Saved /)
    .waitFor()
  expect(count).toBe(2)
  await page.unroute(SAVES)
})

const typed = {
  medicine: () => part('Prescriptions').getByRole('combobox', { name: 'Medicine' }),
  dose: () => part('Prescriptions').getByLabel('Dose'),
  what: () => part('Orders').getByLabel('What'),
  by: () => part('Orders').getByLabel('Result by'),
  back: () => part('Back again').getByLabel('Or by'),
}

test('U8 Escape throws no form away', async () => {
  await openResult()
  await dialog('Chest film').getByLabel('Result', { exact: true }).fill('no shadow')
  await putAway(dialog('Chest film'))
  await open('Sick note')
  await dialog('Sick note').getByLabel('More, if needed').fill('no lifting')
  await putAway(dialog('Sick note'))
  await open('Sick note')
  expect(await dialog('Sick note').getByLabel('More, if needed').inputValue()).toBe('no lifting')
  await putAway(dialog('Sick note'))
  await openResult()
  expect(await dialog('Chest film').getByLabel('Result', { exact: true }).inputValue()).toBe('no shadow')
  await putAway(dialog('Chest film'))
})

test('U8 the window is killed: the next one of the same person has every form, and nobody else reads a word', async () => {
  await typed.medicine().fill('Amoxicillin')
  await typed.dose().fill('250 mg')
  await typed.what().fill('TSH')
  await typed.by().fill('11-Mar-2026')
  await typed.back().fill('16-Mar-2026')
  await open('Referral letter')
  await letter().getByLabel('To', { exact: true }).fill('Dr Heart')
  await putAway(letter())
  await openAllergies()
  await allergies().getByText('Has allergies').click()
  await allergies().getByLabel('Substance').fill('Latex')
  const names = async () => new Set((await lying()).map(([key]) => key.replace(/.*\.form\./, '').replace(/\..*/, '')))
  await expect
    .poll(names, WAIT)
    .toEqual(new Set(['order', 'sickNote', 'prescription', 'followUp', 'referral', 'allergies']))
  expect(JSON.stringify(await lying())).not.toMatch(/Amoxicillin|TSH|shadow|lifting|Heart|Latex/)
  await page.close({ runBeforeUnload: false })

  const nurse = await clinic.window('nurse')
  expect(await nurse.page.content()).not.toMatch(/Amoxicillin|TSH/)
  await nurse.page.close()
  // Meanwhile somebody else goes on with the order.
  const { id, version, kind, what, dueOn, result } = order
  const body = { version, kind, what, dueOn, result, doctorId: clinic.otherDoctor.id }
  await clinic.as.doctor.orders.change({ params: { id }, body: { ...body, status: 'results_awaited' } })

  doctor = await clinic.window('doctor')
  page = doctor.page
  await expect.poll(() => typed.medicine().inputValue(), WAIT).toBe('Amoxicillin')
  expect(await typed.dose().inputValue()).toBe('250 mg')
  expect(await typed.what().inputValue()).toBe('TSH')
  expect(await typed.by().inputValue()).toBe('11-Mar-2026')
  expect(await typed.back().inputValue()).toBe('16-Mar-2026')
  await openAllergies()
  expect(await allergies().getByLabel('Substance').inputValue()).toBe('Latex')
  await allergies().getByRole('button', { name: 'Back' }).click()
  await allergies().waitFor({ state: 'detached' })
})

test('Q1 what has no doctor who signs in is in every doctor’s list, and says so', async () => {
  const awaited = (count: number) => page.getByRole('button', { name: `Results awaited: ${count}`, exact: true })
  await awaited(1).click()
  const list = dialog('Results awaited')
  await list.getByRole('row').filter({ hasText: 'Chest film' }).filter({ hasText: 'No doctor (was Dr Rao)' }).waitFor()
  await putAway(list)
})

test('U8 an old result does not take back what others set since; sent or given up, nothing of it stays', async () => {
  await openResult()
  const result = dialog('Chest film')
  await expect.poll(() => result.getByLabel('Result', { exact: true }).inputValue(), WAIT).toBe('no shadow')
  expect(await result.getByRole('combobox', { name: 'State' }).inputValue()).toBe('Results awaited')
  await result.getByRole('button', { name: 'Save' }).click()
  await result.waitFor({ state: 'detached' })
  const { otherDoctor } = clinic
  await expect
    .poll(orderAtHub, WAIT)
    .toMatchObject({ result: 'no shadow', status: 'done', doctorId: otherDoctor.id, version: 3 })

  await part('Prescriptions').getByRole('button', { name: 'Prescribe', exact: true }).click()
  await part('Prescriptions').getByRole('row').filter({ hasText: 'Amoxicillin' }).waitFor()
  await part('Orders').getByRole('button', { name: 'Order', exact: true }).click()
  await part('Orders').getByRole('listitem').filter({ hasText: 'TSH' }).waitFor()
  await part('Back again').getByRole('button', { name: 'Ask back' }).click()
  await part('Back again').getByText('On the recall list').waitFor()
  for (const paper of ['Sick note', 'Referral letter']) {
    await open(paper)
    await dialog(paper).getByRole('button', { name: 'Back' }).click()
    await dialog(paper).waitFor({ state: 'detached' })
  }
  await expect.poll(lying, WAIT).toEqual([])
  await page.reload()
  await typed.medicine().waitFor()
  expect([await typed.medicine().inputValue(), await typed.what().inputValue()]).toEqual(['', ''])
  await open('Sick note')
  expect(await dialog('Sick note').getByLabel('More, if needed').inputValue()).toBe('')
  await dialog('Sick note').getByRole('button', { name: 'Back' }).click()
})

test('P1 Q9 what was prescribed before the visit came to this patient is held against their allergies', async () => {
  const region = part('Prescriptions')
  const warning = region.getByRole('alert').getByText('Amoxicillin: listed allergy of this patient (Amoxicillin)')
  expect(await warning.count()).toBe(0)
  const { id } = await clinic.aPatient({ familyName: 'Right', givenName: 'Person' })
  const items = [{ substance: 'Amoxicillin', reaction: 'rash' }]
  await clinic.as.doctor.patients.setAllergies({ params: { id }, body: { version: 1, state: 'listed', items } })
  const { version } = clinic.hub.databases.read.find('visits', visit.id) ?? visit
  const body = { version, patientId: id, reason: 'wrong card' }
  await clinic.as.receptionist.visits.reassign({ params: { id: visit.id }, body })
  await warning.waitFor()
  expect(await violations(page)).toEqual([])
  await region.getByRole('button', { name: 'Keep Amoxicillin, with a reason' }).click()
  const asked = page.getByRole('dialog', { name: /despite an allergy/ })
  await asked.getByText('RIGHT, Person').waitFor()
  await asked.getByLabel('Reason').fill('tolerated since')
  await asked.getByRole('button', { name: 'Keep Amoxicillin, with a reason' }).click()
  await region.getByText('Despite the allergy: tolerated since').waitFor()
  await warning.waitFor({ state: 'detached' })
})
