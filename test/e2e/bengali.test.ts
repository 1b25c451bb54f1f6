import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import bengali from '../../resources/translations/bn.json' with { type: 'json' }
import english from '../../resources/translations/en.json' with { type: 'json' }
import {
  aClinicOnScreen,
  aContext,
  type ClinicOnScreen,
  isReady,
  launchBrowser,
  newWindow,
  signInOn,
} from '../support/browser.ts'

// U7: the console as somebody in Bangladesh sees it.

let browser: Browser
let clinic: ClinicOnScreen

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  // The longest of a year: November is not shortened in Bengali.
  const { id } = await clinic.aPatient({ familyName: 'Khan', givenName: 'Rekha', birthDate: '1984-11-16', sex: 'male' })
  await clinic.aVisit({ patientId: id })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

/** Somebody's own computer, in Bengali from now on, as they choose it themselves. */
async function inBengali(username: string): Promise<Page> {
  const page = await newWindow(await aContext(browser))
  await page.goto(clinic.hub.url)
  await signInOn(page, username)
  await isReady(page)
  await page.getByRole('banner').getByTitle(english.person.menu).click()
  await page.getByRole('menuitem', { name: english.account.title }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(english.account.tab.language, { exact: true }).click()
  await dialog.getByRole('radio', { name: 'বাংলা' }).click()
  await page.locator('html[lang="bn"]').waitFor()
  await dialog.getByRole('button', { name: bengali.common.close }).last().click()
  await dialog.waitFor({ state: 'detached' })
  return page
}

const pagesOf = (page: Page): Locator =>
  page.getByRole('navigation', { name: bengali.frame.views, exact: true }).getByRole('link')

/** The page is there, with all that is fetched for it. */
async function isThere(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('region').first().waitFor()
  for (const skeleton of await page.getByRole('status', { name: bengali.common.loading }).all())
    await skeleton.waitFor({ state: 'detached' })
}

type Tree = { [key: string]: string | Tree }
const textsOf = (tree: Tree): string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)))

/** Texts that are no name or unit: those in which Bengali has other letters. */
const inEnglish = new Set(textsOf(english).filter((text) => /[a-z]{3}/i.test(text)))
for (const text of textsOf(bengali)) inEnglish.delete(text)

/** What stands on the page, or is said of it, each by itself. */
const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    while (walk.nextNode()) texts.push(walk.currentNode.textContent ?? '')
    for (const name of ['aria-label', 'placeholder', 'title'])
      for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name) ?? '')
    return texts.map((text) => text.trim())
  })

test.each(['receptionist', 'nurse', 'doctor', 'administrator'])(
  'U7 nothing English stands on the pages of: %s',
  async (role) => {
    const page = await inBengali(role)
    const names = await pagesOf(page).allTextContents()
    expect(names.length).toBeGreaterThan(2)
    for (const name of names) {
      await pagesOf(page).filter({ hasText: name }).first().click()
      await page.getByRole('main').getByRole('region').first().waitFor()
      await isThere(page)
      const left = (await shown(page)).filter((text) => inEnglish.has(text))
      expect(left, name).toEqual([])
    }
  },
)

test('U2, U7 what tells patients apart is not cut in their list', async () => {
  const page = await inBengali('cashier')
  await pagesOf(page).filter({ hasText: bengali.view.patients }).click()
  const row = page.getByRole('grid').getByRole('row').filter({ hasText: 'Khan Rekha' })
  await row.getByText('16-নভেম্বর-1984').waitFor()
  const cut = () =>
    row.evaluate((element) =>
      [...element.querySelectorAll('span')]
        .filter((span) => span.children.length === 0 && span.scrollWidth > span.clientWidth && span.clientWidth > 0)
        .map((span) => span.textContent),
    )
  // The letters come with their font, a moment later.
  await page.evaluate(() => document.fonts.ready)
  await expect.poll(cut).toEqual([])
})
