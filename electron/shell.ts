import type { Paper, PrinterChoice, UpdateOffer } from '../contract/desktop.ts'
import { Fault } from '../local/fault.ts'
import { readSettings } from '../local/settings.ts'
import type { Timers } from '../local/supervise.ts'
import { type AppWindow, createAppWindow } from './app-window.ts'
import { type Answering, answerPages } from './channels.ts'
import type { Desktop } from './desktop.ts'
import { createGate, guardAny } from './gate.ts'
import { followSystem, keepAwake } from './lock.ts'
import { type Offering, offerUpdates } from './offering.ts'
import { choosePrinter, listPrinters, print } from './print.ts'
import { type Served, serve } from './served.ts'
import { pageFor, type Standing, says } from './standing.ts'
import { isStatusPage } from './status.ts'
import { openTray } from './tray.ts'
import { readWords } from './words.ts'

export type ShellOptions = {
  dataDir: string
  serviceDir: string
  /** What the computer's own process is started with. */
  argv: string[]
  preload: string
  icon: string
  updateKeyFile?: string
  timers?: Timers
}

const UPDATES_EVERY_MS = 6 * 3_600_000

/** The desktop app: one window on the process that serves this computer, which it finds or starts. */
export async function startShell(desktop: Desktop, options: ShellOptions): Promise<void> {
  const { app } = desktop
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => guardAny(contents))
  await app.whenReady()
  desktop.Menu.setApplicationMenu(null)
  const shell = createShell(desktop, options)
  shell.window.open()
  followApp(desktop, shell, serve({ ...options, desktop, stands: shell.stands }))
}

type Shell = {
  window: AppWindow
  updates: Offering
  stands(now: Standing): void
  /** From now on nothing is shown any more, and a closed window is closed. */
  leave(): void
}

function createShell(desktop: Desktop, options: ShellOptions): Shell {
  const words = readWords(desktop.app.getLocale())
  const gate = createGate(isStatusPage)
  const awake = keepAwake(desktop)
  let standing: Standing = { kind: 'starting' }
  let leaving = false
  const runsHub = () => standing.kind === 'proven' && standing.ours && isHub(options.argv)
  const stays = () => !leaving && runsHub()
  const window = createAppWindow(desktop, { ...options, gate, stays, wanted: show, failed })
  const updates = offerUpdates(desktop, { gate, keyFile: options.updateKeyFile, found: tellUpdate })
  const acts = {
    open: window.open,
    quit: () => desktop.app.quit(),
    install: () => void updates.install(),
    choose: (choice: Choice) => void choose(choice),
  }
  const draw = openTray(desktop, options.icon, acts, words)
  answerPages(desktop, { gate, window: window.current, answering: answersOf(desktop, { window, updates, choose }) })
  return {
    window,
    updates,
    stands,
    leave: () => {
      leaving = true
      gate.shut()
    },
  }

  function stands(now: Standing): void {
    const isNew = now.kind !== standing.kind
    standing = now
    if (now.kind === 'proven' && !leaving) gate.open(now)
    else gate.shut()
    awake(runsHub())
    if (now.kind === 'died' || (now.kind === 'fault' && isNew)) notify(desktop, says(now, words))
    if (now.kind === 'proven' && isNew) void updates.look()
    show()
    if (isNew || now.kind === 'died') void drawTray()
  }

  /** Of a process that is still trusted it is loaded at the next look, and not at once for ever. */
  function failed(): void {
    if (standing.kind !== 'proven') show()
  }

  function show(): void {
    const page = pageFor(standing, window.shown(), words)
    if (page) window.show(page)
  }

  function tellUpdate(offer: UpdateOffer): void {
    if (offer) notify(desktop, words('updateReady', offer))
    void drawTray()
  }

  async function choose(choice: Choice): Promise<PrinterChoice> {
    const now = await choosePrinter(desktop, window.contents(), choice)
    await drawTray()
    return now
  }

  async function drawTray(): Promise<void> {
    const contents = window.current()?.webContents
    const printers = contents ? await listPrinters(desktop, contents) : null
    draw({ says: says(standing, words), printers, update: updates.offer() })
  }
}

type Choice = { paper: Paper; printer: string | null }
type Parts = { window: AppWindow; updates: Offering; choose: (choice: Choice) => Promise<PrinterChoice> }

function answersOf(desktop: Desktop, { window, updates, choose }: Parts): Answering {
  return {
    print: (job) => print(desktop, window.contents(), job),
    listPrinters: () => listPrinters(desktop, window.contents()),
    choosePrinter: choose,
    findUpdate: updates.look,
    installUpdate: updates.install,
  }
}

/** What the system and the app's own life ask of it. */
function followApp(desktop: Desktop, { window, updates, leave }: Shell, served: Served): void {
  const { app } = desktop
  let left = false
  followSystem(desktop, (telling) => {
    if (telling === 'wake') served.look()
    window.tell(telling)
  })
  const looking = setInterval(updates.look, UPDATES_EVERY_MS)
  app.on('second-instance', window.open)
  app.on('activate', window.open)
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (left) return
    event.preventDefault()
    left = true
    clearInterval(looking)
    leave()
    // The process first: what it answered is on the disk, and it leaves in order.
    void served.stop().then(() => app.quit())
  })
}

function isHub(argv: string[]): boolean {
  try {
    const settings = readSettings(argv, process.env)
    return settings !== 'help' && settings.role === 'hub'
  } catch (error) {
    // Its next start says what is wrong with the settings.
    if (error instanceof Fault) return false
    throw error
  }
}

function notify(desktop: Desktop, body: string): void {
  new desktop.Notification({ title: 'Anteroom', body }).show()
}
