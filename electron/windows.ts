import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { systemCode } from '../local/fault.ts'
import type { Desktop, DesktopWindow } from './desktop.ts'

const bounds = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
type Bounds = z.infer<typeof bounds>
const kept = z.strictObject({ bounds, maximized: z.boolean() })
export type WindowState = z.infer<typeof kept>

const SMALLEST = { width: 900, height: 600 }
const USUAL = { width: 1360, height: 860 }
/** So much of a window must be on one display for a hand to find it, in pixels. */
const SEEN = { width: 160, height: 80 }

/** Where a window was, moved and cut to the displays that are there now; `undefined` leaves it to the system. */
export function fitted(was: Bounds, areas: Bounds[]): Bounds | undefined {
  const area = areas.find((one) => overlap(was, one).width >= SEEN.width && overlap(was, one).height >= SEEN.height)
  if (!area) return undefined
  const width = Math.min(was.width, area.width)
  const height = Math.min(was.height, area.height)
  const within = (start: number, size: number, from: number, room: number) =>
    Math.min(Math.max(start, from), from + room - size)
  return {
    x: within(was.x, width, area.x, area.width),
    y: within(was.y, height, area.y, area.height),
    width,
    height,
  }
}

function overlap(one: Bounds, other: Bounds): { width: number; height: number } {
  return {
    width: Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
    height: Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
  }
}

function stateFile(desktop: Desktop): string {
  return join(desktop.app.getPath('userData'), 'window.json')
}

function readState(desktop: Desktop): WindowState | undefined {
  const file = stateFile(desktop)
  if (!existsSync(file)) return undefined
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // A window's place is not worth a message.
    return undefined
  }
}

function keepState(desktop: Desktop, window: DesktopWindow): void {
  const file = stateFile(desktop)
  const { x, y, width, height } = window.getNormalBounds()
  const state = { bounds: { x, y, width, height }, maximized: window.isMaximized() } satisfies WindowState
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch (error) {
    // A full disk must not keep a window open; it then opens where it was before.
    if (systemCode(error) === undefined) throw error
  }
}

/** The app's one window, where it was when it was last closed, sandboxed and without anything of Node in it. */
export function openWindow(desktop: Desktop, { preload, icon }: { preload: string; icon: string }): DesktopWindow {
  const state = readState(desktop)
  const areas = desktop.screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new desktop.BrowserWindow({
    ...USUAL,
    ...(state ? fitted(state.bounds, areas) : undefined),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Anteroom',
    icon,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !desktop.app.isPackaged,
    },
  })
  if (state?.maximized) window.maximize()
  window.on('close', () => keepState(desktop, window))
  return window
}

/** Brings it to whoever asked for it. */
export function bringForward(window: DesktopWindow | undefined): void {
  if (!window || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
