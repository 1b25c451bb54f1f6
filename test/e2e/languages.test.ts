import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../rules/clinic-day.ts'
import { anAppointment, take } from '../support/acts.ts'
import {
  aClinicOnScreen,
  aContext,
  type ClinicOnScreen,
  launchBrowser,
  signInOn,
  violations,
} from '../support/browser.ts'
import { WAIT } from './picture.ts'

// U7: everybody reads the same clinic in their own language, Arabic from right to left.

type Language = 'en' | 'bn' | 'ar'
type Window = { page: Page; faults: string[] }

let browser: Browser
let clinic: ClinicOnScreen
let nurse: Window
let doctor: Window

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  await clinic.as.nurse.users.setMyLanguage({ body: { language: 'ar' } })
  await clinic.as.administrator.users.setMyLanguage({ body: { language: 'ar' } })
  await clinic.as.doctor.users.setMyLanguage({ body: { language: 'bn' } })
  const patient = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara', birthDate: '1984-03-07' })
  await clinic.aVisit({ patientId: patient.id })
  await anAppointment(clinic, 30)
  nurse = await aWindow('nurse', 'ar')
  doctor = await aWindow('doctor', 'bn')
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

/** In a browser of their own: a computer remembers who read last. */
async function aWindow(username: string, language: Language): Promise<Window> {
  const page = await (await aContext(browser)).newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto(clinic.hub.url)
  await signInOn(page, username)
  await reads(page, language)
  await isThere(page)
  return { page, faults }
}

const reads = (page: Page, language: Language) =>
  page.locator(`html[lang=${language}][dir=${language === 'ar' ? 'rtl' : 'ltr'}]`).waitFor({ state: 'attached' })

/** A view, and nothing in it that is still being fetched. */
async function isThere(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('region').first().waitFor()
  for (const name of ['en', 'bn', 'ar'].map((language) => words(language as Language, 'common.loading')))
    for (const skeleton of await page.getByRole('status', { name }).all()) await skeleton.waitFor({ state: 'detached' })
}

/** The words of a language, with what is put into them. */
function words(language: Language, key: string, values: Record<string, string> = {}): string {
  const file = new URL(`../../resources/translations/${language}.json`, import.meta.url)
  const text = key.split('.').reduce((all, part) => all[part], JSON.parse(readFileSync(file, 'utf8')))
  return Object.entries(values).reduce((said, [name, value]) => said.replace(`{{${name}}}`, value), String(text))
}

/** What is read: without the marks that keep directions apart. */
const plain = (text: string | null): string => (text ?? '').replace(/[\u200e\u200f\u2066-\u2069]/g, '')

const banner = (page: Page) => page.locator('[role=alert]:not(.unseen)')

test('L3 the same alert, to each in their own words', async () => {
  const { visit } = await clinic.as.receptionist.visits.emergency({
    body: { id: uuidv7(), clinicId: clinic.clinicId },
  })
  for (const [{ page }, language] of [
    [nurse, 'ar'],
    [doctor, 'bn'],
  ] as const) {
    const place = words(language, 'alert.waitingRoom')
    const call = words(language, 'alert.help', { ticket: visit.ticket, place })
    await expect.poll(async () => plain(await banner(page).textContent()), WAIT).toContain(call)
    expect.soft(await violations(page)).toEqual([])
  }
  await nurse.page.getByRole('button', { name: words('ar', 'alert.coming') }).click()
  for (const { page } of [nurse, doctor]) await banner(page).waitFor({ state: 'detached' })
})

/** What is no word of ours: names of the clinic and its people, of the program, keys and units. */
const NAMES = [
  ...['Anteroom Test', 'Anteroom', 'Dr Chen', 'Chen', 'Dr Rao', 'Rao', 'Room 2', 'Consultation', 'Walk-ins', 'Ada Min'],
  ...[
    'Okafor',
    'OKAFOR',
    'Amara',
    'Family',
    'FAMILY',
    'Given',
    'administrator',
    'receptionist',
    'nurse',
    'doctor',
    'cashier',
    'Rahman',
    'Person',
  ],
  ...['NEWS2', 'PEWS', 'SpO2', 'mmHg', 'mmol', 'min', 'kg', 'cm', 'CSV', 'QR', 'PDF', 'TLS', 'mDNS', 'PIN'],
  ...['Alt', 'Ctrl', 'Enter', 'docs/operations.md', 'language=en', 'bn', 'ar', 'English', 'BDT', 'Asia/Dhaka', 'GMT'],
]

/** English that is left on a page: words of it that are seen, or read out, and are nobody's name. */
async function englishOn(page: Page): Promise<string[]> {
  const seen = await page.evaluate(() => {
    const texts: string[] = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element?.checkVisibility({ visibilityProperty: true }) || element.closest('[lang=en]')) continue
      if (node instanceof Text) texts.push(node.data)
      else
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
          texts.push(element.getAttribute(name) ?? '')
    }
    return texts
  })
  const english = (text: string): boolean =>
    /\p{Script=Latin}{2,}/u.test(
      NAMES.reduce((left, name) => left.replaceAll(name, ' '), text)
        // Tickets, numbers of patients, addresses, ends of ids, fingerprints.
        .replace(/https?:\S+|\b[0-9a-f]{8}\b|([\w-]{4} ){5}[\w-]{2}|\b[A-Z]-?\d+\b|\bF\d+\b/g, ' '),
    )
  return [...new Set(seen.filter(english))]
}

/** What is wider than its place. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body, body *')].flatMap((one) => {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.unseen')) return []
      const scrolls = one === document.body || /auto|scroll/.test(getComputedStyle(one).overflowX)
      const { left, right, width } = one.getBoundingClientRect()
      const outside = width > 0 && (left < -1 || right > innerWidth + 1)
      return outside || (scrolls && one.scrollWidth > one.clientWidth + 1) ? [one.outerHTML.slice(0, 120)] : []
    }),
  )

/** Each page of the rail, and the pages within it. */
async function eachPage(page: Page, look: (path: string) => Promise<void>): Promise<number> {
  const rail = page.getByRole('navigation').first().getByRole('link')
  let seen = 0
  for (const link of await rail.all()) {
    await link.click()
    await isThere(page)
    const within = await page.getByRole('main').getByRole('navigation').getByRole('link').all()
    for (const part of within.length > 0 ? within : [undefined]) {
      await part?.click()
      await isThere(page)
      for (const list of await page.getByRole('grid').all()) {
        await list.press('ArrowDown')
        await list.getByRole('row', { selected: true }).first().waitFor()
      }
      await isThere(page)
      await look(new URL(page.url()).pathname)
      seen += 1
    }
  }
  return seen
}

describe('U7: every page in its language', () => {
  test.each([
    ['a nurse', 'ar', () => nurse],
    ['a doctor', 'bn', () => doctor],
    ['an administrator', 'ar', () => aWindow('administrator', 'ar')],
  ] as const)(
    'of %s, in %s: no English is left, nothing sticks out, axe finds nothing',
    async (_who, _in, open) => {
      const { page, faults } = await open()
      const seen = await eachPage(page, async (path) => {
        expect.soft(await englishOn(page), path).toEqual([])
        expect.soft(await tooWide(page), path).toEqual([])
        expect.soft(await violations(page), path).toEqual([])
      })
      expect(seen).toBeGreaterThanOrEqual(5)
      expect(faults).toEqual([])
    },
    300_000,
  )
})

/** Where a part of what an element says begins to be drawn. */
const leftOf = (element: Locator, part: string): Promise<number> =>
  element.evaluate((one, searched) => {
    const text = one.firstChild as Text
    const range = document.createRange()
    range.setStart(text, text.data.indexOf(searched))
    range.setEnd(text, text.data.indexOf(searched) + searched.length)
    return range.getBoundingClientRect().left
  }, part)

describe('U7: from right to left', () => {
  test('the rail is at the right, and the left arrow leads to the next day', async () => {
    const { page } = nurse
    const rail = await page.getByRole('navigation').first().boundingBox()
    expect((rail?.x ?? 0) + (rail?.width ?? 0)).toBeCloseTo(page.viewportSize()?.width ?? 0, 0)
    const today = new Date(clinic.clock.now()).toISOString().slice(0, 10)
    await page.getByRole('link', { name: words('ar', 'view.appointments'), exact: true }).click()
    await isThere(page)
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL(`**/appointments/${addDays(today, 1)}`)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(`**/appointments/${addDays(today, -1)}`)
  })

  test('a name and a number in a sentence keep their own direction', async () => {
    const { page } = nurse
    await page
      .getByRole('button', { name: /^F2|F2$|طوارئ/ })
      .first()
      .waitFor()
    const born = page.getByText(words('ar', 'patient.bornAndAge').split('{{')[0] ?? '').first()
    await page.getByRole('link', { name: words('ar', 'view.today'), exact: true }).click()
    await isThere(page)
    await page.getByRole('grid').last().getByRole('row').filter({ hasText: 'Okafor' }).first().click()
    await born.waitFor()
    expect(await born.textContent()).toContain('\u206807-مارس-1984\u2069')
  })

  test('a dose is read as it was written, by a doctor who has just chosen Arabic', async () => {
    const { page } = doctor
    const visit = await clinic.aVisit()
    await take(clinic.as.doctor, visit, 'called', 'in_consultation')
    const { id: visitId } = visit
    const medicine = { medicine: 'Paracetamol', dose: '500 mg', howOften: '1-0-1', howLong: '5 days' }
    await clinic.as.doctor.prescriptions.add({ body: { id: uuidv7(), visitId, ...medicine } })
    await clinic.as.doctor.users.setMyLanguage({ body: { language: 'ar' } })
    await reads(page, 'ar')
    await page.getByRole('link', { name: words('ar', 'view.myQueue'), exact: true }).click()
    await page.getByRole('row').filter({ hasText: visit.ticket }).first().click()
    for (const [written, before, after] of [
      ['500 mg', '500', 'mg'],
      ['1-0-1', '1', '0-1'],
    ] as const) {
      const cell = page.getByRole('cell', { name: written, exact: true })
      await cell.waitFor()
      expect(await leftOf(cell, before), written).toBeLessThan(await leftOf(cell, after))
    }
    await clinic.as.doctor.users.setMyLanguage({ body: { language: 'bn' } })
    await reads(page, 'bn')
  })
})

describe('U7: the language of one’s own pages', () => {
  test('is chosen in the account, and changes the page at once, wherever it is open', async () => {
    const { page } = nurse
    const elsewhere = await aWindow('nurse', 'ar')
    await page.getByRole('banner').getByRole('button', { name: 'nurse' }).click()
    await page.getByRole('menuitem', { name: words('ar', 'account.title') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(words('ar', 'account.tab.language'), { exact: true }).click()
    await dialog.getByRole('radio', { name: 'বাংলা' }).click()
    for (const window of [page, elsewhere.page]) await reads(window, 'bn')
    await dialog.getByText(words('bn', 'account.languageText')).waitFor()
    expect.soft(await violations(page)).toEqual([])
    await dialog.getByRole('radio', { name: 'English' }).click()
    for (const window of [page, elsewhere.page]) await reads(window, 'en')
    await dialog.getByText(words('en', 'account.languageText')).waitFor()
    await dialog.getByRole('radio', { name: 'العربية' }).click()
    for (const window of [page, elsewhere.page]) await reads(window, 'ar')
    await dialog.getByText(words('ar', 'account.languageText')).waitFor()
    expect.soft(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await elsewhere.page.context().close()
  })

  test('whoever signs in next at that computer is greeted in it; a new computer speaks its own', async () => {
    const { page } = nurse
    await page.evaluate(() => sessionStorage.clear())
    await page.reload()
    await page.getByRole('button', { name: words('ar', 'signIn.verb'), exact: true }).waitFor()
    await reads(page, 'ar')
    await page.getByRole('button', { name: words('ar', 'common.showSecret'), exact: true }).waitFor()
    const context = await browser.newContext({ locale: 'bn-BD' })
    const fresh = await context.newPage()
    await fresh.goto(clinic.hub.url)
    await fresh.getByRole('button', { name: words('bn', 'signIn.verb'), exact: true }).waitFor()
    await reads(fresh, 'bn')
    await context.close()
  })
})
