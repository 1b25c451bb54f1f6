import type { Desktop } from './desktop.ts'

/** Hides the screen with the system's own lock and before sleep; afterwards the page looks at once for its hub. */
export function followSystem(desktop: Desktop, tell: (telling: 'lock' | 'wake') => void): void {
  const { powerMonitor } = desktop
  powerMonitor.on('lock-screen', () => tell('lock'))
  powerMonitor.on('suspend', () => tell('lock'))
  powerMonitor.on('unlock-screen', () => tell('wake'))
  powerMonitor.on('resume', () => tell('wake'))
}

/** Keeps the computer awake for as long as it is the hub. */
export function keepAwake({ powerSaveBlocker }: Desktop): (isHub: boolean) => void {
  let blocking: number | undefined
  return (isHub) => {
    if (isHub && blocking === undefined) blocking = powerSaveBlocker.start('prevent-app-suspension')
    if (!isHub && blocking !== undefined) {
      powerSaveBlocker.stop(blocking)
      blocking = undefined
    }
  }
}
