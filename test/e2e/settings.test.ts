import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { toast } from './hands.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let administrator: ConsoleWindow
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  administrator = await clinic.window('administrator', { at: '/administration/rooms' })
  page = administrator.page
})
afterAll(async () => {
  expect(administrator?.faults).toEqual([])
  await clinic?.close()
  await browser?.close()
})

const part = (name: string) => page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name })
const field = (name: string) => page.getByRole('main').getByRole('textbox', { name })
const bar = () => page.getByRole('toolbar', { name: 'Not saved yet' })
const settings = () => clinic.hub.databases.read.find('clinics', clinic.clinicId)?.settings

test('U8 a setting that was changed by a single stroke and left by Back is there again, not saved yet', async () => {
  await part('Clinic').click()
  await field('Phone').fill('5')
  await bar().waitFor()
  await page.goBack()
  await field('Phone').waitFor({ state: 'detached' })
  await page.goForward()
  await expect.poll(() => field('Phone').inputValue(), WAIT).toBe('5')
  await bar().waitFor()
})

test('Q10 what others have saved meanwhile stays as it is then', async () => {
  await page.goBack()
  await field('Phone').waitFor({ state: 'detached' })
  const { id, ...fields } = await clinic.as.administrator.clinics.get({ params: { id: clinic.clinicId } })
  const after = await clinic.as.administrator.clinics.update({
    params: { id },
    body: { ...fields, address: 'Station road 1' },
  })
  await page.goForward()
  await expect.poll(() => field('Address').inputValue(), WAIT).toBe('Station road 1')
  await bar().getByRole('button', { name: 'Save' }).click()
  await toast(page, `${after.name} is saved`)
  expect(clinic.hub.databases.read.find('clinics', id)).toMatchObject({ phone: '5', address: 'Station road 1' })
})

test('T5, L2 the clinic’s own minutes until a look is due again and until a wait is long, with their limits', async () => {
  expect(await field('Look again, Very urgent').inputValue()).toBe('15')
  await field('Look again, Very urgent').fill('0')
  await field('Long wait, Urgent').fill('45')
  await bar().getByRole('button', { name: 'Save' }).click()
  await page
    .getByText(/From 1 to 1,?440/)
    .first()
    .waitFor()
  expect(settings()?.longWaitMinutes).toEqual({ very_urgent: 30, urgent: 60 })
  await field('Look again, Very urgent').fill('10')
  await bar().getByRole('button', { name: 'Save' }).click()
  await bar().waitFor({ state: 'detached' })
  await expect.poll(() => settings()?.longWaitMinutes, WAIT).toEqual({ very_urgent: 30, urgent: 45 })
  expect(settings()?.lookAgainMinutes).toEqual({ very_urgent: 10, urgent: 30, standard: 60, non_urgent: 120 })
})

test('a doctor’s hours on a small screen: nothing lies over what removes a session', async () => {
  const before = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width: 1024, height: 700 })
  await part('Doctors').click()
  const monday = page.getByRole('main').getByRole('group', { name: 'Monday' })
  const boxes = []
  await monday.getByRole('button', { name: 'Same Monday to Friday' }).waitFor()
  for (const one of await monday.locator('button:visible, input:visible').all()) boxes.push(await one.boundingBox())
  const [copy] = boxes.splice(-2, 1)
  const covered = boxes.filter(
    (box) =>
      box &&
      copy &&
      box.x < copy.x + copy.width &&
      copy.x < box.x + box.width &&
      box.y < copy.y + copy.height &&
      copy.y < box.y + box.height,
  )
  expect(copy?.width).toBeGreaterThan(0)
  expect(covered).toEqual([])
  await page.setViewportSize(before)
})
