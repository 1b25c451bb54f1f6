import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { buildPagesIfOlder } from '../../local/build-pages.ts'
import { launchBrowser, showTheme } from '../support/browser.ts'
import { aFullDay, DEMO_PEOPLE, demoWindow, SIZES } from './demonstration.ts'
import { eachPage } from './hands.ts'

/**
 * Pictures of every page on a full day, at both sizes and in both themes, and the README's picture of Today:
 *
 *     node test/e2e/screenshots.ts FOLDER
 */
const folder = process.argv[2]
if (!folder) {
  console.error('Say where: node test/e2e/screenshots.ts FOLDER')
  process.exit(1)
}

const README_PICTURE = resolve(import.meta.dirname, '../../docs/images/today.png')

await buildPagesIfOlder()
mkdirSync(folder, { recursive: true })
mkdirSync(resolve(README_PICTURE, '..'), { recursive: true })
const browser = await launchBrowser()
const day = await aFullDay(3000)
try {
  for (const person of DEMO_PEOPLE) {
    const { page, context } = await demoWindow(browser, day.hub.url, person)
    await eachPage(page, (name) => takePictures(page, `${person} ${name}`))
    await context.close()
  }
  await takeReadmePicture()
} finally {
  await browser.close()
  await day.close()
}

async function takePictures(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await showTheme(page, colorScheme)
      const file = join(folder ?? '', `${name} ${size.width} ${colorScheme}.png`.toLowerCase().replaceAll(' ', '-'))
      await page.screenshot({ path: file, animations: 'disabled' })
      console.log(file)
    }
  }
}

/** Reception at work: somebody who waits is chosen, and nothing is in the way. */
async function takeReadmePicture(): Promise<void> {
  const { page, context } = await demoWindow(browser, day.hub.url, 'reception')
  await showTheme(page, 'light')
  const queue = page.getByRole('grid', { name: 'Queue' })
  await queue.getByRole('row').filter({ hasText: 'Why?' }).first().click()
  await page.getByRole('toolbar').waitFor()
  await page.screenshot({ path: README_PICTURE, animations: 'disabled' })
  await context.close()
}
