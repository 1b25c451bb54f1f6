import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindowConstructorOptions } from 'electron'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Desktop } from './desktop.ts'
import { fitted, openWindow } from './windows.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

test('a window stays where it was, also on a second display', () => {
  const was = { x: 2000, y: 50, width: 1000, height: 700 }
  expect(fitted(was, [screen, second])).toEqual(was)
})

test('a window whose display is gone goes where the system puts it', () => {
  expect(fitted({ x: 2000, y: 50, width: 1000, height: 700 }, [screen])).toBeUndefined()
})

test('a window lies wholly on one of the displays, or nowhere', () => {
  const coordinate = fc.integer({ min: -5000, max: 5000 })
  const size = fc.integer({ min: 1, max: 6000 })
  const place = fc.record({ x: coordinate, y: coordinate, width: size, height: size })
  fc.assert(
    fc.property(place, fc.array(place, { minLength: 1, maxLength: 3 }), (was, areas) => {
      const now = fitted(was, areas)
      if (!now) return true
      return areas.some(
        (area) =>
          now.x >= area.x &&
          now.y >= area.y &&
          now.x + now.width <= area.x + area.width &&
          now.y + now.height <= area.y + area.height,
      )
    }),
  )
})

test('a window is opened with nothing of Node in it, sandboxed, and without what Chromium warns of', () => {
  let options: BrowserWindowConstructorOptions = {}
  const desktop = {
    app: { getPath: () => '/nowhere', isPackaged: true },
    screen: { getAllDisplays: () => [{ workArea: screen }] },
    BrowserWindow: class {
      constructor(given: BrowserWindowConstructorOptions) {
        options = given
      }
      on() {}
    },
  }
  openWindow(desktop as unknown as Desktop, { preload: '/app/preload.cjs', icon: '/app/icon.png' })
  const asked = options.webPreferences ?? {}
  const off = [
    'nodeIntegration',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'webviewTag',
    'devTools',
  ] as const
  expect(off.filter((name) => asked[name] !== false)).toEqual([])
  const on = ['sandbox', 'contextIsolation', 'webSecurity'] as const
  expect(on.filter((name) => asked[name] !== true)).toEqual([])
  expect(asked).not.toHaveProperty('enableBlinkFeatures')
})

test('a window whose place cannot be kept, as on a full disk, closes all the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-window-'))
  let close = (): void => undefined
  const bounds = { x: 10, y: 20, width: 1000, height: 700 }
  const desktop = {
    app: { getPath: () => folder, isPackaged: true },
    screen: { getAllDisplays: () => [{ workArea: screen }] },
    BrowserWindow: class {
      on(_event: string, act: () => void) {
        close = act
      }
      getNormalBounds() {
        return bounds
      }
      isMaximized() {
        return false
      }
    },
  }
  openWindow(desktop as unknown as Desktop, { preload: '', icon: '' })
  // As on a full disk, nothing can be written beside it.
  mkdirSync(join(folder, 'window.json.new'))
  close()
  expect(existsSync(join(folder, 'window.json'))).toBe(false)
  rmSync(join(folder, 'window.json.new'), { recursive: true })
  close()
  expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toEqual({ bounds, maximized: false })
  rmSync(folder, { recursive: true })
})
