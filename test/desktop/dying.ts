import { expect, test } from 'vitest'
import { writeRole } from '../../local/settings.ts'
import { createHub } from '../../server/hub.ts'
import { healthFrom, type Scene, untilAsked, WAIT } from './scene.ts'

/** What becomes of a page when its process ends. */
export function dying(scene: Scene): void {
  test('a process that dies is started again after a wait, which is said; the page stays and goes on', async () => {
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
    await page.evaluate(() => Object.assign(window, { kept: true }))
    await running.killProcess()
    await expect
      .poll(() => running.said(), WAIT)
      .toEqual([expect.stringMatching(/stopped unexpectedly.*starts again in \d+ s/)])
    await expect.poll(() => running.started(), WAIT).toBe(2)
    await expect.poll(() => healthFrom(page), WAIT).toBe(200)
    expect(await page.evaluate(() => 'kept' in window)).toBe(true)
  })

  test('a page that was asked for anew while its process was gone is there again with it', async () => {
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
    await page.evaluate(() => Object.assign(window, { kept: true }))
    const tell = await running.killUnnoticed()
    const asked = untilAsked(page, page.url())
    await page.evaluate(() => setTimeout(() => location.reload(), 0))
    await asked
    tell()
    await scene.onConsole(running)
    await expect.poll(() => healthFrom(page), WAIT).toBe(200)
    expect(await page.evaluate(() => 'kept' in window)).toBe(false)
  })

  test('a hub that somebody started by hand on the same folder is followed; when it is gone, one of its own begins', async () => {
    writeRole(scene.folders.data, 'hub')
    const hub = await createHub({ dataDir: scene.folders.data, port: 0, lanPort: 0 })
    const running = await scene.start()
    const page = await running.page()
    await expect.poll(() => page.url(), WAIT).toBe(`${hub.url}/`)
    expect(await running.started()).toBe(0)
    await hub.close()
    await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${scene.folders.port}/`)
    expect(await running.started()).toBe(1)
  })
}
