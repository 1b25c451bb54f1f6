import type { DesktopBridge } from '../../contract/desktop.ts'

declare global {
  interface Window {
    /** There only in the desktop app: made by its preload script. */
    anteroomDesktop?: DesktopBridge
  }
}

/** The desktop app around this page; `undefined` in a browser. */
export const desktop = (): DesktopBridge | undefined => window.anteroomDesktop
