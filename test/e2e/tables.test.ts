import type { Browser, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aClinicOnScreen, type ClinicOnScreen, launchBrowser, violations } from '../support/browser.ts'
import { WAIT } from './picture.ts'

const MANY = 240

let browser: Browser
let clinic: ClinicOnScreen
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  const add = (name: string) =>
    clinic.as.administrator.medicines.create({
      body: { id: uuidv7(), clinicId: clinic.clinicId, name, dose: '1', howOften: 'daily', howLong: '5 days' },
    })
  for (let number = 1; number <= MANY; number++) await add(`Medicine ${number}`)
  page = (await clinic.window('administrator', { at: '/administration/shortLists' })).page
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const names = () => page.getByRole('table', { name: 'Medicines' }).getByRole('rowheader')
const nameHead = () => page.getByRole('table', { name: 'Medicines' }).getByRole('columnheader', { name: 'Medicine' })

test('a long table draws what is in sight, says how long it is, and its last row is reached', async () => {
  const table = page.getByRole('table', { name: 'Medicines' })
  await table.getByRole('button', { name: 'Medicine 1', exact: true }).waitFor()
  expect(await names().count()).toBeLessThan(MANY / 2)
  expect(await table.getAttribute('aria-rowcount')).toBe(String(MANY + 1))
  await names().first().hover()
  await page.mouse.wheel(0, MANY * 60)
  await page.getByText('No diagnoses yet').waitFor()
  const last = table.getByRole('row').filter({ has: page.locator('th[scope="row"]') })
  await expect.poll(() => last.last().getAttribute('aria-rowindex'), WAIT).toBe(String(MANY + 1))
  expect(await names().count()).toBeLessThan(MANY / 2)
})

test('U1 the head of a column sorts by the keyboard: upwards, downwards, as it was; numbers in words by their size', async () => {
  await names().first().hover()
  await page.mouse.wheel(0, -MANY * 60)
  const order = async () => (await names().allTextContents()).slice(0, 3)
  await expect.poll(order, WAIT).toContain('Medicine 1')
  const given = await order()
  await nameHead().getByRole('button').press('Enter')
  await expect.poll(order, WAIT).toEqual(['Medicine 1', 'Medicine 2', 'Medicine 3'])
  expect(await nameHead().getAttribute('aria-sort')).toBe('ascending')
  expect(await violations(page)).toEqual([])
  await nameHead().getByRole('button').press('Enter')
  await expect.poll(order, WAIT).toEqual([`Medicine ${MANY}`, `Medicine ${MANY - 1}`, `Medicine ${MANY - 2}`])
  expect(await nameHead().getAttribute('aria-sort')).toBe('descending')
  await nameHead().getByRole('button').press('Enter')
  await expect.poll(order, WAIT).toEqual(given)
  expect(await nameHead().getAttribute('aria-sort')).toBeNull()
})
