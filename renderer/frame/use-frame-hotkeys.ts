import { acknowledgeFirst } from '../alerts/commands.tsx'
import { lock } from '../live/session.ts'
import { useHotkey } from '../ui/hotkeys.ts'
import { openEmergency } from '../visits/open-dialogs.tsx'
import { openPalette } from './open-palette.tsx'

/** The keys that work on every page (U1). Those of the views are with the rail. */
export function useFrameHotkeys() {
  // T0: an emergency does not wait for a dialog to be closed.
  useHotkey('F2', openEmergency, { always: true })
  useHotkey('Ctrl+K', openPalette)
  useHotkey('Ctrl+F', openPalette)
  useHotkey('Ctrl+L', lock, { always: true })
  useHotkey('Alt+A', () => void acknowledgeFirst(), { always: true })
}
