import type { Locator, Page } from 'playwright-core'

// What people do and look for on every page.

/** Waits for a message to be on the screen. */
export const toast = (page: Page, text: string | RegExp): Promise<void> => toasts(page).getByText(text).waitFor()

export const toasts = (page: Page): Locator => page.getByRole('region', { name: 'Messages' })

/** Presses a button of the bar under or beside the patient. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('toolbar').getByRole('button', { name }).click()

export const row = (page: Page, list: string, text: string | RegExp): Locator =>
  page.getByRole('grid', { name: list }).getByRole('row').filter({ hasText: text })

/** Picks from a drop-down, as a person does: not again what is picked already. */
export async function choose(within: Locator, field: string, option: string): Promise<void> {
  const box = within.getByRole('combobox', { name: field })
  if ((await box.inputValue()) === option) return
  await box.click()
  await within.page().getByRole('option', { name: option }).click()
}
