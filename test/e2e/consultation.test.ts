import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  isLive,
  isReady,
  launchBrowser,
  violations,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { press, row, toast } from './hands.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let doctor: ConsoleWindow
let page: Page
let visit: Visit

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  const api = clinic.as.doctor
  const patient = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara', birthDate: '1984-03-07' })
  const items = [{ substance: 'Penicillin', reaction: 'rash' }]
  await api.patients.setAllergies({ params: { id: patient.id }, body: { version: 1, state: 'listed', items } })
  await api.medicines.create({
    body: { id: uuidv7(), clinicId: clinic.clinicId, name: 'Paracetamol', dose: '500 mg', howOften: '3 a day' },
  })
  await api.diagnosisTerms.create({
    body: { id: uuidv7(), clinicId: clinic.clinicId, text: 'Common cold', code: 'J00' },
  })
  visit = await clinic.aVisit({ patientId: patient.id })
  doctor = await clinic.window('doctor')
  page = doctor.page
})
afterAll(async () => {
  expect(doctor?.faults).toEqual([])
  await clinic?.close()
  await browser?.close()
})

const part = (name: string, on: Page = page): Locator => on.getByRole('region', { name, exact: true })
const notes = (on: Page = page) => part('This visit', on).getByLabel('Notes')
const saved = (on: Page = page) => part('This visit', on).getByText(/^\s*Saved .*, doctor$/)
const atHub = () => clinic.hub.databases.read.find('consultations', visit.id)

test('the consultation begins: the record is opened, the banner says the allergy, what is typed is saved by itself', async () => {
  await page.keyboard.press('F8')
  await press(page, 'Start')
  await page.getByText('Penicillin (rash)').waitFor()
  await part('This visit').getByLabel('Reason').fill('cough, fever for 3 days')
  await notes().fill('Chest clear.')
  await saved().waitFor()
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Chest clear.')
  expect(atHub()).toMatchObject({ reason: 'cough, fever for 3 days', status: 'draft' })
})

test('diagnoses by keyboard: the clinic’s own words as one types, and free text', async () => {
  const box = part('This visit').getByRole('combobox', { name: 'Diagnoses' })
  await box.fill('comm')
  await page.getByRole('option', { name: /Common cold/ }).waitFor()
  await box.press('ArrowDown')
  await box.press('Enter')
  await box.fill('Tired')
  await box.press('Enter')
  const both = [
    { text: 'Common cold', code: 'J00' },
    { text: 'Tired', code: null },
  ]
  await expect.poll(() => atHub()?.diagnoses, WAIT).toEqual(both)
  await page.getByRole('button', { name: 'Add Tired to the clinic’s list' }).click()
  await toast(page, 'Tired is saved')
})

test('prescriptions: the usual dose comes along; what a listed allergy names needs a reason; undo', async () => {
  const region = part('Prescriptions')
  const medicine = region.getByRole('combobox', { name: 'Medicine' })
  await medicine.fill('para')
  await page.getByRole('option', { name: 'Paracetamol, 500 mg' }).click()
  await region.getByLabel('How long').fill('5 days')
  await expect.poll(() => region.getByLabel('Dose').inputValue(), WAIT).toBe('500 mg')
  await region.getByLabel('How long').press('Enter')
  await region.getByRole('row').filter({ hasText: 'Paracetamol' }).filter({ hasText: '5 days' }).waitFor()

  await medicine.fill('Penicillin V')
  await region.getByText('Listed allergy: Penicillin').waitFor()
  await region.getByRole('button', { name: 'Prescribe' }).click()
  const dialog = page.getByRole('dialog', { name: /despite an allergy/ })
  await dialog.getByText('OKAFOR, Amara').waitFor()
  await dialog.getByLabel('Reason').fill('rash was measles')
  await dialog.getByRole('button', { name: 'Prescribe Penicillin V' }).click()
  await region.getByText('Despite the allergy: rash was measles').waitFor()
  await region.getByRole('button', { name: 'Take Penicillin V off' }).click()
  await region.getByText('rash was measles').waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).last().click()
  await region.getByText('Despite the allergy: rash was measles').waitFor()
})

test('one long word leaves the row’s buttons and the undo on the screen', async () => {
  const region = part('Prescriptions')
  const word = 'W'.repeat(120)
  await region.getByRole('combobox', { name: 'Medicine' }).fill(word)
  await region.getByRole('button', { name: 'Prescribe' }).click()
  const off = region.getByRole('button', { name: `Take ${word} off` })
  const undo = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).last()
  const width = page.viewportSize()?.width ?? 0
  for (const button of [off, undo]) {
    await button.waitFor()
    const box = await button.boundingBox()
    expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThan(width)
  }
  await off.click()
  await off.waitFor({ state: 'detached' })
})

test('files: dropped or chosen; a picture is drawn, a PDF is saved and ends as what it is; nothing else is taken', async () => {
  const region = part('Files')
  const input = region.locator('input[type=file]')
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  await input.setInputFiles([
    { name: 'wound.png', mimeType: 'image/png', buffer: png },
    { name: 'letter.exe', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a letter') },
    { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
  ])
  await toast(page, 'page.png is not a JPEG, PNG, WebP or PDF.')
  await region.getByRole('button', { name: /^wound.png/ }).waitFor()
  await region.locator('img').waitFor()
  await region.getByRole('button', { name: /^wound.png/ }).click()
  await page.getByRole('dialog', { name: 'wound.png' }).getByRole('img', { name: 'wound.png' }).waitFor()
  await page.keyboard.press('Escape')
  const download = page.waitForEvent('download')
  await region.getByRole('button', { name: /^letter.exe/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('letter.exe.pdf')
  expect(readFileSync((await file.path()) ?? '', 'utf8')).toBe('%PDF-1.7 a letter')
})

test('U7 the page of the doctor is accessible, in light and in dark', async () => {
  expect(await violations(page)).toEqual([])
})

test('U8 hub away, page loaded anew: what was typed meanwhile is there, and is saved when the hub is back', async () => {
  await clinic.stopHub()
  await notes().fill('Chest clear. Typed while the hub was away.')
  await part('This visit').getByText('Kept on this computer').waitFor()
  await clinic.startHub()
  await page.reload()
  await isLive(page)
  await expect.poll(() => notes().inputValue(), WAIT).toBe('Chest clear. Typed while the hub was away.')
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Chest clear. Typed while the hub was away.')
  await saved().waitFor()
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('unsaved')))
  expect(left, 'nothing of it stays on the computer').toEqual([])
})

test('U8 the window killed while the hub is away: the next one of the same person has it; another person sees nothing', async () => {
  await clinic.stopHub()
  await notes().fill('Typed before the window was gone.')
  await part('This visit').getByText('Kept on this computer').waitFor()
  const kept = () => page.evaluate(() => ({ ...localStorage }))
  await expect.poll(async () => Object.keys(await kept()).join(), WAIT).toContain('unsaved')
  expect(JSON.stringify(await kept()), 'what lies on this computer is sealed').not.toMatch(/Typed before|notes|cough/)
  await page.close({ runBeforeUnload: false })
  await clinic.startHub()
  const nurse = await clinic.window('nurse')
  expect(await nurse.page.getByText('Typed before').count()).toBe(0)
  expect(atHub()?.notes).not.toContain('Typed before')
  await nurse.page.close()
  doctor = await clinic.window('doctor')
  page = doctor.page
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Typed before the window was gone.')
})

test('U8 no room on this computer: its doctor is told, what is on the screen stays, and it is saved when the hub is back', async () => {
  await expect.poll(() => notes().inputValue(), WAIT).toBe('Typed before the window was gone.')
  await clinic.stopHub()
  await page.evaluate(() => {
    for (let size = 1_000_000, count = 0; size > 0; count++)
      try {
        localStorage.setItem(`filler ${count}`, 'x'.repeat(size))
      } catch {
        size = Math.floor(size / 2)
      }
  })
  await notes().fill('There is no room for this.')
  await toast(page, /could not be kept on this computer/)
  await part('This visit').getByText('Could not be kept on this computer').waitFor()
  await notes().press('End')
  await notes().pressSequentially(' Nor for this.')
  expect(await notes().inputValue()).toBe('There is no room for this. Nor for this.')
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key)
  })
  await notes().pressSequentially(' But for this.')
  await part('This visit').getByText('Kept on this computer').waitFor()
  await clinic.startHub()
  await expect.poll(() => atHub()?.notes, WAIT).toBe('There is no room for this. Nor for this. But for this.')
  await notes().fill('Typed before the window was gone.')
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Typed before the window was gone.')
  await saved().waitFor()
})

test('Q10, U8 two windows: what touches other fields goes together, the same field is shown and nothing is lost', async () => {
  await expect.poll(() => notes().inputValue(), WAIT).toBe('Typed before the window was gone.')
  const other = await clinic.window('doctor', { at: '/my-queue' })
  await expect.poll(() => notes(other.page).inputValue(), WAIT).toBe('Typed before the window was gone.')
  await part('This visit', other.page).getByLabel('Reason').fill('fever, cough')
  await expect.poll(() => part('This visit').getByLabel('Reason').inputValue(), WAIT).toBe('fever, cough')

  // Both type before either is saved: the second window's request is held back until the first one's is done.
  const gate = Promise.withResolvers<void>()
  await other.page.route('**/api/visits/*/consultation', async (route) => {
    await gate.promise
    await route.continue()
  })
  await notes(other.page).fill('Typed in the other window.')
  await notes().fill('Typed in this window.')
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Typed in this window.')
  gate.resolve()
  const conflict = part('This visit', other.page).getByRole('alert')
  await conflict.getByText('Typed in this window.').waitFor()
  expect(await notes(other.page).inputValue()).toBe('Typed in the other window.')
  expect(await violations(other.page)).toEqual([])
  await conflict.getByRole('button', { name: 'Keep both' }).click()
  const both = 'Typed in the other window.\n\nTyped in this window.'
  await expect.poll(() => atHub()?.notes, WAIT).toBe(both)
  await expect.poll(() => notes().inputValue(), WAIT).toBe(both)
  await other.page.close()
  await part('This visit').getByRole('button', { name: 'Earlier versions' }).click()
  await page.getByRole('dialog').getByText('Typed in this window.', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
})

test('U8 a snapshot while the doctor writes takes nothing from the screen, though the hub goes before it is read again', async () => {
  const { page: other, line } = await clinic.window('doctor', { at: '/my-queue', line: true })
  await notes(other).fill('Written across a snapshot.')
  await saved(other).waitFor()
  await other.route('**/api/patients/*/record', (route) => route.abort())
  const taken = other.waitForResponse(/snapshot/)
  line.loseNextFrame()
  line.forgetFrames()
  await clinic.aVisit()
  await clinic.aVisit()
  await (await taken).finished()
  await isLive(other)
  expect(await notes(other).inputValue()).toBe('Written across a snapshot.')
  expect(await notes(other).evaluate((one) => one === document.activeElement)).toBe(true)
  await part('Prescriptions', other).getByText('Despite the allergy').waitFor()
  await other.close()
})

test('U8 somebody else works in the same window meanwhile: what was not saved waits for its person, unseen', async () => {
  const saves = '**/api/visits/*/consultation'
  await page.route(saves, (route) => route.abort())
  await notes().fill('Not saved before the screen was locked.')
  await part('This visit').getByText('Kept on this computer').waitFor()
  await continueAs('nurse')
  expect(await page.content()).not.toContain('Not saved before')
  await page.unroute(saves)
  expect(atHub()?.notes).not.toContain('Not saved before')
  await continueAs('doctor')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'My queue' }).click()
  await expect.poll(() => atHub()?.notes, WAIT).toBe('Not saved before the screen was locked.')
  await saved().waitFor()
})

async function continueAs(username: string): Promise<void> {
  await page.keyboard.press('Control+L')
  await page.getByRole('button', { name: 'Someone else' }).click()
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password or PIN', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await isReady(page)
}

async function printed(act: () => Promise<void>): Promise<string> {
  await page.evaluate(() => {
    window.print = () => undefined
  })
  await act()
  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('.anteroom-sheet')
  await sheet.waitFor()
  const text = await sheet.innerText()
  expect(await page.getByRole('main').isVisible(), 'nothing but the sheet is printed').toBe(false)
  expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(1000)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await sheet.waitFor({ state: 'detached' })
  return text.replace(/\s+/g, ' ')
}

test('on paper: prescription, sick note, referral letter', async () => {
  const head = /^Anteroom Test .*OKAFOR, Amara.*born 07-Mar-1984, P-\d+.*09-Mar-2026 Dr Chen$/
  const prescription = await printed(() => part('Prescriptions').getByRole('button', { name: 'Print' }).click())
  expect(prescription).toMatch(head)
  expect(prescription).toContain('Paracetamol 500 mg 3 a day 5 days')

  const sick = await printed(async () => {
    await part('On paper').getByRole('button', { name: 'Sick note' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sick note' })
    await dialog.getByLabel('To', { exact: true }).fill('12-Mar-2026')
    await dialog.getByRole('button', { name: 'Print' }).click()
  })
  expect(sick).toMatch(head)
  expect(sick).toContain('from 09-Mar-2026 to 12-Mar-2026')
  expect(sick, 'it says no diagnosis by itself').not.toContain('cold')

  const letter = await printed(async () => {
    await part('On paper').getByRole('button', { name: 'Referral letter' }).click()
    const dialog = page.getByRole('dialog', { name: 'Referral letter' })
    await dialog.getByLabel('To', { exact: true }).fill('Dr Heart')
    await dialog.getByRole('button', { name: 'Print' }).click()
  })
  expect(letter).toMatch(head)
  for (const words of ['To Dr Heart', 'Common cold (J00)', 'fever, cough', 'Penicillin'])
    expect(letter).toContain(words)
})

test('an order to hold for; results awaited across days, and a reminder when they are due', async () => {
  const region = part('Orders')
  await region.getByLabel('What').fill('TSH')
  // U5: a day that is none is not taken for no day.
  const order = region.getByRole('button', { name: 'Order', exact: true })
  await region.getByLabel('Result by').fill('31-Feb-2026')
  await expect.poll(() => order.isDisabled()).toBe(true)
  await region.getByLabel('Result by').fill('08-Mar-2026')
  await region.getByText('Must not be in the past.').waitFor()
  expect(await order.isDisabled()).toBe(true)
  await region.getByLabel('Result by').fill('11-Mar-2026')
  await order.click()
  await page.getByRole('button', { name: 'Results awaited: 1' }).waitFor()
  await region.getByLabel('What').fill('Chest film')
  await region.getByRole('button', { name: 'Order and hold' }).click()
  await toast(page, 'The patient is on hold')
  await page.getByRole('grid', { name: 'My queue' }).getByText('On hold').first().waitFor()
  await page.getByRole('button', { name: 'Results awaited: 2' }).click()
  const list = page.getByRole('dialog', { name: 'Results awaited' })
  await list.getByRole('row').filter({ hasText: 'TSH' }).filter({ hasText: '11-Mar-2026' }).waitFor()
  expect(await violations(page)).toEqual([])
  await list
    .getByRole('row')
    .filter({ hasText: 'Chest film' })
    .getByRole('button', { name: /^Result/ })
    .click()
  const result = page.getByRole('dialog', { name: 'Chest film' })
  await result.getByLabel('Result', { exact: true }).fill('clear')
  await result.getByRole('button', { name: 'Save' }).click()
  await list.getByRole('row').filter({ hasText: 'Chest film' }).waitFor({ state: 'detached' })
  await result.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
})

test('"back in 7 days" reaches reception, which books it from its list without a word of why', async () => {
  await row(page, 'My queue', 'Okafor').click()
  await part('Back again').getByRole('button', { name: 'In 7 days' }).click()
  await part('Back again').getByText('On the recall list').waitFor()
  const desk = await clinic.window('receptionist', { at: '/appointments' })
  await desk.page.getByRole('button', { name: 'To recall: 1' }).click()
  const list = desk.page.getByRole('dialog', { name: 'Recall list' })
  await list.getByRole('row').filter({ hasText: '16-Mar-2026' }).filter({ hasText: 'Dr Chen' }).waitFor()
  expect(await violations(desk.page)).toEqual([])
  await list.getByRole('button', { name: /^Book/ }).click()
  const book = desk.page.getByRole('dialog', { name: 'Book' })
  await book
    .getByText(/OKAFOR/i)
    .first()
    .waitFor()
  await book.getByRole('radiogroup', { name: 'Times' }).getByRole('radio').first().click()
  await book.getByRole('button', { name: /^Book/ }).click()
  await toast(desk.page, 'Booked and off the recall list')
  await part('Back again').getByText('Booked').waitFor()
  const words = JSON.stringify([desk.heard, await desk.page.content()])
  for (const secret of ['Paracetamol', 'TSH', 'wound.png', 'fever', 'Typed in']) expect(words).not.toContain(secret)
  expect(desk.faults).toEqual([])
})

test('history at a glance, days later: what was said and prescribed, and what is due', async () => {
  clinic.clock.pass(2 * 24 * 60)
  const { patientId } = visit
  const again = await clinic.aVisit({ patientId })
  const late = await clinic.window('doctor')
  await toast(late.page, 'One result is due')
  await late.page.getByRole('button', { name: 'Results awaited: 1 (1 due)' }).waitFor()
  await late.page.keyboard.press('F8')
  await press(late.page, 'Start')
  const before = late.page.getByRole('complementary', { name: 'Before' })
  await before.getByText('Common cold').waitFor()
  await before.getByText('Paracetamol 500 mg').waitFor()
  await before.getByText('TSH').first().waitFor()
  expect(await violations(late.page)).toEqual([])
  expect(again.patientId).toBe(patientId)
  expect(late.faults).toEqual([])
})
