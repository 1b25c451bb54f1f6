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
