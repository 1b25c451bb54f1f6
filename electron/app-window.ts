import type { Telling } from '../contract/desktop.ts'
import { tellPage } from './channels.ts'
import type { Contents, Desktop, DesktopWindow } from './desktop.ts'
import { type Gate, guardContents, guardSession } from './gate.ts'
import { bringForward, openWindow } from './windows.ts'

/** The app's one window, opened when it is wanted, on what it should show. */
export type AppWindow = {
  open(): void
  current(): DesktopWindow | undefined
  /** @throws Error when there is none */
  contents(): Contents
  /** Loads it, unless it is there already. */
  show(url: string): void
  shown(): string
  tell(telling: Telling): void
}

type Parts = {
  preload: string
  icon: string
  gate: Gate
  /** Whether closing only hides it: the clinic goes on without a window on its hub. */
  stays: () => boolean
  /** What to show in a window that is new, or whose page broke down. */
  wanted: () => void
  /** A page did not load, so that nothing is shown. */
  failed: () => void
}

/** Chromium's code for what it broke off itself, as when another page is wanted already. */
const ABORTED = -3

export function createAppWindow(desktop: Desktop, { gate, stays, wanted, failed, ...look }: Parts): AppWindow {
  let window: DesktopWindow | undefined
  let shown = ''
  const current = () => (window && !window.isDestroyed() ? window : undefined)

  function open(): void {
    const there = current()
    if (there) {
      bringForward(there)
      return
    }
    const opened = openWindow(desktop, look)
    window = opened
    guardSession(opened.webContents.session, gate)
    guardContents(opened.webContents, gate)
    opened.on('close', (event) => {
      if (!stays()) return
      event.preventDefault()
      opened.hide()
    })
    const again = () => {
      shown = ''
      wanted()
    }
    opened.webContents.on('render-process-gone', again)
    opened.webContents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
      if (!isMainFrame || code === ABORTED) return
      shown = ''
      failed()
    })
    again()
  }

  return {
    open,
    current,
    contents: () => {
      const there = current()
      if (!there) throw new Error('There is no window.')
      return there.webContents
    },
    show: (url) => {
      if (url === shown || !current()) return
      shown = url
      // It fails when the process has just gone again: `did-fail-load` hears of it too.
      current()
        ?.loadURL(url)
        .catch(() => undefined)
    },
    shown: () => shown,
    tell: (telling) => tellPage(current(), telling),
  }
}
