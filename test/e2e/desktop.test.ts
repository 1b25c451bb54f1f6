import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { electronBinary, launchOnElectron } from '../desktop/on-electron.ts'
import { launchOnStandIn } from '../desktop/on-stand-in.ts'
import { desktopScenarios } from '../desktop/scenarios.ts'
import { launchBrowser } from '../support/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe('the desktop app on the stand-in', () => {
  desktopScenarios((folders) => launchOnStandIn(browser, folders))
})

const binary = electronBinary()
const isThere = existsSync(binary)
if (!isThere) console.warn(`Skipped by name: the desktop app on Electron itself (no binary at ${binary}).`)

describe.skipIf(!isThere)('the desktop app on Electron itself', () => {
  desktopScenarios((folders) => launchOnElectron(binary, folders))
})
