import { chmodSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hereFile, localProof, tellWhere } from '../../local/proof.ts'
import { writeRole } from '../../local/settings.ts'
import { createHub } from '../../server/hub.ts'
import { healthFrom, heardOn, IMPOSTOR, listen, type Scene, takePort, untilAsked, WAIT } from './scene.ts'

/** Whom a window shows, and who hears from it. */
export function trusting(scene: Scene): void {
  test('an impostor on the service’s port is not loaded; the service itself is, as soon as it answers', async () => {
    const { publicKey } = localProof(scene.folders.service)
    process.env.ANTEROOM_SERVICE = '1'
    const port = await listen(IMPOSTOR)
    tellWhere(scene.folders.service, { port, publicKey })
    const running = await scene.start()
    const page = await running.page()
    await page.getByText(`Another program answers on port ${port}.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
    const hub = await createHub({ dataDir: scene.folders.service, port: 0, lanPort: 0 })
    delete process.env.ANTEROOM_SERVICE
    await expect.poll(() => page.url(), WAIT).toBe(`${hub.url}/`)
    expect(await running.started()).toBe(0)
    await hub.close()
  })

  test('a port that is taken is said with what to do, and whoever has it is not loaded', async () => {
    writeRole(scene.folders.data, 'hub')
    await listen(IMPOSTOR, scene.folders.port)
    const page = await (await scene.start()).page()
    await page.getByText(`Port ${scene.folders.port} is in use by another program.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
  })

  test('who takes the port between a death and the next start hears nothing from the page', async () => {
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
    await page.waitForLoadState('networkidle')
    const tell = await running.killUnnoticed()
    await takePort(scene.folders.port)
    const asked = untilAsked(page, '**/health')
    const answers = [socketFrom(page), healthFrom(page)]
    await asked
    tell()
    expect(await Promise.all(answers)).toEqual([0, 0])
    await page.getByText(`Port ${scene.folders.port} is in use by another program.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
    expect(heardOn(scene.folders.port)).toEqual([])
  })

  test('nor is it shown to who wants the page anew just then', async () => {
    const running = await scene.startHub()
    const page = await scene.onConsole(running)
    await page.waitForLoadState('networkidle')
    const tell = await running.killUnnoticed()
    await takePort(scene.folders.port)
    const asked = untilAsked(page, page.url())
    // Not before this is answered: a page on its way elsewhere answers nothing.
    await page.evaluate(() => setTimeout(() => location.reload(), 0))
    await asked
    tell()
    await page.getByText(`Port ${scene.folders.port} is in use by another program.`).waitFor()
    expect(await page.locator('form').count()).toBe(0)
    expect(heardOn(scene.folders.port)).toEqual([])
  })

  test('nor when whoever ran the hub by hand has ended it: its own proof is asked for before each request', async () => {
    const hub = await createHub({ dataDir: scene.folders.data, port: scene.folders.port, lanPort: 0 })
    const page = await scene.onConsole(await scene.start())
    await page.waitForLoadState('networkidle')
    await hub.close()
    await takePort(scene.folders.port)
    expect(await healthFrom(page)).toBe(0)
    await page.getByText(`Another program answers on port ${scene.folders.port}.`).waitFor()
    expect(heardOn(scene.folders.port)).toEqual([])
  })

  test('a folder that anybody may write is believed nothing', async () => {
    process.env.ANTEROOM_SERVICE = '1'
    const hub = await createHub({ dataDir: scene.folders.service, port: 0, lanPort: 0 })
    delete process.env.ANTEROOM_SERVICE
    chmodSync(hereFile(scene.folders.service), 0o666)
    writeRole(scene.folders.data, 'hub')
    const running = await scene.start()
    await scene.onConsole(running)
    expect((await running.page()).url()).toBe(`http://127.0.0.1:${scene.folders.port}/`)
    await hub.close()
  })
}

/** Whether a socket to our own origin opens. */
function socketFrom(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket('/socket.io/?EIO=4&transport=websocket')
        socket.onopen = () => resolve(1)
        socket.onclose = () => resolve(0)
      }),
  )
}
