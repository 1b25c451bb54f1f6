import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PAGES_DIR } from '../../local/pages.ts'
import { aContext, isReady, launchBrowser, pill, signInOn, violations, watchFaults } from '../support/browser.ts'
import { aClinic, type TestClinic } from '../support/clinic.ts'
import { loopbackCard } from '../support/loopback-card.ts'
import { anotherPort, aStation, away, live, type TestStation } from '../support/stations.ts'
import { row, toast } from './hands.ts'

// Two computers, two browsers: what one shows is typed on the other, as two people do it.

let browser: Browser
let clinic: TestClinic
let desk: TestStation
/** The administrator's window on the hub, and the window of the other computer. */
let hub: Page
let station: Page
const faults: string[][] = []

beforeAll(async () => {
  browser = await launchBrowser()
  const ports = { mdnsPort: await anotherPort(), broadcastPort: await anotherPort() }
  const lan = { listCards: () => [loopbackCard()], findable: ports, keepAwake: false }
  clinic = await aClinic({ hub: { pagesDir: PAGES_DIR, lanPort: 0, lan } })
  desk = await aStation({
    pagesDir: PAGES_DIR,
    role: 'new',
    computerName: 'DESK-7',
    cards: () => [loopbackCard()],
    ...ports,
    // As the launcher does: the same folder and port in the new role.
    onRoleChange: (role) => void desk.restart({ role, port: desk.station.port }),
  })
  hub = await aWindow(`${clinic.hub.url}/administration`)
  await signInOn(hub, 'administrator')
  await isReady(hub)
  station = await aWindow(desk.station.url)
})
afterAll(async () => {
  await browser?.close()
  await desk?.close()
  await clinic?.close()
})

async function aWindow(url: string): Promise<Page> {
  const page = await (await aContext(browser)).newPage()
  faults.push(watchFaults(page))
  await page.goto(url)
  return page
}

const says = (page: Page, title: string | RegExp): Promise<void> => page.getByRole('heading', { name: title }).waitFor()
const press = (page: Page | Locator, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
const tab = (name: string): Promise<void> =>
  hub.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name }).click()

/** The digits as they stand on the station's page. */
async function digitsShown(): Promise<string> {
  await says(station, 'Type these digits on the hub')
  const shown = station.getByRole('status').filter({ hasText: /\d/ })
  const digits = ((await shown.textContent()) ?? '').replace(/\D/g, '').slice(0, 6)
  // U7: numbers run from left to right in every script, and these are typed as they are seen.
  expect(await shown.evaluate(seenFromTheLeft)).toBe(digits)
  return digits
}

/** What is drawn of it on a page that runs from right to left. */
function seenFromTheLeft(shown: Element): string {
  document.documentElement.dir = 'rtl'
  const drawn = [...shown.querySelectorAll('[aria-hidden]')].map((part) => ({
    text: part.textContent ?? '',
    left: part.getBoundingClientRect().left,
  }))
  document.documentElement.dir = 'ltr'
  return drawn
    .sort((a, b) => a.left - b.left)
    .map(({ text }) => text)
    .join('')
}

async function askByAddress(): Promise<void> {
  await press(station, 'Mine is not listed')
  await station.getByLabel('Address or pairing string').fill(`127.0.0.1:${clinic.hub.lan?.port}`)
  await station.keyboard.press('Enter')
  await station.getByLabel('Name of this computer').waitFor()
  await station.keyboard.press('Enter')
}

const asking = () => hub.getByRole('dialog', { name: 'Add a computer' }).getByRole('listitem', { name: 'DESK-7' })

test('the first start asks one question, lists the hub as it is found, and is walked by keys alone', async () => {
  await says(station, 'What is this computer?')
  await station.getByRole('button', { name: /^Anteroom Test/ }).waitFor()
  expect(await violations(station)).toEqual([])
  const focused = () => station.evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toBe('This is the main computer')
  await station.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^Anteroom Test/)
  await station.keyboard.press('Enter')
  await says(station, 'Join Anteroom Test')
  expect(await station.getByLabel('Name of this computer').inputValue()).toBe('DESK-7')
  expect(await violations(station)).toEqual([])
  await press(station, 'Back')
})

test('what is no address is told beside its field', async () => {
  await press(station, 'Mine is not listed')
  await station.getByLabel('Address or pairing string').fill('192.168.1')
  await station.keyboard.press('Enter')
  await station.getByText('neither an address').waitFor()
  expect(await violations(station)).toEqual([])
  await press(station, 'Back')
})

test('a hub that takes no computers now: what has to be pressed there is said', async () => {
  await askByAddress()
  await says(station, 'The hub takes no new computers now')
  await station.getByText('Administration › Computers › Add a computer').waitFor()
  expect(await violations(station)).toEqual([])
  await press(station, 'Try again')
  await says(station, 'What is this computer?')
})

test('the hub shows its code, and a picture of it is as good as its address', async () => {
  await tab('Network')
  const code = hub.getByRole('img', { name: 'The pairing string as a code' })
  const picture = { name: 'code.png', mimeType: 'image/png', buffer: await code.screenshot() }
  await press(station, 'Mine is not listed')
  await station.locator('input[type=file]').setInputFiles(picture)
  await says(station, `Join 127.0.0.1:${clinic.hub.lan?.port}`)
  await press(station, 'Back')
  await press(station, 'Mine is not listed')
  const nothing = { ...picture, buffer: await hub.getByRole('banner').screenshot() }
  await station.locator('input[type=file]').setInputFiles(nothing)
  await station.getByText('There is no code in this picture').waitFor()
  await press(station, 'Back')
})

test('wrong digits: the hub says so, and the computer has to ask again', async () => {
  await tab('Computers')
  await hub.getByText('No other computer yet').waitFor()
  await press(hub, 'Add a computer')
  await hub.getByText('Open for 5 more computers').waitFor()
  await askByAddress()
  const digits = await digitsShown()
  expect(await violations(station)).toEqual([])
  await asking().getByLabel('Its six digits').fill('12 34')
  await press(asking(), 'Let it in')
  await asking().getByText('Six digits, as that computer shows them').waitFor()
  const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, '0')
  await asking().getByLabel('Its six digits').fill(wrong)
  await hub.keyboard.press('Enter')
  await toast(hub, /Those are not the digits of DESK-7/)
  await asking().getByText('It has to ask again').waitFor()
  expect(await violations(hub)).toEqual([])
  await says(station, 'The digits were not right')
  await press(station, 'Try again')
})

test('the digits that the station shows are typed on the hub: it is in the list, and its page goes on by itself', async () => {
  await press(station, /^Anteroom Test/)
  await press(station, 'Ask to join')
  const digits = await digitsShown()
  const request = asking().filter({ hasText: 'Shows its digits' })
  const field = request.getByLabel('Its six digits')
  await field.waitFor()
  await expect.poll(() => field.evaluate((input) => input.matches(':focus'))).toBe(true)
  // As they are read out.
  await hub.keyboard.type(`${digits.slice(0, 3)} ${digits.slice(3)}`)
  await request.getByLabel('Name it gets').fill('Reception')
  expect(await violations(hub)).toEqual([])
  await hub.keyboard.press('Enter')
  await toast(hub, 'Reception belongs to the clinic now')
  await press(hub, 'Done')
  await hub.getByRole('row', { name: /Reception.*Linked.*Ada Min/ }).waitFor()
  await station.getByLabel('User name').waitFor()
  expect(await station.locator('meta[name=anteroom-install]').getAttribute('content')).toBe('station')
  // Closing the dialog closed the hub.
  expect((await clinic.as.administrator.pairing.state({})).openUntil).toBeNull()
})

test('on the station somebody signs in, and both windows agree live', async () => {
  await hub.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Today' }).click()
  await signInOn(station, 'doctor')
  await isReady(station)
  const { ticket } = await clinic.aVisit()
  await row(hub, 'Queue', ticket).waitFor()
  await row(station, 'My queue', ticket).waitFor()
  await station.keyboard.press('F8')
  await toast(station, `${ticket} is called to Room 2`)
  await row(hub, 'Queue', ticket).filter({ hasText: 'Called' }).waitFor()
})

test('the pill says what it is linked to, and leads to the doctor', async () => {
  await pill(station).click()
  await station.getByText(/^Reception is linked to Anteroom Test at 127\.0\.0\.1:/).waitFor()
  expect(await violations(station)).toEqual([])
  await station.getByRole('link', { name: 'Check the connection' }).click()
  await says(station, 'Connection doctor')
  await station.getByText('Everything is as it should be.').waitFor()
  expect(await station.getByRole('listitem').count()).toBe(8)
  expect(await violations(station)).toEqual([])
  await press(station, 'Back')
  await isReady(station)
})

test('this computer: what it is, at which hub; only an administrator may change it', async () => {
  const person = station.getByRole('banner').getByRole('button', { name: /^doctor/ })
  await person.click()
  await station.getByRole('menuitem', { name: 'This computer', exact: true }).click()
  const dialog = station.getByRole('dialog', { name: 'This computer' })
  await dialog.getByText('A station of the clinic').waitFor()
  expect(await violations(station)).toEqual([])
  expect(await dialog.getByRole('button', { name: 'Change what it is' }).count()).toBe(0)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
})

test('the hub is away: the pill and the sign-in page say so, and all goes on when it is back at another port', async () => {
  await clinic.hub.close()
  await desk.until(away)
  await station
    .getByRole('banner')
    .getByText(/^Looking for the hub, data from/)
    .click()
  await station.getByText(/^Reception has been looking for Anteroom Test since/).waitFor()
  expect(await violations(station)).toEqual([])
  const other = await aWindow(desk.station.url)
  await other.getByText('you can sign in as soon as it is found').waitFor()
  expect(await violations(other)).toEqual([])
  await signInOn(other, 'doctor')
  await other.getByText('Signing in works again as soon as it is back').waitFor()
  await other.getByRole('link', { name: 'Check the connection' }).click()
  await other.getByText(/^This stands in the way: /).waitFor({ timeout: 20_000 })
  expect(await other.locator('details[open]').getByText('What to do').count()).toBe(1)
  expect(await violations(other)).toEqual([])
  await clinic.restart()
  await desk.until(live)
  await isReady(station)
  await press(other, 'Back')
  await signInOn(other, 'doctor')
  await isReady(other)
  await other.context().close()
})

test('the root is made anew from the page: who has not fetched it is named, and then it can be finished', async () => {
  await hub.goto(`${clinic.hub.url}/administration/network`)
  await signInOn(hub, 'administrator')
  await isReady(hub)
  await press(hub, 'Make a new root')
  await press(hub.getByRole('dialog'), 'Make a new root')
  await hub.getByText('Waiting for: Reception').waitFor()
  expect(await violations(hub)).toEqual([])
  await hub.getByText('Every computer has the new root').waitFor({ timeout: 20_000 })
  await press(hub, 'Stop trusting the old root')
  await toast(hub, 'Only the new root is trusted now')
})

test('the hub’s own doctor, on its page', async () => {
  await press(hub, 'Check now')
  await hub.getByText(/^(Everything is as it should be|It works)/).waitFor({ timeout: 20_000 })
  expect(await violations(hub)).toEqual([])
})

test('a name is changed, and taken back', async () => {
  await tab('Computers')
  await press(hub, 'Reception')
  await hub.getByRole('dialog').getByLabel('Name').fill('Front desk')
  await press(hub.getByRole('dialog'), 'Save')
  await toast(hub, 'Front desk is saved')
  await press(hub.getByRole('region', { name: 'Messages' }), /^Undo/)
  await hub.getByRole('row', { name: /^Reception/ }).waitFor()
})

test('removed: the station’s page says so within two seconds, shows nothing of the clinic, and can begin anew', async () => {
  const { familyName } = await clinic.aPatient()
  await press(hub, 'Remove Reception')
  const dialog = hub.getByRole('dialog', { name: 'Remove a computer' })
  await dialog.getByText('Reception', { exact: true }).waitFor()
  expect(await violations(hub)).toEqual([])
  const begun = performance.now()
  await press(dialog, 'Remove Reception')
  await says(station, 'This computer was removed from the clinic')
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(await station.locator('body').textContent()).not.toContain(familyName ?? '')
  expect(await violations(station)).toEqual([])
  await hub.getByText('No other computer yet').waitFor()
  await hub.getByLabel('Show those that were removed').check()
  await hub.getByRole('row', { name: /^Reception.*Removed/ }).waitFor()
  expect(await violations(hub)).toEqual([])
  await press(station, 'Begin anew')
  await says(station, 'What is this computer?')
  expect(faults.flat()).toEqual([])
})
