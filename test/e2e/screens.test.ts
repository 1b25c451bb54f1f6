import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Demonstration } from '../../server/demo/demonstration.ts'
import { launchBrowser } from '../support/browser.ts'
import { aFullDay, DEMO_PEOPLE, demoWindow, SIZES } from './demonstration.ts'
import { eachPage } from './hands.ts'

// Every page on a full day: nothing is wider than its place, and the browser has nothing to complain of.

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

test.each(DEMO_PEOPLE)('every page of %s fits the small and the large screen, without an error', async (person) => {
  const complaints: string[] = []
  const { page, context } = await demoWindow(browser, day.hub.url, person, (opened) => listen(opened, complaints))
  const seen: string[] = []
  await eachPage(page, async (name) => {
    expect.soft(await page.getByRole('button', { name: 'Try again' }).count(), `${name} could not be read`).toBe(0)
    for (const size of SIZES) {
      await page.setViewportSize(size)
      seen.push(name)
      expect.soft(await tooWide(page), `${name} at ${size.width}`).toEqual([])
    }
  })
  expect(seen.length).toBeGreaterThan(0)
  expect(complaints).toEqual([])
  await context.close()
})

/** Everything: also requests that were refused, which an ordinary look at a page has no reason for. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('requestfailed', (request) => {
    // A page that is left gives up what it was still asking for.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
}

/** What is wider than its place and could only be reached by scrolling sideways, or reaches out of the window. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (one: Element) =>
      `${one.tagName.toLowerCase()}.${one.className} "${(one.textContent ?? '').slice(0, 40)}"`
    const wide: string[] = []
    for (const one of document.querySelectorAll<HTMLElement>('body, body *')) {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.unseen')) continue
      const { overflowX } = getComputedStyle(one)
      const scrolls = overflowX === 'auto' || overflowX === 'scroll'
      if ((scrolls || one === document.body) && one.scrollWidth > one.clientWidth + 1)
        wide.push(`scrolls: ${name(one)}`)
      const { right, left, width } = one.getBoundingClientRect()
      if (width > 0 && (right > innerWidth + 1 || left < -1)) wide.push(`outside: ${name(one)}`)
    }
    return wide
  })
}
