import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startShell } from '../../electron/shell.ts'
import { standIn } from './stand-in.ts'
import type { DesktopUnderTest, Folders } from './under-test.ts'

const ELECTRON = join(import.meta.dirname, '../../electron')

/** The shell on the stand-in, in this process. */
export async function launchOnStandIn(browser: Browser, folders: Folders): Promise<DesktopUnderTest> {
  const options = {
    dataDir: folders.data,
    serviceDir: folders.service,
    argv: [`--data=${folders.data}`, `--port=${folders.port}`, '--lan-port=0', '--public-port=0'],
    preload: join(ELECTRON, 'preload.cts'),
    icon: 'icon.png',
  }
  const electron = standIn({ browser, userData: folders.user })
  await startShell(electron.desktop, options)
  const first = () => {
    const [window] = electron.windows
    if (!window) throw new Error('there is no window')
    return window
  }
  const page = () => first().page
  const child = () => {
    const last = electron.children.at(-1)
    if (last?.pid === undefined) throw new Error('no process was started')
    return { ...last, pid: last.pid }
  }
  return {
    page,
    pages: async () => (await page()).context().pages().length + electron.windows.length - 1,
    said: async () => electron.notices,
    killProcess: async () => void process.kill(child().pid, 'SIGKILL'),
    killUnnoticed: async () => {
      const { pid, holdExit } = child()
      const tell = holdExit()
      process.kill(pid, 'SIGKILL')
      return tell
    },
    started: async () => electron.children.length,
    system: async (event) => void electron.power.emit(event),
    startAgain: async () => {
      const before = first().focused
      const second = standIn({ browser, userData: folders.user })
      await startShell(second.desktop, options)
      if (!second.isQuit() || second.windows.length > 0) throw new Error('the second one did not end')
      return first().focused - before
    },
    printed: async () => electron.printed,
    strangerAsks: async () => {
      const stranger = new electron.desktop.BrowserWindow(first().options)
      await stranger.loadURL((await page()).url())
      const other = await (electron.windows.at(-1) ?? first()).page
      const heard = await other.evaluate(() =>
        window.anteroomDesktop?.ask('listPrinters').then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      )
      return heard ?? 'no bridge'
    },
    bounds: async () => {
      const { x = 0, y = 0, width = 0, height = 0 } = first().options
      return { x, y, width, height }
    },
    moveTo: async (bounds) => first().moveTo(bounds),
    closeWindow: async () => {
      first().close()
      return first().hidden ? 'hidden' : 'closed'
    },
    quit: async () => {
      for (const open of electron.windows) open.emit('close', { preventDefault: () => undefined })
      electron.desktop.app.quit()
      await electron.ended
    },
  }
}
