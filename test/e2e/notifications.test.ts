import type { Browser, Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anAppointment, nine, take } from '../support/acts.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  isReady,
  launchBrowser,
  newWindow,
  signInOn,
  violations,
} from '../support/browser.ts'
import { toast, toasts } from './hands.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let doctor: ConsoleWindow
let second: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  clinic.hub.databases.writing.exec('delete from notifications')
  await clinic.context.grantPermissions(['notifications'], { origin: clinic.hub.url })
  await clinic.context.addInitScript(watchWhatIsPlayed)
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

/** Notes what the page gives to the loudspeaker and to the desktop, and lets it through. */
function watchWhatIsPlayed() {
  const noted: { played: number[]; shown: string[] } = { played: [], shown: [] }
  const start = AudioBufferSourceNode.prototype.start
  AudioBufferSourceNode.prototype.start = function (...at) {
    noted.played.push(this.buffer?.duration ?? 0)
    return start.apply(this, at)
  }
  const Real = window.Notification
  class Watched extends Real {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options)
      noted.shown.push(`${title} ${options?.body ?? ''}`)
    }
  }
  Object.assign(window, { noted, Notification: Watched })
}

const noted = (page: Page) =>
  page.evaluate(() => (window as unknown as { noted: { played: number[]; shown: string[] } }).noted)
const bell = (page: Page, unread: number) =>
  page.getByRole('banner').getByRole('button', {
    name: unread === 0 ? 'Notifications, none unread' : `Notifications, ${unread} unread`,
  })
const list = (page: Page) => page.getByRole('grid', { name: 'Notifications' })

test('S3 what was told while somebody was signed out is there when they sign in, and does not pop up again', async () => {
  const patient = await clinic.aPatient({ familyName: 'Okafor', givenName: 'Amara' })
  await anAppointment(clinic, 60, { patientId: patient.id })
  await clinic.aVisit({ patientId: patient.id })
  doctor = await clinic.window('doctor')
  await bell(doctor.page, 2).click()
  await list(doctor.page).getByRole('row').filter({ hasText: 'A001 has arrived for you' }).waitFor()
  await list(doctor.page).getByRole('row').filter({ hasText: 'Booked: 09-Mar-2026 10:00' }).waitFor()
  expect(await list(doctor.page).getByText('Okafor Amara').count()).toBe(2)
  expect(await toasts(doctor.page).getByText('has arrived for you').count()).toBe(0)
  expect(await violations(doctor.page)).toEqual([])
  await doctor.page.keyboard.press('Escape')
})

test('S3 a second window of the same person says the same; read in one, it is read in the other', async () => {
  second = await clinic.window('doctor')
  await bell(second.page, 2).waitFor()
  await clinic.aVisit()
  for (const { page } of [doctor, second]) {
    await toast(page, 'A002 has arrived for you')
    await bell(page, 3).waitFor()
  }
  await bell(second.page, 3).click()
  await list(second.page)
    .getByRole('button', { name: /^A002 has arrived/ })
    .click()
  await bell(doctor.page, 2).waitFor()
  await second.page.getByRole('heading', { name: /FAMILY/ }).waitFor()
  expect(new URL(second.page.url()).pathname).toBe('/my-queue')
  await bell(doctor.page, 2).click()
  await doctor.page.getByRole('button', { name: 'Mark all as read' }).click()
  for (const { page } of [doctor, second]) await bell(page, 0).waitFor()
  await doctor.page.keyboard.press('Escape')
})

test('S3 by keyboard alone: Alt+N, the arrow keys, R reads, Enter opens', async () => {
  for (let count = 0; count < 2; count++) await clinic.aVisit()
  const { page } = doctor
  await bell(page, 2).waitFor()
  await page.keyboard.press('Alt+n')
  await list(page).getByRole('row').filter({ hasText: 'A004' }).waitFor()
  await expect.poll(() => list(page).evaluate((grid) => grid === document.activeElement), WAIT).toBe(true)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('r')
  await bell(page, 1).waitFor()
  await list(page).getByRole('heading', { name: 'Mon 09-Mar-2026' }).waitFor()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await bell(page, 0).waitFor()
  expect(await page.getByRole('region', { name: 'Notifications' }).count()).toBe(0)
})

test('S3 earlier ones come by the page, when they are asked for', async () => {
  const params = { id: clinic.doctor.id }
  const { schedule } = await clinic.as.receptionist.doctors.getSchedule({ params })
  for (let count = 0; count < 40; count++) {
    const body = { version: schedule.version + count, sessions: schedule.sessions }
    await clinic.as.receptionist.doctors.setSchedule({ params, body })
  }
  await clinic.as.doctor.notifications.readAll({ body: {} })
  const { page } = doctor
  await page.reload()
  await isReady(page)
  await bell(page, 0).waitFor()
  await page.keyboard.press('Alt+n')
  const rows = () => list(page).getAttribute('aria-rowcount')
  // Thirty and their day; then the forty, the five from before, and the day.
  await expect.poll(rows, WAIT).toBe('31')
  await page.getByRole('button', { name: 'Show earlier ones' }).click()
  await expect.poll(rows, WAIT).toBe('46')
  expect(await page.getByRole('button', { name: 'Show earlier ones' }).count()).toBe(0)
  await page.keyboard.press('Escape')
})

test('L4 how one is told is chosen by kind, keeps to the person, and is heard', async () => {
  const { page } = doctor
  await page.keyboard.press('Alt+n')
  await page.getByRole('button', { name: 'Choose how I am told' }).click()
  const dialog = page.getByRole('dialog', { name: 'doctor' })
  const arrives = dialog.getByRole('radiogroup', { name: 'Somebody arrives for me' })
  await arrives.getByText('Sound', { exact: true }).click()
  await expect.poll(async () => (await noted(page)).played.length, WAIT).toBe(1)
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await clinic.aVisit()
  await toast(page, 'A005 has arrived for you')
  const heard = async () =>
    await Promise.all([doctor, second].map(async (one) => (await noted(one.page)).played.length))
  // One of two windows rings.
  await expect.poll(async () => (await heard()).reduce((sum, count) => sum + count), WAIT).toBe(2)
  expect((await noted(page)).played[0]).toBeGreaterThan(0.5)
  const { levels } = await clinic.as.doctor.notifications.preferences({})
  expect(levels.check_in).toBe('sound')
})

test('a silent kind is counted at the bell, and nothing else', async () => {
  const { version, levels } = await clinic.as.doctor.notifications.preferences({})
  await clinic.as.doctor.notifications.setPreferences({ body: { version, levels: { ...levels, check_in: 'silent' } } })
  const { page } = doctor
  await bell(page, 1).waitFor()
  await clinic.aVisit()
  await bell(page, 2).waitFor()
  expect(await toasts(page).getByText('A006').count()).toBe(0)
})

test('S3 while the window is hidden it is shown on the desktop, without a name; not while it is in sight', async () => {
  const { page } = doctor
  expect((await noted(page)).shown).toEqual([])
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }))
  const { id, version } = await anAppointment(clinic, 120, { patientId: (await clinic.aPatient()).id })
  await clinic.as.receptionist.appointments.cancel({ params: { id }, body: { version, reason: 'a cold' } })
  await expect.poll(async () => (await noted(page)).shown, WAIT).toEqual(['Cancelled: 09-Mar-2026 11:00 Anteroom'])
  expect((await noted(second.page)).shown).toEqual([])
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => false }))
})

test('S3 the till hears who comes to pay, and what opens is the bill; paid, nobody is told of it any more', async () => {
  const cashier = await clinic.window('cashier')
  const visit = await clinic.aVisit({ serviceId: clinic.service.id })
  await take(clinic.as.doctor, visit, 'called', 'in_consultation', 'awaiting_payment')
  await toast(cashier.page, `${visit.ticket} comes to pay`)
  await toasts(cashier.page).getByRole('button', { name: 'Open' }).click()
  await expect.poll(() => new URL(cashier.page.url()).pathname, WAIT).toBe(`/cash-desk/${visit.id}`)
  await bell(cashier.page, 0).waitFor()
  const next = await clinic.aVisit({ serviceId: clinic.service.id })
  await clinic.as.doctor.visits.setStatus({
    params: { id: next.id },
    body: {
      version: (await take(clinic.as.doctor, next, 'called', 'in_consultation')).version,
      status: 'awaiting_payment',
    },
  })
  await bell(cashier.page, 1).waitFor()
  const body = { id: uuidv7(), visitId: next.id, amountMinor: clinic.service.priceMinor, method: 'cash' as const }
  await clinic.as.receptionist.payments.take({ body })
  await bell(cashier.page, 0).waitFor()
  expect(cashier.heard.join('\n')).not.toMatch(/appointment_created|check_in"/)
  expect(cashier.faults).toEqual([])
})

test('Q12, A5 an appointment that is opened is the one on its day', async () => {
  const { page } = doctor
  const booked = await anAppointment(clinic, 150)
  const moved = await clinic.as.receptionist.appointments.change({
    params: { id: booked.id },
    body: { version: booked.version, startsAt: nine(clinic, 24 * 60 + 60) },
  })
  await toast(page, 'Moved to 10-Mar-2026 10:00')
  await toasts(page).getByRole('button', { name: 'Open' }).last().click()
  await page.getByRole('grid', { name: 'Appointments' }).getByRole('row', { selected: true }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/appointments/2026-03-10/${moved.id}`)
})

test('U4 an undo keeps its key, whatever is told meanwhile', async () => {
  const { page } = doctor
  const waiting = await anAppointment(clinic, 200)
  await page.getByRole('link', { name: 'My queue' }).click()
  await isReady(page)
  await page.keyboard.press('F8')
  await toasts(page).getByRole('button', { name: /^Undo/ }).waitFor()
  const called = () =>
    clinic.hub.databases.reading.prepare("select count(*) from visits where status = 'called'").pluck().get()
  expect(called()).toBe(1)
  const body = { version: waiting.version, reason: 'a cold' }
  await clinic.as.receptionist.appointments.cancel({ params: { id: waiting.id }, body })
  await toasts(page).getByText('Cancelled: 09-Mar-2026 12:20').waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(called, WAIT).toBe(0)
  expect(new URL(page.url()).pathname).toBe('/my-queue')
})

test('S3 another person’s window has none of it', async () => {
  const stranger = await newWindow(clinic.context)
  await stranger.goto(clinic.hub.url)
  await signInOn(stranger, 'nurse')
  await isReady(stranger)
  await bell(stranger, 0).click()
  await stranger.getByText('Nothing yet').waitFor()
  expect(await violations(stranger)).toEqual([])
  expect([doctor.faults, second.faults]).toEqual([[], []])
})
