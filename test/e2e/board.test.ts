import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import { createHub } from '../../server/hub.ts'
import { anAppointment } from '../support/acts.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  launchBrowser,
  watchFaults,
} from '../support/browser.ts'
import { forPhones, publicUrl, tokenFor } from '../support/public.ts'
import { press, row, toast } from './hands.ts'
import { heardOn, listenToPage, printsOf } from './listening.ts'
import { pictureInDatabase, pictureOf, WAIT } from './picture.ts'

// S4: the screen in the waiting room, as a television opens it, beside two consoles.

let browser: Browser
let clinic: ClinicOnScreen
let reception: ConsoleWindow
let doctor: ConsoleWindow
let board: Page
const watched: string[][] = []
let pagesDir: string | undefined

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser, { hub: forPhones() })
  const patient = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })
  await anAppointment(clinic, 0, { patientId: patient.id })
  reception = await clinic.window('receptionist')
  doctor = await clinic.window('doctor')
  board = await aTelevision()
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
  if (pagesDir) rmSync(pagesDir, { recursive: true })
})
afterEach(() => {
  // Two calls of one moment would be one.
  clinic.clock.pass(1)
})

/** A browser of its own, in another country, on the listener for televisions. */
async function aTelevision(query = '', size = { width: 1280, height: 720 }): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'fr-FR', timezoneId: 'America/New_York' })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  watched.push(watchFaults(page))
  await listenToPage(page)
  await page.goto(`${publicUrl(clinic)}/board${query}`)
  await page.locator('#clinic').getByText('Anteroom Test').waitFor()
  return page
}

const large = (page: Page) => page.locator('#hero')
const lines = (page: Page) =>
  page
    .locator('#lines li')
    .evaluateAll((items) => items.map((item) => (item.textContent ?? '').replace(/\s+/g, ' ').trim()))
const called = (page: Page) => page.locator('#hero .ticket, #before .ticket').allTextContents()

/** What the screen has to show: those of each doctor's order who can be called now. */
async function expectedLines(): Promise<string[]> {
  const all = await Promise.all(
    [clinic.doctor, clinic.otherDoctor].map(async ({ id: doctorId, displayName }) => {
      const { visits, order } = await clinic.as.receptionist.visits.queue({ query: { doctorId } })
      const next = order
        .filter(({ callable }) => callable)
        .map(({ visitId }) => visits.find(({ id }) => id === visitId))
      return next.length > 0 ? [`${displayName}${next.map((visit) => visit?.ticket).join(' ')}`] : []
    }),
  )
  const shown = all.flat()
  return shown.length > 0 ? shown : ['Nobody is waiting.']
}

/** The pages of tickets on patients' phones, by ticket. */
const phones = new Map<string, Page>()

async function aPhone(ticket: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  watched.push(watchFaults(page))
  await page.goto(`${publicUrl(clinic)}/t/${tokenFor(clinic, 'ticket', visitOf(ticket).id)}`)
  phones.set(ticket, page)
}

/** What a phone may say while a visit has that status. */
const ON_PHONE: Record<Visit['status'], readonly string[]> = {
  waiting: ['waiting', 'next', 'skipped', 'missed', 'away', 'pay_first'],
  in_triage: ['waiting', 'next'],
  called: ['called'],
  in_consultation: ['with_doctor'],
  on_hold: ['on_hold'],
  awaiting_payment: ['to_pay'],
  completed: ['finished'],
  no_show: ['missed', 'left'],
  left: ['left'],
  cancelled: ['left'],
}

/** Phones that say something else than the database. */
async function wrongPhones(): Promise<string[]> {
  const said = await Promise.all(
    [...phones].map(async ([ticket, page]) => {
      const state = await page.locator('body').getAttribute('data-state')
      const { status } = visitOf(ticket)
      return ON_PHONE[status].includes(state ?? '') ? [] : [`${ticket} is ${status}, its page says ${state}`]
    }),
  )
  return said.flat()
}

/** Within a second of what is done, the board, both consoles and the patients' phones show what the database holds. */
async function together(act: () => Promise<unknown>): Promise<void> {
  await act()
  const began = performance.now()
  const { id: doctorId } = clinic.doctor
  const [whole, own] = [pictureInDatabase(clinic), pictureInDatabase(clinic, { doctorId })]
  const wanted = { lines: await expectedLines(), reception: whole, doctor: own, missing: [], phones: [] }
  const onTheWay = Object.keys(whole).filter((ticket) => whole[ticket] === 'Called')
  await expect
    .poll(
      async () => {
        const [shown, tickets, one, two, wrong] = await Promise.all([
          lines(board),
          called(board),
          pictureOf(reception.page, 'Queue'),
          pictureOf(doctor.page, 'My queue'),
          wrongPhones(),
        ])
        const missing = onTheWay.filter((ticket) => !tickets.includes(ticket))
        return { lines: shown, reception: one, doctor: two, missing, phones: wrong }
      },
      { timeout: 1_500, interval: 20 },
    )
    .toEqual(wanted)
  expect(performance.now() - began).toBeLessThan(1_000)
}

const visitOf = (ticket: string): Visit => {
  const { id } = clinic.hub.databases.reading.prepare('select id from visits where ticket = ?').get(ticket) as Visit
  const visit = clinic.hub.databases.read.find('visits', id)
  if (!visit) throw new Error(`no ${ticket}`)
  return visit
}

test('checked in: next with the doctor, on every screen within a second', async () => {
  await together(async () => {
    await row(reception.page, 'Arrivals', 'Amara').click()
    await reception.page.keyboard.press('Enter')
    await toast(reception.page, 'A001 is checked in')
  })
  await aPhone('A001')
  await together(() => clinic.aVisit())
  await aPhone('A002')
  await together(() => clinic.aVisit({ doctorId: clinic.otherDoctor.id }))
  expect(await large(board).textContent()).toBe('Nobody is being called.')
})

test('before anybody pressed anything a call is shown; nothing is played, and the screen asks for the press', async () => {
  await together(() => doctor.page.keyboard.press('F8').then(() => toast(doctor.page, 'A001 is called to Room 2')))
  expect(await large(board).locator('.ticket').textContent()).toBe('A001')
  expect(await large(board).locator('.room').textContent()).toBe('Room 2')
  await board.getByRole('button', { name: 'Press here to switch the sound on' }).waitFor()
  expect(await board.evaluate(() => window.anteroomPlayed)).toEqual([])
})

test('Q7: called again: a chime and the number are played, twice, to their end and loud', async () => {
  await board.getByRole('button', { name: 'Press here to switch the sound on' }).click()
  await board.getByRole('button').waitFor({ state: 'hidden' })
  const prints = await printsOf(board, wordsFor('en'))
  await together(() => press(doctor.page, 'Call again'))
  const sentence = ['en/ticket', 'letters/a', 'en/0', 'en/0', 'en/1', 'en/room', 'en/2']
  await expect.poll(() => heardOn(board, prints), { timeout: 25_000 }).toEqual(['chime', ...sentence, ...sentence])
  expect(await board.locator('#announced').textContent()).toBe('Ticket A001, Room 2')
})

test('Q1: held, and the next one called; then who is not here, transferred, missed and finished', async () => {
  await together(() => press(doctor.page, 'Start').then(() => toast(doctor.page, 'A001: In consultation')))
  await together(() => press(doctor.page, 'Hold').then(() => toast(doctor.page, 'A001: On hold')))
  await together(() => press(doctor.page, 'Call next').then(() => toast(doctor.page, 'A002 is called to Room 2')))
  await expect.poll(() => large(board).locator('.ticket').textContent(), { timeout: 12_000 }).toBe('A002')
  await together(() => press(doctor.page, 'Not here'))
  const { id, version } = visitOf('A002')
  await together(() =>
    clinic.as.receptionist.visits.transfer({
      params: { id },
      body: { version, doctorId: clinic.otherDoctor.id },
    }),
  )
  const missed = visitOf('B001')
  await together(() =>
    clinic.as.receptionist.visits.setStatus({
      params: { id: missed.id },
      body: { version: missed.version, status: 'no_show' },
    }),
  )
  await together(() =>
    row(doctor.page, 'My queue', 'A001')
      .click()
      .then(() => press(doctor.page, 'Go on')),
  )
  await together(() => press(doctor.page, 'Finish'))
  // S4: at least ten seconds, and then no longer than the truth.
  await expect.poll(() => called(board), { timeout: 20_000 }).toEqual([])
})

test('S4: two rooms called at once are announced one after the other, each for ten seconds', async () => {
  await board.evaluate(() => {
    window.anteroomPlayed.length = 0
  })
  const other = await clinic.aVisit({ doctorId: clinic.otherDoctor.id })
  const mine = await clinic.aVisit()
  const call = ({ id, version }: Visit, doctorId: string) =>
    clinic.as.receptionist.visits.call({ params: { id }, body: { version, doctorId, reason: 'a reason' } })
  const began = performance.now()
  await together(() => Promise.all([call(mine, clinic.doctor.id), call(other, clinic.otherDoctor.id)]))
  const first = await large(board).locator('.ticket').textContent()
  const second = first === mine.ticket ? other.ticket : mine.ticket
  await expect.poll(() => large(board).locator('.ticket').textContent(), { timeout: 30_000 }).toBe(second)
  expect(performance.now() - began).toBeGreaterThan(10_000)
  const clips = () => board.evaluate(() => window.anteroomPlayed)
  await expect.poll(async () => (await clips()).length, { timeout: 5_000 }).toBeGreaterThan(20)
  const played = await clips()
  for (const [index, clip] of played.slice(1).entries()) expect(clip.at).toBeGreaterThan(played[index]?.at ?? 0)
})

test('reception’s message, by the palette, is on the screen at once, and taken away again', async () => {
  const { page } = reception
  const line = board.locator('#message')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('waiting-room screen')
  await page.getByRole('option', { name: 'Message on the waiting-room screen' }).waitFor()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Message on the waiting-room screen' })
  await dialog.getByRole('textbox', { name: 'Message' }).fill('The laboratory opens at 10:00.')
  await dialog.getByRole('button', { name: 'Show a message' }).click()
  await line.getByText('The laboratory opens at 10:00.').waitFor()
  await toast(page, 'On the waiting-room screen: The laboratory opens at 10:00.')
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => line.textContent()).toBe('')
})

test('U5: the clock shows the clinic’s time, whatever the television believes', async () => {
  const at = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Dhaka', hour: '2-digit', minute: '2-digit' })
  await expect.poll(() => board.locator('#clock').textContent(), WAIT).toBe(at.format(clinic.clock.now()))
})

/** The hub stops, and starts again where the screens look for it. */
async function restart(pagesDir: string, meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
  const { hub, dataDir, clock } = clinic
  const where = { port: hub.port, publicPort: hub.publicSide?.port ?? 0 }
  await hub.close()
  await meanwhile()
  clinic.hub = await createHub({ dataDir, clock: clock.now, pagesDir, ...forPhones(), ...where })
}

const wordsFor = (language: string) => [
  ...['chime', 'letters/a', 'letters/b', `${language}/ticket`, `${language}/room`, `${language}/look`],
  ...Array.from({ length: 10 }, (_, digit) => `${language}/${digit}`),
]

test('the hub is started again: the screen says so, comes back by itself, and goes on', async () => {
  const loads: string[] = []
  board.on('framenavigated', () => loads.push('loaded'))
  await restart(PAGES_DIR, () => board.getByRole('status').filter({ hasText: 'Not connected since' }).waitFor())
  await board.getByText('Not connected since').waitFor({ state: 'hidden' })
  const visit = await clinic.aVisit()
  await expect.poll(async () => (await lines(board)).join(), WAIT).toContain(visit.ticket)
  expect(loads).toEqual([])
})

test('S4: each screen speaks its own language', async () => {
  const spoken = ['bn', 'ar'] as const
  const screens = await Promise.all(spoken.map((language) => aTelevision(`?language=${language}`)))
  await Promise.all(screens.map((page) => page.getByRole('button').click()))
  const { id, version } = await clinic.aVisit()
  await clinic.as.receptionist.visits.call({ params: { id }, body: { version, reason: 'a reason' } })
  for (const [index, language] of spoken.entries()) {
    const prints = await printsOf(screens[index] ?? board, wordsFor(language))
    const page = screens[index] ?? board
    const { ticket } = clinic.hub.databases.read.find('visits', id) ?? { ticket: '' }
    const digits = [...ticket.slice(1)].map((digit) => `${language}/${digit}`)
    const sentence = [`${language}/ticket`, `letters/${ticket.slice(0, 1).toLowerCase()}`, ...digits]
    const all = [...sentence, `${language}/room`, `${language}/2`]
    await expect.poll(() => heardOn(page, prints), { timeout: 25_000 }).toEqual(['chime', ...all, ...all])
    await page.context().close()
  }
})

describe.each([
  { language: 'en', heading: 'Now called', dir: 'ltr', size: { width: 1920, height: 1080 } },
  { language: 'bn', heading: 'এখন ডাকা হচ্ছে', dir: 'ltr', size: { width: 1280, height: 720 } },
  { language: 'ar', heading: 'يُنادى الآن', dir: 'rtl', size: { width: 3840, height: 2160 } },
])('in $language', ({ language, heading, dir, size }) => {
  test('it is accessible, fits, and can be read across the room', async () => {
    const page = await aTelevision(`?language=${language}&clinic=${clinic.clinicId}`, size)
    await page.getByRole('heading', { name: heading }).waitFor()
    expect(await page.locator('html').getAttribute('dir')).toBe(dir)
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
    const axe = new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    expect((await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    const sizes = await page.evaluate(() => ({
      page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
      ticket: Number.parseFloat(getComputedStyle(document.querySelector('#hero .ticket') ?? document.body).fontSize),
      text: Math.min(
        ...[...document.querySelectorAll('#lines *, #before *, #hero *')].map((element) =>
          Number.parseFloat(getComputedStyle(element).fontSize),
        ),
      ),
    }))
    expect(sizes.page).toEqual([size.width, size.height])
    // Inter's capitals and figures are 0.727 of the size of its type: a quarter of the screen.
    expect((sizes.ticket * 0.727) / size.height).toBeCloseTo(0.25, 2)
    expect(sizes.text / size.height).toBeGreaterThan(0.027)
    await page.context().close()
  })
})

test('whoever asks for calm gets it: nothing slides', async () => {
  const page = await aTelevision()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.locator('#hero').evaluate((hero) => hero.classList.add('new'))
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  await page.context().close()
})

test('its scripts are below 60 kB, before they are compressed', async () => {
  const html = await (await fetch(`${clinic.hub.url}/board`)).text()
  const names = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, name]) => name)
  const scripts = await Promise.all(names.map(async (name) => (await fetch(clinic.hub.url + name)).text()))
  const bytes = scripts.reduce((sum, script) => sum + Buffer.byteLength(script), 0)
  const packed = scripts.reduce((sum, script) => sum + gzipSync(script).byteLength, 0)
  expect(names.length).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(60_000)
  expect(packed).toBeLessThan(bytes)
})

test('a new version of the page is loaded when nobody is being called', async () => {
  pagesDir = mkdtempSync(join(tmpdir(), 'anteroom-pages-'))
  cpSync(PAGES_DIR, pagesDir, { recursive: true })
  const file = join(pagesDir, 'board/index.html')
  writeFileSync(file, readFileSync(file, 'utf8').replace('<body>', '<body data-version="new">'))
  await restart(pagesDir)
  await board.locator('body[data-version=new]').waitFor({ timeout: 60_000 })
  await board.locator('#clinic').getByText('Anteroom Test').waitFor()
})

test('nothing went wrong on any screen', () => {
  expect([...watched.flat(), ...reception.faults, ...doctor.faults]).toEqual([])
})
