import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Demonstration } from '../../server/demo/demonstration.ts'
import { launchBrowser } from '../support/browser.ts'
import { aFullDay, demoWindow } from './demonstration.ts'

// A full day on the smallest screen that we promise.

let browser: Browser
let day: Demonstration

beforeAll(async () => {
  browser = await launchBrowser()
  day = await aFullDay()
})
afterAll(async () => {
  await browser?.close()
  await day?.close()
})

async function small(person: string, at: string): Promise<Page> {
  const { page } = await demoWindow(browser, day.hub.url, person)
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.goto(`${day.hub.url}${at}`)
  await page.getByRole('grid').last().getByRole('row').nth(5).waitFor()
  if (process.env.ANTEROOM_PICTURES) await page.screenshot({ path: `${process.env.ANTEROOM_PICTURES}${at}.png` })
  return page
}

/** The rows of somebody who has a ticket: what is left of the name, and whether the word of the urgency is in sight. */
const rows = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=row]')].flatMap((row) => {
      const urgency = row.querySelector('[data-urgency]')
      const word = urgency?.lastElementChild
      const name = row.querySelector('.clip')
      if (!urgency || !word || !name) return []
      const { width, right } = word.getBoundingClientRect()
      const cell = urgency.parentElement?.getBoundingClientRect()
      const after = urgency.parentElement?.nextElementSibling?.getBoundingClientRect()
      return [
        {
          text: row.textContent,
          name: Math.round(name.getBoundingClientRect().width),
          word: width > 10 && right <= (after?.left ?? (cell?.right ?? 0) + 1),
          inside: (row.lastElementChild?.getBoundingClientRect().right ?? 0) <= row.getBoundingClientRect().right + 1,
        },
      ]
    }),
  )

test('U3 the queue of Today says each urgency in a word, and each name', async () => {
  const page = await small('reception', '/today')
  const seen = await rows(page)
  expect(seen.length).toBeGreaterThan(5)
  expect(seen.filter(({ name, word, inside }) => name < 90 || !word || !inside)).toEqual([])
})

test('U3 Triage too', async () => {
  const page = await small('nurse', '/triage')
  const seen = await rows(page)
  expect(seen.length).toBeGreaterThan(2)
  expect(seen.filter(({ name, word, inside }) => name < 90 || !word || !inside)).toEqual([])
})

test('a bed of the plan names who lies there', async () => {
  const { page } = await demoWindow(browser, day.hub.url, 'nurse')
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.goto(`${day.hub.url}/rooms-and-beds`)
  const beds = page.locator('[data-bed]')
  await beds.first().waitFor()
  if (process.env.ANTEROOM_PICTURES) await page.screenshot({ path: `${process.env.ANTEROOM_PICTURES}/rooms.png` })
  const names = await page.locator('main .clip').evaluateAll((all) =>
    all.map((one) => ({
      text: one.textContent,
      width: Math.round(one.getBoundingClientRect().width),
      whole: one.scrollWidth,
    })),
  )
  expect(names.filter(({ width, whole }) => width < Math.min(whole, 80))).toEqual([])
})
