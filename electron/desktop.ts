import type {
  App,
  BrowserWindowConstructorOptions,
  Menu,
  Notification,
  PowerSaveBlocker,
  SafeStorage,
  Screen,
  Session,
  Shell,
  Tray,
  UtilityProcess,
  WebContents,
  WebFrameMain,
} from 'electron'

// As much of Electron as the shell uses, in Electron's own types. `main.ts` gives it the module itself, so each line here
// is checked against Electron's declarations; tests give it a stand-in whose windows are real Chromium pages.

/** Listening, by event: what an overloaded `on` of Electron must have among its overloads. */
type On<Event extends string, Args extends unknown[] = []> = {
  on(event: Event, listener: (...args: Args) => void): unknown
}

/** Something that can be kept from happening. */
type Preventable = { preventDefault(): void }

export type Contents = Pick<WebContents, 'id' | 'setWindowOpenHandler' | 'send' | 'print' | 'getURL'> & {
  getPrintersAsync(): Promise<{ name: string; displayName: string }[]>
  session: DesktopSession
} & On<'will-frame-navigate', [Preventable & { url: string }]> &
  On<'will-redirect', [Preventable & { url: string }]> &
  On<'will-attach-webview', [Preventable]> &
  On<'did-fail-load', [unknown, number, string, string, boolean]> &
  On<'render-process-gone'>

export type DesktopSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> & { webRequest: { onBeforeRequest(listener: BeforeRequest): void } }

type BeforeRequest = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void

type Bounds = { x: number; y: number; width: number; height: number }

export type DesktopWindow = {
  loadURL(url: string): Promise<void>
  show(): void
  hide(): void
  focus(): void
  restore(): void
  maximize(): void
  isMinimized(): boolean
  isMaximized(): boolean
  isDestroyed(): boolean
  getNormalBounds(): Bounds
  webContents: Contents
} & On<'close', [Preventable]> &
  On<'closed'>

type Frame = Pick<WebFrameMain, 'url'> & { parent: object | null }

/** Who asks over IPC. */
export type Asker = { sender: Pick<WebContents, 'id'>; senderFrame: Frame | null }

export type Child = Pick<UtilityProcess, 'postMessage' | 'pid'> & On<'message', [unknown]> & On<'exit', [number]>

export type Desktop = {
  app: Pick<
    App,
    | 'requestSingleInstanceLock'
    | 'enableSandbox'
    | 'whenReady'
    | 'quit'
    | 'getPath'
    | 'getVersion'
    | 'isPackaged'
    | 'getLocale'
    | 'getLocaleCountryCode'
  > &
    On<'second-instance'> &
    On<'window-all-closed'> &
    On<'activate'> &
    On<'before-quit', [Preventable]> &
    On<
      'web-contents-created',
      [unknown, Pick<Contents, 'setWindowOpenHandler'> & On<'will-attach-webview', [Preventable]>]
    >
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => DesktopWindow
  ipcMain: { handle(channel: string, answer: (asker: Asker, ...parts: unknown[]) => unknown): void }
  utilityProcess: { fork(entry: string, argv: string[], options: { serviceName: string; stdio: 'inherit' }): Child }
  powerMonitor: On<'lock-screen'> & On<'unlock-screen'> & On<'suspend'> & On<'resume'>
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  safeStorage: Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> & {
    getSelectedStorageBackend?: SafeStorage['getSelectedStorageBackend']
  }
  screen: { getAllDisplays(): Pick<ReturnType<Screen['getAllDisplays']>[number], 'workArea'>[] }
  shell: Pick<Shell, 'openPath'>
  Tray: new (image: string) => Pick<Tray, 'setToolTip'> & { setContextMenu(menu: TrayMenu | null): void } & On<'click'>
  Menu: { buildFromTemplate(template: MenuLine[]): TrayMenu; setApplicationMenu(menu: TrayMenu | null): void }
  Notification: new (options: { title: string; body: string }) => Pick<Notification, 'show'>
}

/** Only ever handed from `buildFromTemplate` to the tray. */
export type TrayMenu = Menu

export type MenuLine = {
  label?: string
  type?: 'separator' | 'radio'
  checked?: boolean
  enabled?: boolean
  click?: () => void
  submenu?: MenuLine[]
}
