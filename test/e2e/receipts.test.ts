import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { take } from '../support/acts.ts'
import { aClinicOnScreen, type ClinicOnScreen, isReady, launchBrowser } from '../support/browser.ts'
import { WAIT } from './picture.ts'

let browser: Browser
let clinic: ClinicOnScreen

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
})
afterAll(async () => {
  await clinic?.close()
  await browser?.close()
})

/** As after a restore: what consoles knew of the feed is worth nothing, and each takes a new snapshot. */
async function anotherFeed() {
  await clinic.stopHub()
  const database = new Database(join(clinic.dataDir, 'anteroom.db'))
  database.prepare('update hub set feed = ?').run(uuidv7())
  database.close()
  await clinic.startHub()
}

test('M2: late payments of other days are in today’s total, also after a new snapshot', async () => {
  const visit = await clinic.aVisit({ serviceId: clinic.service.id })
  const { id, version } = await take(clinic.as.doctor, visit, 'called', 'in_consultation', 'awaiting_payment')
  const body = { version, status: 'completed', owes: true, reason: 'will come tomorrow' } as const
  await clinic.as.cashier.visits.setStatus({ params: { id }, body })
  clinic.clock.pass(24 * 60)
  const pay = (amountMinor: number) =>
    clinic.as.cashier.payments.take({ body: { id: uuidv7(), visitId: visit.id, amountMinor, method: 'cash' } })
  await pay(10_000)
  const { page } = await clinic.window('cashier', { at: '/cash-desk' })
  const total = page.getByRole('definition').last()
  await expect.poll(() => total.textContent(), WAIT).toBe('৳100.00')
  // One that the page hears of counts like one that it has read.
  await pay(5_000)
  await expect.poll(() => total.textContent(), WAIT).toBe('৳150.00')
  const taken = page.waitForResponse(/snapshot/)
  await anotherFeed()
  await taken
  await isReady(page)
  await expect.poll(() => total.textContent(), WAIT).toBe('৳150.00')
})
