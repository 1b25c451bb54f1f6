import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { PAGES_DIR } from '../../local/pages.ts'
import { createHub, type Hub } from '../../server/hub.ts'
import { aContext, launchBrowser, violations, watchFaults } from '../support/browser.ts'
import { smallHub } from '../support/small-hub.ts'
import { aPairedStation, aStation } from '../support/stations.ts'

// What a computer that is not the hub shows before anybody can work on it.

let browser: Browser
const ends: (() => unknown)[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function aWindow(url: string): Promise<Page> {
  const context = await aContext(browser)
  const page = await context.newPage()
  const faults = watchFaults(page)
  ends.push(async () => {
    await context.close()
    expect(faults).toEqual([])
  })
  await page.goto(url)
  return page
}

/** A station whose hub answers, and cannot be worked with. */
async function aRefusedStation(spoil: (hub: Awaited<ReturnType<typeof smallHub>>) => void): Promise<Page> {
  const hub = await smallHub({ epoch: 2, name: 'Shapla Street' })
  const station = await aPairedStation(hub, { pagesDir: PAGES_DIR })
  ends.push(
    () => hub.stop(),
    () => station.close(),
  )
  spoil(hub)
  return aWindow(station.station.url)
}

const cases = [
  ['Update this computer', { protocol: { oldest: 98, newest: 99 }, version: '9.0.0' }],
  ['Update the hub', { protocol: { oldest: 0, newest: 0 }, version: '0.0.1' }],
  ['An old hub has come back', { epoch: 1 }],
] as const

test.each(cases)(
  '%s: which side it is, what to do, and it goes on by itself once that is done',
  async (title, info) => {
    let mend: () => void = () => undefined
    const page = await aRefusedStation((hub) => {
      const before = hub.info
      mend = () => {
        hub.info = before
      }
      hub.info = { ...before, ...info, protocol: { ...before.protocol, ...('protocol' in info ? info.protocol : {}) } }
    })
    await page.getByRole('heading', { name: title }).waitFor()
    await page.getByText('Version 0.1.0', { exact: true }).first().waitFor()
    if ('version' in info) await page.getByText(`Version ${info.version}`, { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    mend()
    await page.getByLabel('User name').waitFor()
  },
)

test('the main computer: the hub answers on this port, and its setup page comes by itself', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-new-'))
  let hub: Hub | undefined
  const made = await aStation({
    dataDir,
    pagesDir: PAGES_DIR,
    role: 'new',
    onRoleChange: async (role) => {
      expect(role).toBe('hub')
      const { port } = made.station
      await made.station.close()
      hub = await createHub({ dataDir, port })
    },
  })
  ends.push(async () => {
    await hub?.close()
    await made.station.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const page = await aWindow(made.station.url)
  await page.getByRole('button', { name: 'This is the main computer' }).click()
  await page.getByRole('heading', { name: "This is the clinic's main computer" }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Make it the main computer' }).click()
  await page.getByRole('heading', { name: 'Welcome to Anteroom' }).waitFor()
  await page.getByLabel('Name of the clinic').waitFor()
})

test('without any network card the doctor says so first, and what to do', async () => {
  const made = await aStation({ pagesDir: PAGES_DIR, role: 'new' })
  ends.push(() => made.close())
  const page = await aWindow(made.station.url)
  await page.getByRole('button', { name: 'Check the connection' }).click()
  await page.getByText('This stands in the way: Network card').waitFor({ timeout: 20_000 })
  await page.getByText('Plug in the network cable').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.getByText('This stands in the way: Network card').waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('heading', { name: 'What is this computer?' }).waitFor()
})
