import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../server/demo/cast.ts'
import { type Demonstration, startDemonstration } from '../../server/demo/demonstration.ts'
import { aContext, isReady, newWindow, signInOn } from '../support/browser.ts'

/** A full day at mid-morning, as `npm run demo` plays it, going on in real time. */
export async function aFullDay(patients = 600): Promise<Demonstration> {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-full-day-'))
  const demonstration = await startDemonstration({ dataDir, port: 0, seed: '1', speed: 1, patients })
  return {
    ...demonstration,
    close: async () => {
      await demonstration.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Those who between them may open every page. */
export const DEMO_PEOPLE = ['admin', 'reception', 'doctor', 'nurse', 'cashier'] as const

export type DemoWindow = { context: BrowserContext; page: Page }

/** A window of somebody of the demonstration, in a browser of their own. */
export async function demoWindow(
  browser: Browser,
  url: string,
  person: string,
  prepare?: (page: Page) => void,
): Promise<DemoWindow> {
  const context = await aContext(browser)
  const page = await newWindow(context)
  prepare?.(page)
  await page.goto(url)
  await signInOn(page, person, DEMO_PASSWORD)
  await isReady(page)
  return { context, page }
}
