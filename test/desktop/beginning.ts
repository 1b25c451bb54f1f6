import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeRole } from '../../local/settings.ts'
import { healthFrom, type Scene, WAIT } from './scene.ts'

/** Starts, the first and the second one, and where the window is. */
export function beginning(scene: Scene): void {
  test('a first start shows the one question', async () => {
    const page = await (await scene.start()).page()
    await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${scene.folders.port}/`)
    await expect.poll(() => page.locator('meta[name=anteroom-install]').getAttribute('content'), WAIT).toBe('new')
    await page.getByRole('button', { name: /main computer/i }).waitFor()
  })

  test('settings that were written by half are said with what to do; it begins by itself once they are mended', async () => {
    const file = join(scene.folders.data, 'settings.json')
    mkdirSync(scene.folders.data, { recursive: true })
    writeFileSync(file, '{ "role": "hu')
    const page = await (await scene.start()).page()
    await page.getByText('Mend it or move it away.').waitFor()
    writeRole(join(scene.folders.data, 'mended'), 'hub')
    renameSync(join(scene.folders.data, 'mended', 'settings.json'), file)
    await page.getByRole('textbox').first().waitFor()
  })

  test('the hub’s window opens on its console', async () => {
    const page = await (await scene.startHub()).page()
    await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${scene.folders.port}/`)
    await page.getByRole('textbox').first().waitFor()
    expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined')
  })

  test('a second start brings the first one’s window forward and ends', async () => {
    const first = await scene.startHub()
    await scene.onConsole(first)
    expect(await first.startAgain()).toBeGreaterThan(0)
    expect(await first.pages()).toBe(1)
  })

  test('the window is where it was left, and on the display when that has become smaller', async () => {
    const first = await scene.startHub()
    await scene.onConsole(first)
    const bounds = { x: 60, y: 40, width: 1000, height: 700 }
    await first.moveTo(bounds)
    await first.quit()
    const again = await scene.startHub()
    expect(await again.bounds()).toEqual(bounds)
    await again.quit()
    writeFileSync(
      join(scene.folders.user, 'window.json'),
      JSON.stringify({ bounds: { ...bounds, width: 9000 }, maximized: false }),
    )
    expect((await (await scene.startHub()).bounds()).width).toBeLessThan(9000)
  })

  test('on a hub a closed window is only hidden, and the clinic goes on', async () => {
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
    expect(await running.closeWindow()).toBe('hidden')
    expect(await healthFrom(page)).toBe(200)
  })
}
