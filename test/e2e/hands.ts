import type { Locator, Page } from 'playwright-core'
import { isReady } from '../support/browser.ts'

// What people do and look for on every page.

/** Waits for a message to be on the screen. */
export const toast = (page: Page, text: string | RegExp): Promise<void> => toasts(page).getByText(text).last().waitFor()

export const toasts = (page: Page): Locator => page.getByRole('region', { name: 'Messages' })

/** Presses a button of the bar under or beside the patient. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('toolbar').getByRole('button', { name }).click()

export const row = (page: Page, list: string | RegExp, text: string | RegExp): Locator =>
  page.getByRole('grid', { name: list }).getByRole('row').filter({ hasText: text })

/** Picks from a drop-down, as a person does: not again what is picked already. */
export async function choose(within: Locator, field: string, option: string): Promise<void> {
  const box = within.getByRole('combobox', { name: field })
  if ((await box.inputValue()) === option) return
  await box.click()
  await within.page().getByRole('option', { name: option }).click()
}

/** Opens each page of the rail in turn, and the pages within it, with somebody chosen in each of their lists. */
export async function eachPage(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const name of await linksOf(page, 'Pages').allTextContents()) {
    await linksOf(page, 'Pages').filter({ hasText: name }).first().click()
    await isReady(page)
    const within = await linksOf(page, name).allTextContents()
    for (const part of within.length > 0 ? within : ['']) {
      if (part) await linksOf(page, name).filter({ hasText: part }).first().click()
      await isSettled(page)
      for (const list of await page.getByRole('grid').all()) {
        await list.press('ArrowDown')
        await list.getByRole('row', { selected: true }).first().waitFor()
      }
      await isSettled(page)
      await look(`${name} ${part}`.trim())
    }
  }
}

const linksOf = (page: Page, name: string): Locator => page.getByRole('navigation', { name }).getByRole('link')

/** Nothing on the page is still being fetched. */
async function isSettled(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('region').first().waitFor()
  for (const skeleton of await page.getByRole('status', { name: 'Loading' }).all())
    await skeleton.waitFor({ state: 'detached' })
}
