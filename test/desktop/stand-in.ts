import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { BrowserWindowConstructorOptions, Menu, UtilityProcess, WebContentsPrintOptions } from 'electron'
import type { Browser, BrowserContext, Frame, Page, Route } from 'playwright-core'
import type { Asker, Contents, Desktop, DesktopSession, DesktopWindow, MenuLine } from '../../electron/desktop.ts'
import { aChildProcess } from './child.ts'

// Electron where its binary is not: its module as far as the shell uses it, in the shell's types, which main.ts checks
// against Electron's own. Windows are real Chromium pages, each in a context of its own; processes are real processes.

export type StandIn = {
  desktop: Desktop
  windows: StandInWindow[]
  notices: string[]
  printed: WebContentsPrintOptions[]
  opened: string[]
  tray: { tip: string; menu: MenuLine[] }
  children: UtilityProcess['pid'][]
  power: EventEmitter
  awake: Set<number>
  ended: Promise<void>
  isQuit(): boolean
}

export type StandInOptions = {
  browser: Browser
  userData: string
  version?: string
  displays?: { x: number; y: number; width: number; height: number }[]
}

/** One app a folder, as Electron's lock is. */
const running = new Map<string, EventEmitter>()

export function standIn({ browser, userData, version = '0.1.0', displays = [SCREEN] }: StandInOptions): StandIn {
  const app = new EventEmitter()
  const power = new EventEmitter()
  const over = Promise.withResolvers<void>()
  const handlers = new Map<string, (asker: Asker, ...parts: unknown[]) => unknown>()
  let quit = false
  const seen: Omit<StandIn, 'desktop' | 'isQuit'> = {
    windows: [],
    notices: [],
    printed: [],
    opened: [],
    tray: { tip: '', menu: [] },
    children: [],
    power,
    awake: new Set(),
    ended: over.promise,
  }
  const parts: WindowParts = {
    browser,
    app,
    handlers,
    printed: seen.printed,
    left: () => seen.windows.every((w) => w.isDestroyed()),
  }
  const desktop: Desktop = {
    app: Object.assign(app, {
      requestSingleInstanceLock: () => {
        const first = running.get(userData)
        if (first) first.emit('second-instance')
        else running.set(userData, app)
        return first === undefined
      },
      enableSandbox: () => undefined,
      whenReady: () => Promise.resolve(),
      getPath: () => userData,
      getVersion: () => version,
      getLocaleCountryCode: () => 'BD',
      isPackaged: true,
      quit: () => {
        if (quit || !happens(app, 'before-quit')) return
        quit = true
        if (running.get(userData) === app) running.delete(userData)
        void Promise.all(seen.windows.map((window) => window.destroy())).then(() => over.resolve())
      },
    }),
    BrowserWindow: class extends StandInWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options, parts)
        seen.windows.push(this)
      }
    },
    ipcMain: { handle: (channel, answer) => void handlers.set(channel, answer) },
    utilityProcess: {
      fork: (entry, argv) => {
        const child = aChildProcess(entry, argv)
        seen.children.push(child.pid)
        return child
      },
    },
    powerMonitor: power,
    powerSaveBlocker: {
      start: () => {
        seen.awake.add(seen.awake.size + 1)
        return seen.awake.size
      },
      stop: (id) => seen.awake.delete(id),
    },
    safeStorage: {
      isEncryptionAvailable: () => true,
      encryptString: (text) => Buffer.from(`sealed ${text}`),
      decryptString: (sealed) => sealed.toString().replace('sealed ', ''),
    },
    screen: { getAllDisplays: () => displays.map((workArea) => ({ workArea })) },
    shell: {
      openPath: async (path) => {
        seen.opened.push(path)
        return ''
      },
    },
    Tray: class extends EventEmitter {
      constructor(_image: string) {
        super()
      }
      setToolTip(tip: string) {
        seen.tray.tip = tip
      }
      setContextMenu(menu: Menu | null) {
        // What `buildFromTemplate` below has passed through.
        seen.tray.menu = menu as unknown as MenuLine[]
      }
    },
    Menu: { buildFromTemplate: (lines) => lines as unknown as Menu, setApplicationMenu: () => undefined },
    Notification: class {
      readonly #body: string
      constructor({ body }: { body: string }) {
        this.#body = body
      }
      show() {
        seen.notices.push(this.#body)
      }
    },
  }
  return { ...seen, desktop, isQuit: () => quit }
}

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 }

/** Emits an event that can be kept from happening, and tells whether it happens. */
function happens(emitter: EventEmitter, event: string, details: object = {}): boolean {
  let prevented = false
  const preventDefault = () => {
    prevented = true
  }
  emitter.emit(event, { ...details, preventDefault })
  return !prevented
}

type WindowParts = {
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
    await context.routeWebSocket(/.*/, (socket) => {
      if (this.#mayRequest(socket.url())) socket.connectToServer()
      else void socket.close()
    })
    const page = await context.newPage()
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
    if (!this.#mayRequest(url)) return route.abort('blockedbyclient')
    return route.continue()
  }

  #mayRequest(url: string): boolean {
    let cancelled = false
    this.#beforeRequest({ url }, ({ cancel = false }) => {
      cancelled = cancel
    })
    return !cancelled
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
