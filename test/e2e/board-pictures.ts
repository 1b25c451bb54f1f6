import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { contract } from '../../contract/contract.ts'
import { buildPagesIfOlder } from '../../local/build-pages.ts'
import { signIn } from '../../server/demo/api.ts'
import { DEMO_PASSWORD } from '../../server/demo/cast.ts'
import { launchBrowser } from '../support/browser.ts'
import { aFullDay } from './demonstration.ts'

/**
 * Pictures of the waiting-room screen on a full day, in its languages and at the sizes of televisions, and the guide's:
 *
 *     node test/e2e/board-pictures.ts FOLDER
 */
const folder = process.argv[2]
if (!folder) {
  console.error('Say where: node test/e2e/board-pictures.ts FOLDER')
  process.exit(1)
}

const GUIDE_PICTURE = resolve(import.meta.dirname, '../../docs/images/board.png')
const SIZES = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
] as const

await buildPagesIfOlder()
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const day = await aFullDay(1000)
try {
  await say('The laboratory is closed from 13:00 to 14:00.')
  for (const [width, height] of SIZES)
    for (const language of ['en', 'bn', 'ar'] as const) {
      const page = await browser.newPage({ viewport: { width, height } })
      await page.goto(`${day.hub.url}/board?language=${language}`)
      await page.locator('#hero .ticket').waitFor()
      // As a screen stands in a room: somebody has pressed its button.
      await page.getByRole('button').click()
      await page.getByRole('button').waitFor({ state: 'hidden' })
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      const file = join(folder, `board-${language}-${width}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      if (width === 1280 && language === 'en') await page.screenshot({ path: GUIDE_PICTURE, animations: 'disabled' })
      console.log(file)
      await page.close()
    }
} finally {
  await browser.close()
  await day.close()
}

async function say(message: string): Promise<void> {
  const client = await signIn(day.hub.url, 'reception', DEMO_PASSWORD)
  const { items } = await client.call(contract.clinics.list, {})
  const [clinic] = items
  if (clinic)
    await client.call(contract.boards.setMessage, { params: { id: clinic.id }, body: { version: 0, message } })
}
