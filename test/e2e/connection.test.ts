import type { Browser } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../support/api-client.ts'
import {
  aClinicOnScreen,
  type ClinicOnScreen,
  type ConsoleWindow,
  isLive,
  launchBrowser,
  pill,
} from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { press, row, toast, toasts } from './hands.ts'
import { allShowTheDatabase, WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen
let reception: ConsoleWindow
let doctor: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  for (let count = 0; count < 3; count += 1) await clinic.aVisit()
  reception = await clinic.window('receptionist', { line: true })
  doctor = await clinic.window('doctor', { line: true })
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

const agree = () => allShowTheDatabase(clinic, { today: [reception], doctor })

test('U6: with the hub stopped the pill says offline and of when the data is, and opens what that means', async () => {
  await agree()
  await clinic.stopHub()
  for (const { page } of [reception, doctor])
    await expect.poll(() => pill(page).textContent(), WAIT).toMatch(/offline.*09:00/i)
  await pill(reception.page).click()
  await reception.page.getByRole('heading', { name: 'The hub is away' }).waitFor()
  await reception.page.keyboard.press('Escape')
})

test('U6: what is done meanwhile is refused plainly, and what is on the screen stays', async () => {
  const { page } = reception
  await row(page, 'Queue', 'A001').click()
  await press(page, 'Call')
  await toast(page, /^The hub does not answer\. Try again/)
  await row(page, 'Queue', 'A003').waitFor()
})

test('the hub comes back with what happened meanwhile: the pages are live and true by themselves', async () => {
  await clinic.startHub('elsewhere')
  const elsewhere = await signIn(clinic.hub.url, 'receptionist', PASSWORD)
  const [first] = (await elsewhere.api.visits.list({ query: { clinicId: clinic.clinicId } })).items.toReversed()
  if (!first) throw new Error('there is nobody to call')
  await elsewhere.api.visits.call({ params: { id: first.id }, body: { version: first.version } })
  const patient = await elsewhere.api.patients.register({
    body: { id: uuidv7(), clinicId: clinic.clinicId, familyName: 'Silva', givenName: 'João' },
  })
  await elsewhere.api.visits.walkIn({
    body: { id: uuidv7(), clinicId: clinic.clinicId, patientId: patient.id, doctorId: clinic.doctor.id },
  })
  await clinic.stopHub()
  await clinic.startHub('here')
  for (const { page } of [reception, doctor]) await isLive(page)
  await agree()
  await row(reception.page, 'Queue', 'A004').filter({ hasText: 'Silva João' }).waitFor()
  expect([reception.navigations(), doctor.navigations()]).toEqual([0, 0])
})

test('after coming back an event is heard once: one message for one arrival', async () => {
  const before = await toasts(doctor.page).getByText('has arrived for you').count()
  expect(before).toBe(0)
  const visit = await clinic.aVisit()
  await toast(doctor.page, `${visit.ticket} has arrived for you`)
  await agree()
  expect(await toasts(doctor.page).getByText('has arrived for you').count()).toBe(1)
  const told = [visit.id, '"type":"new_checkin"']
  const frames = doctor.heard.filter(
    (text) => text.startsWith('42["events"') && told.every((word) => text.includes(word)),
  )
  expect(frames).toHaveLength(1)
})

test('a frame that is lost on the way is noticed by the next one, and fetched', async () => {
  const before = resumesOf(reception)
  const patientId = (await clinic.aPatient()).id
  await reachedBoth()
  reception.line.loseNextFrame()
  const lost = await clinic.aVisit({ patientId })
  const next = await clinic.aVisit()
  await agree()
  for (const { ticket } of [lost, next]) await row(reception.page, 'Queue', ticket).waitFor()
  expect(resumesOf(reception)).toBe(before + 1)
})

test('a frame that is lost with none after it is noticed by the next heartbeat', async () => {
  const patientId = (await clinic.aPatient()).id
  await reachedBoth()
  reception.line.loseNextFrame()
  const visit = await clinic.aVisit({ patientId })
  await row(doctor.page, 'My queue', visit.ticket).waitFor()
  expect(await row(reception.page, 'Queue', visit.ticket).count()).toBe(0)
  await row(reception.page, 'Queue', visit.ticket).waitFor()
  await agree()
  expect([reception.navigations(), doctor.navigations(), reception.faults, doctor.faults]).toEqual([0, 0, [], []])
})

/** Until both have been sent everything that has happened. */
async function reachedBoth(): Promise<void> {
  const last = clinic.hub.databases.reading
    .prepare("select seq from sqlite_sequence where name = 'events'")
    .pluck()
    .get()
  for (const { heard } of [reception, doctor])
    await expect.poll(() => heard.some((text) => text.includes(`"upTo":${last}`)), WAIT).toBe(true)
}

const resumesOf = (window: ConsoleWindow) => window.asked.filter((text) => text.includes('"resume"')).length
