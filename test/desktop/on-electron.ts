import { once } from 'node:events'
import { join } from 'node:path'
import type { WebContentsPrintOptions } from 'electron'
import { _electron, type ElectronApplication } from 'playwright-core'
import { EMITTED, emit } from '../../build/emit.ts'
import type { DesktopUnderTest, Folders } from './under-test.ts'

/** Where Electron's package puts its binary when that could be fetched; `ANTEROOM_ELECTRON` names another. */
export function electronBinary(): string {
  const name =
    { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as string] ?? 'electron'
  return process.env.ANTEROOM_ELECTRON ?? join(import.meta.dirname, '../../node_modules/electron/dist', name)
}

/** What a scenario looks at, kept in Electron's main process by `watch`. */
type Watched = { notices: string[]; printed: WebContentsPrintOptions[]; focused: number }
declare global {
  var watched: Watched
}

function argumentsFor({ data, user, port }: Folders): string[] {
  const options = [`--data=${data}`, `--port=${port}`, '--lan-port=0', '--public-port=0', `--user-data-dir=${user}`]
  return [EMITTED, ...options, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
}

/** The emitted app on Electron's binary, looked at through Playwright. */
export async function launchOnElectron(executablePath: string, folders: Folders): Promise<DesktopUnderTest> {
  emit()
  const env = { ...process.env, ANTEROOM_SERVICE_DATA: folders.service } as Record<string, string>
  const app = await _electron.launch({ executablePath, args: argumentsFor(folders), env })
  const page = await app.firstWindow()
  await watch(app)
  let over = false
  const processes = () =>
    app.evaluate(({ app: electron }) =>
      electron
        .getAppMetrics()
        .flatMap(({ type, name, pid }) => (type === 'Utility' && name === 'Anteroom' ? [pid] : [])),
    )
  const seen = new Set(await processes())
  const kill = async () => {
    for (const pid of await processes()) {
      seen.add(pid)
      process.kill(pid, 'SIGKILL')
    }
  }
  const bounds = () =>
    app.evaluate(({ BrowserWindow }) => {
      const { x = 0, y = 0, width = 0, height = 0 } = BrowserWindow.getAllWindows()[0]?.getNormalBounds() ?? {}
      return { x, y, width, height }
    })
  return {
    page: async () => page,
    pages: async () => app.windows().length,
    said: () => app.evaluate(() => globalThis.watched.notices),
    killProcess: kill,
    // Electron hears of it from the system.
    killUnnoticed: async () => {
      await kill()
      return () => undefined
    },
    started: async () => {
      for (const pid of await processes()) seen.add(pid)
      return seen.size
    },
    system: (event) => app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event),
    startAgain: async () => {
      const second = await _electron.launch({ executablePath, args: argumentsFor(folders), env }).catch(() => undefined)
      if (second) await once(second.process(), 'exit')
      return app.evaluate(() => globalThis.watched.focused)
    },
    printed: () => app.evaluate(() => globalThis.watched.printed),
    strangerAsks: async () => {
      const opened = app.waitForEvent('window')
      const preload = join(EMITTED, 'electron/preload.cjs')
      await app.evaluate(
        ({ BrowserWindow }, { url, script }) =>
          new BrowserWindow({ webPreferences: { preload: script, sandbox: true } }).loadURL(url),
        { url: page.url(), script: preload },
      )
      const stranger = await opened
      const heard = await stranger.evaluate(() =>
        window.anteroomDesktop?.ask('listPrinters').then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      )
      return heard ?? 'no bridge'
    },
    bounds,
    moveTo: (wanted) =>
      app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), wanted),
    closeWindow: () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.close()
        return window && !window.isDestroyed() && !window.isVisible() ? 'hidden' : 'closed'
      }),
    quit: async () => {
      if (!over) await app.close()
      over = true
    },
  }
}

/** Keeps what it shows and prints where a test can ask for it; the printers are those of the stand-in. */
function watch(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ app: electron, BrowserWindow, Notification }) => {
    globalThis.watched = { notices: [], printed: [], focused: 0 }
    const { watched } = globalThis
    Notification.prototype.show = function show() {
      watched.notices.push(this.body)
    }
    electron.on('browser-window-focus', () => {
      watched.focused += 1
    })
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.print = (options = {}, done) => {
        watched.printed.push(options)
        done?.(true, '')
      }
      webContents.getPrintersAsync = async () => [
        { name: 'TM-T20', displayName: 'Receipts at the desk', description: '', options: {} },
      ]
    }
  })
}
