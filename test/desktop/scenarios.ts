import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebContentsPrintOptions } from 'electron'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesktopBridge } from '../../contract/desktop.ts'
import { PAGES_DIR } from '../../local/pages.ts'
import { hereFile, localProof, tellWhere } from '../../local/proof.ts'
import { writeRole } from '../../local/settings.ts'
import { createHub } from '../../server/hub.ts'
import { isReady, signInOn } from '../support/browser.ts'
import { aClinic, PASSWORD } from '../support/clinic.ts'

/** The desktop app, however it is run, as its scenarios look at it. */
export type DesktopUnderTest = {
  /** The page in the app's window. */
  page(): Promise<Page>
  pages(): Promise<number>
  /** The notices that it has shown. */
  said(): Promise<string[]>
  /** Ends the process that it started, as a crash would. */
  killProcess(): Promise<void>
  /** How many processes it has started. */
  started(): Promise<number>
  system(event: 'lock-screen' | 'suspend' | 'resume'): Promise<void>
  /** Starts the app once more on the same folder; answers how often the first one was brought forward by then. */
  startAgain(): Promise<number>
  printed(): Promise<WebContentsPrintOptions[]>
  /** Another window of the app with the same preload, on the same address, asks; answers what it heard. */
  strangerAsks(): Promise<string>
  bounds(): Promise<Bounds>
  moveTo(bounds: Bounds): Promise<void>
  /** As its person would; answers what became of it. */
  closeWindow(): Promise<'hidden' | 'closed'>
  quit(): Promise<void>
}
type Bounds = { x: number; y: number; width: number; height: number }
export type Launch = (folders: Folders) => Promise<DesktopUnderTest>
export type Folders = { data: string; service: string; user: string; port: number }

const WAIT = { timeout: 20_000, interval: 50 }
const IMPOSTOR = '<form>Password <input type="password"></form>'

let folder: string
let folders: Folders
let app: DesktopUnderTest | undefined
const servers: Server[] = []

/** Every scenario, on an app that `launch` starts. */
export function desktopScenarios(launch: Launch): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anteroom-desktop-'))
    folders = {
      data: join(folder, 'data'),
      service: join(folder, 'service'),
      user: join(folder, 'user'),
      port: await freePort(),
    }
    mkdirSync(folders.user)
  })
  afterEach(async () => {
    await app?.quit()
    app = undefined
    for (const server of servers.splice(0)) server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const start = async () => {
    app = await launch(folders)
    return app
  }
  const startHub = () => {
    writeRole(folders.data, 'hub')
    return start()
  }
  beginning(start, startHub)
  keeping(start, startHub)
  trusting(start)
}

type Start = () => Promise<DesktopUnderTest>

function beginning(start: Start, startHub: Start): void {
  test('a first start shows the one question', async () => {
    const page = await (await start()).page()
    await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${folders.port}/`)
    await expect.poll(() => page.locator('meta[name=anteroom-install]').getAttribute('content'), WAIT).toBe('new')
    await page.getByRole('button', { name: /main computer/i }).waitFor()
  })

  test('the hub’s window opens on its console', async () => {
    const page = await (await startHub()).page()
    await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${folders.port}/`)
    await page.getByRole('textbox').first().waitFor()
    expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined')
  })

  test('a second start brings the first one’s window forward and ends', async () => {
    const first = await startHub()
    await onConsole(first)
    expect(await first.startAgain()).toBeGreaterThan(0)
    expect(await first.pages()).toBe(1)
  })

  test('the window is where it was left, and on the display when that has become smaller', async () => {
    const first = await startHub()
    await onConsole(first)
    const bounds = { x: 60, y: 40, width: 1000, height: 700 }
    await first.moveTo(bounds)
    await first.quit()
    const again = await startHub()
    expect(await again.bounds()).toEqual(bounds)
    await again.quit()
    writeFileSync(
      join(folders.user, 'window.json'),
      JSON.stringify({ bounds: { ...bounds, width: 9000 }, maximized: false }),
    )
    expect((await (await startHub()).bounds()).width).toBeLessThan(9000)
  })
}

function keeping(start: Start, startHub: Start): void {
  test('a process that dies is started again after a wait, which is said; the page stays and goes on', async () => {
    const running = await startHub()
    const page = await onConsole(running)
    await page.evaluate(() => Object.assign(window, { kept: true }))
    await running.killProcess()
    await expect
      .poll(() => running.said(), WAIT)
      .toEqual([expect.stringMatching(/stopped unexpectedly.*starts again in \d+ s/)])
    await expect.poll(() => running.started(), WAIT).toBe(2)
    await expect.poll(() => healthFrom(page), WAIT).toBe(200)
    expect(await page.evaluate(() => 'kept' in window)).toBe(true)
  })

  test('no page leads away: another site, another port, a file, a window of its own', async () => {
    const running = await startHub()
    const page = await onConsole(running)
    const here = page.url()
    const elsewhere = await listen('<title>elsewhere</title>')
    for (const address of [
      `http://127.0.0.1:${elsewhere}/`,
      `http://localhost:${folders.port}/`,
      'http://example.invalid/',
    ]) {
      await page.evaluate((to) => {
        location.href = to
      }, address)
      await page.evaluate((to) => fetch(to, { mode: 'no-cors' }).catch(() => undefined), address)
      expect(page.url()).toBe(here)
    }
    for (const address of [`http://127.0.0.1:${elsewhere}/`, '/']) await isNotOpened(page, address)
    expect(await running.pages()).toBe(1)
    expect(heard.get(elsewhere)).toBe(0)
  })

  test('our own page may tell of what happens, and is granted nothing else', async () => {
    const page = await onConsole(await startHub())
    const place = () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code),
        ),
      )
    expect(await page.evaluate(place)).toBe(1)
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('granted')
    const clipboard = async () =>
      (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })).state
    expect(await page.evaluate(clipboard)).not.toBe('granted')
  })

  test('only the app’s own page is answered, and only what the map of channels knows', async () => {
    const running = await startHub()
    const page = await onConsole(running)
    const printers = await page.evaluate(() => bridge().ask('listPrinters'))
    expect(printers.chosen).toEqual({ receipt: null, page: null })
    const wrong = () =>
      bridge()
        .ask('print', { paper: 'wall' } as never)
        .catch((error: Error) => error.message)
    expect(await page.evaluate(wrong)).toContain('Refused')
    expect(await running.strangerAsks()).toContain('Refused')
  })

  test('the screen locks with the system’s own lock and before sleep', async () => {
    const running = await startHub()
    const page = await onConsole(running)
    await page.evaluate(() => {
      const told: string[] = []
      Object.assign(window, { told })
      for (const telling of ['lock', 'wake'] as const) bridge().on(telling, () => told.push(telling))
    })
    await running.system('lock-screen')
    await running.system('suspend')
    await running.system('resume')
    await expect
      .poll(() => page.evaluate(() => (window as { told?: string[] }).told), WAIT)
      .toEqual(['lock', 'lock', 'wake'])
  })

  test('who is signed in is hidden by it, and goes on with their password', async () => {
    const clinic = await aClinic({ hub: { pagesDir: PAGES_DIR } })
    folders.data = clinic.dataDir
    const running = await start()
    const page = await running.page()
    await expect.poll(() => page.url(), WAIT).toBe(`${clinic.hub.url}/`)
    await signInOn(page, 'receptionist')
    await isReady(page)
    await running.system('lock-screen')
    await page.getByRole('heading', { name: 'Locked' }).waitFor()
    await running.system('resume')
    await page.getByLabel('Password or PIN', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await isReady(page)
    await running.quit()
    await clinic.close()
  })

  test('what is printed always has a page size; silently only on the printer that was chosen', async () => {
    const running = await startHub()
    const page = await onConsole(running)
    await page.evaluate(() => bridge().ask('print', { paper: 'receipt', heightMm: 120 }))
    await page
      .evaluate(() => bridge().ask('choosePrinter', { paper: 'receipt', printer: 'TM-T20' }))
      .catch(() => undefined)
    await page.evaluate(() => bridge().ask('print', { paper: 'receipt', heightMm: 120 }))
    await page.evaluate(() => bridge().ask('print', { paper: 'page' }))
    const roll = { width: 80_000, height: 120_000 }
    expect(await running.printed()).toMatchObject([
      { silent: false, pageSize: roll },
      { silent: true, deviceName: 'TM-T20', pageSize: roll },
      { silent: false, pageSize: 'A4' },
    ])
  })
}

function trusting(start: Start): void {
  test('an impostor on the service’s port is not loaded; the service itself is, as soon as it answers', async () => {
    const { publicKey } = localProof(folders.service)
    process.env.ANTEROOM_SERVICE = '1'
    const port = await listen(IMPOSTOR)
    tellWhere(folders.service, { port, publicKey })
    const running = await start()
    const page = await running.page()
    await page.getByText(`Another program answers on port ${port}.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
    const hub = await createHub({ dataDir: folders.service, port: 0, lanPort: 0 })
    delete process.env.ANTEROOM_SERVICE
    await expect.poll(() => page.url(), WAIT).toBe(`${hub.url}/`)
    expect(await running.started()).toBe(0)
    await hub.close()
  })

  test('a port that is taken is said with what to do, and whoever has it is not loaded', async () => {
    writeRole(folders.data, 'hub')
    await listen(IMPOSTOR, folders.port)
    const page = await (await start()).page()
    await page.getByText(`Port ${folders.port} is in use by another program.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
  })

  test('who takes the port between a death and the next start hears nothing from the page', async () => {
    writeRole(folders.data, 'hub')
    const running = await start()
    const page = await onConsole(running)
    await running.killProcess()
    await expect
      .poll(() => listen(IMPOSTOR, folders.port).catch(() => 0), { timeout: 5000, interval: 5 })
      .toBe(folders.port)
    expect(await healthFrom(page)).toBe(0)
    await page.getByText(`Port ${folders.port} is in use by another program.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
    expect(heard.get(folders.port)).toBe(0)
  })

  test('a hub that somebody started by hand on the same folder is followed; when it is gone, one of its own begins', async () => {
    writeRole(folders.data, 'hub')
    const hub = await createHub({ dataDir: folders.data, port: 0, lanPort: 0 })
    const running = await start()
    const page = await running.page()
    await expect.poll(() => page.url(), WAIT).toBe(`${hub.url}/`)
    expect(await running.started()).toBe(0)
    await hub.close()
    await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${folders.port}/`)
    expect(await running.started()).toBe(1)
  })

  test('on a hub a closed window is only hidden, and the clinic goes on', async () => {
    writeRole(folders.data, 'hub')
    const running = await start()
    const page = await onConsole(running)
    expect(await running.closeWindow()).toBe('hidden')
    expect(await healthFrom(page)).toBe(200)
  })

  test('a folder that anybody may write is believed nothing', async () => {
    process.env.ANTEROOM_SERVICE = '1'
    const hub = await createHub({ dataDir: folders.service, port: 0, lanPort: 0 })
    delete process.env.ANTEROOM_SERVICE
    const { chmodSync } = await import('node:fs')
    chmodSync(hereFile(folders.service), 0o666)
    writeRole(folders.data, 'hub')
    const running = await start()
    await onConsole(running)
    expect((await running.page()).url()).toBe(`http://127.0.0.1:${folders.port}/`)
    await hub.close()
  })
}

/** A window that is refused never comes, or is closed before it has shown anything. */
async function isNotOpened(page: Page, address: string): Promise<void> {
  const coming = page.waitForEvent('popup', { timeout: 2000 }).catch(() => undefined)
  await page.evaluate((to) => void window.open(to), address)
  const popup = await coming
  if (popup) await expect.poll(() => popup.isClosed(), { timeout: 5000 }).toBe(true)
}

/** In a page. */
declare function bridge(): DesktopBridge

/** The window on its console, and the bridge under a short name. */
async function onConsole(running: DesktopUnderTest): Promise<Page> {
  const page = await running.page()
  await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${folders.port}/`)
  await page.getByRole('textbox').first().waitFor()
  await page.evaluate(() => {
    Object.assign(window, { bridge: () => (window as { anteroomDesktop?: unknown }).anteroomDesktop })
  })
  return page
}

function healthFrom(page: Page): Promise<number> {
  return page.evaluate(() =>
    fetch('/health').then(
      ({ status }) => status,
      () => 0,
    ),
  )
}

/** How many requests each listener of `listen` has had. */
const heard = new Map<number, number>()

async function listen(html: string, wanted = 0): Promise<number> {
  const server = createServer((_request, response) => {
    heard.set(port, (heard.get(port) ?? 0) + 1)
    response.setHeader('content-type', 'text/html').end(html)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  servers.push(server)
  heard.set(port, 0)
  return port
}

async function freePort(): Promise<number> {
  const port = await listen('')
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}
