import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { buildPagesIfOlder } from '../../local/build-pages.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import { createHub } from '../../server/hub.ts'
import { aContext, isReady, launchBrowser, pill, signInOn } from '../support/browser.ts'
import { aClinic } from '../support/clinic.ts'
import { loopbackCard } from '../support/loopback-card.ts'
import { anotherPort, aStation } from '../support/stations.ts'

/**
 * The pictures of docs/operations.md: two computers become a hub and its station.
 *
 *     node test/e2e/network-pictures.ts [FOLDER]
 */
const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../docs/images'))
mkdirSync(folder, { recursive: true })
await buildPagesIfOlder()
const browser = await launchBrowser()
const ports = { mdnsPort: await anotherPort(), broadcastPort: await anotherPort() }
const lan = { listCards: () => [loopbackCard()], findable: ports, keepAwake: false }
const clinic = await aClinic({ hub: { pagesDir: PAGES_DIR, lanPort: 0, lan } })
const desk = await aStation({
  pagesDir: PAGES_DIR,
  role: 'new',
  computerName: 'DESK-7',
  cards: () => [loopbackCard()],
  ...ports,
})

async function aPage(url: string): Promise<Page> {
  const page = await (await aContext(browser)).newPage()
  await page.goto(url)
  return page
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click()

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  console.log(join(folder, `${name}.png`))
}

const hub = await aPage(`${clinic.hub.url}/administration/computers`)
await signInOn(hub, 'administrator')
await isReady(hub)
const station = await aPage(desk.station.url)
await station.getByRole('button', { name: /^Anteroom Test/ }).waitFor()
await picture(station, 'first-start')

await press(hub, 'Add a computer')
await hub.getByText('Open for 5 more computers').waitFor()
await station.getByRole('button', { name: /^Anteroom Test/ }).click()
await press(station, 'Ask to join')
await station.getByRole('heading', { name: 'Type these digits on the hub' }).waitFor()
await picture(station, 'digits')

const spoken = await station.getByRole('status').filter({ hasText: /\d/ }).textContent()
const asking = hub.getByRole('dialog').getByRole('listitem', { name: 'DESK-7' })
await asking.getByLabel('Its six digits').fill((spoken ?? '').replace(/\D/g, '').slice(0, 6))
await asking.getByLabel('Name it gets').fill('Reception')
await picture(hub, 'add-a-computer')

await hub.keyboard.press('Enter')
await press(hub, 'Done')
await hub.getByRole('row', { name: /Reception/ }).waitFor()
await picture(hub, 'computers')
await hub.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Network' }).click()
await hub.getByRole('img', { name: 'The pairing string as a code' }).waitFor()
await hub.getByRole('region', { name: 'Messages' }).getByRole('button').last().click()
await picture(hub, 'network')

await station.getByLabel('User name').waitFor()
await signInOn(station, 'receptionist')
await isReady(station)
await pill(station).click()
await station.getByRole('link', { name: 'Check the connection' }).click()
await station.getByText('Everything is as it should be.').waitFor()
await picture(station, 'connection-doctor')

await browser.close()
await desk.close()
const { dataDir } = clinic
await clinic.close()

// The hub's own first page, on a folder that holds no clinic yet.
const fresh = await createHub({ dataDir: `${dataDir}-fresh`, port: 0 })
const another = await launchBrowser()
const setup = await (await aContext(another)).newPage()
await setup.goto(fresh.url)
await setup.getByRole('heading', { name: 'Welcome to Anteroom' }).waitFor()
await picture(setup, 'main-computer')
await another.close()
await fresh.close()
