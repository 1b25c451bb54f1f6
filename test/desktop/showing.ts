import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PAGES_DIR } from '../../local/pages.ts'
import { isReady, signInOn } from '../support/browser.ts'
import { aClinic, PASSWORD } from '../support/clinic.ts'
import { heardOn, listen, type Scene, WAIT } from './scene.ts'

/** What a page may and may not, and what the system has it do. */
export function showing(scene: Scene): void {
  test('no page leads away: another site, another port, a file, a window of its own', async () => {
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
    const here = page.url()
    const elsewhere = await listen('<title>elsewhere</title>')
    for (const address of [
      `http://127.0.0.1:${elsewhere}/`,
      `http://localhost:${scene.folders.port}/`,
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
    expect(heardOn(elsewhere)).toEqual([])
  })

  test('our own page may tell of what happens, and is granted nothing else', async () => {
    const page = await scene.onConsole(await scene.startHub())
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
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
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
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
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
    scene.folders.data = clinic.dataDir
    const running = await scene.start()
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
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
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

/** A window that is refused never comes, or is closed before it has shown anything. */
async function isNotOpened(page: Page, address: string): Promise<void> {
  const coming = page.waitForEvent('popup', { timeout: 2000 }).catch(() => undefined)
  await page.evaluate((to) => void window.open(to), address)
  const popup = await coming
  if (popup) await expect.poll(() => popup.isClosed(), WAIT).toBe(true)
}
