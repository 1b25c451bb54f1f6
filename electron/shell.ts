import type { Paper } from '../contract/desktop.ts'
import { readSettings } from '../local/settings.ts'
import type { Timers } from '../local/supervise.ts'
import { createAppWindow } from './app-window.ts'
import { answerPages } from './channels.ts'
import type { Desktop } from './desktop.ts'
import { createGate, guardAny } from './gate.ts'
import { followSystem, keepAwake } from './lock.ts'
import { offerUpdates } from './offering.ts'
import { choosePrinter, listPrinters, print } from './print.ts'
import { serve } from './served.ts'
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
  run(desktop, options)
}

function run(desktop: Desktop, options: ShellOptions): void {
  const { app } = desktop
  const words = readWords()
  const gate = createGate(isStatusPage)
  const awake = keepAwake(desktop)
  let standing: Standing = { kind: 'starting' }
  let quitting = false
  const runsHub = () => standing.kind === 'proven' && standing.ours && isHub(options.argv)
  const window = createAppWindow(desktop, { ...options, gate, stays: () => !quitting && runsHub(), wanted: show })
  const updates = offerUpdates(desktop, {
    gate,
    keyFile: options.updateKeyFile,
    found: (offer) => {
      if (offer) notify(desktop, words('updateReady', offer))
      void drawTray()
    },
  })
  const choose = async (choice: { paper: Paper; printer: string | null }) => {
    const now = await choosePrinter(desktop, window.contents(), choice)
    await drawTray()
    return now
  }
  const draw = openTray(
    desktop,
    options.icon,
    {
      open: window.open,
      quit: () => app.quit(),
      install: () => void updates.install(),
      choose: (one) => void choose(one),
    },
    words,
  )
  answerPages(desktop, {
    gate,
    window: window.current,
    answering: {
      print: (job) => print(desktop, window.contents(), job),
      listPrinters: () => listPrinters(desktop, window.contents()),
      choosePrinter: choose,
      findUpdate: updates.look,
      installUpdate: updates.install,
    },
  })
  window.open()
  const served = serve({ ...options, desktop, stands })
  followSystem(desktop, (telling) => {
    if (telling === 'wake') served.look()
    window.tell(telling)
  })
  const looking = setInterval(updates.look, UPDATES_EVERY_MS)
  app.on('second-instance', window.open)
  app.on('activate', window.open)
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (quitting) return
    event.preventDefault()
    quitting = true
    clearInterval(looking)
    gate.shut()
    // The process first: what it answered is on the disk, and it leaves in order.
    void served.stop().then(() => app.quit())
  })

  function stands(now: Standing): void {
    const isNew = now.kind !== standing.kind
    standing = now
    if (now.kind === 'proven') gate.open(now.port)
    else gate.shut()
    awake(runsHub())
    if (now.kind === 'died' || (now.kind === 'fault' && isNew)) notify(desktop, says(now, words))
    if (now.kind === 'proven' && isNew) void updates.look()
    show()
    if (isNew || now.kind === 'died') void drawTray()
  }

  function show(): void {
    const page = pageFor(standing, window.shown(), words)
    if (page) window.show(page)
  }

  async function drawTray(): Promise<void> {
    const contents = window.current()?.webContents
    const printers = contents ? await listPrinters(desktop, contents) : null
    draw({ says: says(standing, words), printers, update: updates.offer() })
  }
}

function isHub(argv: string[]): boolean {
  const settings = readSettings(argv, process.env)
  return settings !== 'help' && settings.role === 'hub'
}

function notify(desktop: Desktop, body: string): void {
  new desktop.Notification({ title: 'Anteroom', body }).show()
}
