import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Menu, WebContentsPrintOptions } from 'electron'
import type { Browser } from 'playwright-core'
import type { Asker, Desktop, MenuLine } from '../../electron/desktop.ts'
import { aChildProcess, type ChildProcess } from './child.ts'
import { happens, StandInWindow, type WindowParts } from './stand-in-window.ts'

// Electron where its binary is not: its module as far as the shell uses it, in the shell's types, which main.ts checks
// against Electron's own. Windows are real Chromium pages, each in a context of its own; processes are real processes.

export type StandIn = {
  desktop: Desktop
  windows: StandInWindow[]
  notices: string[]
  printed: WebContentsPrintOptions[]
  opened: string[]
  tray: { tip: string; menu: MenuLine[] }
  children: ChildProcess[]
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
      getLocale: () => 'en-GB',
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
        seen.children.push(child)
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
