import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { DesktopBridge } from '../../contract/desktop.ts'
import { PROOF_PATH } from '../../local/proof.ts'
import type { DesktopUnderTest, Folders } from './under-test.ts'

/** What every scenario begins from: folders and a port of its own, and an app on them. */
export type Scene = {
  folders: Folders
  start(): Promise<DesktopUnderTest>
  /** On a computer that is the hub. */
  startHub(): Promise<DesktopUnderTest>
  /** The window on its console, and the bridge under a short name. */
  onConsole(running: DesktopUnderTest): Promise<Page>
}

export const WAIT = { timeout: 30_000, interval: 50 }
export const IMPOSTOR = '<form>Password <input type="password"></form>'

/** In a page that is on its console. */
declare global {
  function bridge(): DesktopBridge
}

export async function onConsole({ port }: Folders, running: DesktopUnderTest): Promise<Page> {
  const page = await running.page()
  await expect.poll(() => page.url(), WAIT).toBe(`http://127.0.0.1:${port}/`)
  await page.getByRole('textbox').first().waitFor()
  await page.evaluate(() => {
    Object.assign(window, { bridge: () => (window as { anteroomDesktop?: unknown }).anteroomDesktop })
  })
  return page
}

/** The status of an answer, 0 for none. */
export function healthFrom(page: Page): Promise<number> {
  return page.evaluate(() =>
    fetch('/health').then(
      ({ status }) => status,
      () => 0,
    ),
  )
}

/** Once this page has begun to ask for `url`, and whoever decides on that has heard of it. */
export async function untilAsked(page: Page, url: string): Promise<void> {
  await page.waitForRequest(url)
  // A question to the browser, answered behind all that it had said before.
  await page.context().cookies()
}

const servers: Server[] = []
const asked = new Map<number, string[]>()

/** Listens on loopback with one page for everything. */
export async function listen(html: string, wanted = 0): Promise<number> {
  const hear = (what: string) => asked.get(port)?.push(what)
  const server = createServer((request, response) => {
    hear(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'text/html').end(html)
  })
  server.on('upgrade', (request, socket) => {
    hear(`upgrade ${request.url}`)
    socket.destroy()
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  servers.push(server)
  asked.set(port, [])
  return port
}

/** What a listener of `listen` was asked, but for the app's own question who it is. */
export function heardOn(port: number): string[] {
  return (asked.get(port) ?? []).filter((what) => !what.startsWith(`GET ${PROOF_PATH}?`))
}

/** Listens there as soon as whoever has the port is gone. */
export async function takePort(port: number): Promise<void> {
  await expect.poll(() => listen(IMPOSTOR, port).catch(() => 0), { timeout: 30_000, interval: 5 }).toBe(port)
}

export async function freePort(): Promise<number> {
  const port = await listen('')
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

export function closeListeners(): void {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
}
