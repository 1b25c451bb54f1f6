import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildPagesIfOlder } from '../../local/build-pages.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import { anAppointment } from '../support/acts.ts'
import { launchBrowser } from '../support/browser.ts'
import { aClinic } from '../support/clinic.ts'
import { forPhones, publicUrl, tokenFor } from '../support/public.ts'

/**
 * The pictures of patients' phones in docs/operations.md:
 *
 *     node test/e2e/phone-pictures.ts [FOLDER]
 */
const folder = process.argv[2] ?? resolve(import.meta.dirname, '../../docs/images')

await buildPagesIfOlder()
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const clinic = await aClinic({ hub: { ...forPhones(), pagesDir: PAGES_DIR } })
try {
  const visits = [await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit(), await clinic.aVisit()] as const
  const mine = `/t/${tokenFor(clinic, 'ticket', visits[3].id)}`
  await picture('phone-ticket', mine, '.lead')
  const body = { version: visits[3].version, reason: 'a picture' }
  await clinic.as.doctor.visits.call({ params: { id: visits[3].id }, body })
  await picture('phone-called', mine, '.room')
  const appointment = await anAppointment(clinic, 120)
  await picture('phone-slip', `/a/${tokenFor(clinic, 'slip', appointment.id)}`, '.acts')
} finally {
  await browser.close()
  await clinic.close()
}

async function picture(name: string, path: string, shows: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 390, height: 640 }, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(publicUrl(clinic) + path)
  // Q11: an estimate follows its check-in by a second.
  await page.locator(shows).first().waitFor()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  await context.close()
}
