import type { Browser, Locator, Page, Route } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { triageOf, well } from '../support/acts.ts'
import { signIn } from '../support/api-client.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  isLive,
  launchBrowser,
  pill,
  showTheme,
  violations,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { row, toast } from './hands.ts'
import { rowsOf, WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let nurse: ConsoleWindow
let desk: ConsoleWindow
let doctor: ConsoleWindow
const visits: Visit[] = []

/** Where the pictures go, when somebody wants to look: ANTEROOM_PICTURES=FOLDER. */
const pictures = process.env.ANTEROOM_PICTURES

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  for (const familyName of ['Okafor', 'Silva', 'Ito']) {
    const { id } = await clinic.aPatient({ familyName, givenName: 'Given', birthDate: '1984-03-07', sex: 'male' })
    visits.push(await clinic.aVisit({ patientId: id }))
  }
  const child = await clinic.aPatient({ familyName: 'Young', givenName: 'Given', birthDate: '2023-03-01' })
  visits.push(await clinic.aVisit({ patientId: child.id }))
  nurse = await clinic.window('nurse', { at: '/triage' })
  desk = await clinic.window('receptionist', { at: '/today' })
  doctor = await clinic.window('doctor', { at: '/my-queue' })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const ticketOf = (at: number) => visits[at]?.ticket ?? ''
const shot = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' })
}
const form = (page: Page): Locator => page.getByRole('form', { name: 'Vital signs' })
const score = (page: Page): Locator => form(page).getByRole('region', { name: 'Score' })
const says = (page: Page, words: string | RegExp) => score(page).getByText(words).first().waitFor()
const field = (page: Page, name: string): Locator => form(page).getByRole('textbox', { name, exact: true })
const focusIsOn = (there: Locator) =>
  expect.poll(() => there.evaluate((one) => one === document.activeElement), WAIT).toBe(true)

/** Walks the list to somebody, as a nurse does. */
async function choose(page: Page, at: number): Promise<void> {
  const list = page.getByRole('grid', { name: 'Who waits' })
  await list.focus()
  await page.keyboard.press('Home')
  const mine = row(page, 'Who waits', ticketOf(at))
  for (let step = 0; step < 8 && (await mine.getAttribute('aria-selected')) !== 'true'; step++)
    await page.keyboard.press('ArrowDown')
}

/** Opens the form too. */
async function begin(page: Page, at: number): Promise<void> {
  await choose(page, at)
  await page.keyboard.press('Enter')
  await focusIsOn(field(page, 'Breathing'))
}

/** How many colours the left edge of a chart is drawn in: the bands reach it, the line does not. */
const coloursOf = (chart: Locator) =>
  chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(canvas.width * 0.3, 0, 1, canvas.height).data ?? []
    const colours = new Set<string>()
    for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.slice(at, at + 4).join())
    return colours.size
  })

async function typeOn(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

describe('T1 T3 T5 at the nurse’s station', () => {
  test('a worsening patient is entered by keyboard alone, the score builds as it is typed, and reception sees the level', async () => {
    const { page } = nurse
    await begin(page, 2)
    for (const name of ['Breathing', 'SpO2', 'Pulse', 'Temperature'])
      expect(await field(page, name).inputValue()).toBe('')
    await typeOn(page, '25')
    await says(page, 'Incomplete, at least 3')
    await says(page, /Still missing: SpO2, Air or oxygen/)
    await typeOn(page, '93')
    await says(page, 'Incomplete, at least 5')
    await page.keyboard.press('a')
    await typeOn(page, '105')
    await typeOn(page, '70')
    await typeOn(page, '115')
    await page.keyboard.press('a')
    await says(page, 'Incomplete, at least 8')
    await typeOn(page, '391')
    await says(page, 'NEWS2 10')
    await says(page, 'Emergency review')
    await form(page).getByText('The rules ask for at least Immediate.').waitFor()
    await focusIsOn(form(page).getByRole('button', { name: 'Save' }))
    await shot(page, 'triage-typed')
    await page.keyboard.press('Enter')
    await toast(page, `${ticketOf(2)} is Immediate; an alert has been raised`)
    await expect
      .poll(async () => (await rowsOf(desk.page, 'Queue')).find((one) => /[A-Z]\d{3}/.test(one)), WAIT)
      .toContain(ticketOf(2))
    await row(desk.page, 'Queue', ticketOf(2)).getByText('Immediate').waitFor()
    const { items } = await clinic.as.administrator.audit.list({ query: { limit: 50 } })
    const opened = items.filter(({ action, recordId }) => action === 'triage.open' && recordId === visits[2]?.id)
    expect(opened, 'P5 opened once, not with every key').toHaveLength(1)
    expect(await desk.page.locator('body').innerText()).not.toMatch(/NEWS2|39\.1|SpO2/)
    expect(JSON.stringify(desk.heard)).not.toMatch(/triageRecords|temperatureTenths|subScores/)
  })

  test('T6 T3 what it is and where it comes from is on the screen; axe finds nothing in either theme', async () => {
    const { page } = nurse
    await begin(page, 2)
    await typeOn(page, '24')
    await says(page, /Decision support, not diagnosis/)
    await says(page, 'National Early Warning Score (NEWS) 2 © Royal College of Physicians 2017')
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme)
      await shot(page, `triage-${theme}`)
      expect(await violations(page)).toEqual([])
    }
    await showTheme(page, 'light')
  })

  test('U8 what was typed survives a reload; a slip of the hand is said at once', async () => {
    const { page } = nurse
    await page.reload()
    await begin(page, 2)
    await expect.poll(() => field(page, 'Breathing').inputValue(), WAIT).toBe('24')
    await field(page, 'SpO2').fill('970')
    await page.keyboard.press('Enter')
    await form(page).getByText('From 0 to 100').waitFor()
    expect(await form(page).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await field(page, 'SpO2').fill('9o')
    await page.keyboard.press('Tab')
    await page.getByText('Cannot be read. From 0 to 100').waitFor()
    await field(page, 'SpO2').fill('93')
    await page.keyboard.press('Enter')
    await page.keyboard.press('o')
    await focusIsOn(field(page, 'Oxygen'))
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('a')
    await focusIsOn(field(page, 'Systolic'))
    await field(page, 'SpO2').fill('')
    await field(page, 'Breathing').fill('')
  })

  test('T4 a child has no NEWS2, said plainly, and what is out of range for the age raises the level', async () => {
    const { page } = nurse
    await begin(page, 3)
    await says(page, 'No NEWS2 score: it is for 16 and over.')
    await typeOn(page, '45')
    await says(page, 'Breathing: at least Very urgent')
    await shot(page, 'triage-child')
    await field(page, 'Breathing').fill('')
  })

  test('Q10 somebody else was quicker: it is said, and what was typed is still there', async () => {
    const { page } = nurse
    await begin(page, 0)
    await typeOn(page, '18')
    // Between the press and the hub: somebody else's look, which this page can't have seen when it sends.
    const between = async (route: Route) => {
      await triageOf(clinic, visits[0]?.id ?? '', well)
      await route.continue()
    }
    await page.route('**/api/visits/*/triage', between, { times: 1 })
    await form(page).getByRole('button', { name: 'Save' }).click()
    await form(page)
      .getByRole('alert')
      .getByText(/Somebody else changed this visit/)
      .waitFor()
    expect(await field(page, 'Breathing').inputValue()).toBe('18')
    await shot(page, 'triage-changed')
    await form(page).getByRole('button', { name: 'Save' }).click()
    await toast(page, `${ticketOf(0)} is Standard`)
  })

  test('T1 lower than the rules ask for: only with a reason', async () => {
    const { page } = nurse
    await begin(page, 1)
    await typeOn(page, '26')
    await form(page).getByRole('radiogroup', { name: 'Level' }).getByText('Urgent', { exact: true }).click()
    expect(await form(page).getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await form(page)
      .getByRole('textbox', { name: /Why lower/ })
      .fill('Panting after the stairs')
    await form(page).getByRole('button', { name: 'Save' }).click()
    await toast(page, new RegExp(`${ticketOf(1)} is Urgent`))
  })
})

describe('Monitoring', () => {
  test('the doctor watches live: the last look in a line, the chart with its bands, the numbers behind it', async () => {
    const { page } = doctor
    await row(page, 'My queue', ticketOf(2)).click()
    await page.getByText(/^NEWS2 10$/).waitFor()
    await triageOf(clinic, visits[2]?.id ?? '', { ...well, respiration: 22, pulse: 95 }, 'immediate')
    await page.getByText(/^NEWS2 3$/).waitFor()
    await page.getByRole('button', { name: 'Chart' }).click()
    const dialog = page.getByRole('dialog', { name: 'Chart' })
    await expect.poll(() => dialog.getByRole('row').count(), WAIT).toBe(3)
    await triageOf(clinic, visits[2]?.id ?? '', { ...well, respiration: 27 }, 'immediate')
    await expect.poll(() => dialog.getByRole('row').count(), WAIT).toBe(4)
    const breathing = dialog.getByRole('img', { name: /^Breathing: 3 values, the last 27, between 22 and 27/ })
    await breathing.focus()
    await page.keyboard.press('End')
    await dialog.getByText(/ · .*27$/).waitFor()
    await page.keyboard.press('ArrowLeft')
    await dialog.getByText(/ · .*22$/).waitFor()
    expect(await coloursOf(breathing), 'T3 the bands are behind the line').toBeGreaterThan(3)
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme)
      await shot(page, `chart-${theme}`)
      expect(await violations(page)).toEqual([])
    }
    expect([...nurse.faults, ...doctor.faults, ...desk.faults]).toEqual([])
  })

  test('a patient in another clinic’s queue is watched too: heard in their own room, left with the page, joined again', async () => {
    const { both, patientId, visit } = await aPatientElsewhere()
    const { page, asked } = await clinic.window('both', { at: `/patients/${patientId}` })
    const room = (name: string) => `["${name}",{"patientId":"${patientId}"}]`
    const hasAsked = (name: string, times = 1) =>
      expect.poll(() => asked.filter((text) => text.includes(room(name))).length, WAIT).toBe(times)
    await hasAsked('join_patient_room')
    await page.getByRole('button', { name: 'Open record' }).click()
    const vitals = page.getByRole('region', { name: 'Vital signs' })
    await vitals.getByRole('button', { name: 'Show earlier vital signs' }).click()
    await vitals.getByText('No vital signs have been taken yet.').waitFor()
    const take = async (respiration: number) => {
      const version = clinic.hub.databases.read.find('visits', visit.id)?.version ?? 0
      const body = {
        id: uuidv7(),
        version,
        vitals: { ...well, respiration },
        pregnancy: 'no',
        level: 'immediate',
      } as const
      await both.triage.record({ params: { id: visit.id }, body })
    }
    await take(22)
    await vitals.getByText('NEWS2 2', { exact: true }).waitFor()
    await vitals.getByText('Immediate').waitFor()
    expect(await page.getByRole('button', { name: `Is here: ${visit.ticket}` }).count(), 'not in this clinic').toBe(0)
    await clinic.stopHub()
    await pill(page)
      .filter({ hasText: /offline/i })
      .waitFor()
    await clinic.startHub()
    await isLive(page)
    await hasAsked('join_patient_room', 2)
    await take(27)
    await vitals.getByText('NEWS2 3', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Triage' }).click()
    await hasAsked('leave_patient_room')
    for (const window of [nurse, desk, doctor]) await isLive(window.page)
  })
})

/** Somebody who waits in a second clinic, and a person who works in both. */
async function aPatientElsewhere() {
  const admin = clinic.as.administrator
  const second = uuidv7()
  const there = { name: 'Elsewhere', timeZone: 'Asia/Dhaka', currency: 'BDT', language: 'en' } as const
  await admin.clinics.create({ body: { id: second, ...there } })
  const person = { id: uuidv7(), username: 'both', displayName: 'In Both', password: PASSWORD }
  const roles = ['nurse', 'administrator', 'receptionist'] as const
  await admin.users.create({ body: { ...person, roles: [...roles], clinicIds: [clinic.clinicId, second] } })
  const { api: both } = await signIn(clinic.hub.url, 'both', PASSWORD)
  const pool = await both.pools.create({ body: { id: uuidv7(), clinicId: second, name: 'All', doctorIds: [] } })
  const { id: patientId } = await clinic.aPatient({ familyName: 'Rao', birthDate: '1958-03-07', sex: 'female' })
  const place = { id: uuidv7(), clinicId: second, patientId, poolId: pool.id }
  const { visit } = await both.visits.walkIn({ body: place })
  return { both, patientId, visit }
}

describe('T4 rule packs', () => {
  test('the administrator records what a clinician signed; the nurse’s page goes by it at once', async () => {
    const { page } = await clinic.window('administrator', { at: '/administration/rulePacks' })
    await page.getByText('Nobody has signed yet: all installed packs are in force.').waitFor()
    await page.getByRole('checkbox', { name: /NEWS/ }).click()
    await page.getByRole('textbox', { name: /Signed by/ }).fill('Dr Chen')
    await page.getByRole('button', { name: 'Record the signature' }).click()
    await toast(page, 'In force as signed by Dr Chen')
    await page.getByText(/Signed by Dr Chen on 09-Mar-2026; recorded by/).waitFor()
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme)
      await shot(page, `rule-packs-${theme}`)
      expect(await violations(page)).toEqual([])
    }
    // The form waits for what the hub says of the packs; the key was pressed before it is there (U1).
    const released = Promise.withResolvers<void>()
    const packs = '**/api/rule-packs*'
    await nurse.page.route(packs, async (route) => {
      await released.promise
      await route.continue()
    })
    await choose(nurse.page, 0)
    await nurse.page.keyboard.press('Enter')
    await nurse.page.getByRole('status', { name: 'Loading' }).waitFor()
    expect(await form(nurse.page).count()).toBe(0)
    released.resolve()
    await focusIsOn(field(nurse.page, 'Breathing'))
    await says(nurse.page, 'No rule pack looks at this patient.')
    await nurse.page.unroute(packs)
    await page.getByRole('checkbox', { name: /NEWS/ }).click()
    await page.getByRole('textbox', { name: /Signed by/ }).fill('Dr Chen')
    await page.getByRole('button', { name: 'Record the signature' }).click()
    await says(nurse.page, 'Nothing taken yet')
  })
})

describe('T2 U8 what was typed and not kept', () => {
  // The page's clock goes on by itself between two words from the hub's.
  const typedAt = (page: Page, time: RegExp) =>
    form(page).getByText(new RegExp(`Typed at ${time.source}: kept as taken then`))
  const lying = (page: Page) =>
    page.evaluate(() => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.includes('.form.'))))
  /** What is typed is sealed a moment later. */
  const keptAfter = async (page: Page, act: () => Promise<void>) => {
    const before = await lying(page)
    await act()
    await expect.poll(() => lying(page), WAIT).not.toBe(before)
  }

  test('with the hub away nothing is asked for with each key; back again, what was taken before is there, once', async () => {
    const { page } = nurse
    const { id } = await clinic.aPatient({ familyName: 'Later', birthDate: '1984-03-07', sex: 'male' })
    const visit = await clinic.aVisit({ patientId: id })
    visits.push(visit)
    const mine = row(page, 'Who waits', visit.ticket)
    await mine.click()
    await field(page, 'Breathing').waitFor()
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'GET' && request.url().endsWith(`/visits/${visit.id}/triage`)) asked.push(request.url())
    })
    await clinic.stopHub()
    await pill(page)
      .filter({ hasText: /offline/i })
      .waitFor()
    await field(page, 'Breathing').pressSequentially('18')
    await field(page, 'SpO2').pressSequentially('97')
    await field(page, 'Pulse').pressSequentially('112')
    expect(asked.length, 'not once a key').toBeLessThanOrEqual(1)
    await clinic.startHub()
    await isLive(page)
    await page.getByRole('button', { name: 'Chart' }).waitFor()
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  test('numbers of a while ago are said to be, are kept as taken then, and go at one press', async () => {
    const { page } = nurse
    const visit = visits.at(-1)
    await expect.poll(() => field(page, 'Breathing').inputValue(), WAIT).toBe('18')
    expect(await typedAt(page, /09:0\d/).count()).toBe(0)
    const then = clinic.clock.now()
    clinic.clock.pass(25)
    await page.reload()
    await choose(page, visits.length - 1)
    await typedAt(page, /09:0\d/).waitFor()
    expect(await violations(page)).toEqual([])
    await form(page).getByRole('button', { name: 'Save' }).click()
    await toast(page, `${visit?.ticket} is Standard`)
    const [kept] = (await clinic.as.nurse.triage.ofVisit({ params: { id: visit?.id ?? '' } })).items
    expect(Date.parse(kept?.takenAt ?? '') - then).toBeLessThan(5 * 60_000)
    expect(kept).toMatchObject({ respiration: 18, spo2: 97, pulse: 112 })

    await keptAfter(page, () => field(page, 'Breathing').fill('19'))
    clinic.clock.pass(25)
    await page.reload()
    await choose(page, visits.length - 1)
    const old = typedAt(page, /09:2\d/)
    await old.waitFor()
    await keptAfter(page, () => form(page).getByRole('button', { name: 'Taken just now' }).click())
    await old.waitFor({ state: 'detached' })
    expect(await field(page, 'Breathing').inputValue()).toBe('19')
    clinic.clock.pass(25)
    await page.reload()
    await choose(page, visits.length - 1)
    await typedAt(page, /09:5\d/).waitFor()
    await form(page).getByRole('button', { name: 'Clear' }).click()
    await expect.poll(() => field(page, 'Breathing').inputValue(), WAIT).toBe('')
    await typedAt(page, /09:5\d/).waitFor({ state: 'detached' })
  })
})
