import { AxeBuilder } from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type WebSocketRoute,
} from 'playwright-core'
import type { ClinicSettings } from '../../contract/clinics.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import { createHub, type HubOptions } from '../../server/hub.ts'
import { aClinic, PASSWORD, type TestClinic } from './clinic.ts'

/** A clinic whose hub serves the built pages, and a browser that looks at it. */
export type ClinicOnScreen = TestClinic & {
  context: BrowserContext
  /** A window in which somebody has signed in. All windows share the browser's cookies. */
  window(username: string, options?: WindowOptions): Promise<ConsoleWindow>
  /** Stops the hub; the pages stay open. */
  stopHub(): Promise<void>
  /** Starts it again on the same data: where the pages look for it, or, unseen by them, on another port. */
  startHub(where?: 'here' | 'elsewhere'): Promise<void>
}

export type WindowOptions = {
  /** The page that it opens at; otherwise that of the person's role. */
  at?: `/${string}`
  /** The window's live feed goes through the test's hands. */
  line?: boolean
  /** The page's timers and clocks are the test's to move. */
  clock?: boolean
}

export type ConsoleWindow = {
  page: Page
  line: Line
  /** How often the page was loaded or changed its address since its person signed in. */
  navigations(): number
  /** Exceptions, errors on the browser's console, and what the content security policy refused. */
  faults: string[]
  /** What the hub has sent on the live feed, and what the page has asked on it. */
  heard: string[]
  asked: string[]
}

/** The wire between the hub and one window, for what is sent to the window. */
export type Line = {
  /** Keeps back what comes from now on, but for the signs of life. */
  hold(): void
  /** Delivers what was kept back, and goes on. */
  release(): void
  /** Loses the next frame of events for ever. */
  loseNextFrame(): void
  /** The next resume is answered as a hub does that no longer has the frames: by a snapshot. */
  forgetFrames(): void
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.ANTEROOM_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  })
}

/** The clinic of `aClinic`, on screen. */
export async function aClinicOnScreen(
  browser: Browser,
  options: { settings?: Partial<ClinicSettings>; hub?: Partial<HubOptions> } = {},
): Promise<ClinicOnScreen> {
  const clinic = await aClinic({ ...options, hub: { pagesDir: PAGES_DIR, ...options.hub } })
  const context = await aContext(browser)
  const { port } = clinic.hub
  return Object.assign(clinic, {
    context,
    window: (username: string, how: WindowOptions = {}) => openWindow(context, clinic.hub.url, username, how),
    stopHub: () => clinic.hub.close(),
    startHub: async (where: 'here' | 'elsewhere' = 'here') => {
      const { dataDir, clock } = clinic
      clinic.hub = await createHub({
        dataDir,
        clock: clock.now,
        pagesDir: PAGES_DIR,
        port: where === 'here' ? port : 0,
      })
    },
    close: closing(clinic, context),
  })
}

function closing(clinic: TestClinic, context: BrowserContext) {
  const { close } = clinic
  return async () => {
    await context.close()
    await clinic.hub.close()
    await close()
  }
}

/** A context as a clinic's computer is: a small screen, and settings of another country. */
export async function aContext(browser: Browser, viewport = { width: 1280, height: 800 }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'America/New_York' })
  context.setDefaultTimeout(20_000)
  return context
}

/** A window of its own, not a tab: what is behind another tab is drawn seldom. */
export async function newWindow(context: BrowserContext): Promise<Page> {
  const opener = context.pages()[0] ?? (await context.newPage())
  const opened = context.waitForEvent('page')
  await opener.evaluate(() => {
    window.open('about:blank', '_blank', 'popup,noopener,width=1280,height=800')
  })
  return opened
}

async function openWindow(
  context: BrowserContext,
  url: string,
  username: string,
  options: WindowOptions,
): Promise<ConsoleWindow> {
  const page = await newWindow(context)
  if (options.clock) await page.clock.install()
  const line = options.line ? await holdLine(page) : noLine
  const faults = watchFaults(page)
  const heard: string[] = []
  const asked: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => heard.push(String(payload)))
    socket.on('framesent', ({ payload }) => asked.push(String(payload)))
  })
  await page.goto(url + (options.at ?? ''))
  await signInOn(page, username)
  await isReady(page)
  let count = 0
  page.on('framenavigated', () => {
    count += 1
  })
  return { page, line, faults, heard, asked, navigations: () => count }
}

/** Signs in by hand, in whatever language this computer greets. */
export async function signInOn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.locator('input[autocomplete=username]').fill(username)
  await page.locator('input[autocomplete=current-password]').fill(password)
  await page.locator('button[type=submit]').click()
}

/** The pill in the header. */
export const pill = (page: Page): Locator =>
  page.getByRole('banner').getByText(/^(live|catching up|(working )?offline.*)$/i)

export const isLive = (page: Page): Promise<void> => pill(page).filter({ hasText: 'Live' }).waitFor()

/** Live, and the view is there to be worked on. */
export async function isReady(page: Page): Promise<void> {
  await isLive(page)
  await page.getByRole('main').getByRole('region').first().waitFor()
}

/** What must never be seen on a browser's console. A refused request is the page's business, and is not a fault. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !OF_THE_NETWORK.test(message.text())) faults.push(message.text())
  })
  return faults
}

const OF_THE_NETWORK = /^(Failed to load resource|WebSocket connection to)/

const withoutLine = () => {
  throw new Error('This window was opened without a line.')
}
const noLine: Line = { hold: withoutLine, release: withoutLine, loseNextFrame: withoutLine, forgetFrames: withoutLine }

async function holdLine(page: Page): Promise<Line> {
  let socket: WebSocketRoute | undefined
  let kept: (string | Buffer)[] | null = null
  let losing = false
  let forgetting = false
  await page.routeWebSocket(/\/socket\.io\//, (route) => {
    socket = route
    route.connectToServer().onMessage((message) => {
      const text = String(message)
      const resumed = forgetting && /^43\d+\[\{"frames"/.test(text)
      if (losing && text.startsWith('42["events"')) losing = false
      else if (resumed) {
        forgetting = false
        route.send(`${text.slice(0, text.indexOf('['))}[{"reset":true}]`)
      } else if (kept && text !== PING) kept.push(message)
      else route.send(message)
    })
  })
  return {
    hold: () => {
      kept ??= []
    },
    release: () => {
      const messages = kept ?? []
      kept = null
      for (const message of messages) socket?.send(message)
    },
    loseNextFrame: () => {
      losing = true
    },
    forgetFrames: () => {
      forgetting = true
    },
  }
}

/** Engine.IO's own sign of life. */
const PING = '2'

/**
 * The rules of WCAG 2.2 AA that this page breaks, in light and in dark, with the element; nothing is the answer that a
 * page should give. Themes differ in nothing but colour, so in the dark only that is looked at.
 */
export async function violations(page: Page): Promise<string[]> {
  const light = await inTheme(page, 'light', (axe) =>
    axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']),
  )
  const dark = await inTheme(page, 'dark', (axe) => axe.withRules(['color-contrast']))
  return [...light, ...dark, ...(await nameless(page))]
}

async function inTheme(
  page: Page,
  colorScheme: 'light' | 'dark',
  rules: (axe: AxeBuilder) => AxeBuilder,
): Promise<string[]> {
  await showTheme(page, colorScheme)
  // In one go on the page itself: there are no frames in it, and a further window for the results takes a second.
  const found = await rules(new AxeBuilder({ page }).setLegacyMode()).analyze()
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const why = [...any, ...all, ...none].map((check) => check.message).join('; ')
      return `${colorScheme}: ${id}: ${shortened(html)}  ${why}`
    }),
  )
}

/** Light or dark, and every change of colour over. */
export async function showTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' })
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    return Promise.allSettled(ending.map((animation) => animation.finished)).then(() => undefined)
  })
}

const shortened = (html: string) => html.replace(/ (class|id|style)="[^"]*"/g, '').slice(0, 160)

const NAMED = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'textbox',
  'combobox',
  'menuitem',
  'option',
  'dialog',
  'grid',
])

/** What Chromium itself has no name for, and so no screen reader either. */
async function nameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const found: string[] = []
  for (const { role, name, ignored, backendDOMNodeId: backendNodeId } of nodes) {
    if (ignored || name?.value || !NAMED.has(String(role?.value)) || !backendNodeId) continue
    const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId })
    found.push(`a ${role?.value} without a name: ${shortened(outerHTML)}`)
  }
  await session.detach()
  return found
}
