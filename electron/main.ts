import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
  Tray,
  utilityProcess,
} from 'electron'
import { Fault } from '../local/fault.ts'
import { dataFolder } from '../local/settings.ts'
import { serviceFolder } from './attach.ts'
import type { Desktop } from './desktop.ts'
import { startShell } from './shell.ts'

const electron = {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
  Tray,
  utilityProcess,
} satisfies Desktop

/** The app's own command line: `--data` and the like, behind what Electron and Chromium take for themselves. */
function ownArguments(): string[] {
  return process.argv.slice(app.isPackaged ? 1 : 2).filter((flag) => /^--(data|port|lan-port|public-port)=/.test(flag))
}

async function main(): Promise<void> {
  const argv = ownArguments()
  // Of the settings nothing else: if they cannot be read, the window says so.
  const dataDir = dataFolder(argv, process.env)
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), 'Anteroom'))
  app.setAppUserModelId('clinic.anteroom')
  await startShell(electron, {
    dataDir,
    serviceDir: serviceFolder(),
    argv: [...argv, ...(argv.some((flag) => flag.startsWith('--data')) ? [] : [`--data=${dataDir}`])],
    preload: join(import.meta.dirname, 'preload.cjs'),
    icon: join(import.meta.dirname, '../build/icons/256x256.png'),
  })
}

main().catch((error: unknown) => {
  console.error(error instanceof Fault ? `${error.message} ${error.advice}` : error)
  app.exit(1)
})
