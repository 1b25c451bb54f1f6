// Runs sandboxed, before the page: CommonJS, without a file of its own beside it. Types are all that it shares.
import type { DesktopBridge, Telling } from '../contract/desktop.ts' with { 'resolution-mode': 'import' }

const { contextBridge, ipcRenderer } = require('electron') as typeof import('electron')

const bridge: DesktopBridge = {
  ask: (question, ...parts) => ipcRenderer.invoke(question, ...parts),
  on: (telling: Telling, act) => {
    // The event itself would hand the page a sender.
    const hear = () => act()
    ipcRenderer.on(telling, hear)
    return () => ipcRenderer.off(telling, hear)
  },
}

contextBridge.exposeInMainWorld('anteroomDesktop', bridge)
