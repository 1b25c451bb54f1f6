import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { BrowserWindowConstructorOptions, WebContentsPrintOptions } from 'electron'
import type { Browser, BrowserContext, Frame, Page, Route } from 'playwright-core'
import type { Asker, Contents, DesktopSession, DesktopWindow } from '../../electron/desktop.ts'

/** Emits an event that can be kept from happening, and tells whether it happens. */
export function happens(emitter: EventEmitter, event: string, details: object = {}): boolean {
  let prevented = false
  const preventDefault = () => {
    prevented = true
  }
  emitter.emit(event, { ...details, preventDefault })
  return !prevented
}

export type WindowParts = {
  browser: Browser
  app: EventEmitter
  handlers: Map<string, (asker: Asker, ...parts: unknown[]) => unknown>
  printed: WebContentsPrintOptions[]
  left: () => boolean
}

type BeforeRequest = Parameters<DesktopSession['webRequest']['onBeforeRequest']>[0]
type MayCheck = Parameters<DesktopSession['setPermissionCheckHandler']>[0]
type Opens = Parameters<Contents['setWindowOpenHandler']>[0]
type MayAsk = Parameters<DesktopSession['setPermissionRequestHandler']>[0]

let nextId = 1

/** A real Chromium page behind the part of `BrowserWindow` that the shell uses. */
export class StandInWindow extends EventEmitter implements DesktopWindow {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: Contents
  readonly page: Promise<Page>
  focused = 0
  hidden = false
  readonly #parts: WindowParts
  readonly #contents = new EventEmitter()
  #bounds: { x: number; y: number; width: number; height: number }
  #maximized = false
  #destroyed = false
  #loading = ''
  #beforeRequest: BeforeRequest = (_details, answer) => answer({})
  #mayCheck: MayCheck = null
  #mayAsk: MayAsk = null
  #opens: Opens = () => ({ action: 'allow' })

  constructor(options: BrowserWindowConstructorOptions, parts: WindowParts) {
    super()
    this.options = options
    this.#parts = parts
    const { x = 100, y = 100, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.webContents = this.#makeContents()
    parts.app.emit('web-contents-created', {}, this.webContents)
    this.page = this.#open()
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page
    this.#loading = url
    await this.#grant(page.context(), url)
    await page.goto(url)
  }

  close(): void {
    if (happens(this, 'close')) void this.destroy()
  }
  async destroy(): Promise<void> {
    if (this.#destroyed) return
    this.#destroyed = true
    await (await this.page).context().close()
    this.emit('closed')
    if (this.#parts.left()) this.#parts.app.emit('window-all-closed')
  }
  show(): void {
    this.hidden = false
  }
  hide(): void {
    this.hidden = true
  }
  focus(): void {
    this.focused += 1
  }
  restore(): void {
    this.hidden = false
  }
  maximize(): void {
    this.#maximized = true
  }
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return this.#maximized
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  getNormalBounds() {
    return this.#bounds
  }
  moveTo(bounds: { x: number; y: number; width: number; height: number }): void {
    this.#bounds = bounds
  }

  async #open(): Promise<Page> {
    const { width, height } = this.#bounds
    const context = await this.#parts.browser.newContext({ viewport: { width, height }, locale: 'en-US' })
    const { preload } = this.options.webPreferences ?? {}
    await context.exposeBinding('__invoke', ({ frame }, channel: string, parts: unknown[]) =>
      this.#answer(frame, channel, parts),
    )
    if (preload) await context.addInitScript(asPreload(preload))
    await context.route('**/*', (route) => this.#request(route))
    await context.routeWebSocket(/.*/, async (socket) => {
      if (await this.#mayRequest(socket.url())) socket.connectToServer()
      else await socket.close()
    })
    const page = await context.newPage()
    page.on('requestfailed', (request) => {
      if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return
      const why = request.failure()?.errorText ?? ''
      this.#contents.emit('did-fail-load', {}, why.includes('ERR_ABORTED') ? -3 : -2, why, request.url(), true)
    })
    context.on('page', (popup) => {
      const answer = this.#opens({ url: popup.url() } as Parameters<Opens>[0])
      if (answer.action === 'deny') void popup.close()
    })
    return page
  }

  async #request(route: Route): Promise<void> {
    const request = route.request()
    const url = request.url()
    const moves = request.isNavigationRequest() && url !== this.#loading
    if (moves && !happens(this.#contents, 'will-frame-navigate', { url })) return route.abort('aborted')
    if (!(await this.#mayRequest(url))) return route.abort('blockedbyclient')
    return route.continue()
  }

  /** Whatever asks waits until it is answered, as in Electron. */
  #mayRequest(url: string): Promise<boolean> {
    return new Promise((resolve) => this.#beforeRequest({ url }, ({ cancel = false }) => resolve(!cancel)))
  }

  /** Electron grants everything that no handler refuses. */
  async #grant(context: BrowserContext, url: string): Promise<void> {
    if (!url.startsWith('http')) return
    const granted = (['geolocation', 'notifications', 'clipboard-read'] as const).filter((permission) => {
      let answered = true
      this.#mayAsk?.(
        this.webContents as never,
        permission,
        (may) => {
          answered = may
        },
        { isMainFrame: true, requestingUrl: url } as never,
      )
      const { origin } = new URL(url)
      return answered && (this.#mayCheck?.(null, permission, origin, {} as never) ?? true)
    })
    await context.clearPermissions()
    await context.grantPermissions([...granted], { origin: new URL(url).origin })
  }

  #answer(frame: Frame, channel: string, parts: unknown[]): unknown {
    const handler = this.#parts.handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    const { id } = this.webContents
    return handler({ sender: { id }, senderFrame: { url: frame.url(), parent: frame.parentFrame() } }, ...parts)
  }

  #makeContents(): Contents {
    const { printed } = this.#parts
    const session: DesktopSession = {
      setPermissionRequestHandler: (handler) => {
        this.#mayAsk = handler
      },
      setPermissionCheckHandler: (handler) => {
        this.#mayCheck = handler
      },
      setDevicePermissionHandler: () => undefined,
      webRequest: {
        onBeforeRequest: (listener) => {
          this.#beforeRequest = listener
        },
      },
    }
    return Object.assign(this.#contents, {
      id: nextId++,
      session,
      setWindowOpenHandler: (handler: Opens) => {
        this.#opens = handler
      },
      send: (channel: string) =>
        void this.page.then((page) => page.evaluate((name) => window.dispatchEvent(new Event(`__${name}`)), channel)),
      print: (options: WebContentsPrintOptions = {}, done?: (success: boolean, why: string) => void) => {
        printed.push(options)
        done?.(true, '')
      },
      getURL: () => this.#loading,
      getPrintersAsync: async () => [
        { name: 'TM-T20', displayName: 'Receipts at the desk' },
        { name: 'LaserJet', displayName: '' },
      ],
    })
  }
}

/** The preload script as a sandboxed window runs it: in the top frame, with the two parts of Electron that it may have. */
function asPreload(file: string): string {
  const source = stripTypeScriptTypes(readFileSync(file, 'utf8'))
  return `if (window === window.top) (function (require) {${source}
  })(() => ({
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: api }) },
    ipcRenderer: {
      invoke: (channel, ...parts) => window.__invoke(channel, parts),
      on: (channel, hear) => window.addEventListener('__' + channel, hear),
      off: (channel, hear) => window.removeEventListener('__' + channel, hear),
    },
  }))`
}
